"""Saved lists: columns, filter, sort and layout, kept for oneself, for a team, for a role or for everyone.

A view holds no rights: whoever opens it sees the records that they may see. Its filter keeps words like
"me", which mean each reader.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Index, Q
from django.utils.translation import gettext as _

from aperto.kernel.access import roles
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import FieldError, Invalid, Message, Missing, Refused
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.compile import compile_filter
from aperto.kernel.query.grouping import LONGEST_KEY, grouping_of
from aperto.kernel.query.json import from_json
from aperto.kernel.query.readable import readable
from aperto.kernel.query.rows import plan
from aperto.kernel.query.sorting import keys_of
from aperto.kernel.query.statements import instances

MINE, TEAM, ROLE, EVERYONE = "mine", "team", "role", "everyone"
NEAREST = (MINE, TEAM, ROLE, EVERYONE)  # whose view opens before whose
TABLE, BOARD = "table", "board"
LAYOUTS = (TABLE, BOARD, "calendar", "chart", "timeline")
MOST_COLUMNS = 60
WIDEST = 2_000
MOST_FOLDED = 500
MOST_SETTINGS = 20  # of one layout


class SavedView(models.Model):
    """`filter` is JSON (see `query.json`); `widths` are pixels by column; `pinned` counts the columns that
    stay in place; `board` is the field whose values are lanes; `group_by` is as `query.grouping` writes it;
    `footers` holds the total that a reader chose by column, blank for none; `folded` the keys of groups that
    are folded; `lane_total` is what lanes add up ("amount:sum"); `layout_settings` is what each
    layout was told, by its key ({"chart": {"by": "stage"}}): who reads it makes sense of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    object = models.CharField(max_length=63)
    name = models.CharField(max_length=120)
    owner = models.UUIDField(null=True)
    share = models.CharField(max_length=8, default=MINE)
    team = models.UUIDField(null=True)
    role = models.UUIDField(null=True)
    filter = models.JSONField(null=True)
    columns = models.JSONField(default=list)
    widths = models.JSONField(default=dict)
    pinned = models.PositiveSmallIntegerField(default=0)
    sort = models.CharField(max_length=200, default="")
    layout = models.CharField(max_length=8, default=TABLE)
    board = models.CharField(max_length=63, default="")
    group_by = models.CharField(max_length=80, default="")
    footers = models.JSONField(default=dict)
    folded = models.JSONField(default=list)
    lane_total = models.CharField(max_length=80, default="")
    layout_settings = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    is_default = models.BooleanField(default=False)

    class Meta:
        db_table = "kernel_saved_view"
        indexes = [Index(fields=["object", "share", "owner"], name="saved_view_of_object")]

    def __str__(self) -> str:
        return self.name


def visible_views(actor: Actor, object_key: str) -> list[SavedView]:
    """The actor's own views of the object, those of their teams and roles, and those for everyone."""
    if not actor.may(registry.get(object_key), Verb.READ):
        return []
    return instances(SavedView, "views", [shown(actor), Q(object=object_key)], "position", "name", "pk")


def get_view(actor: Actor, key: UUID | str) -> SavedView:
    """The view; Missing when there is none for this actor."""
    try:
        id_ = key if isinstance(key, UUID) else UUID(key)
    except (ValueError, TypeError, AttributeError):
        raise Missing(key) from None
    view = SavedView.objects.filter(shown(actor), pk=id_).first()
    if view is None or view.object not in registry or not actor.may(registry.get(view.object), Verb.READ):
        raise Missing(id_)
    return view


def opens_first(actor: Actor, known: Iterable[SavedView]) -> SavedView | None:
    """Of the views that the actor sees: their own choice before the team's, the role's and everyone's. An
    administrator sees those of roles that they do not hold, too, but these do not open for them."""
    marked = (view for view in known if view.is_default)
    meant = [view for view in marked if view.share != ROLE or view.role in actor.grantees]
    return min(meant, key=lambda view: NEAREST.index(view.share), default=None)


def save_view(actor: Actor, view: SavedView) -> SavedView:
    """Adds or changes a view: Refused without the right, Invalid for what it cannot hold."""
    declaration = registry.get(view.object)
    _check_eyes(actor)
    if not actor.may(declaration, Verb.READ):
        raise Missing(view.object)
    with transaction.atomic():
        kept = SavedView.objects.select_for_update().filter(pk=view.pk).first()
        if kept is None:
            view.owner = actor.user_id
        else:
            _check_change(actor, kept)
            view.owner, view.object = kept.owner, kept.object
        _check_share(actor, view)
        if errors := _errors(actor, declaration, view):
            raise Invalid(errors)
        if view.is_default:
            _alike(view).update(is_default=False)
        view.save()
    return view


def delete_view(actor: Actor, view: SavedView) -> None:
    """Removes a view."""
    _check_eyes(actor)
    kept = get_view(actor, view.pk)
    _check_change(actor, kept)
    kept.delete()


def _check_eyes(actor: Actor) -> None:
    if actor.behind is not None:
        raise Refused(_("Whoever looks as somebody else changes nothing."))


def may_change(actor: Actor, view: SavedView) -> bool:
    """Its owner may, and administrators may change what a role or everyone sees."""
    own = view.owner is not None and view.owner == actor.user_id
    return own or (view.share in {ROLE, EVERYONE} and actor.configures)


def shown(actor: Actor) -> Q:
    """Which views the actor sees."""
    found = Q(share=EVERYONE)
    if actor.user_id:
        found |= Q(owner=actor.user_id)
    if actor.team_ids:
        found |= Q(share=TEAM, team__in=actor.team_ids)
    if actor.configures:
        return found | Q(share=ROLE)
    return found | Q(share=ROLE, role__in=actor.grantees) if actor.grantees else found


def _check_change(actor: Actor, kept: SavedView) -> None:
    if not may_change(actor, kept):
        if get_view(actor, kept.pk):
            raise Refused(_("This view belongs to somebody else."))
        raise Missing(kept.pk)


def _check_share(actor: Actor, view: SavedView) -> None:
    if view.share == EVERYONE and not actor.configures:
        raise Refused(_("Only administrators share a view with everyone."))
    if view.share == TEAM and view.team not in actor.team_ids and not actor.configures:
        raise Refused(_("You can share a view with your own teams."))
    if view.share == ROLE and not actor.configures:
        raise Refused(_("Only administrators share a view with a role."))
    view.team = view.team if view.share == TEAM else None
    view.role = roles.get(view.role).pk if view.share == ROLE and view.role else None


def _alike(view: SavedView) -> "models.QuerySet[SavedView]":
    """The other views among which only one opens first."""
    others = SavedView.objects.filter(object=view.object, share=view.share).exclude(pk=view.pk)
    if view.share == MINE:
        return others.filter(owner=view.owner)
    return others.filter(team=view.team, role=view.role)


def _errors(actor: Actor, declaration: ObjectType, view: SavedView) -> dict[str, list[Message]]:
    errors: dict[str, list[Message]] = {}
    view.name = " ".join(str(view.name).split())
    if not 1 <= len(view.name) <= 120 or "\0" in view.name:
        errors["name"] = [_("A view needs a name of at most 120 characters.")]
    if view.share not in NEAREST or (view.share == ROLE and view.role is None):
        errors["share"] = [_("A view is yours, your team's, a role's or everyone's.")]
    if view.layout not in LAYOUTS or not _are_settings(view.layout_settings):
        errors["layout"] = [_("There is no such layout.")]
    if view.layout == BOARD and view.board not in readable(actor, declaration):
        errors["board"] = [_("A board needs a field whose values are its lanes.")]
    if not _are_widths(view.widths) or not 0 <= view.pinned <= MOST_COLUMNS:
        errors["widths"] = [_("The widths of the columns are not understood.")]
    for key, check in CHECKS.items():
        try:
            check(actor, declaration, view)
        except FieldError as error:
            errors[key] = [str(error)]
    return errors


def _are_widths(widths: Any) -> bool:
    return isinstance(widths, dict) and all(
        isinstance(key, str) and isinstance(width, int) and 0 < width <= WIDEST
        for key, width in widths.items()
    )


def _are_settings(settings: Any) -> bool:
    return isinstance(settings, dict) and all(
        layout in LAYOUTS
        and isinstance(held, dict)
        and len(held) <= MOST_SETTINGS
        and all(isinstance(text, str) and len(text) <= LONGEST_KEY for text in (*held, *held.values()))
        for layout, held in settings.items()
    )


def _check_columns(actor: Actor, declaration: ObjectType, view: SavedView) -> None:
    columns = view.columns
    if not isinstance(columns, list) or len(columns) > MOST_COLUMNS:
        raise FieldError(_("The columns are a list of fields."))
    plan(declaration, [str(column) for column in columns], actor)


def _check_sort(actor: Actor, declaration: ObjectType, view: SavedView) -> None:
    if len(view.sort) > 200:
        raise FieldError(_("The sort is too long."))
    keys_of(view.sort, declaration, actor)


def _check_filter(actor: Actor, declaration: ObjectType, view: SavedView) -> None:
    parsed = from_json(view.filter)
    if parsed is not None:
        compile_filter(parsed, declaration, actor)


def _check_group(actor: Actor, declaration: ObjectType, view: SavedView) -> None:
    if len(view.group_by) > 80:
        raise FieldError(_("There is no such group."))
    if view.group_by:
        grouping_of(view.group_by, declaration, actor)
    if not _are_keys(view.folded):
        raise FieldError(_("There is no such group."))


def _are_keys(folded: Any) -> bool:
    return (
        isinstance(folded, list)
        and len(folded) <= MOST_FOLDED
        and all(isinstance(key, str) and len(key) <= LONGEST_KEY for key in folded)
    )


def _check_footers(actor: Actor, declaration: ObjectType, view: SavedView) -> None:
    """A total of a field that the writer does not see may have come from somebody who does."""
    known = readable(actor, declaration)
    total, footers = view.lane_total.partition(":"), view.footers
    if not isinstance(footers, dict) or len(footers) > MOST_COLUMNS or len(view.lane_total) > 80:
        raise FieldError(_("This total does not fit the field."))
    chosen = [*footers.items(), *([(total[0], total[2])] if view.lane_total else [])]
    for key, name in chosen:
        if key in known and name and name not in known[key].aggregates:
            raise FieldError(_("This total does not fit the field."))


CHECKS = {
    "columns": _check_columns,
    "sort": _check_sort,
    "filter": _check_filter,
    "group_by": _check_group,
    "footers": _check_footers,
}
