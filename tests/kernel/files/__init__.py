"""Files: what is kept, looked into, found and handed out."""
