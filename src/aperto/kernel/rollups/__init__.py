"""Keeps roll-ups right: by the events of what they add up, and by a nightly check that reports drift.

A roll-up is derived, so writing one is no change: it leaves version, time of change and history as they are,
raises no event, and nobody's edit conflicts with it. Each refresh reckons from scratch, under the lock of the
rows that it writes; doing it twice does no harm.
"""
