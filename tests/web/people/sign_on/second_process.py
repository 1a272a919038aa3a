"""Another web process on the database of the test that started it; prints its port and serves."""

import os
import sys
import time
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import path


def endless(request: HttpRequest) -> StreamingHttpResponse:
    """A stream as the product may have any: one line ten times a second."""

    def lines() -> Iterator[str]:
        for number in range(600):
            yield f"{number}\n"
            time.sleep(0.1)

    return StreamingHttpResponse(lines())


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Tests read the port from the output, and nothing else."""


def main() -> None:
    settings.DATABASES["default"]["NAME"] = os.environ["SECOND_PROCESS_DATABASE"]
    settings.ALLOWED_HOSTS = ["*"]
    django.setup()
    from django.core.wsgi import get_wsgi_application

    from aperto.config import urls

    urls.urlpatterns.insert(0, path("endless", endless))
    with make_server("127.0.0.1", 0, get_wsgi_application(), Server, Quiet) as server:
        sys.stdout.write(f"{server.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main()
