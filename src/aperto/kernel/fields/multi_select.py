"""Several choices of a list."""

from collections.abc import Callable, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.errors import FieldError
from aperto.kernel.fields import controls, operators, setting
from aperto.kernel.fields.base import Field, Part, or_none
from aperto.kernel.fields.operators import compare
from aperto.kernel.fields.select import Choices, Option
from aperto.kernel.query.engines.json_path import Cast
from aperto.kernel.viewer import Viewer

MOST = 50


class MultiSelect(Field):
    """Some of `options`; the value is a list of keys in the order of the options.

    The keys stand once more as text, "|a|b|", because that is searched alike on both engines.
    """

    kind = "multi_select"
    label_of_kind = gettext_lazy("Several choices")
    explained = gettext_lazy("Any number of options of a list that you make.")
    icon = "list-check"
    settings: ClassVar[tuple[setting.Setting, ...]] = (setting.OPTIONS,)
    parts = (
        Part("", lambda field: models.JSONField(null=True), Cast.RAW),
        Part("_keys", lambda field: models.CharField(max_length=MOST * 64 + 1, null=True)),
    )
    operators = ("any_of", "all_of", "none_of", "contains", "not_contains", *operators.PRESENCE)
    filter_suffix = "_keys"
    sort_suffix = None

    def __init__(self, *arguments: Any, options: Sequence[Option] = (), **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.choices = Choices(options)

    @property
    def options(self) -> Sequence[Option]:
        return self.choices.options

    def split(self, value: Any) -> tuple[Any, ...]:
        return (list(value), f"|{'|'.join(value)}|") if value else (None, None)

    def join(self, parts: Sequence[Any]) -> Any:
        return parts[0] or None

    def json_of_first_part(self) -> Callable[[Any], Any]:
        return or_none

    def clean(self, value: Any) -> list[str] | None:
        if value is None or value == "":
            return None
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list | tuple):
            raise FieldError(_("A list of choices is expected here."))
        chosen = {self.choices.check(key) for key in value}
        if len(chosen) > MOST:
            raise FieldError(_("At most %(most)s choices fit here.") % {"most": MOST})
        return [option.key for option in self.options if option.key in chosen] or None

    def parse(self, raw: Any, viewer: Viewer) -> list[str] | None:
        """Words between commas or semicolons; a label that itself has a comma is found too."""
        if not isinstance(raw, str):
            return self.clean([key for key in raw if key] if isinstance(raw, list | tuple) else raw)
        if not raw.strip():
            return None
        try:
            return self.clean([self.choices.find(raw, viewer.language)])
        except FieldError:
            words = raw.replace(";", ",").replace("\n", ",").split(",")
        return self.clean([self.choices.find(word, viewer.language) for word in words if word.strip()])

    def read_form(self, post: QueryDict, name: str) -> Any:
        return [key for key in post.getlist(name) if key]

    def text(self, value: Any, viewer: Viewer) -> str:
        return ", ".join(self.choices.label(key) for key in value or ())

    def export(self, value: Any) -> str:
        return ", ".join(value or ())

    def cell(self, value: Any, viewer: Viewer) -> str:
        return "".join(self.choices.pill(key) for key in value or ())

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        listed = [(option.key, option.label) for option in self.options]
        box = controls.select_box(name, listed, value or (), f"multiple {self.attributes(attributes)}")
        return SafeString(controls.hidden(name, "") + box)

    def parse_argument(self, operator: str, raw: Any, viewer: Viewer) -> str:
        if not isinstance(raw, str):
            raise FieldError(_("Say what to compare with."))
        return self.choices.find(raw, viewer.language)

    def argument(self, value: Any) -> Any:
        """A key, or a value with several; each as it stands between the bars."""
        return [f"|{key}|" for key in ([value] if isinstance(value, str) else value or ())]

    def condition(self, operator: str, arguments: Sequence[Any]) -> Q:
        expression = self.expression(self.filter_suffix)
        empty = compare(expression, "isnull", True)
        if operator in operators.PRESENCE:
            return empty if operator == "empty" else compare(expression, "isnull", False)
        each = [compare(expression, "contains", key) for keys in arguments for key in keys]
        if operator in ("all_of", "contains"):
            return reduce(and_, each, Q())
        any_of = reduce(or_, each, Q(pk__in=[]))
        return any_of if operator == "any_of" else empty | ~any_of

    def schema(self) -> dict[str, Any]:
        keys = [option.key for option in self.options]
        return {"type": "array", "uniqueItems": True, "items": {"type": "string", "enum": keys}}

    def sample(self, n: int) -> list[str] | None:
        """As many different ones as there are subsets."""
        chosen = [option.key for place, option in enumerate(self.options) if (n + 1) >> place & 1]
        return chosen or [option.key for option in self.options[:1]] or None

    def search_text(self, value: Any) -> str:
        return ", ".join(self.choices.label(key) for key in value or ())
