"""The kinds of field. `from aperto.kernel import fields` and then `fields.Text(…)`."""

from aperto.kernel.fields.address import Address
from aperto.kernel.fields.automatic_number import AutomaticNumber
from aperto.kernel.fields.base import KINDS, Field, Part, Ref
from aperto.kernel.fields.boolean import Boolean
from aperto.kernel.fields.colour import Colour
from aperto.kernel.fields.date import Date
from aperto.kernel.fields.datetime import DateTime
from aperto.kernel.fields.decimal import Decimal
from aperto.kernel.fields.duration import Duration
from aperto.kernel.fields.emails import Emails
from aperto.kernel.fields.file import File
from aperto.kernel.fields.formula import Formula
from aperto.kernel.fields.geo_point import GeoPoint, Point
from aperto.kernel.fields.image import Image
from aperto.kernel.fields.integer import Integer
from aperto.kernel.fields.json import Json
from aperto.kernel.fields.long_text import LongText
from aperto.kernel.fields.money import Money, MoneyValue
from aperto.kernel.fields.multi_reference import MultiReference
from aperto.kernel.fields.multi_select import MultiSelect
from aperto.kernel.fields.percent import Percent
from aperto.kernel.fields.phones import Phones
from aperto.kernel.fields.rating import Rating
from aperto.kernel.fields.recurrence import Recurrence
from aperto.kernel.fields.reference import Reference
from aperto.kernel.fields.reminder import Reminder
from aperto.kernel.fields.rich_text import RichText
from aperto.kernel.fields.roll_up import RollUp
from aperto.kernel.fields.select import Option, Select
from aperto.kernel.fields.stage import Stage
from aperto.kernel.fields.text import Text
from aperto.kernel.fields.time import Time
from aperto.kernel.fields.url import Url
from aperto.kernel.fields.user import User

__all__ = [
    "KINDS",
    "Address",
    "AutomaticNumber",
    "Boolean",
    "Colour",
    "Date",
    "DateTime",
    "Decimal",
    "Duration",
    "Emails",
    "Field",
    "File",
    "Formula",
    "GeoPoint",
    "Image",
    "Integer",
    "Json",
    "LongText",
    "Money",
    "MoneyValue",
    "MultiReference",
    "MultiSelect",
    "Option",
    "Part",
    "Percent",
    "Phones",
    "Point",
    "Rating",
    "Recurrence",
    "Ref",
    "Reference",
    "Reminder",
    "RichText",
    "RollUp",
    "Select",
    "Stage",
    "Text",
    "Time",
    "Url",
    "User",
]
