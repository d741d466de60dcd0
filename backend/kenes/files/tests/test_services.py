"""Storing, checking, locking and removing files, with a real scanner."""

import hashlib
import os
import time
import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction

from kenes.event_log.models import EventRow
from kenes.files import keeping, selectors, services
from kenes.files.errors import (
    FileContentLost,
    FileEmpty,
    FileInfected,
    FileNotCheckable,
    FileNotReady,
    FileQuotaReached,
    FileTooLarge,
    FileTypeNotAllowed,
    StoredFileNotFound,
)
from kenes.files.models import StoredFile
from kenes.files.testing import EICAR, STREAM_LIMIT_BYTES, a_pdf
from kenes.files.tests import hostile
from kenes.foundation import clock
from kenes.foundation.actor import Actor, GuestActor, SystemActor
from kenes.foundation.errors import Forbidden
from kenes.outbox import services as outbox
from kenes.outbox.models import OutboxRow

pytestmark = pytest.mark.django_db
PDF = a_pdf(extra="Досымов Кайрат".encode())
MANAGER = Actor(user_id=uuid.uuid4(), abilities=frozenset({"file.release"}))


def store(data: bytes = PDF, origin: str = "uploaded", **given) -> StoredFile:
    fields = {
        "name": "Справка.pdf",
        "mime": "application/pdf",
        "owner_kind": "case",
        "owner_id": uuid.uuid4(),
    }
    return services.store(data=data, origin=origin, **(fields | given))


def fresh(file: StoredFile) -> StoredFile:
    return selectors.get_file(file.pk)


def scan_until_dead() -> None:
    for _ in range(outbox.MAX_ATTEMPTS):
        OutboxRow.objects.filter(status="pending").update(available_at=clock.now())
        outbox.run_batch()


def bytes_on_disk(media) -> bytes:
    return b"".join(path.read_bytes() for path in media.rglob("*") if path.is_file())


def test_generated_file_is_readable_at_once():
    file = store(origin="generated")
    assert services.read(file) == PDF
    assert (file.size, file.sha256) == (len(PDF), hashlib.sha256(PDF).hexdigest())
    assert not OutboxRow.objects.exists()


def test_neither_content_nor_name_is_readable_at_rest(media):
    store(origin="generated", name="Досымов.pdf")
    assert "Досымов".encode() not in bytes_on_disk(media)
    assert not any("Досымов" in str(path) for path in media.rglob("*"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM files_storedfile")
        assert "Досымов".encode() not in bytes(cursor.fetchone()[0])


def test_files_on_disk_are_private(media):
    store(origin="generated")
    path = next(path for path in media.rglob("*") if path.is_file())
    assert path.stat().st_mode & 0o077 == 0


def test_upload_is_locked_until_it_is_clean(scanner, run_outbox):
    file = store()
    with pytest.raises(FileNotReady):
        services.read(file)
    run_outbox()
    file = fresh(file)
    assert file.scan == "clean"
    assert file.scan_engine.startswith("ClamAV")
    assert services.read(file) == PDF
    assert EventRow.objects.get().type == "file.cleared"


def test_clean_upload_leaves_nothing_in_quarantine(scanner, run_outbox, media):
    store()
    run_outbox()
    assert not [path for path in (media / "quarantine").rglob("*") if path.is_file()]


def test_infected_upload_stays_locked_and_is_told(scanner, run_outbox):
    file = store(a_pdf(extra=EICAR))
    run_outbox()
    file = fresh(file)
    assert (file.scan, file.scan_signature) == ("infected", "Eicar-Test-Signature.UNOFFICIAL")
    with pytest.raises(FileInfected):
        services.read(file)
    event = EventRow.objects.get()
    assert (event.type, event.data["verdict"]) == ("file.blocked", "infected")
    with pytest.raises(FileInfected):
        services.release(actor=MANAGER, file_id=file.pk, reason="мне можно")


def test_quarantine_is_emptied_when_its_time_is_over(scanner, run_outbox, media):
    file = store(a_pdf(extra=EICAR))
    run_outbox()
    checked = clock.now()
    assert services.empty_quarantine(checked - timedelta(days=1)) == 0
    assert services.empty_quarantine(checked + timedelta(seconds=1)) == 1
    assert services.empty_quarantine(checked + timedelta(seconds=1)) == 0
    assert bytes_on_disk(media) == b""
    assert fresh(file).sha256 == file.sha256


def test_file_above_the_scanners_limit_is_not_called_clean(scanner, run_outbox):
    file = store(a_pdf(extra=os.urandom(STREAM_LIMIT_BYTES // 2).hex().encode()))
    run_outbox()
    assert fresh(file).scan == "unscannable"
    with pytest.raises(FileNotCheckable):
        services.read(fresh(file))


def test_scanner_away_means_locked_then_failed_then_checked_again(no_scanner, settings, clamd):
    from kenes.files.tests.conftest import point_to

    file = store()
    scan_until_dead()
    assert fresh(file).scan == "failed"
    assert OutboxRow.objects.get(handler="files.scan").status == "dead"
    with pytest.raises(FileNotReady):
        services.read(fresh(file))
    point_to(settings, clamd.address)
    services.scan_again(actor=MANAGER, file_id=file.pk)
    outbox.run_batch()
    assert services.read(fresh(file)) == PDF


def test_staff_may_release_what_could_not_be_checked(no_scanner):
    file = store()
    scan_until_dead()
    for actor in (GuestActor(), SystemActor("x"), Actor(user_id=uuid.uuid4(), roles=frozenset({"borrower"}))):
        with pytest.raises(Forbidden):
            services.release(actor=actor, file_id=file.pk, reason="r")
    services.release(actor=MANAGER, file_id=file.pk, reason="Знаю отправителя")
    assert services.read(fresh(file)) == PDF
    assert EventRow.objects.filter(type="file.released").exists()


def test_running_check_cannot_be_skipped_by_release():
    file = store()
    with pytest.raises(FileNotReady):
        services.release(actor=MANAGER, file_id=file.pk, reason="r")


def test_second_run_of_a_check_changes_nothing(scanner, run_outbox):
    file = store()
    run_outbox()
    key = fresh(file).storage_key
    services.scan_file(file_id=file.pk, last_try=False)
    assert fresh(file).storage_key == key
    assert EventRow.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (PDF, "application/pdf"),
        (hostile.picture("JPEG"), "image/jpeg"),
        (hostile.docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("Сәлем".encode(), "text/plain"),
    ],
)
def test_type_comes_from_the_content(data, mime):
    assert store(data, mime="application/x-claimed").mime == mime


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00 program",
        b"\x7fELF",
        b"<html><script>",
        b"  <svg onload=x>",
        hostile.archive(),
        b"PK\x03\x04 broken",
        "Привет".encode("cp1251"),
        b"text\x00with zero",
    ],
)
def test_other_kinds_are_refused(data):
    with pytest.raises(FileTypeNotAllowed):
        store(data)


def test_empty_and_large_uploads_are_refused(settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    with pytest.raises(FileEmpty):
        store(b"")
    room = 1024 * 1024 - len(a_pdf(extra=b"x" * 1_000_000)) + 1_000_000
    store(a_pdf(extra=b"x" * room))
    with pytest.raises(FileTooLarge):
        store(a_pdf(extra=b"x" * (room + 1)))


def test_uploads_of_one_owner_have_a_limit_together():
    owner = uuid.uuid4()
    file = store(owner_id=owner)
    StoredFile.objects.filter(pk=file.pk).update(size=services.QUOTA_BYTES_PER_OWNER)
    with pytest.raises(FileQuotaReached):
        store(owner_id=owner)
    store(owner_id=uuid.uuid4())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\docs\\Справка.pdf", "Справка.pdf"),
        ("a\r\nb\u202egpj.pdf", "a bgpj.pdf"),
        ("", "file"),
        ("я" * 300, "я" * 200),
    ],
)
def test_names_are_cleaned(given, kept):
    assert fresh(store(origin="generated", name=given)).name == kept


def test_changed_and_lost_bytes_are_noticed(media):
    first, second, third = (store(origin="generated") for _ in range(3))
    path = media / first.storage_key
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    (media / second.storage_key).unlink()
    # Another file's bytes decrypt, but have another hash.
    other = store(b"%PDF-other", origin="generated")
    (media / third.storage_key).write_bytes((media / other.storage_key).read_bytes())
    for file in (first, second, third):
        with pytest.raises(FileContentLost):
            services.read(file)


@pytest.mark.django_db(transaction=True)
def test_bytes_of_a_rolled_back_caller_are_swept_after_a_day(media):
    kept = store(origin="generated")
    with pytest.raises(RuntimeError), transaction.atomic():
        orphan = store(origin="generated")
        raise RuntimeError
    assert keeping.sweep_orphans() == 0
    old = time.time() - 2 * 86_400
    for path in media.rglob("*"):
        os.utime(path, (old, old))
    assert keeping.sweep_orphans() == 1
    assert not (media / orphan.storage_key).exists()
    assert services.read(kept) == PDF


def test_removed_content_leaves_the_row_as_proof():
    file = store(origin="generated")
    services.remove_content(file_id=file.pk)
    assert fresh(file).sha256 == file.sha256
    with pytest.raises(FileContentLost):
        services.read(fresh(file))


def test_unknown_file():
    with pytest.raises(StoredFileNotFound):
        selectors.get_file(uuid.uuid4())
