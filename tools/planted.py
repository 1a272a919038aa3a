"""Puts a mutant into a running process: its functions get the code that its source would have given them.

A process that has imported everything and made its database tries the next mutant in a fork, at once. What
was worked out while modules were imported stays as it was; `tools.mutations` tries survivors again by file.
"""

import gc
from collections.abc import Iterator
from inspect import CO_NEWLOCALS
from pathlib import Path
from types import CodeType, FunctionType


class Unplantable(Exception):
    """The mutant uses other variables of the function around it: it can only be tried by file."""


def plant(path: Path, source: str) -> None:
    """Every function of the file that lives now does what `source` says."""
    codes = {code.co_qualname: code for code in _codes(compile(source, str(path), "exec"))}
    for function in [each for each in gc.get_objects() if isinstance(each, FunctionType)]:
        if function.__code__.co_filename == str(path) and function.__qualname__ in codes:
            try:
                function.__code__ = codes[function.__qualname__]
            except ValueError as error:
                raise Unplantable from error


def _codes(code: CodeType) -> Iterator[CodeType]:
    """The codes of all functions and methods; of what stands inside functions, only as their part."""
    for each in code.co_consts:
        if isinstance(each, CodeType) and each.co_name.startswith("<generic"):
            yield from _codes(each)
        elif isinstance(each, CodeType) and "<" not in each.co_name:
            yield each
            if not each.co_flags & CO_NEWLOCALS:  # the body of a class, not of a function
                yield from _codes(each)
