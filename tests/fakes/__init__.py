"""Invented objects for tests of the kernel. They have tables, but no declaration: no door knows them."""
