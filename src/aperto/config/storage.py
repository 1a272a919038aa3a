"""Where files lie: a folder of this machine, or a bucket that speaks S3 (`aperto[s3]`)."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

LOCAL = "django.core.files.storage.FileSystemStorage"
BUCKET = "storages.backends.s3.S3Storage"


def storage(address: str, key: str = "", secret: str = "") -> dict[str, Any]:
    """The entry of STORAGES. Nothing in a bucket is public, and nothing replaces another."""
    if not address:
        return {"BACKEND": LOCAL}
    parts, asked = urlsplit(address), parse_qs(urlsplit(address).query)
    found: dict[str, Any] = {
        "bucket_name": parts.hostname,
        "location": parts.path.strip("/"),
        "default_acl": "private",
        "file_overwrite": False,
        "querystring_auth": True,
        "region_name": asked.get("region", [None])[0],
        "endpoint_url": asked.get("endpoint", [None])[0],
        "access_key": key or None,
        "secret_key": secret or None,
    }
    return {"BACKEND": BUCKET, "OPTIONS": {name: value for name, value in found.items() if value is not None}}
