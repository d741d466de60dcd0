"""Several at once, and processes that die: no byte is doubled or lost, and an upload is attached once."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection, connections, transaction

from kenes.files import keeping, receiving, services, storage
from kenes.files.errors_uploads import UploadNotFound, UploadOffsetWrong
from kenes.files.models import StoredFile, Upload, UploadPart
from kenes.files.testing import a_pdf
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.outbox import services as outbox
from kenes.outbox.models import OutboxRow

pytestmark = pytest.mark.django_db(transaction=True)
PERSON = Actor(user_id=uuid.uuid4())
DATA = a_pdf(extra=b"0123456789abcdef" * 4000)
MIB = 1024 * 1024

_TAKE_PART = """
import django, sys
django.setup()
from uuid import UUID
from kenes.files import receiving
from kenes.foundation.actor import Actor
receiving.take_part(
    actor=Actor(user_id=UUID(sys.argv[1])), upload_id=UUID(sys.argv[2]), offset=int(sys.argv[3]),
    data=sys.stdin.buffer.read(),
)
"""


def at_once(count: int, work: Callable[[int], Any]) -> list[Any]:
    """What each of `count` threads got from the work, begun at the same moment; errors as values."""
    barrier = Barrier(count)

    def run(number: int) -> Any:
        try:
            barrier.wait(10)
            return work(number)
        except (UploadOffsetWrong, UploadNotFound) as problem:
            return problem
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=count) as pool:
        return list(pool.map(run, range(count)))


def test_of_many_parts_for_one_place_one_is_kept(media: Path) -> None:
    upload = receiving.begin(actor=PERSON, size=len(DATA), name="a.pdf")
    half = len(DATA) // 2
    for start, end in ((0, half), (half, len(DATA))):
        results = at_once(
            6,
            lambda _number, start=start, end=end: receiving.take_part(  # type: ignore[misc]
                actor=PERSON, upload_id=upload.pk, offset=start, data=DATA[start:end]
            ),
        )
        assert sum(isinstance(result, Upload) for result in results) == 1
        assert sum(isinstance(result, UploadOffsetWrong) for result in results) == 5
    upload.refresh_from_db()
    assert (upload.state, upload.offset) == ("complete", len(DATA))
    assert storage.read(upload.storage_key) == DATA
    assert sum(path.is_file() for path in media.rglob("*")) == 1


def test_an_upload_attached_at_many_places_at_once_is_attached_once() -> None:
    upload = receiving.begin(actor=PERSON, size=len(DATA), name="a.pdf")
    receiving.take_part(actor=PERSON, upload_id=upload.pk, offset=0, data=DATA)

    def attach(_number: int) -> StoredFile:
        received = receiving.content_of(actor=PERSON, upload_id=upload.pk, max_bytes=MIB)
        return services.store(
            data=received, name="a.pdf", mime="", origin="uploaded", owner_kind="case", owner_id=uuid.uuid4()
        )

    results = at_once(5, attach)
    assert sum(isinstance(result, StoredFile) for result in results) == 1
    assert StoredFile.objects.count() == 1
    assert storage.read(StoredFile.objects.get().storage_key) == DATA


def test_finishing_at_once_puts_together_once(media: Path) -> None:
    upload = receiving.begin(actor=PERSON, size=len(DATA), name="a.pdf")
    key = storage.write(DATA, area=storage.PARTS)
    UploadPart.objects.create(upload=upload, start=0, size=len(DATA), storage_key=key)
    Upload.objects.filter(pk=upload.pk).update(offset=len(DATA))
    results = at_once(4, lambda _number: receiving.finish(upload_id=upload.pk))
    assert [result.state for result in results] == ["complete"] * 4
    assert sum(path.is_file() for path in media.rglob("*")) == 1


def test_quotas_hold_against_many_beginnings_at_once(settings: Any) -> None:
    settings.UPLOADS_OPEN_PER_PERSON = 3

    def begin(_number: int) -> Any:
        try:
            return receiving.begin(actor=PERSON, size=10, name="a")
        except receiving.TooManyUploads as problem:
            return problem

    results = at_once(8, begin)
    assert sum(isinstance(result, Upload) for result in results) == 3
    assert Upload.objects.count() == 3


def another_process(media: Path, upload: Upload, offset: int, data: bytes) -> subprocess.Popen[bytes]:
    """A process of its own that takes one part into the same database and storage."""
    database = django_settings.DATABASES["default"]
    user, password = database["USER"], database["PASSWORD"]
    place = f"{database['HOST']}:{database['PORT']}/{connection.settings_dict['NAME']}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"postgres://{user}:{password}@{place}",
        "MEDIA_DIR": str(media),
    }
    command = [sys.executable, "-c", _TAKE_PART, str(PERSON.user_id), str(upload.pk), str(offset)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, cwd=django_settings.BASE_DIR, env=environment)
    assert process.stdin is not None
    process.stdin.write(data)
    process.stdin.close()
    return process


def wait_for(happened: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.002)


def files_of(media: Path, area: str) -> list[Path]:
    return [path for path in (media / area).rglob("*") if path.is_file()]


def kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait(10)


def test_a_process_killed_in_the_middle_of_a_part_leaves_the_former_place(media: Path) -> None:
    upload = receiving.begin(actor=PERSON, size=len(DATA), name="a.pdf")
    receiving.take_part(actor=PERSON, upload_id=upload.pk, offset=0, data=DATA[:1000])
    with transaction.atomic():
        # The other one has written its bytes and waits for the row when it is killed.
        Upload.objects.select_for_update().get(pk=upload.pk)
        process = another_process(media, upload, 1000, DATA[1000:2000])
        wait_for(lambda: len(files_of(media, "parts")) == 2)
        kill(process)
    upload.refresh_from_db()
    assert upload.offset == 1000 and UploadPart.objects.count() == 1
    receiving.take_part(actor=PERSON, upload_id=upload.pk, offset=1000, data=DATA[1000:])
    upload.refresh_from_db()
    assert storage.read(upload.storage_key) == DATA
    # What the killed one wrote belongs to nobody and is swept when it is a day old.
    assert len(files_of(media, "parts")) == 1
    old = time.time() - 2 * 86_400
    for path in files_of(media, "parts"):
        os.utime(path, (old, old))
    assert keeping.sweep_orphans() == 1
    assert files_of(media, "parts") == []


def test_a_process_killed_after_the_last_part_is_finished_by_the_outbox(media: Path) -> None:
    upload = receiving.begin(actor=PERSON, size=len(DATA), name="a.pdf")
    process = another_process(media, upload, 0, DATA)
    wait_for(lambda: Upload.objects.filter(pk=upload.pk, offset=len(DATA)).exists())
    kill(process)
    upload.refresh_from_db()
    assert (upload.state, upload.parts.count()) == ("receiving", 1)
    row = OutboxRow.objects.get(handler="files.finish_upload")
    assert row.available_at > clock.now()
    OutboxRow.objects.update(available_at=clock.now())
    outbox.run_batch()
    upload.refresh_from_db()
    assert (upload.state, upload.mime) == ("complete", "application/pdf")
    assert storage.read(upload.storage_key) == DATA


def test_the_rest_of_a_killed_finish_is_done_by_who_attaches(media: Path) -> None:
    upload = receiving.begin(actor=PERSON, size=len(DATA), name="a.pdf")
    process = another_process(media, upload, 0, DATA)
    wait_for(lambda: Upload.objects.filter(pk=upload.pk, offset=len(DATA)).exists())
    kill(process)
    assert receiving.content_of(actor=PERSON, upload_id=upload.pk, max_bytes=MIB) == DATA
