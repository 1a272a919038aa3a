"""Files that people give: kept under random names, judged by their content, read through a record.

A stored file has no rights of its own. Whoever may see a record that holds it may read it, nobody else.
"""

from aperto.kernel.files.models import StoredFile
from aperto.kernel.files.reading import readable, usable
from aperto.kernel.files.serving import response
from aperto.kernel.files.storage import find, keep, largest, store
from aperto.kernel.files.unheld import hold

__all__ = ["StoredFile", "find", "hold", "keep", "largest", "readable", "response", "store", "usable"]
