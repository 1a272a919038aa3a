"""Checks that no other test missed when they were taken out (see tools/mutations.py)."""
