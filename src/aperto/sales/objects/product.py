"""A product or service with its price; price books, bundles and stock build on it."""

from django.utils.translation import gettext_lazy as _

from aperto.kernel import fields
from aperto.kernel.objects.declaration import Match, ObjectType, Panel
from aperto.kernel.objects.record import Record


class Product(Record):
    """Something that the firm sells."""

    name = fields.Text(_("Name"), required=True, search_weight=4)
    code = fields.Text(_("Code"), unique=True, search_weight=3, help=_("Your own article number."))
    price = fields.Money(_("Price"))
    unit = fields.Text(_("Unit"), placeholder=_("piece, hour, month"))
    active = fields.Boolean(_("For sale"), default=True)
    description = fields.LongText(_("Description"))

    declares = ObjectType(
        key="product",
        label=_("Product"),
        plural=_("Products"),
        icon="package",
        hue="teal",
        description=_("What you sell, with its code and price."),
        example=_("Installation day, code INST-1, €850.00"),
        title="{name}",
        columns=("name", "code", "price", "unit", "active"),
        quick=("name", "code", "price", "unit"),
        subtitle=("code", "price"),
        details=(
            Panel(_("Details"), ("name", "code", "price", "unit", "active")),
            Panel(_("About"), ("description", "owner", "team")),
        ),
        duplicates=(Match("code"), Match("name", similar=True)),
        order=50,
        letter="p",
    )
