"""A firm with years of business, written through the product's own door: every table is as in real use."""
