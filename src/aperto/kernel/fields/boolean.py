"""Yes or no."""

from collections.abc import Sequence
from html import escape
from typing import Any

from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import controls
from aperto.kernel.fields.base import Field, Part
from aperto.kernel.fields.formats.words import read_yes
from aperto.kernel.fields.operators import compare
from aperto.kernel.query.engines.json_path import Cast
from aperto.kernel.viewer import Viewer


class Boolean(Field):
    """A tick. What was never ticked counts as no in filters."""

    kind = "boolean"
    label_of_kind = gettext_lazy("Yes or no")
    explained = gettext_lazy("A box that is ticked or not.")
    icon = "checkbox"
    parts = (Part("", lambda field: models.BooleanField(null=True, db_index=field.indexed), Cast.BOOLEAN),)
    operators = ("is", "is_not")
    aggregates = ("filled", "empty")

    def clean(self, value: Any) -> bool | None:
        if value is None or value == "":
            return None
        if not isinstance(value, bool):
            raise FieldError(_("Yes or no is expected here."))
        return value

    def parse(self, raw: Any, viewer: Viewer) -> bool | None:
        if not isinstance(raw, str):
            return self.clean(raw)
        if not raw.strip():
            return None
        answer = read_yes(raw)
        if answer is None:
            raise FieldError(_("“%(text)s” is neither yes nor no.") % {"text": raw.strip()[:60]})
        return answer

    def read_form(self, post: QueryDict, name: str) -> Any:
        return bool(post.get(name))

    def text(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else _("Yes") if value else _("No")

    def export(self, value: Any) -> str:
        return "" if value is None else "yes" if value else "no"

    def cell(self, value: Any, viewer: Viewer) -> str:
        if not value:
            return f'<span class="sr">{escape(_("No"))}</span>' if value is False else ""
        return f'<span class="tick" role="img" aria-label="{escape(_("Yes"))}">✓</span>'

    def display(self, value: Any, viewer: Viewer) -> str:
        return escape(self.text(value, viewer))

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        return controls.check_box(name, bool(value), attributes)

    def condition(self, operator: str, arguments: Sequence[Any]) -> Q:
        expression = self.expression()
        if operator in ("empty", "filled"):
            return compare(expression, "isnull", operator == "empty")
        yes = bool(arguments[0]) is (operator == "is")
        return (
            compare(expression, "exact", True)
            if yes
            else (compare(expression, "exact", False) | compare(expression, "isnull", True))
        )

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def sample(self, n: int) -> bool:
        return n % 2 == 0

    def search_text(self, value: Any) -> str:
        return ""
