"""When one works: the organisation's page and a person's own."""
