"""Each letter after G goes to one place."""

from collections import Counter

from aperto.web import shell
from tests.company import staffed


def test_no_two_places_share_a_letter(db: None) -> None:
    navigation = shell.navigation(staffed().admin, "/")

    letters = [item.key for group in navigation for item in group.items if item.key]
    assert {"w", "a", "c", "d"} <= set(letters)
    assert [letter for letter, often in Counter(letters).items() if often > 1] == []
