"""What files are: encodings, delimiters, headers, and what is refused with a sentence."""

from pathlib import Path

import pytest

from aperto.transfer.detection import Layout
from aperto.transfer.reading import LARGEST, Table, Unreadable, open_table

NAMES = "Voornaam;Achternaam;Plaats\nZoë;Müller;Orléans\nJoão;Gonçalves;São João\nRené;Dupré;Besançon\n"


def opened(folder: Path, content: bytes, layout: Layout | None = None) -> Table:
    path = folder / "file.csv"
    path.write_bytes(content)
    return open_table(path, layout)


def rows(table: Table) -> list[list[str]]:
    return [cells for _number, cells in table.rows()]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "mac_roman"]
)
def test_encoding_is_found_out(encoding: str, tmp_path: Path) -> None:
    table = opened(tmp_path, NAMES.encode(encoding))

    assert table.header == ("Voornaam", "Achternaam", "Plaats")
    assert rows(table)[0] == ["Zoë", "Müller", "Orléans"]
    assert rows(table)[2] == ["René", "Dupré", "Besançon"]


def test_letters_beyond_ascii_may_come_late(tmp_path: Path) -> None:
    plain = "name,city\n" + "Jan,Breda\n" * 60_000
    table = opened(tmp_path, (plain + "Zoë,Orléans\n").encode("cp1252"))

    assert rows(table)[-1] == ["Zoë", "Orléans"]


def test_one_broken_letter_does_not_spoil_a_file_of_utf8(tmp_path: Path) -> None:
    good = "".join(f"Zoë {n},Orléans\n" for n in range(50)).encode()
    table = opened(tmp_path, b"name,city\n" + good + b"Ren\xe9,Lyon\n")

    assert table.layout.encoding == "utf-8"
    assert rows(table)[-1] == ["Ren\ufffd", "Lyon"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found_out(delimiter: str, tmp_path: Path) -> None:
    lines = [["Name", "Amount", "Remark"], ["Jan", "1.234,56", "a, b; c"], ["Ana", "12,50", 'said "no"']]
    text = "\n".join(
        delimiter.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in line) for line in lines
    )

    table = opened(tmp_path, text.encode())

    assert table.layout.delimiter == delimiter
    assert rows(table) == lines[1:]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("First name,E-mail\nJan,jan@x.example\n", True),
        ("Jan,jan@x.example\nAna,ana@x.example\n", False),
        ("Jan,12-05-1980\n", False),
        ("a,a,a\nb,c,d\n", False),
        ("Name\nJan\n", True),
    ],
)
def test_header_is_found_out(text: str, expected: bool, tmp_path: Path) -> None:
    assert opened(tmp_path, text.encode()).layout.has_header is expected


def test_columns_without_a_header_are_numbered(tmp_path: Path) -> None:
    table = opened(tmp_path, b"Jan,jan@x.example\nAna,ana@x.example\n")

    assert table.header == ("Column 1", "Column 2")
    assert [number for number, _cells in table.rows()] == [1, 2]


def test_names_are_tidied_and_told_apart(tmp_path: Path) -> None:
    table = opened(tmp_path, b' Name ,Name,,"E\n mail"\nJan,Jan,x,y\n')

    assert table.header == ("Name", "Name (2)", "Column 3", "E mail")


def test_quoted_line_breaks_belong_to_the_cell(tmp_path: Path) -> None:
    table = opened(tmp_path, b'name,note\r\nJan,"one\r\ntwo"\r\nAna,three\r\n')

    assert rows(table) == [["Jan", "one\r\ntwo"], ["Ana", "three"]]


def test_blank_before_a_quote_does_not_hide_it(tmp_path: Path) -> None:
    table = opened(tmp_path, b'Subject, Text\nHello, "one, two"\n')

    assert rows(table) == [["Hello", "one, two"]]


def test_ragged_and_blank_rows_are_read_as_they_are(tmp_path: Path) -> None:
    table = opened(tmp_path, b"a,b,c\n1\n,,\n\n1,2,3,4\n")

    assert list(table.rows()) == [(2, ["1"]), (5, ["1", "2", "3", "4"])]


def test_long_cell_is_read(tmp_path: Path) -> None:
    table = opened(tmp_path, b"name,note\nJan," + b"x" * (1 << 20) + b"\n")

    assert len(rows(table)[0][1]) == 1 << 20


def test_nul_is_read_and_left_to_the_fields(tmp_path: Path) -> None:
    assert rows(opened(tmp_path, b"name,city\nJa\0n,Breda\n")) == [["Ja\0n", "Breda"]]


WIDE = b",".join(b"c%d" % n for n in range(10_000)) + b"\n1\n"
REFUSED = [
    (b"", "The file is empty."),
    (b" \n\r\n ", "The file is empty."),
    (b"\xef\xbb\xbf", "The file is empty."),
    (b"name,city\n", "The file has a header and no rows."),
    (b"PK\x03\x04rest", "This is a file of the kind ZIP. Save it as CSV or XLSX and send that."),
    (b"%PDF-1.7", "This is a file of the kind PDF. Save it as CSV or XLSX and send that."),
    (WIDE, "The file has 10000 columns; at most 500 can be imported."),
    (b'name,city\nJan,"Breda\nAna,Delft\n', 'Row 2 opens a quotation mark that is never closed: Jan,"Breda…'),
]  # fmt: skip


@pytest.mark.parametrize(("content", "sentence"), REFUSED)
def test_what_is_no_table_is_refused_with_a_sentence(content: bytes, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refusal:
        opened(tmp_path, content).count()

    assert str(refusal.value) == sentence


def test_too_large_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)

    with pytest.raises(Unreadable, match="larger than 200 MB"):
        open_table(path)


@pytest.mark.parametrize("encoding", ["utf-16", "ascii-85", "rot13"])
def test_a_chosen_encoding_that_does_not_fit_is_refused(encoding: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        opened(tmp_path, b"name,city\nJan,Breda\n1", Layout(encoding, ",", True)).count()
