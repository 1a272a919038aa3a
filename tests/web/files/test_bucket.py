"""Files in a bucket that speaks S3 behave as in a folder: access is asked here, whoever sends the bytes."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from aperto.config.storage import storage
from aperto.kernel import files
from aperto.kernel.files.models import StoredFile
from tests.kernel.files import samples
from tests.web.files.attic import drop, left, looked_into
from tests.web.office import Office

ADDRESS = "s3://crm-files/north?region=eu-west-1"


@pytest.fixture(autouse=True)
def bucket(settings: Any) -> Iterator[Any]:
    with mock_aws():
        client = boto3.client("s3", "eu-west-1", aws_access_key_id="k", aws_secret_access_key="s")
        client.create_bucket(
            Bucket="crm-files", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
        )
        settings.STORAGES = settings.STORAGES | {"default": storage(ADDRESS, "k", "s")}
        yield client


def test_whole_life_of_a_file_in_a_bucket(office: Office, bucket: Any) -> None:
    contact = office.make("contact", last_name="Dijk")

    drop(office, contact, "a.pdf", samples.pdf_that_says("Walrus"))
    stored = looked_into("a.pdf")

    keys = {each["Key"] for each in bucket.list_objects_v2(Bucket="crm-files")["Contents"]}
    assert keys == {f"north/{stored.place}{end}" for end in ("", ".1", ".thumb", ".words")}
    answer = office.client().get(f"/files/{stored.pk}")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert office.client(office.outsider).get(f"/files/{stored.pk}").status_code == 404
    files.discard(stored)
    assert left()[2] == []


def test_addresses_that_last_a_minute_come_after_access(office: Office, settings: Any) -> None:
    settings.FILE_LINKS = True
    drop(office, office.make("contact", last_name="Dijk"), "a.html", b"<script>alert(1)</script>")
    stored = StoredFile.objects.get()

    answer = office.client(office.colleague).get(f"/files/{stored.pk}?show=1")

    to = answer.headers["Location"]
    assert (answer.status_code, answer.headers["Cache-Control"]) == (302, "private, no-store")
    assert "Signature" in to and "Expires" in to
    assert "response-content-disposition=attachment" in to
    assert "response-content-type=application%2Foctet-stream" in to
    assert office.client(office.outsider).get(f"/files/{stored.pk}").status_code == 404


def test_bucket_that_is_away_keeps_nothing(office: Office, bucket: Any) -> None:
    contact = office.make("contact", last_name="Dijk")
    bucket.delete_bucket(Bucket="crm-files")

    answer = drop(office, contact, "a.txt", b"words")

    assert (answer.status_code, b"could not be stored" in answer.content) == (422, True)
    assert not StoredFile.objects.exists()
