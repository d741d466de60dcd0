"""Signed documents and their files stay what they were: in the services, in the database, in the storage."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction

from kenes.cases.models import Case
from kenes.cases.states.case import CaseStatus
from kenes.documents import personal_data, services
from kenes.documents.models import Document
from kenes.documents.tests.conftest import SYSTEM, sign_and_seal
from kenes.files import holds, storage
from kenes.files import services as files
from kenes.files.errors import FileContentLost
from kenes.files.errors_uploads import FileHeld
from kenes.files.models import StoredFile
from kenes.files.rotation import _renew
from kenes.foundation import clock
from kenes.foundation.personal_data import Subject
from kenes.outbox.models import OutboxRow

pytestmark = pytest.mark.django_db

# What of a document may still change after the signature: its way to the creditor, and a copy for archives.
FREE = {"status", "sealed_file_id", "sealed_at", "archival_file_id", "archival_failure", "signed_at"}
OTHER = {
    "uuid": "'00000000-0000-4000-8000-000000000000'", "timestamp with time zone": "'2001-01-01'", "jsonb": "'[9]'",
    "bytea": r"'\x00'", "character varying": "'x'", "integer": "7",
}  # fmt: skip


@pytest.fixture
def signed(letter: Document) -> Document:
    """Signed, with all of its files but the sealed one."""
    return services.mark_signed(actor=SYSTEM, document_id=letter.pk, signed_at=clock.now())


def run(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def columns(table: str) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", [table]
        )
        return dict(cursor.fetchall())


def test_no_column_of_a_signed_document_can_be_written_by_hand(signed: Document) -> None:
    kept = columns("documents_document")
    assert len(kept) > 25
    for name, kind in kept.items():
        if name in FREE:
            continue
        with pytest.raises(DatabaseError):
            run(f'UPDATE documents_document SET "{name}" = {OTHER[kind]} WHERE id = %s', signed.pk)
    for change in (
        "signed_at = NULL",
        "status = 'ready_to_sign'",
        "status = 'void'",
        "status = 'superseded'",
    ):
        with pytest.raises(DatabaseError):
            run(f"UPDATE documents_document SET {change} WHERE id = %s", signed.pk)
    with pytest.raises(DatabaseError):
        run("DELETE FROM documents_document WHERE id = %s", signed.pk)


def test_what_was_set_after_the_signature_is_set_once(signed: Document) -> None:
    sealed = sign_and_seal(signed, signed=True)
    Document.objects.filter(pk=sealed.pk).update(archival_file=sealed.docx_file)
    for name in ("sealed_file_id", "archival_file_id"):
        with pytest.raises(DatabaseError):
            run(f"UPDATE documents_document SET {name} = %s WHERE id = %s", sealed.pdf_file_id, sealed.pk)
    with pytest.raises(DatabaseError):
        run("UPDATE documents_document SET sealed_at = now() WHERE id = %s", sealed.pk)


@pytest.mark.parametrize("column", ["pdf_file", "docx_file", "sealed_file"])
@pytest.mark.parametrize(
    "change",
    [
        "sha256 = repeat('0', 64)", "size = size + 1", "mime = 'text/plain'", "owner_kind = 'case'",
        "owner_id = '00000000-0000-4000-8000-000000000000'", "origin = 'uploaded'", "created_at = now()",
        "content_removed_at = now()",
    ],
)  # fmt: skip
def test_rows_of_files_of_a_signed_document_cannot_be_written_by_hand(
    letter: Document, column: str, change: str
) -> None:
    sealed = sign_and_seal(letter)
    file_id = getattr(sealed, f"{column}_id")
    with pytest.raises(DatabaseError):
        run(f"UPDATE files_storedfile SET {change} WHERE id = %s", file_id)
    with pytest.raises(DatabaseError):
        run("DELETE FROM files_storedfile WHERE id = %s", file_id)


def test_files_of_an_unsigned_document_are_not_held(letter: Document) -> None:
    assert letter.pdf_file is not None
    assert not holds.is_held(letter.pdf_file.pk)
    files.remove_content(file_id=letter.pdf_file.pk)
    run("UPDATE files_storedfile SET sha256 = repeat('0', 64) WHERE id = %s", letter.docx_file_id)


def test_services_refuse_to_remove_what_a_signature_binds(
    signed: Document, run_outbox: Callable[[], int]
) -> None:
    sealed = sign_and_seal(signed, signed=True)
    ids = [sealed.pdf_file_id, sealed.docx_file_id, sealed.sealed_file_id]
    for file_id in ids:
        assert file_id is not None
        with pytest.raises(FileHeld):
            files.remove_content(file_id=file_id)
        with pytest.raises(FileHeld):
            files.request_removal_of(file_id=file_id)
    with pytest.raises(FileHeld):
        files.request_removal(owner_kind="document", owner_id=sealed.pk)
    assert not OutboxRow.objects.filter(handler="files.remove").exists()
    for file in StoredFile.objects.filter(pk__in=ids):
        assert files.read(file)


def test_an_erased_person_keeps_what_was_signed(signed: Document) -> None:
    personal_data.erase(Subject(person_id=signed.case.borrower_id))
    signed.refresh_from_db()
    assert signed.text and files.read(signed.pdf_file)
    assert files.read(signed.translations.get().pdf_file)


def test_the_end_of_the_time_of_keeping_empties_it_and_leaves_the_hashes(
    letter: Document, run_outbox: Callable[[], int]
) -> None:
    sealed = sign_and_seal(letter)
    Case.objects.filter(pk=letter.case_id).update(
        status=CaseStatus.CLOSED, outcome="DEFERRAL", closed_at=clock.now()
    )
    assert personal_data.mask_signed(clock.now().replace(year=2090)) == 2
    run_outbox()
    sealed.refresh_from_db()
    assert (sealed.text, sealed.content) == ("", {}) and len(sealed.sha256) == 64
    file = StoredFile.objects.get(pk=sealed.sealed_file_id)
    assert file.content_removed_at is not None and len(file.sha256) == 64
    with pytest.raises(FileContentLost):
        storage.read(file.storage_key)


def test_key_rotation_moves_the_bytes_and_the_plain_hash_stays(signed: Document) -> None:
    assert signed.pdf_file is not None
    before = signed.pdf_file
    assert _renew(StoredFile, before.pk, before.storage_key)
    after = StoredFile.objects.get(pk=before.pk)
    assert after.storage_key != before.storage_key and after.sha256 == before.sha256
    assert hashlib.sha256(files.read(after)).hexdigest() == signed.sha256


def test_bytes_that_were_changed_in_the_storage_are_never_given_out(signed: Document) -> None:
    file = signed.pdf_file
    assert file is not None
    other = storage.write(b"%PDF-1.7 another letter", area=storage.MAIN)
    run("UPDATE files_storedfile SET storage_key = %s WHERE id = %s", other, file.pk)
    with pytest.raises(FileContentLost):
        files.read(StoredFile.objects.get(pk=file.pk))
    name = default_storage.save("files/ff/spoilt", ContentFile(b"not encrypted"))
    run("UPDATE files_storedfile SET storage_key = %s WHERE id = %s", name, file.pk)
    with pytest.raises(FileContentLost):
        files.read(StoredFile.objects.get(pk=file.pk))
