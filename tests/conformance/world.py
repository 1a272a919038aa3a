"""A firm with one record of each kind that an address may name, all of them the owner's."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from aperto.kernel import changes, files
from aperto.kernel.access import sharing
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.models import ApiToken, Role
from aperto.kernel.access.sign_on_models import SignOn
from aperto.kernel.calendar.feeds import CalendarFeed
from aperto.kernel.changes.models import Change
from aperto.kernel.fields.base import Ref
from aperto.kernel.jobs import Job
from aperto.kernel.notices import notify
from aperto.kernel.notices.models import Device
from aperto.kernel.objects.record import Record
from aperto.kernel.objects.registry import registry
from aperto.kernel.pipelines import stages
from aperto.kernel.query.views import SavedView
from aperto.transfer import export_run, mappings, schedules
from aperto.transfer import run as runs
from aperto.transfer.choices import Choices
from aperto.transfer.models import ImportSchedule
from aperto.transfer.writers.table import WRITERS
from tests.company import Staff, staffed
from tests.keepsake import kept

CANARY = "Zzyzxcanary"  # stands in every foreign record, and must appear nowhere else
LIST = f"Last name,E-mail\n{CANARY},c@list.example\n".encode()
PEOPLE = ("anonymous", "reader", "outsider", "colleague", "owner", "admin")


@dataclass
class World:
    staff: Staff
    records: dict[str, Record]
    change: UUID
    batch: UUID
    file: UUID
    token: UUID
    job: UUID
    view: UUID
    feed: UUID
    transfers: dict[str, UUID]
    sign_on: UUID
    rules: dict[str, UUID]
    together: dict[str, UUID]

    def arguments(self, name: str, wanted: set[str]) -> dict[str, Any]:
        """Values for the parts of an address; `name` is that of the address."""
        subject = SUBJECTS.get(name, "contact")
        known: dict[str, Any] = (
            STEADY
            | self.transfers
            | self.together
            | {
                "object_key": subject,
                "object": subject,
                "record": self.records[subject].pk,
                "key": self.file if name in BY_FILE else KEYS.get(name, "description"),
                "change": self.change,
                "batch": self.batch,
                "token": "nonsense" if name in {"sign_in_link", "restore_view"} else self.token,
                "user": self.staff.users["owner"].pk,
                "feed": self.feed,
                "team": self.staff.teams[0],
                "role": Role.objects.get(key="user").pk,
                "job": self.job,
                "path": "index",
                "pipeline": stages.of_object("deal")[1].pipeline,
                "stage": stages.of_object("deal")[1].id,
                "other": self.records["deal"].pk,
                "name": "convert",
                "view": self.view,
                "run": self.transfers["export" if "export" in name else "import"],
                "sign_on": self.sign_on,
                "rule": self.rules["territory" if "territor" in name else "sharing_rule"],
            }
        )
        return {part: known[part] for part in wanted}


BY_FILE = {"download_file", "file_page"}
OF_FILES = ("view_file", "add_file_version", "file_version", "restore_file_version")
KEYS = {"configuration_pack": "real-estate", **dict.fromkeys(OF_FILES, "content")}
STEADY = {
    "place": "page", "module": "sales", "kind": "oidc", "session": 1, "field": "job_title",
    "objects": "contact", "activity": "note", "number": 0,
    "section": "today",
}  # fmt: skip
SUBJECTS = {
    "record_stage": "deal",
    "board": "deal",
    "board_lane": "deal",
    "board_sums": "deal",
    "board_move": "deal",
    "list_calendar": "deal",
    "calendar_move": "deal",
    "record_action": "lead",
    "finish_activity": "task",
    "snooze": "task",
    "reassign": "task",
    "following": "task",
    "restore_record": "company",
    **dict.fromkeys(OF_FILES, "file"),
}


@kept
def made() -> World:
    staff = staffed()
    owner, batch = staff.owner, changes.new_batch()
    records = _records(owner)
    contact = records["contact"]
    sharing.share(staff.admin, contact, sharing.Grantee("user", staff.users["owner"].pk), via="test")
    changes.save(owner, contact, {"job_title": CANARY}, via="test", batch=batch)
    changes.delete(owner, records["company"], via="test")
    stored = files.store(owner, SimpleUploadedFile("notes.txt", CANARY.encode()))
    content = {"id": str(stored.pk), "name": "n.txt"}
    records["file"] = changes.create(owner, "file", {"name": CANARY, "content": content}, via="test")
    user = staff.users["owner"]
    return World(
        staff=staff,
        records=records,
        change=Change.objects.filter(record=contact.pk).order_by("-id")[0].pk,
        batch=batch,
        file=stored.pk,
        token=ApiToken.objects.create(user=user, name=CANARY, prefix="apt_x", hash="x" * 64).pk,
        feed=CalendarFeed.objects.create(user=user, name=CANARY, hash="f" * 64).pk,
        job=Job.objects.create(task_path="x", label=CANARY, actor_id=user.pk).pk,
        view=SavedView.objects.create(object="contact", name=CANARY, owner=user.pk, share="mine").pk,
        transfers=_transfers(owner),
        sign_on=SignOn.objects.create(slug="canary", kind="oidc", name=CANARY).pk,
        rules=_rules(staff),
        together=_together(staff, contact),
    )


def _together(staff: Staff, contact: Record) -> dict[str, UUID]:
    """A comment, what it tells, and a device that would ring."""
    said = {"body": CANARY, "about": Ref("contact", contact.pk)}
    user, device = staff.users["owner"], Device(name=CANARY, endpoint="https://x.example/", digest="x")
    notify("reminder", [user.pk], event=contact.pk, about=Ref("contact", contact.pk), text=CANARY)
    device.user = user
    device.save()
    return {
        "comment": changes.create(staff.owner, "comment", said, via="test").pk,
        "device": device.pk,
    }


def _transfers(owner: Actor) -> dict[str, UUID]:
    """What imports and exports keep, by the parts of their addresses."""
    mapping = mappings.remember(owner, "contact", CANARY, ["Name"], Choices({0: "last_name"})).pk
    asked = ImportSchedule(
        object="contact", name=CANARY, mapping=mapping, source="url", place="https://x.example/", at=time(3)
    )
    return {
        "mapping": mapping,
        "schedule": schedules.save(owner, asked).pk,
        "export": export_run.begin(owner, "contact", WRITERS["csv"]).pk,
        "import": runs.begin(owner, registry.get("contact"), BytesIO(LIST), "list.csv", len(LIST)).pk,
    }


def _rules(staff: Staff) -> dict[str, UUID]:
    """Rules of access that are off: they are named by addresses and change nobody's rights."""
    team = Ref("team", staff.teams[0])
    said = {"name": CANARY, "of_object": "contact", "condition": "last_name = Visser", "active": False}
    whom = {"sharing_rule": {"with_team": team}, "territory": {"to_team": team}}
    return {key: changes.create(staff.admin, key, said | more, via="test").pk for key, more in whom.items()}


def _records(owner: Actor) -> dict[str, Record]:
    contact = changes.create(owner, "contact", {"first_name": CANARY, "last_name": "Visser"}, via="test")
    return {
        "contact": contact,
        "company": changes.create(owner, "company", {"name": CANARY}, via="test"),
        "lead": changes.create(owner, "lead", {"last_name": CANARY, "company_name": CANARY}, via="test"),
        "deal": changes.create(owner, "deal", {"name": CANARY}, via="test"),
        "task": changes.create(
            owner,
            "task",
            {"subject": CANARY, "due": datetime.now(UTC), "about": [Ref("contact", contact.pk)]},
            via="test",
        ),
    }
