"""All functions of the language, by name."""

from aperto.kernel.formula import choice_functions, date_functions, number_functions, text_functions
from aperto.kernel.formula.calls import FUNCTIONS, Function

__all__ = [
    "FUNCTIONS",
    "Function",
    "choice_functions",
    "date_functions",
    "number_functions",
    "text_functions",
]
