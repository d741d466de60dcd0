"""Stored files in an S3-compatible store: a real server of its own, spoken to as in production."""

import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest

from config import file_stores
from kenes.accounts.models import User
from kenes.files import keeping, receiving, services, storage
from kenes.files.errors import FileContentLost, FileStorageAway
from kenes.files.models import StoredFile
from kenes.files.rotation import FileContents
from kenes.files.testing import EICAR, a_pdf
from kenes.foundation import clock
from kenes.foundation.actor import Actor

from .tus_client import Tus, a_person

pytestmark = pytest.mark.django_db
BUCKET = "kenes-files"
PDF = a_pdf(extra="Досымов Кайрат".encode())


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server of the S3 protocol, as a process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    process.kill()
    process.wait(10)


@pytest.fixture
def client(server: str) -> Any:
    s3 = boto3.client(
        "s3", endpoint_url=server, region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret"
    )  # fmt: skip
    s3.create_bucket(Bucket=BUCKET)
    for found in s3.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        s3.delete_object(Bucket=BUCKET, Key=found["Key"])
    return s3


def store_at(settings: Any, address: str) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": file_stores.default(
            bucket=BUCKET, endpoint_url=address, region="us-east-1", access_key="key", secret_key="secret"
        )
    }  # fmt: skip


@pytest.fixture(autouse=True)
def in_s3(server: str, client: Any, settings: Any) -> None:
    store_at(settings, server)


def objects(client: Any, area: str = "") -> dict[str, bytes]:
    found = client.list_objects_v2(Bucket=BUCKET, Prefix=area).get("Contents", [])
    return {row["Key"]: client.get_object(Bucket=BUCKET, Key=row["Key"])["Body"].read() for row in found}


def generated(data: bytes = PDF) -> StoredFile:
    return services.store(
        data=data, name="a.pdf", mime="application/pdf", origin="generated", owner_kind="case",
        owner_id=uuid.uuid4(),
    )  # fmt: skip


def test_what_is_written_is_read_and_lies_there_encrypted(client: Any, media: Path) -> None:
    file = generated()
    assert services.read(file) == PDF
    assert list(objects(client)) == [file.storage_key]
    assert "Досымов".encode() not in objects(client)[file.storage_key]
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_an_upload_moves_out_of_quarantine_when_it_is_clean(
    client: Any, scanner: Any, run_outbox: Callable[[], int], api_for: Callable[[User], Any]
) -> None:
    person = a_person()
    upload_id = uuid.UUID(Tus(api_for(person)).whole(PDF, part=300))
    assert len(objects(client, "quarantine/")) == 1 and not objects(client, "parts/")
    received = receiving.content_of(actor=Actor(user_id=person.pk), upload_id=upload_id, max_bytes=10**6)
    file = services.store(
        data=received, name="a.pdf", mime="", origin="uploaded", owner_kind="case", owner_id=uuid.uuid4()
    )
    run_outbox()
    file.refresh_from_db()
    assert (file.scan, services.read(file)) == ("clean", PDF)
    assert not objects(client, "quarantine/") and list(objects(client, "files/")) == [file.storage_key]


def test_an_infected_file_stays_in_quarantine_until_its_time_is_over(
    client: Any, scanner: Any, run_outbox: Callable[[], int]
) -> None:
    services.store(
        data=a_pdf(extra=EICAR), name="a.pdf", mime="", origin="uploaded", owner_kind="case",
        owner_id=uuid.uuid4(),
    )  # fmt: skip
    run_outbox()
    assert len(objects(client, "quarantine/")) == 1 and not objects(client, "files/")
    assert services.empty_quarantine(clock.now() + timedelta(seconds=1)) == 1
    assert not objects(client)


def test_a_missing_object_is_told_from_a_store_that_is_away(client: Any, settings: Any) -> None:
    file = generated()
    client.delete_object(Bucket=BUCKET, Key=file.storage_key)
    with pytest.raises(FileContentLost):
        services.read(file)
    assert storage.head(file.storage_key) == b""
    services.remove_content(file_id=file.pk)
    store_at(settings, "http://127.0.0.1:9")
    for attempt in (lambda: services.read(generated()), lambda: storage.keys("files")):
        with pytest.raises(FileStorageAway):
            attempt()


def test_bytes_that_no_row_knows_are_swept_after_a_day(client: Any) -> None:
    file = generated()
    orphan = storage.write(b"nobody's", area=storage.MAIN)
    part = storage.write(b"nobody's", area=storage.PARTS)
    assert keeping.sweep_orphans() == 0
    with clock.frozen(clock.now() + timedelta(days=2)):
        assert keeping.sweep_orphans() == 2
    assert list(objects(client)) == [file.storage_key]
    assert not {orphan, part} & set(objects(client))


def test_the_nightly_look_finds_what_was_lost_and_what_was_changed(client: Any) -> None:
    well, lost, changed = generated(), generated(), generated()
    client.delete_object(Bucket=BUCKET, Key=lost.storage_key)
    client.put_object(Bucket=BUCKET, Key=changed.storage_key, Body=b"\1\2k1" + b"x" * 80)
    assert keeping.verify_slice() == keeping.Checked(3, 2)
    assert set(StoredFile.objects.filter(lost_at__isnull=False)) == {lost, changed}
    assert services.read(well) == PDF


def test_a_store_that_is_away_makes_no_file_lost(settings: Any) -> None:
    generated()
    store_at(settings, "http://127.0.0.1:9")
    with pytest.raises(FileStorageAway):
        keeping.verify_slice()
    assert not StoredFile.objects.filter(lost_at__isnull=False).exists()


def test_contents_are_brought_under_the_newest_key(client: Any, settings: Any) -> None:
    file = generated()
    before = objects(client)
    settings.FIELD_ENCRYPTION_KEYS = [("k9", b"9" * 32), *settings.FIELD_ENCRYPTION_KEYS]
    assert FileContents().pending() == 1
    FileContents().rotate(batch=10, progress=lambda _name, _count: None)
    assert FileContents().pending() == 0
    file.refresh_from_db()
    assert services.read(file) == PDF
    assert len(objects(client)) == 1 and set(objects(client)) != set(before)
