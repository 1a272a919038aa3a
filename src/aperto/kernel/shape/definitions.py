"""Fields and objects of an administrator's own, as records: with history, undo, a recycle bin and an API."""

from django.db.models import Index
from django.utils.translation import gettext_lazy as _

from aperto.kernel import fields
from aperto.kernel.fields import KINDS
from aperto.kernel.fields.select import Option
from aperto.kernel.objects.declaration import ObjectType, Panel
from aperto.kernel.objects.record import ALIVE, Record
from aperto.kernel.rollups.fill import fill
from aperto.kernel.shape.change_kind.follow import kind_went_back
from aperto.kernel.shape.check import check_field, check_object
from aperto.kernel.shape.current import changed

KIND_OPTIONS = tuple(Option(key, kind.label_of_kind) for key, kind in sorted(KINDS.items()) if kind.addable)
PERSONAL = (
    Option("name", _("Name"), "blue"),
    Option("contact", _("How to reach somebody"), "green"),
    Option("identity", _("Who somebody is"), "amber"),
    Option("sensitive", _("Sensitive"), "red"),
)


class Slot(fields.Text):
    """Where values stand is known to this installation alone."""

    local = True


class CustomField(Record):
    """A field that was added to an object, or other words and options for a declared one."""

    name = fields.Text(_("Name"), required=True, search_weight=2, longest=120)
    of_object = fields.Text(_("Object"), required=True, help=_("The key of the object, such as deal."))
    key = fields.Text(_("Key"), longest=50, help=_("What the API and filters call it; made from the name."))
    kind = fields.Select(_("Kind"), required=True, options=KIND_OPTIONS)
    labels = fields.Json(_("Name in other languages"))
    help = fields.LongText(_("Help"))
    helps = fields.Json(_("Help in other languages"))
    placeholder = fields.Text(_("Placeholder"), longest=120)
    required = fields.Boolean(_("Required"), default=False)
    unique = fields.Boolean(_("No two records the same"), default=False)
    searchable = fields.Boolean(_("Found by the search"), default=False)
    hidden = fields.Boolean(_("Hidden"), default=False, help=_("For a field that came with the product."))
    personal = fields.Select(_("Personal data"), options=PERSONAL)
    settings = fields.Json(_("Settings"), help=_("What the kind of field offers."))
    shown_when = fields.Text(_("Shown when"), longest=1_000)
    required_when = fields.Text(_("Required when"), longest=1_000)
    readonly_when = fields.Text(_("Read-only when"), longest=1_000)
    position = fields.Integer(_("Position"), default=0)
    slot = Slot(_("Stored under"), longest=50, help=_("Changes with the kind."))

    declares = ObjectType(
        key="custom_field",
        label=_("Field"),
        plural=_("Fields"),
        icon="forms",
        hue="violet",
        description=_("What your records hold beyond the fields that came with the product."),
        title="{name}",
        default_sort="of_object",
        columns=("name", "of_object", "kind", "required", "hidden"),
        quick=("name", "of_object", "kind", "settings"),
        details=(
            Panel(_("Details"), ("name", "of_object", "key", "kind", "settings", "labels", "help", "helps")),
            Panel(_("Rules"), ("required", "unique", "shown_when", "required_when", "readonly_when")),
            Panel(_("More"), ("placeholder", "searchable", "personal", "hidden", "position")),
        ),
        group="settings",
        administered=True,
        closed=True,
        order=920,
        rules=(check_field,),
        follows=(changed, fill, kind_went_back),
    )

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            Index(fields=["of_object", "position"], name="custom_field_order", condition=ALIVE),
        ]


class CustomObject(Record):
    """An object that was added, or other words for a declared one."""

    name = fields.Text(_("Name"), required=True, search_weight=2, longest=80, help=_("For one record."))
    plural = fields.Text(_("Plural"), longest=80, help=_("For several records."))
    key = fields.Text(_("Key"), longest=40, help=_("What addresses and the API call it; made from the name."))
    labels = fields.Json(_("Name in other languages"))
    plurals = fields.Json(_("Plural in other languages"))
    icon = fields.Text(_("Icon"), longest=40)
    hue = fields.Colour(_("Colour"))
    description = fields.LongText(_("Description"))
    title_pattern = fields.Text(_("Title"), longest=200, help=_("Field keys in braces, such as {name}."))
    number_prefix = fields.Text(_("Prefix of its numbers"), longest=20, help=_("None: no numbers."))
    has_pipeline = fields.Boolean(_("Has a pipeline"), default=False)
    has_activities = fields.Boolean(_("Has activities"), default=True)
    has_files = fields.Boolean(_("Has files"), default=True)
    hidden = fields.Boolean(_("Hidden"), default=False)
    position = fields.Integer(_("Position"), default=0)
    ends = fields.Json(_("Ends"), help=_("Of a relation: the keys of the fields that name what it links."))

    declares = ObjectType(
        key="custom_object",
        label=_("Object"),
        plural=_("Objects"),
        icon="box",
        hue="violet",
        description=_("Kinds of records of your own, and other names for those that came with the product."),
        title="{name}",
        default_sort="name",
        columns=("name", "key", "has_pipeline", "has_activities", "has_files", "hidden"),
        quick=("name", "plural", "icon", "hue"),
        details=(
            Panel(_("Details"), ("name", "plural", "key", "labels", "plurals", "icon", "hue", "description")),
            Panel(
                _("Rules"), ("title_pattern", "number_prefix", "has_pipeline", "has_activities", "has_files")
            ),
            Panel(_("More"), ("hidden", "position")),
        ),
        group="settings",
        administered=True,
        closed=True,
        order=915,
        rules=(check_object,),
        follows=(changed,),
    )
