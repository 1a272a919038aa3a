"""What administrators make of the objects: fields and objects of their own, other words, other options.

Definitions are records that `changes` writes; together with the declarations in the code they make the
shape (`registry.shape`) that all doors see. Nothing here changes a table.
"""

from aperto.kernel.shape.current import refresh

__all__ = ["refresh"]
