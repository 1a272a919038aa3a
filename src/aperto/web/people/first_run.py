"""The page of a fresh installation: whose it is, and who is its first user. It exists until somebody does."""

from dataclasses import dataclass
from typing import Any

from allauth.account.utils import perform_login
from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from aperto.kernel.access import details, setup
from aperto.kernel.configuration.document import Unfit
from aperto.kernel.errors import Invalid, Refused
from aperto.packs import beginning, packs
from aperto.web.people import choices, forms

ZONES = {"NL": "Europe/Amsterdam", "PT": "Europe/Lisbon", "FR": "Europe/Paris"}


@sensitive_post_parameters("password")
@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    if not setup.needed():
        raise Http404
    form = forms.FirstRunForm(request.POST or None, initial=guess(request))
    if request.method == "POST" and form.is_valid():
        answer = start(request, form)
        if answer is not None:
            return answer
    currencies = {code: choices.currency_of(code) for code in details.countries()}
    status = 422 if form.errors else 200
    context = {"form": form, "currencies": currencies, "packs": cards(form)}
    return render(request, "people/first_run.html", context, status=status)


@dataclass(frozen=True)
class Card:
    """A pack that can be chosen; the one without a key is none."""

    key: str
    name: str
    description: str
    icon: str
    brings: str
    chosen: bool


def cards(form: forms.FirstRunForm) -> list[Card]:
    language, chosen = translation.get_language(), form["pack"].value() or ""
    none = Card("", _("None"), _("Begin with what Aperto has itself."), "box", "", chosen == "")
    return [none] + [
        Card(
            each.key, each.name, each.description, each.icon,
            ", ".join(packs.brought(each, language)), chosen == each.key,
        )
        for each in packs.everything(language)
    ]  # fmt: skip


def start(request: HttpRequest, form: forms.FirstRunForm) -> HttpResponse | None:
    """None when the kernel refused; the form then says why."""
    told: dict[str, Any] = form.cleaned_data
    firm = {key: told[key] for key in ("language", "country", "currency", "zone")} | {
        "name": told["organisation"]
    }
    try:
        person = {"name": told["name"], "email": told["email"]}
        user = beginning.start(firm, person, told["password"], told["pack"])
    except Refused:
        raise Http404 from None  # another browser was first
    except Unfit as unfit:
        form.add_error("pack", _("The pack does not fit, so nothing was made: %(why)s") % {"why": unfit})
        return None
    except Invalid as invalid:
        forms.show(form, invalid)
        return None
    answer: HttpResponse = perform_login(request, user, redirect_url=f"{reverse('needs')}?first=1")
    return answer


def guess(request: HttpRequest) -> dict[str, str]:
    """What the browser's languages tell; its time zone is filled in by a script."""
    language = translation.get_language()
    country = _territory(request.headers.get("Accept-Language", "")) or {"en": "NL"}.get(
        language, language.upper()
    )
    if country not in details.countries():
        country = "NL"
    return {
        "language": language,
        "country": country,
        "currency": choices.currency_of(country) or "EUR",
        "zone": ZONES.get(country, "Europe/Amsterdam"),
        "pack": settings.FIRST_PACK if packs.known(settings.FIRST_PACK) else "",
    }


def _territory(accepted: str) -> str:
    """The country of the first language that names one: NL of "nl-NL,nl;q=0.9"."""
    for part in accepted[:500].split(","):
        tag = part.partition(";")[0].strip()
        try:
            territory = Locale.parse(tag, sep="-").territory if "-" in tag else None
        except (ValueError, UnknownLocaleError):
            continue
        if territory:
            return territory
    return ""
