"""Ctrl K: any record, and what can be done, as one types."""
