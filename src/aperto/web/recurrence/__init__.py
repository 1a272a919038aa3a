"""Series in pages: how far a change or a removal reaches, and what a rule means in words."""
