"""Uploads that nobody put into a record are gone after a day; whatever a record held once stays."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from aperto.kernel import changes, files
from aperto.kernel.files.models import StoredFile
from aperto.kernel.upkeep import remove_unheld_files
from tests.web.office import Office


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def sent(office: Office, name: str, days: float = 2) -> StoredFile:
    stored = files.store(office.actor(), SimpleUploadedFile(name, b"%PDF-1.7\n"))
    StoredFile.objects.filter(pk=stored.pk).update(created_at=datetime.now(UTC) - timedelta(days=days))
    return stored


def test_only_what_no_record_ever_held_is_removed(office: Office) -> None:
    left, fresh = sent(office, "left.pdf"), sent(office, "fresh.pdf", days=0.9)
    first, second = sent(office, "first.pdf"), sent(office, "second.pdf")
    record = changes.create(office.actor(), "file", {"content": str(first.pk)}, via="test")
    replaced = changes.save(office.actor(), record, {"content": str(second.pk)}, via="test")

    assert remove_unheld_files.call() == 1

    assert set(StoredFile.objects.values_list("pk", flat=True)) == {fresh.pk, first.pk, second.pk}
    assert [default_storage.exists(each.place) for each in (left, fresh, first)] == [False, True, True]
    assert replaced.change is not None
    changes.undo(office.actor(), replaced.change, via="test")
    assert files.readable(office.actor(), first.pk).place == first.place


def test_file_of_an_own_field_is_held(office: Office) -> None:
    field = {"name": "Passport", "kind": "file", "of_object": "contact"}
    changes.create(office.actor(office.admin), "custom_field", field, via="test")
    stored = sent(office, "passport.pdf")
    office.make("contact", last_name="Dijk", passport=str(stored.pk))

    assert remove_unheld_files.call() == 0
    assert StoredFile.objects.get().held
