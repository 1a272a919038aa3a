"""What can be taken out of a function that checks something: guards, parts of conditions, calls, cuts.

Each mutant is one edit of the syntax tree; the file is written anew from the tree.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch

LEAVES = (ast.Raise, ast.Return, ast.Continue)


@dataclass(frozen=True)
class Mutant:
    """The edit `kind` at the node that `ast.walk` reaches as number `node`, in its part `part`."""

    line: int
    function: str
    kind: str
    node: int
    part: int = 0
    code: str = ""  # the first line of what is edited

    def applied(self, source: str) -> str:
        tree = ast.parse(source)
        EDITS[self.kind](list(ast.walk(tree))[self.node], self.part)
        return ast.unparse(ast.fix_missing_locations(tree))


def mutants(source: str, functions: list[str]) -> Iterator[Mutant]:
    """All mutants of the functions whose names match one of the patterns."""
    tree = ast.parse(source)
    numbers = {id(node): number for number, node in enumerate(ast.walk(tree))}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and any(fnmatch(function.name, each) for each in functions):
            for node in ast.walk(function):
                for kind, part in _kinds(node):
                    code = ast.unparse(node).partition("\n")[0]
                    line = _line(node, function)
                    yield Mutant(line, function.name, kind, numbers[id(node)], part, code)


def _line(node: ast.AST, function: ast.FunctionDef) -> int:
    line: int = getattr(node, "lineno", function.lineno)
    return line


def _kinds(node: ast.AST) -> Iterator[tuple[str, int]]:
    match node:
        case ast.If():
            yield ("guard" if _leaves(node) else "invert"), 0
        case ast.IfExp():
            yield "invert", 0
        case ast.Expr(value=ast.Call()):
            yield "call", 0
        case ast.Return(value=ast.Compare() | ast.UnaryOp(op=ast.Not())):
            yield "answer", 0
        case ast.BoolOp():
            yield from (("part", place) for place in range(len(node.values)))
        case ast.comprehension():
            yield from (("cut", place) for place in range(len(node.ifs)))


def _leaves(node: ast.If) -> bool:
    """Whether the branch is a way out, or says a refusal: then taking the check away means never going in."""
    last = node.body[-1]
    refuses = isinstance(last, ast.Expr) and "refus" in ast.dump(last)
    assigned = isinstance(last, ast.Assign) and "refusal" in ast.dump(last)
    return isinstance(last, LEAVES) or refuses or assigned


def _guard(node: ast.AST, part: int) -> None:
    assert isinstance(node, ast.If)
    node.test = ast.Constant(value=False)


def _invert(node: ast.AST, part: int) -> None:
    assert isinstance(node, ast.If | ast.IfExp)
    node.test = ast.UnaryOp(op=ast.Not(), operand=node.test)


def _call(node: ast.AST, part: int) -> None:
    assert isinstance(node, ast.Expr)
    node.value = ast.Constant(value=None)


def _answer(node: ast.AST, part: int) -> None:
    assert isinstance(node, ast.Return) and node.value is not None
    node.value = ast.UnaryOp(op=ast.Not(), operand=node.value)


def _part(node: ast.AST, part: int) -> None:
    assert isinstance(node, ast.BoolOp)
    del node.values[part]


def _cut(node: ast.AST, part: int) -> None:
    assert isinstance(node, ast.comprehension)
    del node.ifs[part]


EDITS: dict[str, Callable[[ast.AST, int], None]] = {
    "guard": _guard, "invert": _invert, "call": _call, "answer": _answer, "part": _part, "cut": _cut,
}  # fmt: skip
