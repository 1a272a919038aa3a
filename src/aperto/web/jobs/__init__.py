"""Background work as people see it: how far it is, what came of it, what failed."""
