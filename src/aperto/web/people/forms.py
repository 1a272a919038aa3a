"""What people type on these pages. The forms draw and carry; the kernel's actions judge."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from aperto.kernel.access import details
from aperto.kernel.access.models import User
from aperto.kernel.errors import Invalid
from aperto.packs import packs
from aperto.web.people import choices

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def show(form: forms.Form, invalid: Invalid) -> None:
    """Puts the kernel's messages beside the fields they are about."""
    for key, messages in invalid.errors.items():
        for message in messages:
            form.add_error(key if key in form.fields else None, str(message))


def offer(form: forms.Form, name: str, offered: choices.Choices) -> None:
    """Puts the choices into a field whose choices are known only when it is asked."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = offered


def text(label: "_StrPromise", complete: str = "off", **options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": complete})
    return forms.CharField(label=label, max_length=details.NAME_LENGTH, widget=widget, **options)


def email(complete: str = "off") -> forms.CharField:
    widget = forms.EmailInput(attrs={"autocomplete": complete})
    return forms.CharField(label=_("E-mail"), max_length=details.EMAIL_LENGTH, widget=widget)


class ProfileForm(forms.Form):
    name = text(_("Name"), "name")
    language = forms.ChoiceField(label=_("Language"), choices=choices.languages)
    zone = forms.ChoiceField(label=_("Time zone"), choices=choices.zones)


class OrganisationForm(forms.Form):
    name = text(_("Name"), "organization")
    language = forms.ChoiceField(
        label=_("Language"), choices=choices.languages, help_text=_("What new colleagues see first.")
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=choices.countries,
        help_text=_("How numbers, dates, telephone numbers and addresses are read."),
    )
    currency = forms.ChoiceField(
        label=_("Currency"), choices=choices.currencies, help_text=_("Amounts in others are converted to it.")
    )
    zone = forms.ChoiceField(label=_("Time zone"), choices=choices.zones)


class FirmForm(OrganisationForm):
    """What can be chosen once people work here."""

    presence = forms.BooleanField(
        label=_("Show who else has a record open"),
        required=False,
        help_text=_("Names are shown while the page is open, and are kept nowhere."),
    )


class FirstRunForm(OrganisationForm):
    """The organisation and its first user on one page."""

    field_order = (
        "organisation", "language", "country", "currency", "zone", "name", "email", "password", "pack",
    )  # fmt: skip
    organisation = text(_("Organisation"), "organization")
    name = text(_("Your name"), "name")
    email = email("username")
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1024,
        help_text=_("At least ten characters; a sentence is easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    pack = forms.ChoiceField(
        label=_("Pack"),
        required=False,
        choices=lambda: [("", _("None")), *zip(packs.keys(), packs.keys(), strict=True)],
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        person = User(name=cleaned.get("name", ""), email=cleaned.get("email", ""))
        try:
            validate_password(cleaned.get("password", ""), person)
        except ValidationError as error:
            if "password" in cleaned:
                self.add_error("password", error)
        return cleaned


class UserForm(forms.Form):
    """A user as administrators see one; `teams` are (id, name) of all teams."""

    name = text(_("Name"))
    email = email()
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)
    teams = forms.MultipleChoiceField(label=_("Teams"), widget=forms.CheckboxSelectMultiple, required=False)
    main_team = forms.ChoiceField(
        label=_("Main team"), required=False, help_text=_("New records of this person belong to it.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=choices.languages)
    zone = forms.ChoiceField(label=_("Time zone"), choices=choices.zones)

    def __init__(self, *args: Any, teams: choices.Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "roles", choices.role_choices())
        offer(self, "teams", teams)
        offer(self, "main_team", [("", str(_("None"))), *teams])
        if not teams:
            del self.fields["teams"], self.fields["main_team"]


class TeamForm(forms.Form):
    name = text(_("Name"))
    parent = forms.ChoiceField(
        label=_("Part of"),
        required=False,
        help_text=_("Rights that reach “team and below” reach this team from the one above it."),
    )
    description = forms.CharField(label=_("Description"), max_length=500, required=False)
    members = forms.MultipleChoiceField(
        label=_("Members"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, people: choices.Choices, parents: choices.Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "members", people)
        offer(self, "parent", [("", str(_("No other team"))), *parents])


class RoleForm(forms.Form):
    name = text(_("Name"))


class TokenForm(forms.Form):
    name = text(_("Name"), help_text=_("What will use it, such as “Accounting export”."))
    access = forms.ChoiceField(
        label=_("Access"),
        choices=[
            ("*:read", _("Read everything that I may read")),
            ("*:*", _("Everything that I may do")),
            ("chosen", _("Only what I choose")),
        ],
        widget=forms.RadioSelect,
        initial="*:read",
    )
    expires = forms.ChoiceField(
        label=_("Works until"),
        choices=[
            ("30", _("30 days from now")),
            ("90", _("90 days from now")),
            ("365", _("A year from now")),
            ("", _("I revoke it")),
        ],
        required=False,
        initial="90",
    )
