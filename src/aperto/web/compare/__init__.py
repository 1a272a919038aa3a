"""Two to four records of one object side by side."""
