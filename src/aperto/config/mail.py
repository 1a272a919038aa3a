"""How mail leaves: by an SMTP server given as a URL, else into files in the data folder.

Files rather than the terminal: a fresh installation can read its own invitations, and no log shows them.
"""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from aperto.config.options import BadOption

PORTS = {"smtp": 587, "smtps": 465}
PATIENCE = 20


def mailers(url: str, folder: Path) -> dict[str, dict[str, Any]]:
    return {"default": smtp(url) if url else files(folder)}


def files(folder: Path) -> dict[str, Any]:
    backend = "django.core.mail.backends.filebased.EmailBackend"
    return {"BACKEND": backend, "OPTIONS": {"file_path": str(folder)}}


def smtp(url: str) -> dict[str, Any]:
    """Settings for `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465` (TLS from the first byte).

    A mail server on this machine may have no certificate: for it alone, `smtp` speaks plainly.
    """
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise BadOption(
            "APERTO_MAIL must look like smtp://user:password@host:587 or smtps://user:password@host:465."
        )
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or PORTS[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "smtp" and not local,
            "use_ssl": parts.scheme == "smtps",
            "timeout": PATIENCE,
        },
    }
