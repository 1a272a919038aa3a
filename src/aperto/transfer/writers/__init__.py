"""Files that records leave in: each format in a module of its own, all listed in `table`."""
