"""Pages are compressed for browsers that can read it, and nothing else is touched."""

import gzip

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from aperto.web.compression import CompressionMiddleware

LONG = "word " * 1000


def answered(response: HttpResponseBase, accepted: str = "gzip, br") -> HttpResponseBase:
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepted})
    return CompressionMiddleware(lambda _request: response)(request)


@pytest.mark.parametrize(
    ("accepted", "encoding", "read"),
    [("gzip, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)],
)
def test_long_pages_are_compressed(accepted: str, encoding: str, read: object) -> None:
    answer = answered(HttpResponse(LONG, headers={"ETag": '"a"'}), accepted)

    assert isinstance(answer, HttpResponse) and callable(read)
    assert answer.headers["Content-Encoding"] == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["ETag"] == 'W/"a"'
    assert read(answer.content).decode().partition("<!--")[0] == LONG
    assert len(answer.content) < 1000


def test_json_keeps_its_bytes() -> None:
    answer = answered(HttpResponse(LONG, content_type="application/json"))

    assert isinstance(answer, HttpResponse)
    assert brotli.decompress(answer.content).decode() == LONG


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("short"),
        HttpResponse(LONG, content_type="image/png"),
        HttpResponse(LONG, headers={"Content-Encoding": "gzip"}),
        StreamingHttpResponse([LONG]),
    ],
)
def test_other_answers_stay_as_they_are(response: HttpResponseBase) -> None:
    encoding = response.headers.get("Content-Encoding")

    assert answered(response) is response
    assert response.headers.get("Content-Encoding") == encoding


def test_old_browsers_get_plain_pages() -> None:
    answer = answered(HttpResponse(LONG), "")

    assert isinstance(answer, HttpResponse)
    assert answer.content.decode() == LONG


def test_the_length_is_blurred() -> None:
    lengths = {len(answered(HttpResponse(LONG)).content) for _ in range(30)}  # type: ignore[attr-defined]

    assert len(lengths) > 3
