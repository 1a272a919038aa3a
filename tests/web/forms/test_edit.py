"""All fields at once, and two people at once."""

from typing import Any

from aperto.kernel import records
from aperto.kernel.changes.models import Change
from tests.web.office import Office

HTMX = {"HX-Request": "true"}


def stored(office: Office, record: Any) -> Any:
    return records.visible(office.actor(office.admin), record.declares.key).get(record.pk)


def test_form_saves_what_it_showed_and_nothing_else(office: Office) -> None:
    deal = office.make("deal", name="Robots", next_step="Call")
    typed = {"version": "1", "has.name": "1", "name": "Arms"}

    answer = office.client().post(f"/deal/{deal.pk}/edit", typed)

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/deal/{deal.pk}")
    assert (stored(office, deal).name, stored(office, deal).next_step) == ("Arms", "Call")


def test_unticked_box_is_saved(office: Office) -> None:
    contact = office.make("contact", last_name="Dijk", no_calls=True)

    office.client().post(f"/contact/{contact.pk}/edit", {"version": "1", "has.no_calls": "1", "no_calls": ""})

    assert not stored(office, contact).no_calls


def test_conflict_shows_both_and_the_choice_is_kept(office: Office) -> None:
    deal = office.make("deal", name="Robots", next_step="Call")
    theirs = {"version": "1", "has.name": "1", "name": "Theirs"}
    mine = {"version": "1", "has.name": "1", "has.next_step": "1", "name": "Mine", "next_step": "Write"}
    office.client(office.colleague).post(f"/deal/{deal.pk}/edit", theirs)

    answer = office.client().post(f"/deal/{deal.pk}/edit", mine)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Theirs" in page
    assert office.colleague.name in page
    assert "Mine" in page
    assert 'name="value.next_step" value="&quot;Write&quot;"' in page
    assert stored(office, deal).name == "Theirs"

    choice = {"version": "2", "value.name": '"Mine"', "value.next_step": '"Write"', "choice.name": "theirs"}
    assert office.client().post(f"/deal/{deal.pk}/resolve", choice).status_code == 302
    assert (stored(office, deal).name, stored(office, deal).next_step) == ("Theirs", "Write")

    choice = {"version": "3", "value.name": '"Mine"', "choice.name": "mine"}
    assert office.client().post(f"/deal/{deal.pk}/resolve", choice).status_code == 302
    assert stored(office, deal).name == "Mine"


def test_third_person_is_not_overwritten_by_the_choice(office: Office) -> None:
    deal = office.make("deal", name="Robots")
    for version, name in (("1", "Theirs"), ("2", "Third")):
        office.client(office.colleague).post(
            f"/deal/{deal.pk}/edit", {"version": version, "has.name": "1", "name": name}
        )

    choice = {"version": "2", "value.name": '"Mine"', "choice.name": "mine"}
    answer = office.client().post(f"/deal/{deal.pk}/resolve", choice)

    assert answer.status_code == 409
    assert b"Third" in answer.content
    assert stored(office, deal).name == "Third"


def test_rubbish_choices_change_nothing(office: Office) -> None:
    deal = office.make("deal", name="Robots")
    rubbish = {
        "version": "x" * 40,
        "value.name": "{",
        "value.nothing": "1",
        "value.version": "9",
        "choice.name": "?",
    }

    answer = office.client().post(f"/deal/{deal.pk}/resolve", rubbish)

    assert answer.status_code == 302
    assert (stored(office, deal).name, stored(office, deal).version) == ("Robots", 1)


def test_mistakes_keep_what_was_typed(office: Office) -> None:
    deal = office.make("deal", name="Robots")
    typed = {"version": "1", "has.name": "1", "has.close_date": "1", "name": "", "close_date": "never <b>"}

    answer = office.client().post(f"/deal/{deal.pk}/edit", typed, headers=HTMX)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="never &lt;b&gt;"' in page
    assert 'id="err-f-close_date"' in page
    assert stored(office, deal).name == "Robots"


def test_refusals_change_nothing(office: Office) -> None:
    deal = office.make("deal", name="Robots")
    before = Change.objects.count()
    typed = {"version": "1", "has.name": "1", "name": "Taken", "value.name": '"Taken"'}

    for path in ("edit", "resolve"):
        assert office.client(office.outsider).post(f"/deal/{deal.pk}/{path}", typed).status_code == 404
        assert office.client(office.reader).post(f"/deal/{deal.pk}/{path}", typed).status_code == 403
    assert office.client(office.reader).get(f"/deal/{deal.pk}/edit").status_code == 403
    assert (stored(office, deal).name, Change.objects.count()) == ("Robots", before)
