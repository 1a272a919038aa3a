"""What people and files write is understood, in four languages; what could mean two things is not guessed."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import MoneyValue, Point
from aperto.kernel.viewer import NEUTRAL, Viewer
from tests.fakes.models import Gadget

NL = Viewer(language="nl", country="NL")
US = Viewer(language="en", country="US", currency="USD", zone_name="America/New_York")
PT = Viewer(language="pt", country="PT", zone_name="Europe/Lisbon")
FR = Viewer(language="fr", country="FR", zone_name="Europe/Paris")
EVERYONE = (NL, US, PT, FR)


def read(kind: str, text: Any, viewer: Viewer) -> Any:
    return Gadget.own_fields[kind].parse(text, viewer)


@pytest.mark.parametrize("viewer", EVERYONE, ids=lambda viewer: viewer.language)
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,56 €", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1\u00a0234,56", "1234.56"),
        ("1\u202f234.5", "1234.5"),
        ("1'234.50", "1234.50"),
        ("1.234.567", "1234567"),
        ("1,23,456.7", "123456.7"),
        ("12,5", "12.5"),
        ("0,12", "0.12"),
        (",5", "0.5"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("5-", "-5"),
        ("(1.234,50)", "-1234.50"),
        ("+7", "7"),
        ("$ 5", "5"),
        ("٣٫٥", "3.5"),
        ("１２", "12"),
    ],
)
def test_numbers_without_doubt(viewer: Viewer, text: str, number: str) -> None:
    assert read("decimal", text, viewer) == Decimal(number)


@pytest.mark.parametrize(
    ("viewer", "text", "number"),
    [(NL, "1.234", 1234), (US, "1,234", 1234), (PT, "1.234", 1234), (FR, "1.234", 1234), (FR, "1 234", 1234)],
)
def test_three_digits_after_a_sign_are_read_by_language(viewer: Viewer, text: str, number: int) -> None:
    assert read("integer", text, viewer) == number


@pytest.mark.parametrize(
    "text", ["12 34", "1.23.4", "1e5", "5..", "1.234.56", "1,,2", ".", "-", "1-2", "12a", "½", "1,2345.6"]
)
def test_no_numbers(text: str) -> None:
    for viewer in (*EVERYONE, NEUTRAL):
        with pytest.raises(FieldError, match="is not a number"):
            read("decimal", text, viewer)


def test_certain_decimal_sign_is_not_doubted() -> None:
    comma = NL.with_format(",", "DMY")
    point = NL.with_format(".", "DMY")

    assert (read("decimal", "1.234", comma), read("integer", "1,234", point)) == (1234, 1234)
    for text in ("1.5", "1.2345", "0.125"):
        with pytest.raises(FieldError, match="is not a number"):
            read("decimal", text, comma)


@pytest.mark.parametrize(
    ("text", "share"), [("12,5 %", "12.5"), ("12.5%", "12.5"), ("60", "60"), ("٪ 5", "5")]
)
def test_percentages(text: str, share: str) -> None:
    assert read("percent", text, NL) == Decimal(share)


@pytest.mark.parametrize(
    ("viewer", "text", "amount", "currency"),
    [
        (NL, "€ 1.234,56", "1234.56", "EUR"),
        (FR, "1 234,56 €", "1234.56", "EUR"),
        (US, "$1,234.56", "1234.56", "USD"),
        (US, "-$5", "-5", "USD"),
        (NL, "USD 12", "12", "USD"),
        (NL, "12,50 usd", "12.50", "USD"),
        (PT, "R$ 5", "5", "BRL"),
        (NL, "£ 7", "7", "GBP"),
        (Viewer(language="en", country="AU", currency="AUD"), "$5", "5", "AUD"),
        (Viewer(language="fr", country="CA", currency="CAD"), "5,00 $", "5", "CAD"),
        (NL, "12,50", "12.50", None),
        (NL, {"amount": "12,50", "currency": "CHF"}, "12.50", "CHF"),
    ],
)
def test_money(viewer: Viewer, text: Any, amount: str, currency: str | None) -> None:
    assert read("money", text, viewer) == MoneyValue(Decimal(amount), currency)


@pytest.mark.parametrize("viewer", EVERYONE, ids=lambda viewer: viewer.language)
@pytest.mark.parametrize(
    "text",
    [
        "31/12/2025", "12/31/2025", "31-12-25", "31.12.2025", "31 12 2025", "2025-12-31", "2025/12/31",
        "20251231", "31 déc. 2025", "31 dez 2025", "31 dec 2025", "31 december 2025", "Dec 31, 2025",
        "December 31st, 2025", "31 de dezembro de 2025", "31 décembre 2025", "mer. 31 déc. 2025",
        "woensdag 31 dec. '25", "Wed 31 Dec 2025", "quarta-feira, 31 de dez. de 2025", "31-dec-2025",
        "2025-12-31T00:00:00", "31/12/2025 00:00",
    ],
)  # fmt: skip
def test_dates(viewer: Viewer, text: str) -> None:
    assert read("date", text, viewer) == date(2025, 12, 31)


def test_dates_of_two_meanings_are_read_by_country() -> None:
    assert {viewer.country: read("date", "01/02/2025", viewer) for viewer in EVERYONE} == {
        "NL": date(2025, 2, 1), "US": date(2025, 1, 2), "PT": date(2025, 2, 1), "FR": date(2025, 2, 1)
    }  # fmt: skip


def test_certain_order_of_dates_is_not_doubted() -> None:
    american = NL.with_format("", "MDY")

    assert read("date", "12/31/2025", american) == date(2025, 12, 31)
    with pytest.raises(FieldError, match="does not exist"):
        read("date", "31/12/2025", american)


@pytest.mark.parametrize("text", ["31/02/2025", "2025-13-01", "32 dec 2025", "29/02/2025"])
def test_days_that_do_not_exist(text: str) -> None:
    with pytest.raises(FieldError, match="does not exist in the calendar"):
        read("date", text, NL)


@pytest.mark.parametrize(
    "text", ["yesterday", "31 dec", "dec 2025", "12/2025", "2025-12-31 14:00", "1-2-3-4", "x" * 100]
)
def test_no_dates(text: str) -> None:
    with pytest.raises(FieldError, match="is not a date"):
        read("date", text, NL)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("9h30", "09:30"), ("9:30 pm", "21:30"), ("9.30", "09:30"), ("0930", "09:30"), ("9h", "09:00"),
        ("9 PM", "21:00"), ("12 am", "00:00"), ("12:05 p.m.", "12:05"), ("21:30:15", "21:30:15"),
        ("14 uur", "14:00"), ("14u15", "14:15"),
    ],
)  # fmt: skip
def test_times(text: str, clock: str) -> None:
    assert read("time", text, NL) == time.fromisoformat(clock)


@pytest.mark.parametrize("text", ["25:00", "9", "13:00 pm", "noon", "9:60", "1234567"])
def test_no_times(text: str) -> None:
    with pytest.raises(FieldError, match="is not a time"):
        read("time", text, NL)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-07-01T10:00:00Z", "2025-07-01T10:00"),
        ("2025-07-01 10:00+02:00", "2025-07-01T08:00"),
        ("2025-07-01 10:00", "2025-07-01T08:00"),
        ("01/07/2025 10:00", "2025-07-01T08:00"),
        ("1 juli 2025 om 10 uur", "2025-07-01T08:00"),
        ("1 juillet 2025 à 10h00", "2025-07-01T08:00"),
        ("1 de julho de 2025 às 10:00", "2025-07-01T08:00"),
        ("Jul 1, 2025 at 10:00 AM", "2025-07-01T08:00"),
        ("1-7-2025, 10:00:30", "2025-07-01T08:00:30"),
        ("01/07/2025 10:00 +0200", "2025-07-01T08:00"),
        ("01/07/2025", "2025-06-30T22:00"),
        ("2025-03-30 02:30", "2025-03-30T01:30"),  # the hour that is left out in spring
        ("2025-10-26 02:30", "2025-10-26T00:30"),  # the first of the two in autumn
    ],
)
def test_moments(text: str, moment: str) -> None:
    assert read("datetime", text, NL) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1:30", 5400), ("90 min", 5400), ("1h30", 5400), ("1 h 30 min", 5400), ("1.5 h", 5400),
        ("1,5 uur", 5400), ("90", 5400), ("1:30:15", 5415), ("2 d", 172_800), ("1h 30m 15s", 5415),
        ("1 heure et 30 minutes", 5400), ("2 horas", 7200), ("45 sec", 45), ("1 uur, 5 minuten", 3900),
    ],
)  # fmt: skip
def test_durations(text: str, seconds: int) -> None:
    assert read("duration", text, NL) == seconds


@pytest.mark.parametrize("text", ["30 min 1 h", "abc", "1:75", "1 fortnight", "h", "5 min 5 min"])
def test_no_durations(text: str) -> None:
    with pytest.raises(FieldError, match="is not a length of time"):
        read("duration", text, NL)


def test_yes_and_no() -> None:
    yes = "ja JA oui sim yes y x X 1 true waar vrai verdadeiro on ✓"
    no = "nee non não nao no n 0 false onwaar faux falso off"

    assert {read("boolean", word, NL) for word in yes.split()} == {True}
    assert {read("boolean", word, NL) for word in no.split()} == {False}
    with pytest.raises(FieldError, match="neither yes nor no"):
        read("boolean", "perhaps", NL)


def test_choices_by_key_and_label() -> None:
    assert [read("select", text, NL) for text in ("red", "RED ", "Blue, bright", "gréy")] == [
        "red",
        "red",
        "blue",
        "grey",
    ]
    assert read("multi_select", "green; Red", NL) == ["red", "green"]
    assert read("multi_select", "Blue, bright", NL) == ["blue"]
    with pytest.raises(FieldError, match="is not one of the choices: Red, Green"):
        read("select", "purple", NL)


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("52.37, 4.89", "52.37", "4.89"),
        ("52,37; 4,89", "52.37", "4.89"),
        ("52,37 4,89", "52.37", "4.89"),
        ("(52.37,4.89)", "52.37", "4.89"),
        ("-33.86, 151.21", "-33.86", "151.21"),
        ("N 52.37 E 4.89", "52.37", "4.89"),
        ("52.37N 4.89E", "52.37", "4.89"),
        ("33.86 S, 70.5 W", "-33.86", "-70.5"),
        ("4.89 E, 52.37 N", "52.37", "4.89"),
        ("52°22'12\" N 4°53'24\" E", "52.37", "4.89"),
        ("52° 22.2' N, 4° 53.4' E", "52.37", "4.89"),
    ],
)
def test_places(text: str, lat: str, lon: str) -> None:
    assert read("geo_point", text, NL) == Point(Decimal(lat), Decimal(lon))


@pytest.mark.parametrize(
    ("viewer", "text", "number", "type_"),
    [
        (NL, "010 555 0142", "+31105550142", "work"),
        (NL, "(010) 555-0142", "+31105550142", "work"),
        (NL, "0031 10 555 0142", "+31105550142", "work"),
        (NL, "06-12345678", "+31612345678", "mobile"),
        (FR, "01 55 55 01 09", "+33155550109", "work"),
        (US, "(212) 555-0142", "+12125550142", "mobile"),
        (PT, "+351 22 555 0187 (home)", "+351225550187", "home"),
        (NL, "tel:+31105550142", "+31105550142", "work"),
    ],
)
def test_phone_numbers(viewer: Viewer, text: str, number: str, type_: str) -> None:
    [entry] = read("phones", text, viewer)

    assert (entry["number"], entry["type"]) == (number, type_)


def test_phone_numbers_are_shown_as_dialled_at_home() -> None:
    field = Gadget.own_fields["phones"]
    value = read("phones", "010 555 0142 ext. 12", NL)

    assert [field.text(value, viewer) for viewer in (NL, FR)] == [
        "010 555 0142 ext. 12",
        "+31 10 555 0142 ext. 12",
    ]


def test_addresses_of_mail() -> None:
    value = read(
        "emails", "Jo de Wit <Jo@Example.COM>, pé@bücher.example (home, opt_out); mailto:x@y.example", NL
    )

    assert [(e["address"], e["type"], e["primary"], e["opt_out"]) for e in value] == [
        ("Jo@example.com", "work", True, False),
        ("pé@bücher.example", "home", False, True),
        ("x@y.example", "work", False, False),
    ]
    assert Gadget.own_fields["emails"].match_keys(value) == (
        "jo@example.com", "pe@xn--bcher-kva.example", "x@y.example"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("example.com", "https://example.com"),
        ("http://EXAMPLE.com/a b", None),
        ("HTTPS://Example.com:8080/Path?q=1#f", "https://example.com:8080/Path?q=1#f"),
        ("example.com:8080/x", "https://example.com:8080/x"),
        ("//example.com/x", "https://example.com/x"),
        ("bücher.example/é", "https://xn--bcher-kva.example/%C3%A9"),
        ("http://192.168.1.10/", "http://192.168.1.10/"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("http://intranet/", "http://intranet/"),
    ],
)
def test_web_addresses(text: str, address: str | None) -> None:
    if address is None:
        with pytest.raises(FieldError):
            read("url", text, NL)
    else:
        assert read("url", text, NL) == address


def test_postal_addresses() -> None:
    field = Gadget.own_fields["address"]
    value = read("address", "Keizersgracht 1\\|2 | 1015cj | Amsterdam | | Nederland", NL)

    assert value == {
        "street": "Keizersgracht 1|2",
        "postal_code": "1015 CJ",
        "city": "Amsterdam",
        "region": "",
        "country": "NL",
    }
    assert field.text(value, NL) == "Keizersgracht 1|2, 1015 CJ Amsterdam"
    assert field.text(value, FR) == "Keizersgracht 1|2, 1015 CJ Amsterdam, Pays-Bas"


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("US", "1 Main St, Springfield, IL 62701"),
        ("BR", "1 Main St, Springfield-IL, 62701"),
        ("DE", "1 Main St, 62701 Springfield, IL"),
        ("JP", "〒62701, IL, 1 Main St"),
    ],
)
def test_addresses_follow_their_country(country: str, text: str) -> None:
    value = {
        "street": "1 Main St",
        "postal_code": "62701",
        "city": "Springfield",
        "region": "IL",
        "country": country,
    }
    home = Viewer(language="en", country=country)

    assert Gadget.own_fields["address"].text(Gadget.own_fields["address"].clean(value), home) == text


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Nederland", "NL"),
        ("Pays-Bas", "NL"),
        ("Países Baixos", "NL"),
        ("Holland", "NL"),
        ("UK", "GB"),
        ("USA", "US"),
        ("deu", "DE"),
        ("fr", "FR"),
        ("Brésil", "BR"),
    ],
)
def test_countries_by_any_name(name: str, code: str) -> None:
    assert read("address", {"country": name}, NL)["country"] == code


def test_colours() -> None:
    assert [read("colour", text, NL) for text in ("#ABC", "3b82f6", "Teal", "#3B82F6")] == [
        "#aabbcc",
        "#3b82f6",
        "teal",
        "#3b82f6",
    ]


def test_stars() -> None:
    assert [read("rating", text, NL) for text in ("★★★☆☆", "4", "**")] == [3, 4, 2]
