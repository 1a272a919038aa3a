"""What a browser needs to install the product, and which pages it may keep."""

import json

from django.test import Client

from aperto.web.installed.keeping import HEADER
from tests.web.office import Office


def test_manifest_names_icons_that_exist(db: None) -> None:
    answer = Client().get("/manifest.webmanifest")

    told = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert {(icon["sizes"], icon["purpose"]) for icon in told["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    assert told["start_url"] == told["scope"] == "/"


def test_worker_comes_from_the_root_and_is_asked_for_anew(db: None) -> None:
    answer = Client().get("/service-worker.js")

    assert answer.headers["Content-Type"] == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_only_what_one_reads_on_the_way_may_be_kept(office: Office) -> None:
    contact = office.make("contact", last_name="Halden")
    client = office.client()

    for path in ("/", "/contact", f"/contact/{contact.pk}"):
        assert HEADER in client.get(path).headers
    for path in ("/settings/users", "/profile/security", f"/contact/{contact.pk}/history", "/offline"):
        assert HEADER not in client.get(path).headers
    assert HEADER not in client.get("/contact", headers={"HX-Request": "true"}).headers


def test_two_readers_are_told_apart(office: Office) -> None:
    own = office.client().get("/").headers[HEADER]

    assert own == office.client().get("/contact").headers[HEADER]
    assert own != office.client(office.colleague).get("/").headers[HEADER]


def test_what_is_seen_through_anothers_eyes_is_not_kept(office: Office) -> None:
    client = office.client(office.admin)
    client.post(f"/settings/users/{office.colleague.pk}/view")

    assert "viewing_as" in client.session
    assert HEADER not in client.get("/contact").headers
