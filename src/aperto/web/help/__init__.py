"""The manual, served by the product itself."""
