"""A formula as a tree. Each node knows which characters of the text it was made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

LONGEST = 2_000  # characters
DEEPEST = 50  # levels of brackets, calls and signs
MOST = 500  # nodes
TALLEST = 100  # levels of the tree, where a row of signs counts too

type Node = Literal | Name | Call | Unary | Binary


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, a text, true or false; None is `empty`."""

    value: Decimal | str | bool | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Name:
    """A field, or a reference and a field of what it points at."""

    path: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple["Node", ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unary:
    """`sign` is "-" or "not"."""

    sign: str
    operand: "Node"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Binary:
    sign: str
    left: "Node"
    right: "Node"
    start: int
    end: int


def children(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Call):
        return node.arguments
    if isinstance(node, Unary):
        return (node.operand,)
    return (node.left, node.right) if isinstance(node, Binary) else ()


def paths(node: Node) -> Iterator[tuple[str, ...]]:
    """The paths of all fields that the text names."""
    if isinstance(node, Name):
        yield node.path
    for child in children(node):
        yield from paths(child)
