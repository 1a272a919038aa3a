"""Companies, contacts, leads, deals and what is said and done with them."""
