"""The control "Repeats": a few choices that are put together to a rule, and any rule in its own words."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import controls
from aperto.kernel.fields.formats.dates import read_date
from aperto.kernel.fields.formats.times import read_moment
from aperto.kernel.recurrence import words
from aperto.kernel.recurrence.rule import DAYS, Rule
from aperto.kernel.viewer import Viewer

HOWS = (
    ("", gettext_lazy("Does not repeat")),
    ("day", gettext_lazy("Daily")),
    ("weekday", gettext_lazy("Every weekday")),
    ("week", gettext_lazy("Weekly")),
    ("month", gettext_lazy("Monthly, on the same day")),
    ("nth", gettext_lazy("Monthly, on a weekday")),
    ("year", gettext_lazy("Yearly")),
    ("custom", gettext_lazy("Custom")),
)
PERIODS = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "nth": "MONTHLY", "year": "YEARLY"}
WORKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
SINGLE = ("how", "every", "place", "weekday", "monthday", "end", "times", "until", "text")
MOST_DIGITS = 3


def from_form(post: QueryDict, name: str) -> Any:
    """What the control sent; a bare value is a rule in its own words."""
    if f"{name}.how" not in post:
        return post.get(name, "")
    sent: dict[str, Any] = {each: post.get(f"{name}.{each}", "").strip() for each in SINGLE}
    return sent | {"days": post.getlist(f"{name}.days")}


def compose(sent: Mapping[str, Any], viewer: Viewer) -> str:
    """The rule that the choices come to; "" for none."""
    how = sent["how"]
    if how == "custom":
        return str(sent.get("text", ""))
    if how not in dict(HOWS):
        raise FieldError(_("Choose how it repeats."))
    if not how:
        return ""
    parts = [WORKDAYS] if how == "weekday" else [f"FREQ={PERIODS[how]}"]
    if how != "weekday" and sent.get("every") not in (None, "", "1"):
        parts.append(f"INTERVAL={sent['every']}")
    return ";".join([*parts, *_days(how, sent), *_end(sent, viewer)])


def _days(how: str, sent: Mapping[str, Any]) -> list[str]:
    if how == "week" and sent.get("days"):
        return [f"BYDAY={','.join(sent['days'])}"]
    if how == "nth":
        return [f"BYDAY={sent.get('place') or '1'}{sent.get('weekday') or 'MO'}"]
    if how == "month" and sent.get("monthday"):
        return [f"BYMONTHDAY={sent['monthday']}"]
    return []


def _end(sent: Mapping[str, Any], viewer: Viewer) -> list[str]:
    if sent.get("end") == "count":
        return [f"COUNT={sent.get('times') or '0'}"]
    if sent.get("end") == "until":
        last = read_date(str(sent.get("until", "")), viewer)
        return [f"UNTIL={last:%Y%m%d}"]
    return []


def begins(text: str, viewer: Viewer) -> date | None:
    """The day of a moment that a form holds, where it can be read."""
    try:
        return read_moment(text, viewer).astimezone(viewer.zone).date() if text else None
    except FieldError:
        return None


def how_of(rule: Rule | None) -> str:
    """The choice that holds the rule; what no choice holds is custom."""
    if rule is None:
        return ""
    if rule.period == "WEEKLY":
        return "weekday" if rule.days == words.WORKDAYS and rule.interval == 1 else "week"
    if rule.place or len(rule.months) > 1 or len(rule.month_days) > 1 or min((1, *rule.month_days)) < 0:
        return "custom"
    if rule.period == "MONTHLY" and rule.days:
        return "nth" if len(rule.days) == 1 and rule.days[0][0] else "custom"
    if rule.days:
        return "custom"
    return {"DAILY": "day", "MONTHLY": "month", "YEARLY": "year"}[rule.period]


def control(rule: Rule | None, viewer: Viewer, name: str, moment: str, attributes: str) -> SafeString:
    """Parts that do not fit the choice are hidden by the style sheet alone; see `recurrence.css`. The
    sentence is asked for with the `moment` of the form."""
    how = how_of(rule)
    pieces = [
        controls.select_box(f"{name}.how", HOWS, [how], attributes),
        _part("every", _every(rule, name)),
        _part("days", _boxes(rule, viewer, name)),
        _part("monthday", _month_day(rule, name)),
        _part("nth", _nth(rule, viewer, name)),
        _part("text", _own_words(rule, name)),
        _part("end", _ending(rule, name)),
        _sentence(rule, viewer),
    ]
    asked = f'data-repeats="{escape(name)}" data-moment="{escape(moment)}"'
    return controls.group(*pieces, kind="recurrence", look="recurrence", attributes=asked)


def _part(which: str, html: str) -> str:
    return f'<div class="repeats-{which}">{html}</div>'


def _input(kind: str, name: str, value: Any, label: str, more: str = "") -> str:
    return controls.text_input(kind, name, str(value or ""), f"{controls.label_of(label)} {more}")


def _every(rule: Rule | None, name: str) -> str:
    field = _input(
        "number", f"{name}.every", rule.interval if rule else 1, _("Every how many"), 'min="1" max="99"'
    )
    return (
        f"<span>{escape(_('Every'))}</span>{field}<span>{escape(_('(days, weeks, months or years)'))}</span>"
    )


def _boxes(rule: Rule | None, viewer: Viewer, name: str) -> str:
    chosen = {day for _nth, day in rule.days} if rule else set()
    return "".join(
        f'<label><input type="checkbox" name="{escape(name)}.days" value="{DAYS[day]}"'
        f"{' checked' if day in chosen else ''}> {escape(said)}</label>"
        for day, said in words.weekday_names(viewer).items()
    )


def _month_day(rule: Rule | None, name: str) -> str:
    day = rule.month_days[0] if rule and len(rule.month_days) == 1 else ""
    field = _input("number", f"{name}.monthday", day, _("Day of the month"), 'min="1" max="31"')
    return f"<span>{escape(_('On day'))}</span>{field}<span>{escape(_('(empty: as it begins)'))}</span>"


def _nth(rule: Rule | None, viewer: Viewer, name: str) -> str:
    nth, day = rule.days[0] if rule and rule.days else (1, 0)
    places = [(str(number), said) for number, said in words.PLACES.items()]
    names = [(DAYS[each], said) for each, said in words.weekday_names(viewer).items()]
    label = controls.label_of
    return controls.select_box(
        f"{name}.place", places, [str(nth)], label(_("Which one"))
    ) + controls.select_box(f"{name}.weekday", names, [DAYS[day]], label(_("Weekday")))


def _own_words(rule: Rule | None, name: str) -> str:
    text = rule.written if rule else ""
    return _input(
        "text", f"{name}.text", text, _("Rule"), 'placeholder="FREQ=MONTHLY;BYDAY=-1FR" maxlength="200"'
    )


def _ending(rule: Rule | None, name: str) -> str:
    end = "count" if rule and rule.count else "until" if rule and rule.until else ""
    ends = [("", _("Without an end")), ("count", _("After a number of times")), ("until", _("Until a day"))]
    last: date | None = rule.until if rule else None
    return (
        controls.select_box(f"{name}.end", ends, [end], controls.label_of(_("Ends")))
        + _input("number", f"{name}.times", rule.count if rule else "", _("How often"), 'min="1" max="400"')
        + _input("date", f"{name}.until", last.isoformat() if last else "", _("Last day"))
    )


def _sentence(rule: Rule | None, viewer: Viewer) -> SafeString:
    said = words.sentence(rule, viewer) if rule else ""
    return mark_safe(f'<p class="repeats-said small muted" aria-live="polite">{escape(said)}</p>')  # noqa: S308
