"""What roles ask: a second factor before anything else, and addresses of some networks."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aperto.kernel.access import addresses, people, sign_in_rules, tokens
from aperto.kernel.access.models import User
from aperto.kernel.access.sign_on_models import RoleRule, SignIn
from aperto.kernel.changes.models import Change
from aperto.kernel.errors import Invalid
from tests import firm
from tests.identity.provider import Provider
from tests.web.people.conftest import SignIn as SigningIn
from tests.web.people.sign_on.conftest import SLUG, Offer, pk, role
from tests.web.people.test_second_factor import code_of, enrol
from tests.web.people.test_sign_in import is_in, sign_in

INSIDE, OUTSIDE = "192.0.2.7", "198.51.100.7"


def rule(key: str = "user", *, factor: bool = False, networks: str = "") -> None:
    sign_in_rules.set_rule(
        firm.SYSTEM, role(key), second_factor=factor, networks=networks, address="", via="test"
    )


def bearer(user: User) -> dict[str, str]:
    until = timezone.now() + timedelta(days=90)
    _token, secret = tokens.create(firm.actor(user), name="T", scopes=["*:read"], expires_at=until)
    return {"Authorization": f"Bearer {secret}"}


def test_whoever_lacks_a_factor_is_led_to_set_one_up(colleague: User, signed_in: SigningIn) -> None:
    client = signed_in(colleague)
    rule(factor=True)

    led = {client.get(path)["Location"] for path in ("/", "/contact", "/profile", reverse("security"))}
    part = client.get("/contact", headers={"HX-Request": "true"})
    shown = client.get(reverse("require_factor"))

    assert led == {reverse("require_factor")}
    assert (part.status_code, part["HX-Redirect"]) == (204, reverse("require_factor"))
    assert b"Set up a second factor" in shown.content


def test_setting_one_up_opens_everything(colleague: User, signed_in: SigningIn) -> None:
    client = signed_in(colleague)
    rule(factor=True)

    enrol(client)

    assert is_in(client)
    assert client.get(reverse("require_factor")).status_code == 302


def test_writing_is_shut_as_well(colleague: User, signed_in: SigningIn) -> None:
    client = signed_in(colleague)
    rule(factor=True)

    client.post(reverse("profile"), {"name": "Eve", "language": "en", "zone": "UTC"})

    colleague.refresh_from_db()
    assert colleague.name == "Ben Oort"


def test_way_out_stays_open(colleague: User, signed_in: SigningIn) -> None:
    client = signed_in(colleague)
    rule(factor=True, networks=INSIDE)

    client.post(reverse("account_logout"))

    assert client.get(reverse("profile"))["Location"].startswith(reverse("account_login"))


def test_removing_the_last_factor_leads_back(colleague: User, signed_in: SigningIn) -> None:
    client = signed_in(colleague)
    enrol(client)
    rule(factor=True)

    client.post(reverse("mfa_deactivate_totp"))

    assert client.get("/")["Location"] == reverse("require_factor")


def test_tokens_go_on_for_a_fortnight_without_a_factor(colleague: User, signed_in: SigningIn) -> None:
    headers, client = bearer(colleague), signed_in(colleague)
    rule(factor=True)
    at_once = Client().get("/api/v1/contact", headers=headers).status_code

    with time_machine.travel(timezone.now() + sign_in_rules.TOKENS_KEPT + timedelta(minutes=1)):
        late = Client().get("/api/v1/contact", headers=headers)
    enrol(client)
    with time_machine.travel(timezone.now() + sign_in_rules.TOKENS_KEPT + timedelta(minutes=1)):
        again = Client().get("/api/v1/contact", headers=headers).status_code

    assert (at_once, late.status_code, again) == (200, 403, 200)
    assert b"second factor" in late.content


def test_asking_again_does_not_begin_the_fortnight_anew(colleague: User) -> None:
    rule(factor=True)
    first = RoleRule.objects.get().second_factor_since

    rule(factor=True, networks=INSIDE)

    assert RoleRule.objects.get().second_factor_since == first


@pytest.mark.parametrize("vouches", [True, False])
def test_provider_that_asks_itself_suffices(offer: Offer, provider: Provider, vouches: bool) -> None:
    from tests.identity.provider import come_in

    offer(vouches_factor=vouches)
    rule(factor=True)
    client = Client()

    come_in(provider, client, SLUG, "ann")

    assert is_in(client) == vouches


@pytest.mark.parametrize(
    ("networks", "address", "allowed"),
    [
        ("192.0.2.0/24", INSIDE, True),
        ("192.0.2.0/24", OUTSIDE, False),
        ("192.0.2.7", INSIDE, True),
        ("192.0.2.9/24", INSIDE, True),
        ("10.0.0.0/8, 192.0.2.0/24", INSIDE, True),
        ("192.0.2.0/24", "::ffff:192.0.2.7", True),
        ("2001:db8::/32", "2001:db8::1", True),
        ("2001:db8::/32", INSIDE, False),
        ("192.0.2.0/24", "2001:db8::1", False),
    ],
)
def test_list_of_networks_counts_at_every_request_and_for_tokens(
    colleague: User, networks: str, address: str, allowed: bool
) -> None:
    client, headers = Client(REMOTE_ADDR=INSIDE), bearer(colleague)
    sign_in(client, colleague.email)
    rule(networks=networks)

    page = client.get("/profile", REMOTE_ADDR=address).status_code
    api = Client().get("/api/v1/contact", headers=headers, REMOTE_ADDR=address).status_code

    assert (page, api) == ((200, 200) if allowed else (403, 403))


def test_sign_in_from_elsewhere_is_refused_and_noted(colleague: User) -> None:
    rule(networks=INSIDE)
    client = Client(REMOTE_ADDR=OUTSIDE)

    status = sign_in(client, colleague.email)

    assert (status, "sessionid" in client.cookies and is_in(client)) == (403, False)
    assert SignIn.objects.get().reason == "network"


def test_every_role_with_a_list_must_allow_the_address(colleague: User) -> None:
    people.set_roles(firm.SYSTEM, colleague, [pk("user"), pk("read_only")], via="test")
    client = Client(REMOTE_ADDR=INSIDE)
    sign_in(client, colleague.email)
    rule("user", networks=INSIDE)
    rule("read_only", networks=OUTSIDE)

    assert client.get("/profile").status_code == 403


@pytest.mark.parametrize(
    ("proxies", "header", "allowed"),
    [
        (0, INSIDE, False),
        (1, INSIDE, True),
        (1, f"{INSIDE}, {OUTSIDE}", False),
        (1, f"{OUTSIDE}, {INSIDE}", True),
        (2, f"{INSIDE}, {OUTSIDE}", True),
        (2, INSIDE, False),
    ],
)
def test_header_of_a_proxy_counts_only_as_configured(
    colleague: User, settings: Any, proxies: int, header: str, allowed: bool
) -> None:
    headers = bearer(colleague) | {"X-Forwarded-For": header}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    rule(networks=INSIDE)

    status = Client().get("/api/v1/contact", headers=headers, REMOTE_ADDR=OUTSIDE).status_code

    assert status == (200 if allowed else 403)


def test_nobody_shuts_themselves_out_by_a_list(admin: User, signed_in: SigningIn) -> None:
    client, page = signed_in(admin), reverse("role_rule", args=[pk("administrator")])

    refused = client.post(page, {"networks": "192.0.2.0/24"})
    saved = client.post(page, {"networks": "192.0.2.0/24\n127.0.0.0/8"})

    assert (refused.status_code, saved.status_code) == (422, 302)
    assert b"your address is 127.0.0.1" in refused.content
    assert RoleRule.objects.get().networks == ["192.0.2.0/24", "127.0.0.0/8"]
    assert Change.objects.get(object="role", verb="changed").diff["networks"][0] == []


def test_nobody_shuts_themselves_out_by_a_role(admin: User, signed_in: SigningIn) -> None:
    client = signed_in(admin)
    rule(networks=INSIDE)
    told = {"name": admin.name, "email": admin.email, "language": "en", "zone": "Europe/Amsterdam"}

    answer = client.post(
        reverse("user", args=[admin.pk]), {**told, "roles": [pk("administrator"), pk("user")]}
    )

    assert (answer.status_code, admin.roles.count()) == (422, 1)


@pytest.mark.parametrize("text", ["office", "192.0.2.0/33", "1.2.3", "2001:db8::/129", "192.0.2.1-192.0.2.9"])
def test_list_that_is_none_is_refused(admin: User, text: str) -> None:
    with pytest.raises(Invalid):
        rule(networks=text)


def test_lists_are_lifted_from_the_machine(admin: User) -> None:
    rule("administrator", networks=INSIDE)

    assert sign_in_rules.lift(firm.SYSTEM, admin) == ["Administrator"]
    assert sign_in_rules.of_user(people.get(admin.pk)).allow(OUTSIDE)


def test_address_that_is_none_is_in_no_list() -> None:
    assert not addresses.within("", [])
    assert addresses.parse("fe80::1%eth0") == addresses.parse("fe80::1")


def test_own_code_still_counts_after_a_provider(
    colleague: User, signed_in: SigningIn, client: Client
) -> None:
    secret = enrol(signed_in(colleague))
    rule(factor=True)
    sign_in(client, colleague.email)

    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
        inside = is_in(client)

    assert inside
