"""The Django site of the provider: settings, addresses and its start. Run as `python -m tests.identity.site`
with the folder that it may write into; it prints its port and serves until it is ended."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()
CLIENT, SECRET = "aperto", "a secret of the client"


def told() -> Any:
    """People by name: claims, and whether the answer is honest."""
    return json.loads((FOLDER / "people.json").read_text(encoding="utf-8"))


def key() -> str:
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pkcs8, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return made.private_bytes(serialization.Encoding.PEM, pkcs8, plain).decode()


def configure() -> None:
    settings.configure(
        SECRET_KEY="only for tests, only on this machine",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.identity.addresses",
        USE_TZ=True,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "provider.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
            "django.contrib.messages", "allauth", "allauth.account", "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        IDP_OIDC_ADAPTER="tests.identity.claims.Claims",
        IDP_OIDC_PRIVATE_KEY=key(),
        LOGIN_URL="/nobody",
    )  # fmt: skip
    django.setup()


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Tests read the port from the output, and nothing else."""


def serve(redirects: Iterable[str]) -> None:
    configure()
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.hashers import make_password
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", verbosity=0)
    client = Client(id=CLIENT, name="Aperto", secret=make_password(SECRET), skip_consent=True)
    client.scopes, client.redirect_uris = "openid\nprofile\nemail", "\n".join(redirects)
    client.save()
    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet) as server:
        sys.stdout.write(f"{server.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    serve(sys.argv[2:])
