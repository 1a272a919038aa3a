"""Ready configurations by trade: each a file like any other, with its words in every language."""
