"""Address books of phones and mail programmes, in all three versions."""

import pytest

from aperto.transfer.reading import Unreadable
from tests.company import Staff
from tests.snapshot import unchanged
from tests.transfer.imports import begin, bring_in, counts, values

OUTLOOK = b"""BEGIN:VCARD\r
VERSION:2.1\r
N;LANGUAGE=nl;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Fran=C3=A7ois;Zo=C3=AB=\r
;;Dr.\r
ORG:Van Dijk Logistiek;Operations\r
TITLE:Buyer\r
TEL;WORK;VOICE:+31 10 555 0142\r
TEL;CELL:+31 6 1234 5678\r
ADR;WORK;PREF:;;Kade 1;Rotterdam;;3011 AA;Netherlands\r
EMAIL;PREF;INTERNET:zoe@vandijk.example\r
PHOTO;ENCODING=BASE64;TYPE=JPEG:\r
 /9j/4AAQSkZJRgABAQEAYABgAAD\r
 AAAA\r
\r
END:VCARD\r
"""
PHONE = b"""BEGIN:VCARD
VERSION:3.0
FN:Ana Silva
N:Silva;Ana;Maria;;
item1.EMAIL;type=INTERNET;type=HOME:ana@home.ex
 ample
item1.X-ABLabel:_$!<Other>!$_
EMAIL;type=WORK;type=pref:ana@work.example
BDAY;value=date:1980-02-29
NOTE:Likes tea\\, not coffee\\nReally
UID:abc-123-def
END:VCARD

begin:vcard
version:4.0
fn:Nogueira Lda
org:Nogueira Lda
tel;value=uri;type="work,voice":tel:+351-21-555-0101
end:vcard
BEGIN:VCARD
VERSION:4.0
KIND:group
FN:Friends
END:VCARD
"""


def test_card_of_outlook(staff: Staff) -> None:
    run = bring_in(staff.owner, "contact", OUTLOOK)
    keys = ("company", "department", "job_title", "phones", "emails", "address")

    assert counts(run) == {"created": 1}
    found = values(staff.owner, "contact", "Zoë François", *keys)
    assert [(each["number"], each["type"]) for each in found["phones"]] == [
        ("+31105550142", "work"), ("+31612345678", "mobile")]  # fmt: skip
    assert (found["company"].title, found["department"]) == ("Van Dijk Logistiek", "Operations")
    assert (found["address"]["street"], found["address"]["city"]) == ("Kade 1", "Rotterdam")


def test_several_cards_of_a_phone(staff: Staff) -> None:
    run = bring_in(staff.owner, "contact", PHONE)
    found = values(
        staff.owner, "contact", "Ana Maria Silva", "emails", "birthday", "description", "external_id"
    )

    assert (run.rows, counts(run)) == (2, {"created": 2})
    assert [(each["address"], each["type"]) for each in found["emails"]] == [
        ("ana@work.example", "work"), ("ana@home.example", "home")]  # fmt: skip
    assert str(found["birthday"]) == "1980-02-29"
    assert "tea, not coffee" in str(found["description"])
    assert values(staff.owner, "contact", "Nogueira Lda", "phones")["phones"][0]["number"] == "+351215550101"


def test_card_that_came_in_before_is_known_by_its_key(staff: Staff) -> None:
    bring_in(staff.owner, "contact", PHONE)

    assert counts(bring_in(staff.owner, "contact", PHONE)) == {"skipped": 1, "created": 1}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PHONE[:200], "cut off"),
        (b"BEGIN:VCARD\nEND:VCARD\n", "empty|rows|read"),
        (b"BEGIN:VCARD\n" + b"NOTE:x\n" * 2_001 + b"END:VCARD\n", "2,000 lines"),
        (b"BEGIN:VCARD\nNOTE:" + b"x\n " * 10 + b"\n", "cut off"),
    ],
)
def test_broken_books_are_refused(content: bytes, said: str, staff: Staff) -> None:
    with unchanged(), pytest.raises(Unreadable, match=said):
        begin(staff.owner, "contact", content)
