"""From YAML to plain values with the lines where they stand. Only what such a file needs is understood: no
aliases, no tags, no dates, and no more than fits a reasonable size and depth."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _

from aperto.kernel.configuration.document import FORMAT, Problem, Unfit

LARGEST = 1_000_000  # bytes
DEEPEST = 16
MOST = 100_000  # values
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
TAGS = "tag:yaml.org,2002:"


@dataclass(frozen=True)
class Part:
    """One entry as it was written."""

    line: int
    values: dict[str, Any]
    lines: dict[str, int]


def read(text: str) -> dict[str, list[Part]]:
    """The parts by section; Unfit for what is no configuration."""
    root = _tree(text)
    if not isinstance(root, yaml.MappingNode):
        raise Unfit([Problem(_("This is no configuration of Aperto."))])
    pairs = dict(_pairs(root))
    form = pairs.pop("aperto", None)
    if form is None or _value(form) != FORMAT:
        told = _("The file begins with “aperto: %(format)s”, the version of its format.") % {"format": FORMAT}
        raise Unfit([Problem(told, _line(form) if form else 1)])
    return {name: list(_parts(node)) for name, node in pairs.items()}


def _tree(text: str) -> yaml.Node | None:
    if len(text.encode(errors="replace")) > LARGEST:
        raise Unfit([Problem(_("A configuration holds at most %(size)s kB.") % {"size": LARGEST // 1000})])
    try:
        _bounded(text)
        node: yaml.Node | None = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise Unfit([Problem(_("This is no YAML: %(why)s.") % {"why": error.problem}, line)]) from None
    except (yaml.YAMLError, UnicodeError):
        raise Unfit([Problem(_("This is no YAML."))]) from None
    return node


def _bounded(text: str) -> None:
    """Refuses bombs before anything is built of them."""
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=Loader)):
        line = _line(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unfit([Problem(_("Anchors and aliases are not understood here."), line)])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if getattr(event, "tag", None):
            raise Unfit([Problem(_("Tags are not understood here."), line)])
        if depth > DEEPEST or number > MOST:
            raise Unfit([Problem(_("The file holds too much, or is nested too deep."), line)])


def _parts(node: yaml.Node) -> Iterator[Part]:
    """A section is a list of entries; one that exists once is a mapping."""
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if isinstance(node, yaml.ScalarNode) and _value(node) is None:
        return
    for item in items:
        if not isinstance(item, yaml.MappingNode):
            raise Unfit([Problem(_("An entry with fields is expected here."), _line(item))])
        pairs = dict(_pairs(item))
        lines = {key: _line(inner) for key, inner in pairs.items()}
        yield Part(_line(item), {key: _value(inner) for key, inner in pairs.items()}, lines)


def _pairs(node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node]]:
    seen: set[str] = set()
    for key, inner in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise Unfit([Problem(_("A plain name is expected here."), _line(key))])
        if key.value in seen:
            raise Unfit([Problem(_("“%(key)s” stands there twice.") % {"key": key.value[:60]}, _line(key))])
        seen.add(key.value)
        yield key.value, inner


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key: _value(inner) for key, inner in _pairs(node)}
    if isinstance(node, yaml.SequenceNode):
        return [_value(inner) for inner in node.value]
    return _scalar(node)


def _scalar(node: Any) -> Any:
    """Texts, whole numbers, fractions, true, false and nothing; whatever else YAML knows is a text."""
    text: str = node.value
    if node.style in {"'", '"', "|", ">"}:
        return text
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    try:
        if node.tag == f"{TAGS}int" and text.lstrip("+-").isdecimal():
            return int(text)
        if node.tag == f"{TAGS}float" and abs(number := float(text)) < float("inf"):
            return number
    except ValueError:
        return text
    return text


def _line(node: Any) -> int:
    return int(node.start_mark.line) + 1
