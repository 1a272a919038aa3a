"""Another kind for a field of an administrator's own, with its values.

The new values are written beside the old ones, under a name of their own, and the definition then says which
of them count: so nothing is lost, readers see one or the other and never a mixture, and one undo of the
definition brings the old values back at once.
"""
