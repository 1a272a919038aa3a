"""Settings that are not about people: exchange rates, what runs here, pipelines."""
