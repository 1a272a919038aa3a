"""Everything that administrators shape, as one readable file: written, compared with an installation, applied
to it in one batch that can be undone. Keys and names stand for records, so that no installation's ids matter.

No secret and no person stands in the file: what points at a user or holds a file is left out.
"""
