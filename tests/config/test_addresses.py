"""An address found once leads to the same view with the same words, and changes nothing for others."""

import pytest
from django.http import Http404
from django.urls import resolve, reverse

from aperto.config.addresses import LONGEST
from aperto.kernel.ids import uuid7


def test_an_address_found_again_is_the_same() -> None:
    one, other = uuid7(), uuid7()

    first, again, others = (resolve(f"/contact/{key}") for key in (one, one, other))

    assert first.kwargs == again.kwargs == {"object_key": "contact", "record": one}
    assert others.kwargs == {"object_key": "contact", "record": other}
    assert (first.func, first.url_name) == (again.func, again.url_name) == (others.func, "record")
    again.kwargs["record"] = other
    assert resolve(f"/contact/{one}").kwargs["record"] == one


def test_what_leads_nowhere_is_told_each_time() -> None:
    for _time in range(2):
        with pytest.raises(Http404):
            resolve("/no/such/address/at/all")
    assert resolve("/pick/" + "a" * LONGEST).kwargs == {"objects": "a" * LONGEST}
    assert reverse("list", args=["contact"]) == "/contact"
