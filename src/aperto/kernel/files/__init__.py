"""Files that people give: kept under random names, judged by their content, read through a record.

A stored file has no rights of its own. Whoever may see a record that holds it may read it, nobody else.
"""

from aperto.kernel.files.models import StoredFile
from aperto.kernel.files.reading import readable, usable
from aperto.kernel.files.serving import response
from aperto.kernel.files.storage import find, keep, largest, store

__all__ = ["StoredFile", "find", "keep", "largest", "readable", "response", "store", "usable"]
