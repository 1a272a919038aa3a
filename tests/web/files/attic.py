"""What tests of files share: sending one, and doing what waits in the background."""

from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from aperto.kernel.files.jobs import look
from aperto.kernel.files.models import StoredFile
from aperto.kernel.jobs import Job
from tests.web.office import Office

HTMX = {"HX-Request": "true"}


def drop(office: Office, on: Any, name: str, content: bytes, who: Any = None, batch: str = "") -> Any:
    """Anywhere on a record."""
    body = {"file": SimpleUploadedFile(name, content), "batch": batch}
    return office.client(who).post(f"/{on.declares.key}/{on.pk}/drop", body, headers=HTMX)


def looked_into(name: str) -> StoredFile:
    """The newest file of this name after the background has done its work."""
    stored = StoredFile.objects.filter(name=name).latest("id")
    look.call(str(stored.pk))
    stored.refresh_from_db()
    return stored


def left() -> tuple[int, int, list[str]]:
    """Rows, jobs and contents, to compare before and after a refusal."""
    return StoredFile.objects.count(), Job.objects.count(), sorted(_places(""))


def _places(folder: str) -> list[str]:
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    inner = [place for each in folders for place in _places(f"{folder}{each}/")]
    return [*(f"{folder}{name}" for name in names), *inner]
