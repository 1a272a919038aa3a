"""A rule as a plain sentence, in the language of whoever reads it."""

from calendar import monthrange
from datetime import date
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from aperto.kernel.recurrence.rule import Rule
from aperto.kernel.viewer import Viewer

WORKDAYS = tuple((0, day) for day in range(5))
PLACES = {
    1: pgettext_lazy("of the month", "first"),
    2: pgettext_lazy("of the month", "second"),
    3: pgettext_lazy("of the month", "third"),
    4: pgettext_lazy("of the month", "fourth"),
    -1: pgettext_lazy("of the month", "last"),
}


def sentence(rule: Rule, viewer: Viewer) -> str:
    said = _how_often(rule) % {"n": rule.interval}
    days = _days(rule, viewer)
    if days:
        said = _("%(often)s on %(days)s") % {"often": said, "days": days}
    if rule.count:
        times = ngettext("%(n)s time", "%(n)s times", rule.count) % {"n": rule.count}
        return _("%(rule)s, %(times)s") % {"rule": said, "times": times}
    if rule.until:
        return _("%(rule)s, until %(day)s") % {"rule": said, "day": _date(rule, viewer)}
    return said


def _date(rule: Rule, viewer: Viewer) -> str:
    return format_date(rule.until, "long", locale=viewer.locale)


def _how_often(rule: Rule) -> str:
    if rule.period == "DAILY":
        return ngettext("Every day", "Every %(n)s days", rule.interval)
    if rule.period == "WEEKLY":
        if rule.days == WORKDAYS and rule.interval == 1:
            return _("Every weekday")
        return ngettext("Every week", "Every %(n)s weeks", rule.interval)
    if rule.period == "MONTHLY":
        return ngettext("Every month", "Every %(n)s months", rule.interval)
    return ngettext("Every year", "Every %(n)s years", rule.interval)


def _days(rule: Rule, viewer: Viewer) -> str:
    if rule.days == WORKDAYS and rule.period == "WEEKLY" and rule.interval == 1:
        return ""
    if rule.days:
        return _of_months(_listed(_weekdays(rule, viewer), viewer), rule, viewer)
    if rule.months:
        days = [_calendar_day(day, month, viewer) for month in rule.months for day in rule.month_days]
        return _listed(days, viewer)
    named = [_("the last day") if day < 0 else _("day %(n)s") % {"n": day} for day in rule.month_days]
    return _listed(named, viewer)


def _weekdays(rule: Rule, viewer: Viewer) -> list[str]:
    names = weekday_names(viewer)
    if rule.place:
        plain = _listed([names[day] for _nth, day in rule.days], viewer, "or")
        named = _("weekday") if rule.days == WORKDAYS else plain
        return [_("the %(place)s %(day)s") % {"place": PLACES[rule.place], "day": named}]
    return [
        _("the %(place)s %(day)s") % {"place": PLACES[nth], "day": names[day]} if nth else names[day]
        for nth, day in rule.days
    ]


def _of_months(days: str, rule: Rule, viewer: Viewer) -> str:
    if not rule.months:
        return days
    names = Locale.parse(viewer.locale).months["format"]["wide"]
    months = _listed([names[month] for month in rule.months], viewer)
    return _("%(days)s of %(months)s") % {"days": days, "months": months}


def _calendar_day(day: int, month: int, viewer: Viewer) -> str:
    """A leap year, so that 29 February has a name."""
    if day < 0:
        name = Locale.parse(viewer.locale).months["format"]["wide"][month]
        return _("%(days)s of %(months)s") % {"days": _("the last day"), "months": name}
    skeleton = "MMMMd"
    return format_skeleton(
        skeleton, date(2024, month, min(day, monthrange(2024, month)[1])), locale=viewer.locale
    )


def _listed(words: list[str], viewer: Viewer, style: Literal["standard", "or"] = "standard") -> str:
    return format_list(words, style, locale=viewer.locale) if words else ""


def weekday_names(viewer: Viewer) -> dict[int, str]:
    """By number, from Monday."""
    return dict(sorted(Locale.parse(viewer.locale).days["format"]["wide"].items()))
