"""The page of what is to be done: one's own, in sections, and what was given to others."""
