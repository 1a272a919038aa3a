"""The past of a record: mixed, grouped, without what one may not see, as cheap when long."""

import re

from aperto.kernel import changes
from tests.queries import counted
from tests.web.office import Office


def events(page: str) -> list[str]:
    return re.findall(r'<article class="event">.*?</article>', page, re.S)


def test_changes_of_one_person_are_one_line(office: Office) -> None:
    deal = office.make("deal", name="Robots")
    for step in ("Call", "Write", "Visit"):
        changes.save(office.actor(), deal, {"next_step": step}, via="page")

    [line, _created] = events(office.client().get(f"/deal/{deal.pk}").content.decode())

    assert "<b>Olga</b> set Next step to <ins>Visit</ins>" in line


def test_stage_move_shows_both_stages(office: Office) -> None:
    deal = office.make("deal", name="Robots")
    changes.save(office.actor(), deal, {"stage": office.stage("deal", "Discovery")}, via="page")

    page = office.client().get(f"/deal/{deal.pk}/timeline").content.decode()

    assert re.search(
        r"moved the stage from <span class=\"pill\"[^>]*>Qualify</span> to <span[^>]*>Discovery", page
    )
    assert "Probability" not in page


def test_activity_shows_what_was_said(office: Office) -> None:
    contact = office.make("contact", last_name="Dijk")
    office.make("call", body="She <em>needs</em> it", about=[f"contact:{contact.pk}"], outcome="reached")

    page = office.client().get(f"/contact/{contact.pk}/timeline").content.decode()

    assert "<b>Olga</b> called" in page
    assert "She &lt;em&gt;needs&lt;/em&gt; it" in page
    assert "Reached" in page


def test_invisible_activity_leaves_no_trace(office: Office) -> None:
    contact = office.make("contact", last_name="Dijk")
    changes.create(
        office.actor(office.admin),
        "note",
        {"body": "Canary of the board", "about": [f"contact:{contact.pk}"], "owner": office.admin.pk},
        via="test",
    )

    for path in ("", "/timeline", "/next", "/related"):
        assert b"Canary" not in office.client().get(f"/contact/{contact.pk}{path}").content
    assert b"Canary" in office.client(office.admin).get(f"/contact/{contact.pk}").content


def test_invisible_reference_has_no_name(office: Office) -> None:
    secret = office.make("company", office.outsider, name="Canary Holding")
    deal = office.make("deal", office.admin, name="Robots", company=secret.pk)
    changes.save(office.actor(office.admin), deal, {"owner": office.owner.pk, "company": None}, via="test")

    for path in ("", "/history", "/timeline"):
        assert b"Canary" not in office.client().get(f"/deal/{deal.pk}{path}").content


def test_older_lines_load_on(office: Office) -> None:
    contact = office.make("contact", last_name="Dijk")
    for number in range(60):
        office.make("note", body=f"Line {number:02}.", about=[f"contact:{contact.pk}"])
    client, seen = office.client(), []
    page = client.get(f"/contact/{contact.pk}/timeline").content.decode()

    for _round in range(5):
        seen += re.findall(r"Line (\d\d)\.", page)
        following = re.search(r'data-next="([^"]+)"', page)
        if not following:
            break
        page = client.get(following[1].replace("&amp;", "&")).content.decode()

    assert seen == [f"{number:02}" for number in reversed(range(60))]


def test_rubbish_cursor_is_404(office: Office) -> None:
    contact = office.make("contact", last_name="Dijk")

    for cursor in ("x", "é", "AAAA", "====", "MjAyNiAx", "a" * 900, "MjAyNi0xMS0yMiAwMDAw"):
        answer = office.client().get(f"/contact/{contact.pk}/timeline", {"before": cursor, "day": "rubbish"})
        assert answer.status_code == 404, cursor


def test_cost_does_not_grow_with_the_past(office: Office) -> None:
    contact = office.make("contact", last_name="Dijk")
    client = office.client()
    for activity in ("note", "call"):
        office.make(activity, body="One", about=[f"contact:{contact.pk}"])
    client.get(f"/contact/{contact.pk}/timeline")
    with counted("timeline: short"):
        client.get(f"/contact/{contact.pk}/timeline")

    for number in range(20):
        for activity in ("note", "call"):
            office.make(activity, body=f"More {number}", about=[f"contact:{contact.pk}"])
        changes.save(office.actor(), contact, {"job_title": f"Job {number}"}, via="page")

    with counted("timeline: long"):
        client.get(f"/contact/{contact.pk}/timeline")
