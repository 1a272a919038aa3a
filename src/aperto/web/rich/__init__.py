"""Formatted text in pages: the links that writers complete with # and @, and who may follow them."""
