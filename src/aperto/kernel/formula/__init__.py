"""The formula language: small, typed and our own. See docs/formulas.md for what it can say.

A text is parsed to a tree (`parse`), checked against the fields of an object (`check`), and then means the
same twice: as a Python function of a record and as an expression that the database computes. It never
evaluates code and never compiles a pattern that a person wrote.
"""
