"""The kinds of field. `from aperto.kernel import fields` and then `fields.Text(…)`."""

from aperto.kernel.fields.base import KINDS, Field, Part, Ref
from aperto.kernel.fields.datetime import DateTime
from aperto.kernel.fields.integer import Integer
from aperto.kernel.fields.reference import Reference
from aperto.kernel.fields.text import Text
from aperto.kernel.fields.user import User

__all__ = ["KINDS", "DateTime", "Field", "Integer", "Part", "Ref", "Reference", "Text", "User"]
