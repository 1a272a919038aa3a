"""Lines of a timeline: who did what, when, and what was said. Changes of one person in a row are one line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from aperto.kernel.access import rules
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Message
from aperto.kernel.fields.base import text_of
from aperto.kernel.fields.formats.times import write_moment, write_time
from aperto.kernel.fields.long_text import LongText
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.timeline import Happening
from aperto.kernel.viewer import Viewer
from aperto.web.records.diffs import Difference, Teller
from aperto.web.records.nearby import near_day
from aperto.web.rich import links

TOGETHER = timedelta(minutes=30)  # changes of one person within this time are one line
DOORS: dict[str, Message] = {
    "api": gettext_lazy("by the API"),
    "import": gettext_lazy("by an import"),
    "undo": gettext_lazy("by undoing"),
    "list": gettext_lazy("in the list"),
    "board": gettext_lazy("on the board"),
    "demo": gettext_lazy("as an example"),
    "kind": gettext_lazy("by a change of kind"),
}
VERBS: dict[str, tuple[str, Message]] = {
    "created": ("plus", gettext_lazy("%(who)s created this record")),
    "deleted": ("trash", gettext_lazy("%(who)s deleted this record")),
    "restored": ("restore", gettext_lazy("%(who)s restored this record")),
    "converted": ("arrows-exchange", gettext_lazy("%(who)s changed the kind of a field")),
    "changed": ("pencil", gettext_lazy("%(who)s changed this record")),
    "shared": ("user-plus", gettext_lazy("%(who)s shared this record")),
    "unshared": ("user-x", gettext_lazy("%(who)s ended a share of this record")),
    "private": ("lock", gettext_lazy("%(who)s made this record private")),
    "public": ("lock-open", gettext_lazy("%(who)s made this record private no more")),
}
TELLING = frozenset({"changed", "converted"})  # verbs that say what became what
SHARING = frozenset({"shared", "unshared", "private", "public"})  # ended where it was begun, not by undoing


@dataclass(frozen=True)
class Stamp:
    """A moment as a line shows it: the time of day, the whole on hover, and for machines."""

    time: str
    exact: str
    iso: str


@dataclass(frozen=True)
class Entry:
    """One line of `records/parts/events.html`. `what`, `body` and `facts` are safe HTML."""

    id: UUID
    icon: str
    hue: str
    what: str
    stamp: Stamp
    day: str = ""  # the heading above this line, where a day begins
    body: str = ""
    facts: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    url: str = ""
    edit_url: str = ""
    delete_url: str = ""


def entries(
    actor: Actor, declaration: ObjectType, happenings: Sequence[Happening], above: date | None = None
) -> tuple[list[Entry], date | None]:
    """The lines, with a heading where a day begins; `above` is the day that the lines before ended with."""
    teller = Teller(actor, declaration, [each.change for each in happenings if each.change])
    found: list[Entry] = []
    for group in _groups(happenings):
        day = group[0].moment.astimezone(actor.viewer.zone).date()
        heading = "" if day == above else near_day(day, actor.viewer)
        entry = (
            _of_activity(actor, group[0], heading)
            if group[0].activity
            else _of_changes(teller, group, heading)
        )
        if entry is not None:
            found.append(entry)
            above = day
    return _linked(actor, found), above


def _linked(actor: Actor, found: list[Entry]) -> list[Entry]:
    """The links in what was written lead where this reader may go."""
    bodies = links.shown(actor, [each.body for each in found])
    return [
        each if each.body == body else replace(each, body=SafeString(body))
        for each, body in zip(found, bodies, strict=True)
    ]


def _groups(happenings: Sequence[Happening]) -> Iterable[list[Happening]]:
    group: list[Happening] = []
    for each in happenings:
        if group and not _belongs(group[-1], each):
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _belongs(newer: Happening, older: Happening) -> bool:
    one, two = newer.change, older.change
    return (
        one is not None
        and two is not None
        and one.verb == two.verb == "changed"
        and (one.actor, one.actor_name, one.via) == (two.actor, two.actor_name, two.via)
        and newer.moment - older.moment <= TOGETHER
        and newer.moment.date() == older.moment.date()
    )


def stamp(moment: datetime, viewer: Viewer) -> Stamp:
    local = moment.astimezone(viewer.zone).replace(second=0, microsecond=0)
    return Stamp(write_time(local, viewer), write_moment(moment, viewer), moment.isoformat())


# -- changes -----------------------------------------------------------------------------------------


def _of_changes(teller: Teller, group: Sequence[Happening], day: str) -> Entry | None:
    """One line for the changes; None when the actor may read none of the changed fields."""
    changes = [each.change for each in group if each.change is not None]
    newest = changes[0]
    icon, phrase = VERBS.get(newest.verb, VERBS["changed"])
    differences = list(_joined(teller, changes)) if newest.verb in TELLING else []
    if newest.verb in TELLING and not differences:
        return None
    path = teller.declaration.path
    moved = next((each for each in differences if path and each.key == path), None)
    rest = [each for each in differences if each is not moved]
    if moved:
        icon, what = "arrow-right", _moved(moved, newest)
    elif newest.verb == "changed":
        what, rest = _changed(rest, newest)
    else:
        what = _said(phrase, newest)
    return Entry(
        id=group[0].id,
        icon=icon,
        hue="violet" if moved else "slate",
        what=SafeString(what + _door(newest)),
        stamp=stamp(group[0].moment, teller.actor.viewer),
        day=day,
        differences=rest,
    )


def _joined(teller: Teller, changes: Sequence[Change]) -> Iterable[Difference]:
    """From the oldest value to the newest, field by field; what came back to where it was is left out."""
    first: dict[str, Difference] = {}
    last: dict[str, Difference] = {}
    for change in reversed(changes):
        for each in teller.differences(change):
            first.setdefault(each.key, each)
            last[each.key] = each
    for key, each in last.items():
        if first[key].old != each.new:
            yield Difference(key, each.label, first[key].old, each.new)


# What the product did by itself, and under which word its history keeps that.
PRODUCT: dict[str, Message] = {
    "set-up": gettext_lazy("Set-up"),
    "first run": gettext_lazy("Set-up"),
    "demo": gettext_lazy("Demo data"),
}


def who(name: str) -> str:
    shown = text_of(PRODUCT[name]) if name in PRODUCT else name or _("Somebody")
    return f"<b>{escape(shown)}</b>"


def _said(phrase: Message, change: Change) -> str:
    return escape(str(phrase)) % {"who": who(change.actor_name)}


def _moved(moved: Difference, change: Change) -> str:
    words = {"who": who(change.actor_name), "old": moved.old, "new": moved.new}
    if not moved.old:
        return escape(_("%(who)s moved this record to %(new)s")) % words
    return escape(_("%(who)s moved the stage from %(old)s to %(new)s")) % words


def _changed(differences: list[Difference], change: Change) -> tuple[str, list[Difference]]:
    words = {"who": who(change.actor_name)}
    if len(differences) > 1:
        count = len(differences)
        text = ngettext("%(who)s changed %(count)s field", "%(who)s changed %(count)s fields", count)
        return escape(text) % {**words, "count": count}, differences
    [only] = differences
    words |= {"field": escape(only.label), "old": f"<del>{only.old}</del>", "new": f"<ins>{only.new}</ins>"}
    if not only.new:
        return escape(_("%(who)s emptied %(field)s, which was %(old)s")) % words, []
    if not only.old:
        return escape(_("%(who)s set %(field)s to %(new)s")) % words, []
    return escape(_("%(who)s changed %(field)s from %(old)s to %(new)s")) % words, []


def _door(change: Change) -> str:
    door = DOORS.get(change.via)
    return f' <span class="faint">{escape(str(door))}</span>' if door else ""


# -- activities --------------------------------------------------------------------------------------


def _of_activity(actor: Actor, happening: Happening, day: str) -> Entry | None:
    row, declaration = happening.activity, happening.declaration
    assert row is not None and declaration is not None and declaration.activity is not None
    activity, url = declaration.activity, f"/{declaration.key}/{row.id}"
    owner, team = row.values.get("owner"), row.values.get("team")
    person = owner or row.values.get("created_by")
    rights = (owner and owner.id, team and team.id, row.id)
    body = row.values.get(activity.body) if activity.body else None
    title = "" if says_its_title(body, row.title) else row.title
    # What is born undone was planned once, and stands among what happened because it was done.
    born_undone = bool(activity.done) and declaration.fields[activity.done].default is False
    phrase = _("%(who)s completed") if born_undone else text_of(activity.said)
    what = escape(phrase) % {"who": who(person.title if person else "")}
    if title:
        what += f': <a href="{url}">{escape(title)}</a>'
    return Entry(
        id=happening.id,
        icon=declaration.icon,
        hue=declaration.hue,
        what=SafeString(what),
        stamp=stamp(happening.moment, actor.viewer),
        day=day,
        body=SafeString(declaration.fields[activity.body].display(body, actor.viewer)) if body else "",
        facts=[SafeString(html) for html in facts(actor, declaration, row.values)],
        url=url,
        edit_url=f"{url}/edit" if rules.allows(actor, declaration, Verb.EDIT, *rights) else "",
        delete_url=f"{url}/delete" if rules.allows(actor, declaration, Verb.DELETE, *rights) else "",
    )


def says_its_title(body: Any, title: str) -> bool:
    """Whether the title is only the beginning of what was said."""
    return isinstance(body, str) and " ".join(body.split()).startswith(title.rstrip("…").strip())


def facts(actor: Actor, declaration: ObjectType, values: dict[str, Any]) -> Iterable[str]:
    """What else the composer asked for, in short: outcome, length, place, the file itself."""
    activity = declaration.activity
    assert activity is not None
    told = {activity.moment, activity.body, activity.done, "owner", "created_by", "team"}
    for key, value in values.items():
        each = declaration.fields[key]
        in_title = f"{{{key}}}" in declaration.title
        default = each.default == value and each.default is not None
        quiet = isinstance(each, LongText) or each.kind in {"date", "datetime"}  # a day needs its label
        if key in told or value in (None, [], "") or quiet or in_title or default:
            continue
        yield each.cell(value, actor.viewer)
