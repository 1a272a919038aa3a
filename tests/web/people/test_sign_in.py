"""Ways in: password, code by mail, one-time link. And what stays shut."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from aperto.kernel.access import links, people
from aperto.kernel.access.models import User
from tests import firm
from tests.web.people.conftest import SignIn

ELSEWHERE = [
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "https:evil.example",
    "\thttps://evil.example",
]


def is_in(client: Client) -> bool:
    return client.get(reverse("profile")).status_code == 200


def sign_in(client: Client, email: str, password: str = firm.PASSWORD, **more: str) -> int:
    return client.post(reverse("account_login"), {"login": email, "password": password, **more}).status_code


def test_password_signs_in(colleague: User, client: Client) -> None:
    before = client.session.session_key

    assert sign_in(client, "BEN@nordwijk.example") == 302

    assert is_in(client)
    assert client.session.session_key != before


@pytest.mark.parametrize("password", ["wrong", "", firm.PASSWORD.upper(), "a" * 5000])
def test_wrong_password_does_not(colleague: User, client: Client, password: str) -> None:
    assert sign_in(client, colleague.email, password) == 200
    assert not is_in(client)


def test_unknown_address_is_answered_like_a_wrong_password(colleague: User) -> None:
    answers = [
        Client().post(reverse("account_login"), {"login": email, "password": "wrong"}).content.decode()
        for email in (colleague.email, "no@nordwijk.example")
    ]

    known, unknown = (
        re.sub(r'(csrfmiddlewaretoken" value|name="csrf" content|nonce|value)="[^"]*"', "", a)
        for a in answers
    )
    assert known == unknown


@pytest.mark.parametrize("page", ["account_request_login_code", "account_reset_password"])
def test_asking_by_mail_tells_nobody_who_has_an_account(colleague: User, page: str) -> None:
    known = Client().post(reverse(page), {"email": colleague.email})
    unknown = Client().post(reverse(page), {"email": "no@nordwijk.example"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [[colleague.email], ["no@nordwijk.example"]]


def test_mail_server_that_is_down_tells_nobody_either(
    colleague: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    known = Client().post(reverse("account_reset_password"), {"email": colleague.email})
    unknown = Client().post(reverse("account_reset_password"), {"email": "no@nordwijk.example"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


@pytest.mark.parametrize("next_page", ELSEWHERE)
def test_next_page_is_ours(colleague: User, client: Client, next_page: str) -> None:
    answer = client.post(
        reverse("account_login"), {"login": colleague.email, "password": firm.PASSWORD, "next": next_page}
    )

    assert answer["Location"] == "/"


def test_next_page_is_opened(colleague: User, client: Client) -> None:
    told = {"login": colleague.email, "password": firm.PASSWORD, "next": "/profile/tokens"}

    assert client.post(reverse("account_login"), told)["Location"] == "/profile/tokens"


def test_sixth_wrong_password_is_not_even_looked_at(colleague: User, client: Client) -> None:
    for _ in range(5):
        sign_in(client, colleague.email, "wrong")

    answer = client.post(reverse("account_login"), {"login": colleague.email, "password": firm.PASSWORD})

    assert "Too many failed login attempts" in answer.content.decode()
    assert not is_in(client)


def test_too_many_tries_get_the_page_that_says_so(colleague: User, client: Client) -> None:
    statuses = [sign_in(client, f"{number}@nordwijk.example", "wrong") for number in range(30)]

    answer = client.post(reverse("account_login"), {"login": colleague.email, "password": firm.PASSWORD})

    assert statuses == [200] * 30
    assert answer.status_code == 429
    assert "Too many tries" in answer.content.decode()


def test_code_by_mail_signs_in(colleague: User, client: Client) -> None:
    client.post(reverse("account_request_login_code"), {"email": colleague.email})
    found = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", str(mail.outbox[0].body), re.M)
    assert found

    wrong = client.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA"})
    right = client.post(reverse("account_confirm_login_code"), {"code": found[0]})

    assert (wrong.status_code, right.status_code) == (200, 302)
    assert is_in(client)


def test_reset_link_works_once_and_ends_sessions(colleague: User, signed_in: SignIn, client: Client) -> None:
    elsewhere = signed_in(colleague)
    client.post(reverse("account_reset_password"), {"email": colleague.email})
    found = re.search(r"http://testserver(/account/password/reset/key/\S+)", str(mail.outbox[0].body))
    assert found
    form = client.get(found[1])["Location"]
    new = {"password1": "another sentence of words", "password2": "another sentence of words"}

    assert client.get(form).status_code == 200
    assert client.post(form, new).status_code == 302

    assert sign_in(Client(), colleague.email, "another sentence of words") == 302
    assert not is_in(elsewhere)
    assert "used or is too old" in Client().get(found[1]).content.decode()


def test_mail_speaks_the_language_of_its_reader(colleague: User, client: Client) -> None:
    people.edit(firm.actor(colleague), colleague, {"language": "pt"})

    client.post(
        reverse("account_reset_password"), {"email": colleague.email}, headers={"Accept-Language": "fr"}
    )

    assert "testserver" in str(mail.outbox[0].body)


@pytest.mark.parametrize(
    "email", ["mıke@nordwijk.example", "mike@nordwijk.example,eve@else.example", "MIKE@NORDWIJK.EXAMPLE"]
)
def test_reset_goes_to_the_stored_address_only(admin: User, client: Client, email: str) -> None:
    firm.user("mike@nordwijk.example")

    client.post(reverse("account_reset_password"), {"email": [email, "eve@else.example"]})

    links_sent = [message for message in mail.outbox if "/password/reset/key/" in str(message.body)]
    assert all(message.to == ["mike@nordwijk.example"] for message in links_sent)


def test_forged_host_is_refused(colleague: User, client: Client) -> None:
    answer = client.post(
        reverse("account_reset_password"), {"email": colleague.email}, headers={"Host": "evil.example"}
    )

    assert answer.status_code == 400
    assert mail.outbox == []


def test_link_page_is_not_used_up_by_looking(colleague: User, client: Client) -> None:
    address = reverse("sign_in_link", args=[links.make(colleague)])

    looks = [client.get(address) for _ in range(3)]
    used = client.post(address)
    again = Client().post(address)

    assert [look.status_code for look in looks] == [200] * 3
    assert all(look["Referrer-Policy"] == "same-origin" for look in looks)
    assert (used.status_code, again.status_code) == (302, 404)
    assert is_in(client)


def test_link_leads_to_a_password_when_there_is_none(admin: User, client: Client) -> None:
    user = firm.user("new@nordwijk.example", password=None)

    answer = client.post(reverse("sign_in_link", args=[links.make(user)]))

    assert answer["Location"] == reverse("security")
    assert reverse("account_set_password") in client.get(answer["Location"]).content.decode()


def test_unknown_link_is_answered_kindly(admin: User, client: Client) -> None:
    answer = client.get(reverse("sign_in_link", args=["nothing"]))

    assert answer.status_code == 404
    assert "used or is too old" in answer.content.decode()


def test_nobody_signs_up(admin: User, client: Client) -> None:
    told = {
        "email": "eve@else.example",
        "password1": "a long sentence of words",
        "password2": "a long sentence of words",
    }

    answer = client.post(reverse("account_signup"), told)

    assert "You need an invitation" in answer.content.decode()
    assert User.objects.count() == 1


def test_signing_out_needs_a_click(colleague: User, signed_in: SignIn) -> None:
    client = signed_in(colleague)

    client.get(reverse("account_logout"))
    still = is_in(client)
    client.post(reverse("account_logout"))

    assert still
    assert not is_in(client)


def test_forms_from_elsewhere_are_refused(colleague: User, signed_in: SignIn) -> None:
    session = signed_in(colleague).cookies["sessionid"].value
    client = Client(enforce_csrf_checks=True)
    client.cookies["sessionid"] = session

    answer = client.post(reverse("profile"), {"name": "Mallory", "language": "en", "zone": "UTC"})

    colleague.refresh_from_db()
    assert answer.status_code == 403
    assert colleague.name == "Ben Oort"
