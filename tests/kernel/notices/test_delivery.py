"""Notices leave by mail and to devices: once, under the rights of that moment, and as each person chose."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock
from uuid import UUID, uuid4

import pytest
import time_machine
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core import mail

from aperto.kernel import changes, outbound
from aperto.kernel.access import people
from aperto.kernel.access.models import User
from aperto.kernel.errors import Invalid, Missing
from aperto.kernel.fields.base import Ref
from aperto.kernel.notices import choices, delivery, mails, notify, pushes, reading
from aperto.kernel.notices.models import Device, Notice
from aperto.kernel.notices.sorts import Ways
from aperto.kernel.objects.record import Record
from tests import firm

MONDAY = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)  # six o'clock in Amsterdam
SENDING = "django.core.mail.EmailMultiAlternatives.send"


@pytest.fixture
def lamp(ada: User) -> Record:
    return changes.create(firm.actor(ada), "gadget", {"text": "Lamp & light"}, via="test")


def tell(user: User, lamp: Record, sort: str = "mention") -> None:
    notify(sort, [user.pk], event=uuid4(), about=Ref("gadget", lamp.pk), by_name="Ada")


def deliver() -> dict[str, int]:
    return delivery.deliver_notices.call()


def test_mail_leaves_once_with_text_html_and_a_way_out(lamp: Record, ben: User) -> None:
    tell(ben, lamp)
    deliver()
    deliver()

    [message] = mail.outbox
    assert message.subject == "Ada mentioned you: Lamp & light" and message.to == [ben.email]
    [html] = message.alternatives  # type: ignore[attr-defined]  # the mail has two forms
    assert f"/gadget/{lamp.pk}" in message.body and "Lamp &amp; light" in str(html.content)
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert b"List-Unsubscribe: <http" in message.message().as_bytes()


def test_a_failing_server_is_tried_again_with_the_same_key(lamp: Record, ben: User) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        tell(ben, lamp)
        with mock.patch(SENDING, side_effect=OSError):
            deliver()
        deliver()
        assert mail.outbox == []
        clock.shift(timedelta(hours=1))
        deliver()

    assert len(mail.outbox) == 1
    assert Notice.objects.get().mail == "sent"


def test_a_server_that_never_answers_is_given_up_at_last(lamp: Record, ben: User) -> None:
    with (
        time_machine.travel(MONDAY, tick=False) as clock,
        mock.patch(SENDING, side_effect=OSError) as sending,
    ):
        tell(ben, lamp)
        for _ in range(20):
            deliver()
            clock.shift(timedelta(days=1))

    assert sending.call_count == 8 and Notice.objects.get().mail == "given_up"


def test_what_was_read_or_is_not_seen_any_more_is_not_mailed(lamp: Record, ada: User, ben: User) -> None:
    tell(ben, lamp)
    reading.mark_read(firm.actor(ben), all=True)
    tell(ben, lamp)
    changes.delete(firm.actor(ada), lamp, via="test")
    deliver()

    assert mail.outbox == []


def test_deactivated_people_get_no_mail(lamp: Record, ada: User, ben: User) -> None:
    tell(ben, lamp)
    tell(ben, lamp, "comment")
    people.deactivate(firm.actor(ada), ben, via="test")
    deliver()

    assert mail.outbox == []


def test_a_digest_comes_at_the_chosen_hour_of_the_persons_zone(lamp: Record, ben: User) -> None:
    people.edit(firm.SYSTEM, ben, {"zone": "America/New_York", "language": "nl"}, via="test")
    choices.choose(firm.actor(ben), hour=7)
    with time_machine.travel(MONDAY, tick=False) as clock:
        tell(ben, lamp, "comment")
        tell(ben, lamp, "stage")
        deliver()
        clock.shift(timedelta(hours=6, minutes=59))
        deliver()
        assert mail.outbox == []
        clock.shift(timedelta(minutes=1))
        deliver()
        deliver()

    assert len(mail.outbox) == 1 and mail.outbox[0].body.count("Lamp & light") == 1


def test_a_weekly_digest_waits_for_its_day_and_a_failing_server(lamp: Record, ben: User) -> None:
    choices.choose(firm.actor(ben), digest="weekly", weekday=2, hour=9)
    with time_machine.travel(MONDAY, tick=False) as clock:
        tell(ben, lamp, "comment")
        clock.shift(timedelta(days=1, hours=6))
        deliver()
        clock.shift(timedelta(days=1))
        with mock.patch(SENDING, side_effect=OSError):
            deliver()
        assert mail.outbox == [] and Notice.objects.get().mail == "digest"
        deliver()

    assert len(mail.outbox) == 1


def test_one_click_ends_the_mails_of_a_sort(lamp: Record, ben: User) -> None:
    tell(ben, lamp)
    meant = mails.meant_by(mails.token(ben.pk, "mention"))
    assert meant == (ben.pk, "mention")
    choices.stop_mail(*meant)
    deliver()

    assert mail.outbox == [] and mails.meant_by("nonsense") is None
    ways = choices.ways_of([ben.pk])[ben.pk]
    assert (ways["mention"].mail, ways["mention"].page, ways["answer"].mail) == ("", True, "now")


# -- devices -----------------------------------------------------------------------------------------


def subscription(endpoint: str = "https://push.example/abc") -> dict[str, str]:
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    form = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    key = base64.urlsafe_b64encode(public.public_bytes(*form)).decode().rstrip("=")
    return {"endpoint": endpoint, "key": key, "auth": base64.urlsafe_b64encode(b"0" * 16).decode()}


@pytest.fixture
def phone(ben: User) -> Device:
    choices.choose(firm.actor(ben), {"mention": Ways(page=True, mail="", push=True)})
    return pushes.subscribe(firm.actor(ben), "Telephone", subscription())


def answering(status: int) -> Any:
    answer = mock.Mock(status_code=status, text="", headers={}, reason="")
    return mock.patch.object(outbound.Client, "post", return_value=answer)


def test_a_device_rings_with_what_is_encrypted_for_it(lamp: Record, ben: User, phone: Device) -> None:
    tell(ben, lamp)
    with answering(201) as post:
        deliver()
        deliver()

    [call] = post.call_args_list
    assert call.args == ("https://push.example/abc",) and b"Lamp" not in call.kwargs["data"]
    assert call.kwargs["headers"]["authorization"].startswith("vapid t=")


@pytest.mark.parametrize(("status", "left", "state"), [(410, 0, "sent"), (404, 0, "sent"), (500, 1, "due")])
def test_a_device_that_is_gone_is_forgotten(
    lamp: Record, ben: User, phone: Device, status: int, left: int, state: str
) -> None:
    tell(ben, lamp)
    with answering(status):
        deliver()

    assert Device.objects.count() == left and Notice.objects.get().push == state


def test_an_inner_address_is_never_reached(lamp: Record, ben: User) -> None:
    choices.choose(firm.actor(ben), {"mention": Ways(page=True, mail="", push=True)})
    pushes.subscribe(firm.actor(ben), "Trap", subscription("https://127.0.0.1:1/abc"))
    tell(ben, lamp)
    with mock.patch("aperto.kernel.outbound.create_connection") as connect:
        deliver()

    connect.assert_not_called()
    assert Notice.objects.get().push == "due"


@pytest.mark.parametrize(
    "wrong", [{"endpoint": "http://push.example/x"}, {"endpoint": ""}, {"key": "AAAA"}, {"auth": "x"}]
)
def test_what_no_browser_sends_is_refused(ben: User, wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        pushes.subscribe(firm.actor(ben), "Strange", subscription() | wrong)

    assert not Device.objects.exists()


def test_only_its_owner_forgets_a_device(ada: User, ben: User, phone: Device) -> None:
    with pytest.raises(Missing):
        pushes.forget(firm.actor(ada), phone.pk)
    pushes.forget(firm.actor(ben), phone.pk)

    assert not Device.objects.exists()


def test_choices_that_are_none_are_refused(ben: User) -> None:
    for wrong in ({"digest": "hourly"}, {"hour": 24}, {"weekday": 7}, {"ways": {"x": Ways()}}):
        with pytest.raises(Invalid):
            choices.choose(firm.actor(ben), **wrong)
    assert isinstance(ben.pk, UUID)
