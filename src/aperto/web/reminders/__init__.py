"""A person's own habit of being reminded."""
