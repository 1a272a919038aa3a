"""The whole way through a real provider: first time, other groups, none, deactivated; and refusals."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aperto.kernel.access import people, sign_ons
from aperto.kernel.access.models import User
from aperto.kernel.access.sign_on_models import SignIn
from aperto.kernel.changes.models import Change
from aperto.web.people.adapters import PROVIDER_SESSION
from tests import firm
from tests.identity.provider import Provider, come_in, onward
from tests.web.people.sign_on.conftest import ANN, DOMAIN, SLUG, Offer, pk, roles_of
from tests.web.people.test_sign_in import ELSEWHERE, is_in

EMAIL = str(ANN["email"])


def enter(provider: Provider, name: str = "ann", client: Client | None = None) -> tuple[Client, Any]:
    client = client or Client()
    return client, come_in(provider, client, SLUG, name)


def reasons() -> list[str]:
    return list(SignIn.objects.filter(came_in=False).order_by("id").values_list("reason", flat=True))


def test_first_time_makes_a_user_with_the_roles_of_the_groups(offer: Offer, provider: Provider) -> None:
    offer(groups={"staff": pk("user"), "heads": pk("manager")})

    client, answer = enter(provider)

    user = User.objects.get(email=EMAIL)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_in(client)
    assert (user.name, user.has_usable_password(), roles_of(user.email)) == ("Ann Vos", False, {"user"})
    assert SignIn.objects.get(user=user).way == f"sign_on:{SLUG}"
    assert SocialAccount.objects.get(user=user).extra_data == {}
    assert {"created", "linked"} <= set(Change.objects.filter(record=user.pk).values_list("verb", flat=True))


def test_roles_follow_the_groups_of_each_sign_in(offer: Offer, provider: Provider) -> None:
    offer(groups={"staff": pk("user"), "heads": pk("manager")})
    enter(provider)
    provider.knows(ann=ANN | {"groups": ["heads"]})

    enter(provider)

    assert roles_of(EMAIL) == {"manager"}
    assert User.objects.filter(email=EMAIL).count() == 1


def test_provider_is_asked_again_after_half_a_day(offer: Offer, provider: Provider) -> None:
    offer()

    client, _answer = enter(provider)
    later = timezone.now() + PROVIDER_SESSION

    with time_machine.travel(later - timedelta(minutes=1)):
        before = is_in(client)
    with time_machine.travel(later + timedelta(minutes=1)):
        after = is_in(client)
    assert (before, after) == (True, False)


def test_role_given_by_hand_stays(offer: Offer, provider: Provider) -> None:
    offer(groups={"staff": pk("user")})
    enter(provider)
    user = User.objects.get(email=EMAIL)
    people.set_roles(firm.SYSTEM, user, [pk("user"), pk("read_only")], via="test")
    provider.knows(ann=ANN | {"groups": []})

    client, _answer = enter(provider)

    assert roles_of(EMAIL) == {"read_only"}
    assert is_in(client)


def test_whoever_left_all_groups_loses_everything(offer: Offer, provider: Provider) -> None:
    offer()
    former, _answer = enter(provider)
    provider.knows(ann=ANN | {"groups": ["strangers"]})

    client, answer = enter(provider)

    assert answer.status_code == 403
    assert not is_in(client)
    assert not is_in(former)
    assert roles_of(EMAIL) == set()
    assert reasons() == ["no_role"]


def test_deactivated_person_does_not_come_in_again(offer: Offer, provider: Provider) -> None:
    offer()
    former, _answer = enter(provider)
    people.deactivate(firm.SYSTEM, User.objects.get(email=EMAIL), via="test")

    client, answer = enter(provider)

    assert (answer.status_code, is_in(former), is_in(client)) == (403, False, False)
    assert reasons() == ["inactive"]


def test_usual_role_is_for_whoever_is_in_no_group(offer: Offer, provider: Provider) -> None:
    offer(role=pk("read_only"))
    provider.knows(ann=ANN | {"groups": []})

    enter(provider)

    assert roles_of(EMAIL) == {"read_only"}


def test_colleague_is_recognised_by_an_address_of_the_trusted_domain(
    offer: Offer, provider: Provider, colleague: User
) -> None:
    offer()
    provider.knows(ben=ANN | {"email": colleague.email.upper()})

    client, _answer = enter(provider, "ben")

    assert is_in(client)
    assert SocialAccount.objects.get(provider=SLUG).user == colleague
    assert User.objects.filter(email=colleague.email).count() == 1


@pytest.mark.parametrize(
    ("said", "offered", "reason"),
    [
        ({"email_verified": False}, {}, "unverified"),
        ({"email_verified": "true"}, {}, "unverified"),
        ({}, {"domains": ()}, "taken"),
        ({}, {"domains": ("other.example",)}, "domain"),
        ({"email": "ben@nordwijk.example.evil.example"}, {}, "domain"),
        ({"email": ""}, {}, "incomplete"),
    ],
)
def test_nobody_takes_over_a_colleague_by_an_address(
    offer: Offer, provider: Provider, colleague: User, said: Any, offered: Any, reason: str
) -> None:
    offer(**offered)
    provider.knows(eve=ANN | {"email": colleague.email} | said)

    client, answer = enter(provider, "eve")

    assert (answer.status_code, is_in(client), reasons()) == (403, False, [reason])
    assert not SocialAccount.objects.exists()


def test_second_account_of_the_provider_does_not_become_a_linked_colleague(
    offer: Offer, provider: Provider
) -> None:
    offer()
    enter(provider)
    provider.knows(ann=ANN, eve=ANN)

    client, answer = enter(provider, "eve")

    assert (answer.status_code, is_in(client), reasons()) == (403, False, ["taken"])


def test_every_refusal_says_the_same(offer: Offer, provider: Provider, colleague: User) -> None:
    offer()
    provider.knows(eve=ANN | {"email": colleague.email, "email_verified": False}, tom=ANN | {"groups": []})

    pages = {enter(provider, name)[1].content.decode().partition("<main")[2] for name in ("eve", "tom")}

    assert len(pages) == 1


def test_last_administrator_stays_one(offer: Offer, provider: Provider, admin: User) -> None:
    offer(groups={"heads": pk("administrator"), "staff": pk("user")})
    provider.knows(ada=ANN | {"email": admin.email, "groups": ["staff"]})

    _client, answer = enter(provider, "ada")

    assert (answer.status_code, reasons(), roles_of(admin.email)) == (
        403,
        ["last_administrator"],
        {"administrator"},
    )


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_elsewhere(offer: Offer, provider: Provider, target: str) -> None:
    offer()
    client = Client()

    answer = come_in(provider, client, SLUG, "ann", next=target)

    assert answer["Location"] == "/"


def test_way_back_to_a_page_of_ours_is_kept(offer: Offer, provider: Provider) -> None:
    offer()

    assert come_in(provider, Client(), SLUG, "ann", next="/contact?q=x")["Location"] == "/contact?q=x"


def test_session_key_changes(offer: Offer, provider: Provider) -> None:
    offer()
    client = Client()
    address = onward(client.post(f"/sign-on/{SLUG}/"))
    before = client.session.session_key

    client.get(provider.answer(address, "ann"))

    assert is_in(client)
    assert client.session.session_key != before


def test_answer_counts_once_and_in_the_browser_that_asked(offer: Offer, provider: Provider) -> None:
    offer()
    client, stranger = Client(), Client()
    back = provider.answer(onward(client.post(f"/sign-on/{SLUG}/")), "ann")

    foreign, first, again = stranger.get(back), client.get(back), client.get(back)

    assert (foreign.status_code, first.status_code, again.status_code) == (403, 302, 403)
    assert not is_in(stranger)


@pytest.mark.parametrize(
    "lie",
    [
        {"_id_token": {"nonce": "another"}},
        {"_id_token": {"aud": "another"}},
        {"_id_token": {"aud": ["aperto", "another"], "azp": "another"}},
        {"_id_token": {"iss": "https://another.example"}},
        {"_id_token": {"exp": 1_000_000_000}},
        {"_userinfo": {"sub": "another"}},
        {"_forge": "none"},
        {"_forge": "HS256"},
        {"_forge": "RS256"},
    ],
)
def test_dishonest_answer_is_refused(offer: Offer, provider: Provider, lie: Any) -> None:
    offer()
    provider.knows(ann=ANN | lie)

    client, answer = enter(provider)

    assert (answer.status_code, is_in(client), reasons()) == (403, False, ["provider"])


def test_question_has_state_nonce_and_pkce(offer: Offer, provider: Provider) -> None:
    offer()

    address = onward(Client().post(f"/sign-on/{SLUG}/?scope=admin&auth_params=prompt%3Dnone&process=connect"))

    for part in ("state=", "nonce=", "code_challenge=", "code_challenge_method=S256", "response_type=code"):
        assert part in address
    assert "admin" not in address
    assert "prompt" not in address


def test_way_begins_with_a_button_and_its_token(offer: Offer) -> None:
    offer()

    shown = Client().get(f"/sign-on/{SLUG}/")
    forged = Client(enforce_csrf_checks=True).post(f"/sign-on/{SLUG}/")

    assert (shown.status_code, forged.status_code) == (200, 403)
    assert b"http-equiv" not in shown.content


def test_giving_up_is_said_and_no_failure(offer: Offer) -> None:
    offer()
    client = Client()
    address = onward(client.post(f"/sign-on/{SLUG}/"))
    state = address.partition("state=")[2].partition("&")[0]

    answer = client.get(f"/sign-on/{SLUG}/callback/?error=access_denied&state={state}")

    assert b"gave up" in answer.content
    assert not SignIn.objects.exists()


def test_provider_that_is_off_or_gone_is_not_there(offer: Offer, provider: Provider) -> None:
    row = offer(enabled=False)
    off = Client().post(f"/sign-on/{SLUG}/").status_code
    sign_ons.delete(firm.SYSTEM, row, via="test")

    assert (off, Client().post(f"/sign-on/{SLUG}/").status_code) == (404, 404)


def test_inner_network_is_reached_only_where_that_is_set(offer: Offer, settings: Any) -> None:
    offer()
    settings.REACH_PRIVATE_NETWORK = False

    answer = Client().post(f"/sign-on/{SLUG}/")

    assert (answer.status_code, reasons()) == (403, ["provider"])


def test_buttons_stand_on_the_sign_in_page(offer: Offer) -> None:
    offer()

    page = Client().get(reverse("account_login")).content.decode()

    assert "Sign in with House" in page
    assert f'action="/sign-on/{SLUG}/"' in page
    assert DOMAIN not in page
