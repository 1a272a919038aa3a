"""Django's SQLite with writers that queue: the name that DATABASES gives as engine."""
