"""A whole CRM moves in: what is there, what becomes of it, its rows through the one way to write."""
