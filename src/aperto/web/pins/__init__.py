"""Pinned views in the navigation, with how many records each holds."""
