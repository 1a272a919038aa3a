"""What people say to each other about a record.

A comment is an object like any other: written by `changes`, so it has history, undo, a recycle bin and an
API. Whoever sees the record that it is about sees the comment, and nobody else (`ObjectType.subject`).
"""
