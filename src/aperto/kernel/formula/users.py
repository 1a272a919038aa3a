"""What everybody may know of a user, for formulas that step to one."""

from aperto.kernel.access.models import User
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.text import Text

FIELDS: dict[str, Field] = {"name": Text("Name"), "email": Text("E-mail")}
for _key, _field in FIELDS.items():
    _field.key = _key

__all__ = ["FIELDS", "User"]
