"""The first page: what is due, what is open, what was won, what goes quiet, what is new."""
