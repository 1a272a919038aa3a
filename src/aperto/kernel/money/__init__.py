"""Exchange rates by date, and the amount in the company's own currency."""
