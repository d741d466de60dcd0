from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from django.db import connection

from kenes.files import services as files
from kenes.files.models import StoredFile
from kenes.outbox import services as outbox
from kenes.signing import organisation_seal, selectors
from kenes.signing.models import Signature, VerificationRecord
from kenes.signing.seal_check import SealState, check_seal
from kenes.signing.sealing import SealingError
from kenes.signing.services import seals
from kenes.signing.tests.factories import make_borrower, make_document, sign
from kenes.signing.tests.pdf_samples import letter_pdf

pytestmark = pytest.mark.django_db(transaction=True)


def _sealed(record: VerificationRecord) -> bytes:
    return files.read(StoredFile.objects.get(pk=record.sealed_file_id))


def test_signing_is_followed_by_the_seal_and_the_document_has_it() -> None:
    borrower = make_borrower()
    pdf = letter_pdf(2)
    document = make_document(borrower, pdf=pdf)
    sign(borrower, document)

    while outbox.run_batch("documents"):
        pass

    record = VerificationRecord.objects.get()
    document.refresh_from_db()
    data = _sealed(record)
    assert document.sealed_file_id == record.sealed_file_id
    assert data.startswith(pdf)
    report = check_seal(data, organisation_seal.authorities())
    assert report.state is SealState.WHOLE
    assert report.named_sha256 == document.sha256


@pytest.mark.parametrize(("language", "title"), [("ru", "Заявление"), ("kk", "өтініш")])
def test_the_certificate_page_names_signer_number_phone_and_address(language: str, title: str) -> None:
    borrower = make_borrower()
    document = make_document(borrower, language=language)
    sign(borrower, document)
    record = seals.seal_document(signature_id=Signature.objects.get().pk)

    text = pypdf.PdfReader(io.BytesIO(_sealed(record))).pages[-1].extract_text()

    assert borrower.full_name in text
    assert document.number in text
    assert selectors.verify_url(record) in text
    assert title.lower() in text.lower()
    assert borrower.phone not in text
    assert borrower.phone[-2:] in text


def test_a_second_run_of_the_reaction_changes_nothing() -> None:
    borrower = make_borrower()
    sign(borrower, make_document(borrower))
    signature = Signature.objects.get()
    first = seals.seal_document(signature_id=signature.pk)

    second = seals.seal_document(signature_id=signature.pk)

    assert (second.sealed_file_id, second.sealed_sha256) == (first.sealed_file_id, first.sealed_sha256)


def test_a_kept_file_that_is_not_the_signed_one_is_never_sealed() -> None:
    borrower = make_borrower()
    document = make_document(borrower)
    sign(borrower, document)
    other = files.store(
        data=letter_pdf(1, word="Other"),
        name="other.pdf",
        mime="application/pdf",
        origin="generated",
        owner_kind="document",
        owner_id=document.pk,
    )
    StoredFile.objects.filter(pk=other.pk).delete()
    # Somebody who has the database to himself: its own trigger refuses this.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE files_storedfile DISABLE TRIGGER USER")
        StoredFile.objects.filter(pk=document.pdf_file_id).update(
            storage_key=other.storage_key, sha256=other.sha256
        )
        cursor.execute("ALTER TABLE files_storedfile ENABLE TRIGGER USER")
    signature = Signature.objects.get()

    with pytest.raises(SealingError):
        seals.seal_document(signature_id=signature.pk)

    assert VerificationRecord.objects.get().sealed_file_id is None


def test_the_key_is_made_at_the_first_start_and_kept(settings: object, tmp_path: Path) -> None:
    settings.SEAL_KEY_DIR = tmp_path / "seal"  # type: ignore[attr-defined]

    first = organisation_seal.sealer()

    assert organisation_seal.sealer() is first
    assert [found.subject for found in organisation_seal.authorities()] == [first.identity.authority.subject]
