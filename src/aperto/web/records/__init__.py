"""The page of one record: what it is, what happened and is said next, what belongs to it."""
