"""What was answered to each need, as records: with history, undo, an API and a place in the file."""

from typing import ClassVar

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from aperto.kernel import fields
from aperto.kernel.changes.draft import Work
from aperto.kernel.errors import Message
from aperto.kernel.fields.choice import Choice
from aperto.kernel.fields.select import Option
from aperto.kernel.needs.catalogue import needs
from aperto.kernel.objects.declaration import ObjectType, Panel
from aperto.kernel.objects.record import Record

MUST, NICE, NOT = "must", "nice", "not"
PRIORITIES: dict[str, Message] = {MUST: _("Must-have"), NICE: _("Nice-to-have"), NOT: _("Not needed")}
HUES = {MUST: "green", NICE: "blue", NOT: "slate"}


class NeedChoice(Choice):
    """A need of the catalogue."""

    def known(self) -> dict[str, Message]:
        return {key: each.label for key, each in needs().items()}


LONGEST = 2_000


def check_answer(work: Work) -> None:
    rows = apps.get_model("kernel", "NeedAnswer")._default_manager.filter(deleted_at=None)
    if rows.filter(need=work.value("need")).exclude(pk=work.record.pk).exists():
        work.refuse("need", _("This need has an answer already."))
    if len(work.value("remark") or "") > LONGEST:
        work.refuse("remark", _("At most %(longest)s characters fit here.") % {"longest": LONGEST})


class NeedAnswer(Record):
    need = NeedChoice(_("Need"), required=True)
    priority = fields.Select(
        _("Priority"),
        options=tuple(Option(key, label, HUES[key]) for key, label in PRIORITIES.items()),
    )
    remark = fields.LongText(_("Remark"))

    declares: ClassVar[ObjectType] = ObjectType(
        key="need",
        label=_("Need"),
        plural=_("Needs"),
        icon="list-check",
        hue="violet",
        description=_("What the organisation needs of the product, and how much."),
        title="{need}",
        default_sort="need",
        columns=("need", "priority", "remark"),
        quick=("need", "priority", "remark"),
        details=(Panel(_("Details"), ("need", "priority", "remark")),),
        group="settings",
        administered=True,
        closed=True,
        known_by=("need",),
        order=919,
        rules=(check_answer,),
    )

    class Meta(Record.Meta):
        db_table = "kernel_need"
