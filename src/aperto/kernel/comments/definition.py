"""The object "comment"."""

from django.db.models import Index, Q
from django.utils.translation import gettext_lazy as _

from aperto.kernel import fields
from aperto.kernel.comments.rules import deliver_soon, find_mentions, stay_in_place
from aperto.kernel.comments.subject import Subject
from aperto.kernel.objects.declaration import ObjectType, Panel
from aperto.kernel.objects.record import ALIVE, Record


class Comment(Record):
    """Something said about a record, or an answer to it; `mentioned` follows from the text."""

    body = fields.LongText(_("Comment"), required=True, help=_("@ and a name tells that person."))
    about = Subject(_("About"), required=True)
    answers = fields.Reference(_("Answers"), to="comment")
    mentioned = fields.Json(_("Mentioned"), readonly=True)

    declares = ObjectType(
        key="comment",
        label=_("Comment"),
        plural=_("Comments"),
        icon="message",
        hue="slate",
        description=_("What you say to each other about a record."),
        example=_("@Anna de Vries can you call them before Friday?"),
        title="{body}",
        default_sort="-created_at",
        columns=("title", "about", "owner", "created_at"),
        quick=("body",),
        subtitle=("about",),
        details=(Panel(_("Details"), ("body",)),),
        group="",
        subject="about",
        rules=(stay_in_place, find_mentions),
        follows=(deliver_soon,),
        order=97,
    )

    class Meta(Record.Meta):
        abstract = False
        app_label = "kernel"
        db_table = "kernel_comment"
        indexes = [
            *Record.Meta.indexes,
            Index(fields=["about", "-id"], name="comment_threads", condition=Q(answers__isnull=True)),
            Index(fields=["answers", "-id"], name="comment_answers", condition=ALIVE),
        ]
