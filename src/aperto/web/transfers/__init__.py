"""Import and export in the browser."""
