"""The list of any object: table, filters, saved views, edits in place and on many records at once."""
