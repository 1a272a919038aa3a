from collections.abc import Iterator

import pytest

from tests.kernel.query import invented


@pytest.fixture(autouse=True)
def objects() -> Iterator[None]:
    """Gadget and Gizmo are objects of the registry in every test here."""
    with invented.declared():
        yield
