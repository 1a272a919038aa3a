"""Import and export: an engine that knows objects only through the kernel."""
