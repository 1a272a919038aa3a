"""Filter → the text that `parse` reads back to the same filter."""

from aperto.kernel.fields.operators import OPERATORS
from aperto.kernel.query.ast import Condition, Filter
from aperto.kernel.query.parse import RESERVED, join, negated
from aperto.kernel.query.tokens import STOPS

QUOTES = '\\"“”„'


def write(item: Filter | None) -> str:
    """The filter as text; blank for none."""
    return "" if item is None else _inner(item)


def _inner(item: Filter) -> str:
    if isinstance(item, Condition):
        return _condition(item)
    inner = f" {item.joiner} ".join(_member(each) for each in item.items)
    return f"not ({inner})" if item.negated else inner


def _member(item: Filter) -> str:
    """Groups within groups stand in brackets, except a "not", which brings its own."""
    plain = isinstance(item, Condition) or item.negated
    return _inner(item) if plain else f"({_inner(item)})"


def _condition(condition: Condition) -> str:
    operator = OPERATORS[condition.operator]
    start = f"{'.'.join(condition.path)} {operator.symbol}"
    written = [value(each) for each in condition.arguments]
    if operator.arity == 0:
        return start
    if operator.arity == 2:
        return f"{start} {' and '.join(written)}"
    return f"{start} ({', '.join(written)})" if operator.arity < 0 else f"{start} {written[0]}"


def value(text: str) -> str:
    """Bare where that is unmistakable, else in quotation marks."""
    return text if is_bare(text) else '"' + "".join(f"\\{c}" if c in QUOTES else c for c in text) + '"'


def is_bare(text: str) -> bool:
    words = text.split()
    return (
        bool(words)
        and text == " ".join(words)
        and not any(letter in STOPS or letter in "!'\\" for letter in text)
        and not any(word.lower() in RESERVED for word in words)
        and all(word.isprintable() for word in words)
    )


def normal(item: Filter) -> Filter:
    """The filter as `parse` would give it: without groups that say nothing."""
    if isinstance(item, Condition):
        return item
    inner = join(item.joiner, [normal(each) for each in item.items])
    return negated(inner) if item.negated else inner
