"""Functions of texts and of the options of a field."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from aperto.kernel.formula import operations, sql, values
from aperto.kernel.formula.ast import Call
from aperto.kernel.formula.calls import counted, function, plain, simple, wrong
from aperto.kernel.formula.operations import DT, B, D, E, N, T
from aperto.kernel.formula.types import Operation, Typed, applied

_text = plain(T, gives=T)
simple("upper", "text", gettext_lazy("In capital letters."), _text, values.upper, sql.upper)
simple("lower", "text", gettext_lazy("In small letters."), _text, values.lower, sql.lower)
simple("trim", "text", gettext_lazy("Without blanks around it."), _text, values.trim, "BTRIM({})")
simple(
    "length", "text", gettext_lazy("How many letters a text has."),
    plain(T, gives=N, whole=True), values.length, "CHAR_LENGTH({})::numeric",
)  # fmt: skip
simple("left", "text, count", gettext_lazy("The first letters."), plain(T, N, gives=T), values.left, sql.left)
simple(
    "right", "text, count", gettext_lazy("The last letters."), plain(T, N, gives=T), values.right, sql.right
)
simple(
    "replace", "text, old, new", gettext_lazy("With one text in place of another."),
    plain(T, T, T, gives=T), values.replace, sql.cut("REPLACE({}, {}, {})"),
)  # fmt: skip
simple(
    "contains", "text, part", gettext_lazy("Whether a text holds another."),
    plain(T, T, gives=B), lambda text, part: part in text, "(STRPOS({}, {}) > 0)",
)  # fmt: skip
simple(
    "starts_with", "text, part", gettext_lazy("Whether a text begins with another."),
    plain(T, T, gives=B), lambda text, part: text.startswith(part), "STARTS_WITH({}, {})",
)  # fmt: skip

JOIN = Operation("join", values.join, sql.join, strict=False)


def _join(call: Call, given: Sequence[Typed]) -> Typed:
    counted(call, 2, 50)
    texts = []
    for place, each in enumerate(given):
        if each.type not in (T, N, D, DT, E):
            raise wrong(call, place, _("This cannot be written as a text."))
        texts.append(operations.as_text(each))
    return applied(T, JOIN, *texts)


function(
    "join", "between, text, text…", gettext_lazy("Texts that are not empty, with a text between them."), _join
)


def _written(call: Call, given: Sequence[Typed]) -> Typed:
    counted(call, 1, 1)
    if given[0].type not in (T, N, D, DT, E):
        raise wrong(call, 0, _("This cannot be written as a text."))
    return operations.as_text(given[0])


function("text", "value", gettext_lazy("A number or a date as a text."), _written)


def _option(call: Call, given: Sequence[Typed]) -> Typed:
    counted(call, 1, 1)
    if given[0].use is None or not hasattr(given[0].use.field, "choices"):
        raise wrong(call, 0, _("%(name)s takes a field with options.") % {"name": call.function})
    return given[0]


def _label(call: Call, given: Sequence[Typed]) -> Typed:
    chosen = _option(call, given)
    assert chosen.use is not None
    labels = Labels(chosen.use.field)
    return applied(T, Operation("label", labels.python, labels.sql, contextual=True), chosen)


class Labels:
    """The words of a field's options in the language of whoever reads."""

    def __init__(self, field: Any) -> None:
        self.options = field.choices.options

    def words(self, language: str) -> dict[str, str]:
        with override(language):
            return {option.key: str(option.label) for option in self.options}

    def python(self, context: Any, key: str) -> str | None:
        return self.words(context.language).get(key)

    def sql(self, context: Any, key: sql.Sql) -> sql.Sql:
        return sql.spelt(list(self.words(context.language).items()))(key)


function("key", "choice", gettext_lazy("The key of an option, the same in every language."), _option)
function("label", "choice", gettext_lazy("The words of an option."), _label)
