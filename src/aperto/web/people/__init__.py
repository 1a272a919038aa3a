"""Signing in and people: the first run, profiles, security, users, teams and roles."""
