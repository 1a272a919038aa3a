"""A file, on any number of records."""

from django.utils.translation import gettext_lazy as _

from aperto.crm.objects.about import AboutRecords
from aperto.crm.rules import describe_content
from aperto.kernel import fields
from aperto.kernel.objects.declaration import Activity, ObjectType, Panel


class File(AboutRecords):
    """A document, picture or anything else that was dropped on a record."""

    name = fields.Text(_("Name"), required=True, search_weight=3)
    content = fields.File(_("Content"), required=True, search_weight=1)
    size = fields.Integer(_("Size"), readonly=True, help=_("In bytes."))
    description = fields.LongText(_("Description"), search_weight=1)

    declares = ObjectType(
        key="file",
        label=_("File"),
        plural=_("Files"),
        icon="paperclip",
        hue="slate",
        description=_("Documents of your customers: drop them on a record."),
        example=_("Floor plan Rotterdam.pdf, 2.4 MB"),
        title="{name}",
        columns=("name", "content", "size", "owner", "created_at"),
        quick=("content", "name", "about"),
        subtitle=("about", "size"),
        details=(Panel(_("Details"), ("name", "content", "size", "description", "about", "owner", "team")),),
        activity=Activity(
            moment="created_at", composer=(), said=_("%(who)s added a file"), body="description"
        ),
        rules=(describe_content,),
        order=95,
    )
