"""A real provider of OpenID Connect (django-allauth's) in a process of its own, on this machine alone.

Whom it knows and what it says of them stands in a JSON file that a test writes; `tests.identity.provider`
starts it and walks through it as a browser would.
"""
