"""Aperto on a telephone's home screen: what it is called, and what can be read there without a connection."""
