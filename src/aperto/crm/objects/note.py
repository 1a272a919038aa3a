"""A note: what one wants to remember."""

from django.utils.translation import gettext_lazy as _

from aperto.crm.objects.about import AboutRecords
from aperto.kernel import fields
from aperto.kernel.objects.declaration import Activity, ObjectType, Panel


class Note(AboutRecords):
    """Some lines about one record or several."""

    body = fields.RichText(
        _("Note"), required=True, search_weight=1, placeholder=_("What do you want to remember?")
    )

    declares = ObjectType(
        key="note",
        label=_("Note"),
        plural=_("Notes"),
        icon="note",
        hue="slate",
        description=_("What you want to remember about somebody."),
        example=_("Prefers to be called after four o'clock"),
        title="{body}",
        columns=("title", "owner", "created_at"),
        quick=("body", "about"),
        details=(Panel(_("Details"), ("body", "about", "owner", "team")),),
        activity=Activity(
            moment="created_at", composer=("body",), said=_("%(who)s wrote a note"), body="body"
        ),
        order=90,
    )
