"""Working hours: the organisation's for everybody, and a person's own in their place."""

from collections.abc import Callable, Collection
from datetime import time
from typing import Any

from babel import Locale
from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.access import organisation
from aperto.kernel.calendar.free_days import countries
from aperto.kernel.calendar.working import Working, keep_for_all, keep_own, working
from aperto.kernel.errors import Invalid
from aperto.web.calendar.period import first_weekday
from aperto.web.calendar.words import weekday
from aperto.web.people import choices, forms
from aperto.web.people.doors import administrator, person, user_of
from aperto.web.request import Request

LATEST = 24 * 60 - 1


def clock() -> Any:
    return django_forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class HoursForm(django_forms.Form):
    days = django_forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days"), coerce=int, widget=django_forms.CheckboxSelectMultiple
    )
    begins = django_forms.TimeField(label=gettext_lazy("From"), widget=clock())
    ends = django_forms.TimeField(label=gettext_lazy("Until"), widget=clock())
    countries = django_forms.MultipleChoiceField(
        label=gettext_lazy("Holidays of"),
        required=False,
        widget=django_forms.SelectMultiple(attrs={"size": 6}),
        help_text=gettext_lazy("The national holidays of these countries are shown in the calendar."),
    )

    def hours(self) -> Working:
        held = self.cleaned_data
        begins, ends = (each.hour * 60 + each.minute for each in (held["begins"], held["ends"]))
        whole = ends if ends != LATEST else LATEST + 1  # a control knows no midnight at the end of a day
        return Working(tuple(held["days"]), begins, whole, tuple(held["countries"]))


class OwnHoursForm(HoursForm):
    field_order = ("follow", "days", "begins", "ends", "countries")
    follow = django_forms.BooleanField(label=gettext_lazy("As the organisation"), required=False)


@administrator
def of_organisation(request: Request) -> HttpResponse:
    held = working({}, organisation.current(), request.actor.viewer)
    form = _drawn(request, HoursForm(request.POST or None, initial=_initial(held)))
    return _answer(request, form, "organisation_hours", lambda: keep_for_all(request.actor, form.hours()))


@person
def own(request: Request) -> HttpResponse:
    user = user_of(request)
    held = working(user.working, organisation.current(), request.actor.viewer)
    initial = _initial(held) | {"follow": not user.working}
    form = _drawn(request, OwnHoursForm(request.POST or None, initial=initial))
    follow = request.method == "POST" and "follow" in request.POST
    if follow:
        for name in ("days", "begins", "ends"):
            form.fields[name].required = False
    return _answer(
        request, form, "own_hours", lambda: keep_own(request.actor, None if follow else form.hours())
    )


def _initial(held: Working) -> dict[str, Any]:
    return {
        "days": list(held.days),
        "begins": _time(held.begins),
        "ends": _time(held.ends),
        "countries": list(held.countries),
    }


def _time(minutes: int) -> time:
    return time(*divmod(min(minutes, LATEST), 60))


def _drawn[F: HoursForm](request: Request, form: F) -> F:
    """With the days in the order of the viewer's week, and the countries in their language."""
    locale = request.actor.viewer.locale
    first = first_weekday(locale)
    days = [(str((first + n) % 7), weekday((first + n) % 7, locale, "wide")) for n in range(7)]
    forms.offer(form, "days", days)
    forms.offer(form, "countries", _countries(form["countries"].value() or ()))
    return form


def _countries(chosen: Collection[str]) -> choices.Choices:
    """Those that are chosen come first, so that a list of two hundred shows them."""
    names = Locale(translation.get_language()).territories
    named = ((key, names.get(key, key)) for key in countries())
    return sorted(named, key=lambda pair: (pair[0] not in chosen, pair[1]))


def _answer(request: Request, form: HoursForm, route: str, keep: Callable[[], None]) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            keep()
        except Invalid as invalid:
            forms.show(form, invalid)
        else:
            messages.success(request, _("Saved"))
            return HttpResponseRedirect(reverse(route))
    status = 422 if form.errors else 200
    return render(request, "calendar/hours.html", {"form": form}, status=status)
