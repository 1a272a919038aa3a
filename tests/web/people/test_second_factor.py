"""The authenticator app, recovery codes, and being asked again."""

import re
from datetime import timedelta

import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aperto.kernel.access import links
from aperto.kernel.access.models import User
from tests import firm
from tests.web.people.conftest import SignIn
from tests.web.people.test_sign_in import is_in, sign_in


def code_of(secret: str) -> str:
    return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06}"


def enrol(client: Client) -> str:
    """Sets up an authenticator app; its secret."""
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    found = re.search(r'id="secret" readonly value="([A-Z2-7]+)"', page)
    assert found, page
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(found[1])})
    assert answer.status_code == 302, answer.content.decode()
    return found[1]


def test_app_is_asked_for_after_the_password(colleague: User, signed_in: SignIn, client: Client) -> None:
    secret = enrol(signed_in(colleague))

    answer = client.post(reverse("account_login"), {"login": colleague.email, "password": firm.PASSWORD})
    shut = is_in(client)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        right = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})

    assert answer["Location"] == reverse("mfa_authenticate")
    assert not shut
    assert (wrong.status_code, right.status_code) == (200, 302)
    assert is_in(client)


def test_one_time_link_asks_for_the_second_factor_too(
    colleague: User, signed_in: SignIn, client: Client
) -> None:
    enrol(signed_in(colleague))

    answer = client.post(reverse("sign_in_link", args=[links.make(colleague)]))

    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)


def test_code_by_mail_asks_for_the_second_factor_too(
    colleague: User, signed_in: SignIn, client: Client
) -> None:
    enrol(signed_in(colleague))
    client.post(reverse("account_request_login_code"), {"email": colleague.email})
    found = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", str(mail.outbox[-1].body), re.M)
    assert found

    client.post(reverse("account_confirm_login_code"), {"code": found[0]})

    assert not is_in(client)


def test_recovery_code_works_once(colleague: User, signed_in: SignIn) -> None:
    enrolled = signed_in(colleague)
    enrol(enrolled)
    codes = re.findall(
        r"<code>(\d+)</code>", enrolled.get(reverse("mfa_view_recovery_codes")).content.decode()
    )

    def enters() -> bool:
        client = Client()
        sign_in(client, colleague.email)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        return is_in(client)

    assert len(codes) == 10
    assert enters()
    assert not enters()


def test_recovery_codes_are_shown_once(colleague: User, signed_in: SignIn) -> None:
    client = signed_in(colleague)
    enrol(client)
    first = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    second = client.get(reverse("mfa_view_recovery_codes")).content.decode()

    codes = re.findall(r"<code>(\d+)</code>", first)

    assert codes
    assert not any(code in second for code in codes)


def test_second_factors_are_encrypted_in_the_database(colleague: User, signed_in: SignIn) -> None:
    secret = enrol(signed_in(colleague))

    kept = str([row.data for row in Authenticator.objects.all()])

    assert secret not in kept
    assert "gAAAA" in kept


def test_sensitive_pages_ask_again_after_a_while(colleague: User, signed_in: SignIn) -> None:
    client = signed_in(colleague)
    later = timezone.now() + timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 60)

    with time_machine.travel(later):
        asked = client.get(reverse("mfa_activate_totp"))
        page = client.get(asked["Location"])
        client.post(asked["Location"], {"password": firm.PASSWORD})
        opened = client.get(reverse("mfa_activate_totp"))

    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert page.status_code == opened.status_code == 200
