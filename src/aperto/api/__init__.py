"""The REST door: generic over the registry, knows no object by name."""
