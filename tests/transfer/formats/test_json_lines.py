"""JSON: lines and lists, what lies inside, and what is no JSON after all."""

import pytest

from aperto.transfer.reading import Unreadable
from tests.company import Staff
from tests.snapshot import unchanged
from tests.transfer.imports import begin, bring_in, counts, values

LINES = b"""{"first_name": "Ana", "last_name": "Silva", "emails": [{"address": "ana@x.example", "type": "home"}]}

{"last_name": "Bos", "address": {"street": "Kade 1", "city": "Breda"}, "no_email": true, "birthday": "1980-02-29"}
"""  # noqa: E501


@pytest.mark.parametrize("content", [LINES, b"\xef\xbb\xbf" + LINES,
                                     b"[" + LINES.strip().replace(b"\n\n", b",") + b"]"])  # fmt: skip
def test_objects_become_rows(content: bytes, staff: Staff) -> None:
    run = bring_in(staff.owner, "contact", content)

    assert counts(run) == {"created": 2}
    bos = values(staff.owner, "contact", "Bos", "address", "no_email", "birthday")
    assert (bos["address"]["city"], bos["no_email"], str(bos["birthday"])) == ("Breda", True, "1980-02-29")
    assert values(staff.owner, "contact", "Ana Silva", "emails")["emails"][0]["type"] == "home"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"last_name": "Bos"}\nnot json\n', "Row 2 is no JSON"),
        (b'{"last_name": "Bos"}\n[1]\n', "Row 2 is no JSON object"),
        (b'[{"last_name": "Bos"}, 5]', "Row 2 is no JSON object"),
        (b'[{"last_name": ' + b"[" * 100_000, "is no JSON"),
        (b"[]", "empty|rows"),
        (b"{" + b",".join(b'"c%d": 1' % n for n in range(10_000)) + b"}\n", "10000 columns|columns"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, said: str, staff: Staff) -> None:
    with unchanged(), pytest.raises(Unreadable, match=said):
        begin(staff.owner, "contact", content)


def test_text_with_a_brace_is_still_csv(staff: Staff) -> None:
    assert begin(staff.owner, "contact", "{Last name},E-mail\nBos,bos@x.example\n").rows == 1
