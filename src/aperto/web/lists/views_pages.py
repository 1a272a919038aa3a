"""Saving a list as a view, and renaming, sharing, changing and deleting one."""

from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from aperto.kernel.access import roles
from aperto.kernel.errors import FieldError, Invalid, Missing, Refused
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query import views
from aperto.kernel.query.json import to_json
from aperto.kernel.query.pointers import targets
from aperto.kernel.query.rows import titles
from aperto.kernel.query.views import SavedView
from aperto.web.door import done, object_page
from aperto.web.lists import layouts
from aperto.web.lists.listing import Listing
from aperto.web.lists.saved import listing_of
from aperto.web.request import Request
from aperto.web.saying import say
from aperto.web.shell import is_partial, render

UNDO_WITHIN = 24 * 3600  # seconds
SALT = "deleted view"
CHANGE = "change"
OF_ROLE = "role:"
KEYS = ("id", "team", "role")
HELD = (
    "object",
    "name",
    "share",
    "filter",
    "columns",
    "widths",
    "pinned",
    "sort",
    "layout",
    "board",
    "group_by",
    "footers",
    "lane_total",
    "layout_settings",
    "is_default",
)


@require_http_methods(["GET", "POST"])
@object_page
def new(request: Request, declaration: ObjectType) -> HttpResponse:
    """The list as it stands, kept: as a new view, or in the one that it came from."""
    place = layouts.place_of(request.GET.get("layout", ""), request.actor, declaration)
    listing = listing_of(request, declaration, place=place)
    if request.method == "GET":
        return _form(request, listing, None)
    old = _changeable(request, listing) if request.POST.get("how") == CHANGE else None
    view = old or SavedView(id=uuid7(), object=declaration.key)
    try:
        _arrange(view, listing)
        if old is None:
            _describe(request, view)
        views.save_view(request.actor, view)
    except (Invalid, Refused, FieldError) as error:
        return _form(request, listing, None, _messages(error))
    return _opened(request, view)


@require_http_methods(["GET", "POST"])
@object_page
def edit(request: Request, declaration: ObjectType, view: UUID) -> HttpResponse:
    """The name of a view, with whom it is shared, and whether it opens first."""
    held = views.get_view(request.actor, view)
    if held.object != declaration.key:
        raise Missing(view)
    listing = listing_of(request, declaration)
    if request.method == "GET":
        return _form(request, listing, held)
    try:
        _describe(request, held)
        views.save_view(request.actor, held)
    except (Invalid, Refused) as error:
        return _form(request, listing, held, _messages(error))
    return _opened(request, held)


@require_POST
@object_page
def delete(request: Request, declaration: ObjectType, view: UUID) -> HttpResponse:
    """Deletes a view; its Undo carries all that the view was."""
    held = views.get_view(request.actor, view)
    views.delete_view(request.actor, held)
    what = {key: getattr(held, key) for key in HELD}
    keys = {name: str(getattr(held, name) or "") for name in KEYS}
    token = signing.dumps(what | keys, salt=SALT, compress=True)
    undo = f"/{declaration.key}/views/restore/{token}"
    say(request, _("The view “%(name)s” was deleted.") % {"name": held.name}, undo)
    return _go(request, f"/{declaration.key}?view=all")


@require_POST
@object_page
def restore(request: Request, declaration: ObjectType, token: str) -> HttpResponse:
    """Brings a deleted view back."""
    try:
        held: dict[str, Any] = signing.loads(token, salt=SALT, max_age=UNDO_WITHIN)
    except signing.BadSignature:
        raise Missing(token) from None
    if held["object"] != declaration.key:
        raise Missing(token)
    try:
        held |= {name: UUID(held[name]) if held.get(name) else None for name in KEYS}
        view = views.save_view(request.actor, SavedView(**held))
    except Invalid as invalid:
        return done(request, " ".join(_messages(invalid)), tone="bad", to=f"/{declaration.key}")
    return _opened(request, view)


def _arrange(view: SavedView, listing: Listing) -> None:
    """What the list shows now."""
    view.filter = to_json(listing.filter)
    view.sort = listing.sort
    view.columns = [column.field.key for column in listing.columns]
    view.widths = dict(listing.arrangement.widths)
    view.pinned = listing.arrangement.pinned
    view.group_by = listing.grouping.text if listing.grouping else ""
    view.footers = dict(listing.arrangement.footers)
    view.lane_total = listing.arrangement.lane_total
    view.layout, view.board = listing.layout, listing.lanes
    view.layout_settings = {**listing.arrangement.settings, listing.layout: dict(listing.settings)}


def _describe(request: Request, view: SavedView) -> None:
    """Name, share ("mine", "everyone", a team's key, "role:" and a role's) and whether it opens first."""
    view.name = request.POST.get("name", "")
    share = request.POST.get("share", views.MINE)
    view.share, view.team, view.role = share, None, None
    if share.startswith(OF_ROLE):
        view.share, view.role = views.ROLE, _role(share.removeprefix(OF_ROLE))
    elif share not in (views.MINE, views.EVERYONE):
        view.share, view.team = views.TEAM, _team(request, share)
    view.is_default = "is_default" in request.POST


def _role(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Missing(text) from None


def _team(request: Request, text: str) -> UUID:
    team = next((key for key in request.actor.team_ids if str(key) == text), None)
    if team is None:
        raise Refused(_("You can share a view with your own teams."))
    return team


def _changeable(request: Request, listing: Listing) -> SavedView | None:
    if listing.arrangement.view is None:
        return None
    view = views.get_view(request.actor, listing.arrangement.view)
    return view if views.may_change(request.actor, view) else None


def _messages(error: Invalid | Refused | FieldError) -> list[str]:
    return error.messages if isinstance(error, Invalid) else [str(error)]


def _opened(request: Request, view: SavedView) -> HttpResponse:
    place = layouts.place_of(view.layout, request.actor, registry.get(view.object))
    return _go(request, f"/{view.object}{place}?view={view.pk}")


def _go(request: Request, url: str) -> HttpResponse:
    if is_partial(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def _share(view: SavedView | None) -> str:
    """The choice of the form that says who sees the view."""
    if view is None:
        return views.MINE
    if view.share == views.ROLE:
        return f"{OF_ROLE}{view.role}"
    return str(view.team) if view.share == views.TEAM else view.share


def _form(
    request: Request, listing: Listing, view: SavedView | None, errors: list[str] | None = None
) -> HttpResponse:
    """One dialog for both: a new view has no name yet, and may go into the one it came from."""
    actor = request.actor
    teams = titles(actor, targets(listing.declaration.fields["team"])[0], actor.team_ids)
    context = {
        "listing": listing,
        "view": view,
        "changeable": _changeable(request, listing) if view is None else None,
        "may_change": view is None or views.may_change(actor, view),
        "name": request.POST.get("name", view.name if view else ""),
        "share": request.POST.get("share", _share(view)),
        "is_default": "is_default" in request.POST
        if request.method == "POST"
        else bool(view and view.is_default),
        "teams": [(str(key), ref.title) for key, ref in teams.items()],
        "roles": [(f"{OF_ROLE}{role.pk}", role.label) for role in roles.everything()]
        if actor.configures
        else [],
        "may_share": actor.configures,
        "errors": errors,
        "dialog_id": "dialog-view",
        "form_url": f"/{view.object}/views/{view.pk}"
        if view
        else listing.url("/views/new", layout=listing.layout),
        "save_label": _("Save view"),
    }
    return render(request, "lists/view.html", context, status=422 if errors else 200)
