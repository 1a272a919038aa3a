"""Typed text goes back into the controls that a field wrote."""

import pytest
from django.http import QueryDict

from aperto.web.forms.refill import refill


@pytest.mark.parametrize(
    ("html", "post", "expected"),
    [
        ('<input name="a" value="1">', "a=2", '<input name="a" value="2">'),
        ('<input name="a" value="1">', "b=2", '<input name="a" value="1">'),
        ('<input name="a" value="">', "a=%22%3E%3Cb%3E", '<input name="a" value="&quot;&gt;&lt;b&gt;">'),
        ('<input type="hidden" name="a" value="1">', "a=2", '<input type="hidden" name="a" value="1">'),
        (
            '<input type="checkbox" name="a" value="1">',
            "a=1",
            '<input type="checkbox" name="a" value="1" checked>',
        ),
        (
            '<input type="checkbox" name="a" value="1" checked>',
            "a=",
            '<input type="checkbox" name="a" value="1">',
        ),
        (
            '<select name="a"><option value="1" selected>x</option><option value="2">y</option></select>',
            "a=2",
            '<select name="a"><option value="1">x</option><option value="2" selected>y</option></select>',
        ),
        (
            '<textarea name="a">\nold</textarea>',
            "a=%3C%2Ftextarea%3E",
            '<textarea name="a">\n&lt;/textarea&gt;</textarea>',
        ),
        ("<p>&amp; &#39; é</p>", "", "<p>&amp; &#39; é</p>"),
    ],
)
def test_values_are_put_back(html: str, post: str, expected: str) -> None:
    assert refill(html, QueryDict(post)) == expected
