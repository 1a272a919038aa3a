"""Who came in when, how and from where, failed tries too; who reads it, and when it is forgotten."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aperto.kernel.access import links, people, sessions, sign_ins, tokens
from aperto.kernel.access.models import ApiToken, User
from aperto.kernel.access.sign_on_models import SignIn
from aperto.kernel.changes.models import Change
from tests import firm
from tests.web.people.conftest import SignIn as SigningIn
from tests.web.people.test_second_factor import enrol
from tests.web.people.test_sign_in import is_in, sign_in

AGENT = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"


def noted() -> list[tuple[Any, ...]]:
    return list(SignIn.objects.order_by("id").values_list("user__email", "way", "came_in", "reason"))


def test_password_is_noted_with_address_and_browser(colleague: User) -> None:
    client = Client(REMOTE_ADDR="192.0.2.7", headers={"User-Agent": AGENT})

    sign_in(client, colleague.email)

    [entry] = sign_ins.latest(colleague)
    assert (entry.way, entry.came_in, entry.ip) == ("Password", True, "192.0.2.7")
    assert (entry.device.browser, entry.device.system, entry.device.handheld) == ("Safari", "iPhone", True)


def test_wrong_password_is_noted_for_whom_it_was(colleague: User, client: Client) -> None:
    sign_in(client, colleague.email.upper(), "wrong")
    sign_in(client, "no@nordwijk.example", "wrong")

    assert noted() == [(colleague.email, "password", False, "wrong"), (None, "password", False, "wrong")]
    assert SignIn.objects.get(user=None).typed == "no@nordwijk.example"


def test_password_in_the_wrong_place_is_not_kept(colleague: User, client: Client) -> None:
    sign_in(client, "my secret sentence", "x")

    assert "secret" not in str(list(SignIn.objects.values_list()))


def test_link_and_code_are_noted(colleague: User) -> None:
    Client().post(reverse("sign_in_link", args=[links.make(colleague)]))
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": colleague.email})
    code = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", str(mail.outbox[-1].body), re.M)
    client.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA"})
    client.post(reverse("account_confirm_login_code"), {"code": code[0] if code else ""})

    ben = colleague.email
    assert noted() == [(ben, "link", True, ""), (ben, "code", False, "wrong"), (ben, "code", True, "")]


def test_wrong_second_factor_is_noted(colleague: User, signed_in: SigningIn, client: Client) -> None:
    enrol(signed_in(colleague))
    SignIn.objects.all().delete()
    sign_in(client, colleague.email)

    client.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert noted() == [(colleague.email, "second_factor", False, "wrong")]


def test_deactivated_person_is_noted(colleague: User, client: Client) -> None:
    people.deactivate(firm.SYSTEM, colleague, via="test")

    sign_in(client, colleague.email)

    assert noted() == [(colleague.email, "password", False, "inactive")]


def test_own_page_shows_own_ones_only(colleague: User, admin: User, signed_in: SigningIn) -> None:
    sign_in(Client(REMOTE_ADDR="192.0.2.99"), admin.email, "wrong")
    sign_in(Client(REMOTE_ADDR="192.0.2.7"), colleague.email, "wrong")

    page = signed_in(colleague).get(reverse("own_sign_ins")).content.decode()

    assert "192.0.2.7" in page
    assert "192.0.2.99" not in page


def test_administrator_sees_all_and_the_failed(colleague: User, admin: User, signed_in: SigningIn) -> None:
    sign_in(Client(), colleague.email, "wrong")
    client = signed_in(admin)

    whole = client.get(reverse("sign_ins")).content.decode()
    failed = client.get(reverse("sign_ins"), {"failed": "1"}).content.decode()

    assert whole.count('· <a href="/settings/users/') == 2
    assert failed.count('· <a href="/settings/users/') == 1
    assert client.get(reverse("sign_ins"), {"before": "nonsense"}).status_code == 200


def test_pages_go_on_by_key(admin: User, signed_in: SigningIn, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(admin)
    for number in range(sign_ins.PAGE + 3):
        sign_ins.note(user=admin, way="password", came_in=True, ip=f"192.0.2.{number}", agent="")

    first = client.get(reverse("sign_ins")).content.decode()
    onward = re.search(r'href="(\?before=[^"]+)"', first)
    second = client.get(reverse("sign_ins") + (onward[1] if onward else "")).content.decode()

    assert "192.0.2.102" in first
    assert "192.0.2.2 " not in first
    assert "192.0.2.2 " in second
    assert "?before=" not in second


def test_administrator_ends_sessions_and_tokens_of_another(
    colleague: User, admin: User, signed_in: SigningIn
) -> None:
    theirs, client = signed_in(colleague), signed_in(admin)
    until = timezone.now() + timedelta(days=1)
    token, _secret = tokens.create(firm.actor(colleague), name="Feed", scopes=["*:read"], expires_at=until)
    [session] = sessions.of_user(colleague, None)
    page = client.get(reverse("user_sign_ins", args=[colleague.pk])).content.decode()

    client.post(reverse("end_user_session", args=[colleague.pk, session.id]))
    client.post(reverse("revoke_user_token", args=[colleague.pk, token.pk]))

    assert "Feed" in page
    assert not is_in(theirs)
    assert ApiToken.objects.get().revoked_at is not None
    assert {"signed out", "revoked"} <= set(Change.objects.values_list("verb", flat=True))
    assert is_in(client)


def test_all_sessions_of_another_end_at_once(colleague: User, admin: User, signed_in: SigningIn) -> None:
    first, second, client = signed_in(colleague), signed_in(colleague), signed_in(admin)

    client.post(reverse("end_user_sessions", args=[colleague.pk]))

    assert (is_in(first), is_in(second), is_in(client)) == (False, False, True)


def test_session_of_one_is_not_ended_under_the_name_of_another(
    colleague: User, admin: User, signed_in: SigningIn
) -> None:
    theirs, client = signed_in(colleague), signed_in(admin)
    [session] = sessions.of_user(colleague, None)

    answer = client.post(reverse("end_user_session", args=[admin.pk, session.id]))

    assert (answer.status_code, is_in(theirs)) == (404, True)


def test_sign_ins_are_forgotten_after_half_a_year(colleague: User) -> None:
    for days in (179, 181):
        sign_ins.note(user=colleague, way="password", came_in=True, ip=f"192.0.2.{days}", agent="")
        SignIn.objects.filter(ip=f"192.0.2.{days}").update(at=timezone.now() - timedelta(days=days))

    forgotten = sign_ins.forget_old.func()

    assert (forgotten, list(SignIn.objects.values_list("ip", flat=True))) == (1, ["192.0.2.179"])


def test_forgetting_is_on_the_schedule() -> None:
    from aperto.kernel.jobs.cron import SCHEDULES

    assert SCHEDULES["kernel.forget_sign_ins"].at is not None
