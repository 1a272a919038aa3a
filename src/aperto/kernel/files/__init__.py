"""Files that people give: kept under random names, judged by their content, read through a record.

A stored file has no rights of its own. Whoever may see a record that holds it may read it, nobody else.
"""

from aperto.kernel.files.keeping import keep, store
from aperto.kernel.files.limits import largest
from aperto.kernel.files.models import StoredFile
from aperto.kernel.files.reading import Withheld, readable, usable
from aperto.kernel.files.serving import former, page, response
from aperto.kernel.files.storage import discard, find
from aperto.kernel.files.unheld import hold

__all__ = [
    "StoredFile", "Withheld", "discard", "find", "former", "hold", "keep", "largest", "page", "readable",
    "response", "store", "usable",
]  # fmt: skip
