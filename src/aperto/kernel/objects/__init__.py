"""What an object is: its fields, its declaration, and the registry of all of them."""
