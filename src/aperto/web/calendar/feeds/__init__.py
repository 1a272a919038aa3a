"""Calendar feeds: the settings in which they are made, and the address under which programs read them."""
