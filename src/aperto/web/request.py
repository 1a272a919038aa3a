"""The request as views see it after the middleware has run."""

from django.http import HttpRequest

from aperto.kernel.access.actor import Actor


class Request(HttpRequest):
    """`actor` is who asks; ANONYMOUS for a visitor."""

    actor: Actor
