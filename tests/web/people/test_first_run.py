import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from aperto.kernel.access import organisation, people
from aperto.kernel.access.models import Organisation, Role, User
from aperto.kernel.configuration import past
from aperto.kernel.configuration.reading import read
from aperto.kernel.configuration.understand import entries_of
from aperto.kernel.objects.registry import registry
from aperto.packs import packs
from aperto.web.people import first_run
from tests import firm
from tests.snapshot import digests

BROKEN = """aperto: 1
custom_object: [{key: aaa, name: Aaa, plural: Aaas}]
custom_field: [{of_object: aaa, key: bad, name: Bad, kind: planet}]
"""
FORM = {
    "organisation": "Maison Perrin",
    "language": "fr",
    "country": "FR",
    "currency": "EUR",
    "zone": "Europe/Paris",
    "name": "Claire Perrin",
    "email": "claire@perrin.example",
    "password": "une phrase assez longue",
}


@pytest.fixture(autouse=True)
def nobody(db: None) -> None:
    organisation.forget()


@pytest.mark.parametrize("address", ["/", "/profile", "/settings", "/account/login/", "/settings/users"])
def test_fresh_installation_begins_with_its_first_page(client: Client, address: str) -> None:
    answer = client.get(address)

    assert (answer.status_code, answer["Location"]) == (302, reverse("first_run"))


def test_first_user_is_in_and_administers(client: Client) -> None:
    answer = client.post(reverse("first_run"), FORM)

    assert (answer.status_code, answer["Location"]) == (302, "/settings/needs?first=1")
    assert client.get(reverse("users")).status_code == 200
    user = User.objects.get()
    assert people.administrators() == {user.pk}
    assert (user.language, user.zone, user.has_usable_password()) == ("fr", "Europe/Paris", True)
    assert Organisation.objects.get().name == "Maison Perrin"


def test_page_does_not_exist_once_somebody_is_there(client: Client) -> None:
    client.post(reverse("first_run"), FORM)
    other = Client()

    assert other.get(reverse("first_run")).status_code == 404
    assert other.post(reverse("first_run"), {**FORM, "email": "eve@else.example"}).status_code == 404
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("organisation", ""),
        ("email", "claire"),
        ("password", "short"),
        ("password", "password1234"),
        ("password", "claire@perrin.example"),
        ("country", "XX"),
        ("currency", "FRF"),
        ("zone", "Mars/Base"),
    ],
)
def test_mistakes_are_shown_beside_their_field(client: Client, field: str, value: str) -> None:
    answer = client.post(reverse("first_run"), {**FORM, field: value})

    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert "une phrase" not in answer.content.decode()
    assert not User.objects.exists() and not Role.objects.exists()


@pytest.mark.parametrize(
    ("accepted", "country", "currency"),
    [
        ("nl-BE,nl;q=0.9", "BE", "EUR"),
        ("pt-BR", "BR", "BRL"),
        ("fr", "FR", "EUR"),
        ("en-GB,en;q=0.5", "GB", "GBP"),
        ("zz-!!,,;;", "NL", "EUR"),
    ],
)
def test_country_is_guessed_from_the_browser(
    client: Client, accepted: str, country: str, currency: str
) -> None:
    page = client.get(reverse("first_run"), headers={"Accept-Language": accepted}).content.decode()

    assert f'<option value="{country}" selected' in page
    assert f'<option value="{currency}" selected' in page


def test_territory_of_rubbish_is_none() -> None:
    assert [first_run._territory(text) for text in ("", "x" * 9000, "-", "en-", "*")] == [""] * 5


def test_pack_comes_with_the_first_user_in_the_language_of_the_firm(client: Client) -> None:
    page = client.get(reverse("first_run"), headers={"Accept-Language": "fr"}).content.decode()

    answer = client.post(reverse("first_run"), {**FORM, "pack": "non-profit"})

    assert page.count('name="pack"') == 6 and "Apporte" in page or "Brings" in page
    assert answer.status_code == 302
    registered = client.get("/volunteer")
    assert registered.status_code == 200
    assert past.lately(firm.actor(User.objects.get()))[0].items > 10


def test_pack_that_does_not_fit_leaves_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = packs.Pack("wholesale", "x", "x", "box", entries_of(read(BROKEN)))
    whole = packs.get
    monkeypatch.setattr(
        packs, "get", lambda key, language: broken if key == "wholesale" else whole(key, language)
    )
    before = digests()

    answer = client.post(reverse("first_run"), {**FORM, "pack": "wholesale"})

    assert answer.status_code == 422 and 'id="id_pack_error"' in answer.content.decode()
    assert digests() == before
    assert "aaa" not in registry and organisation.current().name == "Aperto"


@pytest.mark.parametrize("pack", ["planet", "../wholesale"])
def test_unknown_pack_is_refused(client: Client, pack: str) -> None:
    answer = client.post(reverse("first_run"), {**FORM, "pack": pack})

    assert (answer.status_code, User.objects.count()) == (422, 0)


def test_pack_of_the_command_line_is_chosen_beforehand(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "FIRST_PACK", "wholesale")

    assert 'value="wholesale" checked' in client.get(reverse("first_run")).content.decode()
