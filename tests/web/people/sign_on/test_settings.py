"""Settings → sign-on: adding, testing, switching the other ways off; and secrets that nothing shows."""

from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import serializers
from django.test import Client
from django.urls import reverse

from aperto.kernel.access import sign_ons
from aperto.kernel.access.models import User
from aperto.kernel.access.sign_on_models import SignOn
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Refused
from aperto.web.people.sign_on import saml
from tests import firm
from tests.identity.provider import Provider, come_in
from tests.web.people.conftest import SignIn as SigningIn
from tests.web.people.sign_on.conftest import DOMAIN, SLUG, Offer, pk
from tests.web.people.test_sign_in import is_in, sign_in

CANARY = "a-client-secret-canary"


def typed(**changed: Any) -> dict[str, Any]:
    return {
        "name": "House", "issuer": "https://login.example.org", "client_id": "aperto", "secret": CANARY,
        "enabled": "on", "domains": f"{DOMAIN}, other.example", "groups_claim": "groups", "role": "",
        "team": "", "group": ["staff", "", ""], "group_role": [str(pk("user")), "", ""],
    } | changed  # fmt: skip


def test_provider_is_added_and_changed(admin: User, signed_in: SigningIn) -> None:
    client = signed_in(admin)
    made = client.post(reverse("create_sign_on", args=["oidc"]), typed())
    row = SignOn.objects.get()
    shown = client.get(made["Location"]).content.decode()

    client.post(
        made["Location"], typed(secret="", name="Home", group=["heads"], group_role=[str(pk("manager"))])
    )

    row.refresh_from_db()
    assert (row.name, row.domains, row.groups) == (
        "Home",
        [DOMAIN, "other.example"],
        {"heads": str(pk("manager"))},
    )
    assert sign_ons.secret_of(row) == CANARY
    assert f"/sign-on/{row.slug}/callback/" in shown
    assert 'value="staff"' in shown


def test_secret_stands_nowhere(admin: User, signed_in: SigningIn) -> None:
    client = signed_in(admin)
    made = client.post(reverse("create_sign_on", args=["oidc"]), typed())
    client.post(made["Location"], typed(secret=f"{CANARY}-2"))

    kept = serializers.serialize("json", SignOn.objects.all()) + str(list(Change.objects.values_list("diff")))
    pages = client.get(made["Location"]).content + client.get(reverse("sign_on")).content

    assert CANARY not in kept
    assert CANARY.encode() not in pages
    assert "secret" in Change.objects.get(object="sign_on", verb="changed").diff


def test_secret_is_lost_with_the_key_of_the_installation(offer: Offer, settings: Any) -> None:
    row = offer()
    settings.SECRET_KEY = "another"

    assert sign_ons.secret_of(row) == ""


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"domains": "no domain"}, b"is not a domain"),
        ({"domains": "", "vouches_email": "on"}, b"Name the domains"),
        ({"group": [], "group_role": []}, b"Choose a role"),
        ({"issuer": ""}, b"required"),
    ],
)
def test_what_is_wrong_is_said_and_kept(
    admin: User, signed_in: SigningIn, changed: dict[str, Any], told: bytes
) -> None:
    answer = signed_in(admin).post(reverse("create_sign_on", args=["oidc"]), typed(**changed))

    assert answer.status_code == 422
    assert told in answer.content
    assert not SignOn.objects.exists()


def test_test_says_what_the_provider_says(
    offer: Offer, provider: Provider, admin: User, signed_in: SigningIn
) -> None:
    row = offer()

    page = signed_in(admin).post(reverse("test_sign_on", args=[row.pk])).content.decode()

    assert "The issuer answers" in page
    assert "Repair this" not in page


def test_test_says_what_is_wrong(offer: Offer, admin: User, signed_in: SigningIn, settings: Any) -> None:
    row, client = offer(issuer="http://127.0.0.1:9"), signed_in(admin)
    silent = client.post(reverse("test_sign_on", args=[row.pk])).content
    settings.REACH_PRIVATE_NETWORK = False
    inner = client.post(reverse("test_sign_on", args=[row.pk])).content

    assert b"did not answer" in silent
    assert b"inner network" in inner


@pytest.mark.skipif(not saml.available(), reason="SAML is not installed here")
def test_metadata_is_pasted(admin: User, signed_in: SigningIn) -> None:
    from tests.identity.assertions import ENTITY, Pen

    pen, client = Pen.made(), signed_in(admin)
    told = typed(metadata=pen.metadata(), metadata_url="", entity_id="", vouches_email="on")
    made = client.post(reverse("create_sign_on", args=["saml"]), told)
    tested = client.post(reverse("test_sign_on", args=[SignOn.objects.get().pk])).content.decode()
    rubbish = client.post(made["Location"], told | {"metadata": "<x/>"})

    assert SignOn.objects.get().idp["certificates"] == [pen.body]
    assert ENTITY in tested
    assert "Its certificate holds until" in tested
    assert rubbish.status_code == 422


def test_absent_saml_is_said(admin: User, signed_in: SigningIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saml, "available", lambda: False)
    client = signed_in(admin)

    page = client.get(reverse("sign_on")).content

    assert b"SAML is not installed here" in page
    assert client.get(reverse("create_sign_on", args=["saml"])).status_code == 404


def test_only_somebody_of_a_provider_switches_passwords_off(offer: Offer, admin: User) -> None:
    offer()

    with pytest.raises(Refused):
        sign_ons.set_own_ways(firm.actor(admin), False, via="test")


def providers_only(admin: User) -> None:
    SocialAccount.objects.create(user=admin, provider=SLUG, uid="ada")
    sign_ons.set_own_ways(firm.actor(admin), False, via="test")


@pytest.mark.parametrize(
    "name", ["account_login", "account_request_login_code", "mfa_login_webauthn", "account_reset_password"]
)
def test_switched_off_ways_are_shut(offer: Offer, admin: User, name: str) -> None:
    offer()
    providers_only(admin)
    client = Client()

    answer = client.post(
        reverse(name), {"login": admin.email, "email": admin.email, "password": firm.PASSWORD}
    )

    assert (answer.status_code, answer["Location"]) == (302, reverse("account_login"))
    assert not is_in(client)


def test_sign_in_page_then_offers_the_provider_alone(offer: Offer, provider: Provider, admin: User) -> None:
    offer()
    providers_only(admin)
    client = Client()

    page = client.get(reverse("account_login")).content.decode()
    come_in(provider, client, SLUG, "ann")

    assert "Sign in with House" in page
    assert 'type="password"' not in page
    assert is_in(client)


def test_link_of_the_machine_remains(offer: Offer, admin: User) -> None:
    from aperto.kernel.access import links

    offer()
    providers_only(admin)
    client = Client()

    client.post(reverse("sign_in_link", args=[links.make(admin)]))

    assert is_in(client)
    assert sign_in(Client(), admin.email) == 302


def test_last_provider_stays_while_passwords_are_off(offer: Offer, admin: User) -> None:
    row = offer()
    providers_only(admin)

    with pytest.raises(Refused):
        sign_ons.delete(firm.SYSTEM, row, via="test")
    assert SignOn.objects.get().enabled


def test_pages_do_not_exist_for_others(offer: Offer, colleague: User, signed_in: SigningIn) -> None:
    row, client = offer(), signed_in(colleague)
    pages = [
        reverse("sign_on"), reverse("sign_ins"), reverse("create_sign_on", args=["oidc"]),
        reverse("edit_sign_on", args=[row.pk]), reverse("role_rule", args=[pk("user")]),
        reverse("user_sign_ins", args=[colleague.pk]),
    ]  # fmt: skip

    assert {client.get(page).status_code for page in pages} == {404}
