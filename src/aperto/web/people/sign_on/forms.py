"""What an administrator types about a provider. The form draws and carries; `sign_ons` judges."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from aperto.kernel.access.sign_on_models import SignOn
from aperto.kernel.access.sign_ons import Access
from aperto.web.people.choices import role_choices, team_choices
from aperto.web.people.forms import offer

SPARE = 3  # empty lines under the table of groups


def text(label: Any, most: int = 500, **options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(label=label, max_length=most, widget=widget, **options)


class SignOnForm(forms.Form):
    """What both kinds of provider have; `top` are the fields of the first section."""

    top: tuple[str, ...] = ("name", "enabled")

    name = text(_("Name on the button"), 40)
    enabled = forms.BooleanField(label=_("Show the button on the sign-in page"), required=False)
    domains = text(
        _("People from these mail domains only"),
        2_000,
        required=False,
        help_text=_(
            "Such as example.org, example.net. Colleagues who are users already are recognised by it."
        ),
    )
    vouches_email = forms.BooleanField(
        label=_("All addresses of these domains are verified by the provider"),
        required=False,
        help_text=_(
            "For providers that do not say so themselves. Whoever runs it could become anybody there."
        ),
    )
    vouches_factor = forms.BooleanField(
        label=_("The provider asks for a second factor itself"), required=False
    )
    role = forms.ChoiceField(
        label=_("Usual role"),
        required=False,
        help_text=_("For whoever is in none of the groups below. None keeps them out."),
    )
    team = forms.ChoiceField(label=_("Team of new users"), required=False)
    groups_claim = text(_("Claim or attribute that holds the groups"), 200, initial="groups", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "role", [("", str(_("None"))), *role_choices()])
        offer(self, "team", [("", str(_("None"))), *team_choices()])


class OidcForm(SignOnForm):
    top = ("name", "issuer", "client_id", "secret", "enabled")
    issuer = text(
        _("Issuer"), help_text=_("The provider's address, such as https://login.example.org/realms/staff.")
    )
    client_id = text(_("Client id"), 300)
    secret = forms.CharField(
        label=_("Client secret"),
        max_length=1_000,
        required=False,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Kept encrypted and never shown again. Empty keeps the present one."),
    )


class SamlForm(SignOnForm):
    top = ("name", "metadata_url", "metadata", "entity_id", "enabled")
    metadata_url = text(
        _("Address of the provider's metadata"), required=False, help_text=_("It is read again every day.")
    )
    metadata = forms.CharField(
        label=_("Or the metadata itself, as XML"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("Paste it once; what is needed of it is kept."),
    )
    entity_id = text(
        _("Entity id"), required=False, help_text=_("Only where the metadata describes several providers.")
    )


FORMS: dict[str, type[SignOnForm]] = {SignOn.OIDC: OidcForm, SignOn.SAML: SamlForm}


def initial(row: SignOn) -> dict[str, Any]:
    plain = ("name", "enabled", "issuer", "client_id", "metadata_url", "entity_id", "vouches_email")
    kept = {key: getattr(row, key) for key in (*plain, "vouches_factor", "groups_claim")}
    return kept | {
        "domains": ", ".join(row.domains),
        "role": str(row.role or ""),
        "team": str(row.team or ""),
    }


def lines(row: SignOn | None, post: QueryDict | None) -> list[tuple[str, str]]:
    """The table of groups and roles, as typed or as kept, with room for more."""
    kept = list(row.groups.items()) if row else []
    typed = list(zip(post.getlist("group"), post.getlist("group_role"), strict=False)) if post else kept
    return [*typed, *[("", "")] * SPARE]


def access(told: dict[str, Any], post: QueryDict) -> Access:
    pairs = zip(post.getlist("group"), post.getlist("group_role"), strict=False)
    return Access(
        domains=tuple(part for part in told["domains"].replace(",", " ").split() if part),
        groups={group.strip(): found for group, role in pairs if group.strip() and (found := _uuid(role))},
        role=_uuid(told["role"]),
        team=_uuid(told["team"]),
    )


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
