"""Files that are no text between commas: each format in a module of its own, all listed in `table`."""
