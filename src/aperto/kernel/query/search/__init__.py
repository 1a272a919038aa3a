"""Search over all objects as one types: `find` reads, `index` and `forget` are called by each write."""

from aperto.kernel.query.search.entries import forget, index, rebuild, searchable
from aperto.kernel.query.search.find import Hit, find, titled

__all__ = ["Hit", "find", "forget", "index", "rebuild", "searchable", "titled"]
