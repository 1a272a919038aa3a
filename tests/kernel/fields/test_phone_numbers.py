"""Numbers in plain international form are read by a shorter way, and mean the same."""

import phonenumbers

from aperto.kernel.fields.phones import REGIONS, international


def test_plain_international_number_is_read_as_the_library_reads_it() -> None:
    examples = [
        example
        for regions in REGIONS.values()
        for region in regions
        for kind in range(11)
        if (example := phonenumbers.example_number_for_type(region, kind))
    ]
    texts = {phonenumbers.format_number(each, phonenumbers.PhoneNumberFormat.E164) for each in examples}
    found = {text: number for text in texts if (number := international(text)) is not None}

    assert {text: phonenumbers.parse(text) for text in found} == found
    assert len(found) > len(texts) * 0.8


def test_what_may_be_meant_otherwise_is_left_to_the_library() -> None:
    assert [international(text) for text in ("+310612345678", "+44 20 7946 0018", "0612345678", "+999")] == [
        None
    ] * 4
