"""Downloads of files that records hold."""
