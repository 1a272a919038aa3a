"""Typed tree → a function of the values that it reads. Closures, made once; nothing is evaluated as code."""

from collections.abc import Callable, Mapping
from typing import Any

from aperto.kernel.formula.types import Context, Operation, Typed

type Values = Mapping[tuple[str, ...], Any]
type Run = Callable[[Values, Context], Any]


def compiled(node: Typed) -> Run:
    if node.use is not None:
        return _read(node.use.path)
    if node.operation is None:
        return _said(node.constant)
    return _applied(node.operation, [compiled(each) for each in node.arguments])


def _read(path: tuple[str, ...]) -> Run:
    return lambda values, context: values.get(path)


def _said(value: Any) -> Run:
    return lambda values, context: value


def _applied(operation: Operation, runs: list[Run]) -> Run:
    python, strict, contextual = operation.python, operation.strict, operation.contextual

    def run(values: Values, context: Context) -> Any:
        given = [each(values, context) for each in runs]
        if strict and None in given:
            return None
        return python(context, *given) if contextual else python(*given)

    return run
