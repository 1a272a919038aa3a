"""Databases of other systems: dumps of MySQL, MariaDB and PostgreSQL without a server, and live ones."""
