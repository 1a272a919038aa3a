"""What an organisation needs of the product, in plain words, and what it has answered."""
