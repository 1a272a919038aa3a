"""Reminders before a task is due or a meeting begins: on the record, or as a habit of a person.

Telling is the work of `kernel.notices`: each person chooses there whether by page, e-mail or device.
"""
