"""The filter as rows of a form: what a row shows of a condition, and the condition that a row says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from uuid import UUID

from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.operators import OPERATORS
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.query.ast import Condition, Filter, Group, Joiner
from aperto.kernel.query.compile import compile_filter
from aperto.kernel.query.dates import WORDS
from aperto.kernel.query.pointers import targets
from aperto.kernel.query.readable import readable
from aperto.kernel.query.said import relative_words
from aperto.web.lists import words

MOST_ROWS = 40
DATES = {"date", "datetime"}


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Line:
    """One condition as a row of the form; `message` says what is wrong with it."""

    number: str
    fields: list[Choice]
    operators: list[Choice]
    values: SafeString
    message: str = ""


@dataclass
class Draft:
    """What the form says: conditions, how they are joined, and messages by the number of their row."""

    joiner: Joiner = "and"
    conditions: dict[str, Condition] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)

    @property
    def filter(self) -> Filter | None:
        return Group(self.joiner, tuple(self.conditions.values())) if self.conditions else None


def draft_of(item: Filter | None) -> Draft | None:
    """The filter as rows; None for one with groups inside groups, which only text can show."""
    if item is None:
        return Draft()
    if isinstance(item, Condition):
        return Draft("and", {"0": item})
    flat = [each for each in item.items if isinstance(each, Condition)]
    if item.negated or len(flat) < len(item.items) or len(flat) > MOST_ROWS:
        return None
    return Draft(item.joiner, {str(number): each for number, each in enumerate(flat)})


def read(actor: Actor, declaration: ObjectType, post: QueryDict) -> Draft:
    """What was sent; each condition is tried, so that a message stands at its own row."""
    draft = Draft("or" if post.get("joiner") == "or" else "and")
    for number in post.getlist("n")[:MOST_ROWS]:
        path = tuple(post.get(f"field.{number}", "").split("."))
        operator = post.get(f"operator.{number}", "")
        if not path[0] or operator not in OPERATORS:
            continue
        condition = draft.conditions[number] = Condition(path, operator, _values(post, number, operator))
        try:
            check(condition)
            compile_filter(condition, declaration, actor)
        except FieldError as error:
            draft.messages[number] = str(error.message)
    return draft


def _values(post: QueryDict, number: str, operator: str) -> tuple[str, ...]:
    """The values of a row; a comparison with several takes a list in one box apart at its commas."""
    texts = [text.strip() for text in post.getlist(f"value.{number}") if text.strip()]
    if OPERATORS[operator].arity < 0 and len(texts) == 1:
        texts = [text.strip() for text in texts[0].split(",") if text.strip()]
    return tuple(texts)


def check(condition: Condition) -> None:
    """The number of values that the comparison needs; the form may be sent with none."""
    arity = OPERATORS[condition.operator].arity
    if len(condition.arguments) != arity and (arity >= 0 or not condition.arguments):
        raise FieldError(_("Say what to compare with."))


# -- rows of the form --------------------------------------------------------------------------------


def lines_of(actor: Actor, declaration: ObjectType, draft: Draft) -> list[Line]:
    found = words.titles_in(actor, declaration, list(draft.conditions.values()))
    return [
        line_of(actor, declaration, number, condition, found, draft.messages.get(number, ""))
        for number, condition in draft.conditions.items()
    ]


def line_of(
    actor: Actor,
    declaration: ObjectType,
    number: str,
    condition: Condition,
    found: dict[UUID, str],
    message: str = "",
) -> Line:
    chosen = ".".join(condition.path)
    listed = list(fields_of(actor, declaration))
    if chosen not in {key for key, _label in listed}:
        labels, _field = words.field_at(actor, declaration, condition.path)
        listed.append((chosen, " › ".join(labels)))
    _labels, last = words.field_at(actor, declaration, condition.path)
    offered = last.operators if last else (condition.operator,)
    return Line(
        number,
        [Choice(key, label, key == chosen) for key, label in listed],
        [Choice(key, str(OPERATORS[key].label), key == condition.operator) for key in offered],
        values_control(declaration, last, number, condition, found),
        message,
    )


def fields_of(actor: Actor, declaration: ObjectType) -> Iterable[tuple[str, str]]:
    """Everything that can be compared: the object's own fields first, as they are declared."""
    for key, each in readable(actor, declaration).items():
        if each.operators and each.label:
            yield key, words.label_of(each)


def first_condition(actor: Actor, declaration: ObjectType, post: QueryDict, number: str) -> Condition:
    """The condition of a row whose field or comparison was just chosen; what still fits is kept."""
    known = readable(actor, declaration)
    path = tuple(post.get(f"field.{number}", "").split("."))
    last = words.field_at(actor, declaration, path)[1] or known["title"]
    path = path if words.field_at(actor, declaration, path)[1] else ("title",)
    wanted = post.get(f"operator.{number}", "")
    operator = wanted if wanted in last.operators else last.operators[0]
    same = post.get("was", "") == ".".join(path)
    values = tuple(text for text in post.getlist(f"value.{number}") if text) if same else ()
    arity = OPERATORS[operator].arity
    return Condition(path, operator, values if arity < 0 else values[:arity])


def values_control(
    declaration: ObjectType, last: Field | None, number: str, condition: Condition, found: dict[UUID, str]
) -> SafeString:
    """The control for the values: none, a choice, a search for records, or one or two boxes for text."""
    arity, name = OPERATORS[condition.operator].arity, f"value.{number}"
    if arity == 0:
        return SafeString("")
    label = f'aria-label="{escape(_("Value"))}"'
    options = getattr(last, "options", None)
    if last is not None and targets(last) and condition.operator in last.operators:
        return _picker(declaration, last, name, condition.arguments, found, arity, label)
    if options:
        listed = [(option.key, str(option.label)) for option in options]
        return _choices(name, listed, condition.arguments, arity, label)
    if last is not None and last.kind == "boolean":
        return _choices(name, [("true", _("Yes")), ("false", _("No"))], condition.arguments, arity, label)
    return _boxes(name, last, condition.arguments, arity, label)


def _choices(
    name: str, listed: Sequence[tuple[str, str]], chosen: Sequence[str], arity: int, label: str
) -> SafeString:
    """A native select; for several values the page turns it into chips."""
    items = "".join(
        f'<option value="{escape(key)}"{" selected" if key in chosen else ""}>{escape(text)}</option>'
        for key, text in listed
    )
    if arity == 1:
        return mark_safe(f'<select name="{escape(name)}" {label}>{items}</select>')  # noqa: S308
    return mark_safe(  # noqa: S308 - keys and labels are escaped above
        f'<record-picker><select name="{escape(name)}" multiple {label}>{items}</select></record-picker>'
    )


def _picker(
    declaration: ObjectType,
    last: Field,
    name: str,
    chosen: Sequence[str],
    found: dict[UUID, str],
    arity: int,
    label: str,
) -> SafeString:
    items = "".join(
        f'<option selected value="{escape(text)}">{escape(_spoken(text, found))}</option>' for text in chosen
    )
    several = " multiple" if arity != 1 else ""
    blank = "" if several else '<option value=""></option>'
    url = f"/{declaration.key}/filter/values/{'+'.join(targets(last))}"
    return mark_safe(  # noqa: S308 - texts and titles are escaped above
        f'<record-picker data-url="{escape(url)}"><select name="{escape(name)}"{several} {label}>'
        f"{blank}{items}</select></record-picker>"
    )


def _spoken(text: str, found: dict[UUID, str]) -> str:
    key = words.literal_key(text)
    return found.get(key, text) if key else relative_words(text) or text


def _boxes(name: str, last: Field | None, texts: Sequence[str], arity: int, label: str) -> SafeString:
    dated = ' list="relative-dates" placeholder="2026-01-31, -30d"' if last and last.kind in DATES else ""
    if arity < 0:
        texts, arity = [", ".join(texts)], 1
    boxes = "".join(
        f'<input type="text" name="{escape(name)}" value="{escape(text)}" maxlength="500"{dated} {label}>'
        for text in [*texts, *[""] * arity][:arity]
    )
    return mark_safe(boxes)  # noqa: S308 - texts are escaped above


def relative_dates() -> list[tuple[str, str]]:
    """Words that stand for dates, with what they are called here."""
    return [(word, relative_words(word) or word) for word in (*WORDS, "-7d", "-30d", "-90d", "+7d", "+30d")]
