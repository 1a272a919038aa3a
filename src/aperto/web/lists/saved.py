"""Which saved view a list shows, and where a change of its columns is kept.

The list without a view ("all contacts") can be arranged too: one person's arrangement of it is a view with a
key made from the person and the object, which no menu shows. Whoever may not change a view keeps their
own widths and columns of it with the session.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError, Missing
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query import views
from aperto.kernel.query.json import from_json
from aperto.kernel.query.print import write
from aperto.kernel.query.views import SavedView
from aperto.web.lists.arrangement import Arrangement
from aperto.web.lists.listing import Listing
from aperto.web.request import Request

ALL = "all"
KEPT = "lists"  # in the session: what a person made of views that they may not change
MOST_KEPT = 40
ALONE = {"folded"}  # what is changed for oneself even by those who may change the view of others


def listing_of(
    request: Request, declaration: ObjectType, seen: Sequence[SavedView] | None = None, place: str = ""
) -> Listing:
    """The list that the address asks for; Missing when its view is none of the actor's."""
    known = views.visible_views(request.actor, declaration.key) if seen is None else seen
    view = current(request.actor, declaration, request.GET.get("view", ""), known)
    arrangement = replace(arrangement_of(view, request.actor, declaration), **kept(request, view))
    return Listing.of(request.actor, declaration, request.GET, arrangement, place)


def current(
    actor: Actor, declaration: ObjectType, wanted: str, known: Sequence[SavedView]
) -> SavedView | None:
    """The view of the address, else the one that opens first, else one's own arrangement of all records."""
    by_key = {view.pk: view for view in known}
    personal = personal_key(actor, declaration)
    own = by_key.get(personal) if personal else None
    if wanted and wanted != ALL:
        try:
            return by_key[UUID(wanted)]
        except (KeyError, ValueError):
            raise Missing(wanted) from None
    return own if wanted == ALL else views.opens_first(actor, known) or own


def personal_key(actor: Actor, declaration: ObjectType) -> UUID | None:
    return uuid5(actor.user_id, declaration.key) if actor.user_id else None


def arrangement_of(view: SavedView | None, actor: Actor, declaration: ObjectType) -> Arrangement:
    if view is None:
        return Arrangement()
    unnamed = view.pk == personal_key(actor, declaration)
    return Arrangement(
        view=None if unnamed else view.pk,
        name="" if unnamed else view.name,
        filter=filter_text(view),
        sort=view.sort,
        columns=tuple(view.columns),
        widths=view.widths,
        pinned=view.pinned,
        layout=view.layout,
        lanes=view.board,
        lane_total=view.lane_total,
        group=view.group_by,
        footers=view.footers,
        folded=tuple(view.folded),
        settings=view.layout_settings,
    )


def filter_text(view: SavedView) -> str:
    """The filter as text; one that an older version kept differently is shown as none."""
    try:
        return write(from_json(view.filter))
    except FieldError:
        return ""


def kept(request: Request, view: SavedView | None) -> dict[str, Any]:
    """What this person made of the view, of what may be kept so."""
    held = request.session.get(KEPT, {}).get(str(view.pk), {}) if view else {}
    return {key: tuple(value) if key in ("columns", "folded") else value for key, value in held.items()}


def keep(request: Request, declaration: ObjectType, listing: Listing, **changed: Any) -> None:
    """Keeps columns, widths or pins: in the view where it may be changed, else for this person.

    Raises Invalid for what a view cannot hold.
    """
    actor = request.actor
    if listing.arrangement.view is None:
        view = _personal(actor, declaration)
    else:
        view = views.get_view(actor, listing.arrangement.view)
    alone = set(changed) <= ALONE and view.owner != actor.user_id
    if listing.arrangement.view is not None and (alone or not views.may_change(actor, view)):
        return _keep_in_session(request, view, changed)
    if not view.columns and "columns" not in changed:
        view.columns = [column.field.key for column in listing.columns]
    for key, value in changed.items():
        setattr(view, key, value)
    views.save_view(actor, view)
    return None


def _personal(actor: Actor, declaration: ObjectType) -> SavedView:
    key = personal_key(actor, declaration)
    if key is None:
        raise Missing(declaration.key)
    try:
        return views.get_view(actor, key)
    except Missing:
        return SavedView(pk=key, object=declaration.key, name=declaration.key, pinned=Arrangement.pinned)


def _keep_in_session(request: Request, view: SavedView, changed: dict[str, Any]) -> None:
    held = request.session.get(KEPT, {})
    mine = {**held.pop(str(view.pk), {}), **changed}
    recent = dict(list(held.items())[-MOST_KEPT + 1 :])
    request.session[KEPT] = {**recent, str(view.pk): mine}
