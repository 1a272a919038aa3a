"""The pages: a door that knows no business word."""
