from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kenes.files import services as files
from kenes.files.models import StoredFile
from kenes.signing import verification
from kenes.signing.errors import NotPdf, UnknownToken
from kenes.signing.models import Signature, VerificationRecord
from kenes.signing.services import seals
from kenes.signing.tests.factories import make_borrower, make_document, sign
from kenes.signing.tests.pdf_samples import letter_pdf

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def record() -> VerificationRecord:
    borrower = make_borrower()
    sign(borrower, make_document(borrower))
    return seals.seal_document(signature_id=Signature.objects.get().pk)


def _sealed(record: VerificationRecord) -> bytes:
    return files.read(StoredFile.objects.get(pk=record.sealed_file_id))


def test_by_address_a_sealed_document_is_valid_step_by_step(record: VerificationRecord) -> None:
    found = verification.verify_token(record.token)

    assert found.verdict == "valid"
    assert [(step.code, step.ok) for step in found.steps] == [
        ("signature_recorded", True),
        ("original_kept", True),
        ("seal_ours", True),
        ("seal_whole", True),
        ("original_inside", True),
    ]
    assert found.signature is not None
    assert found.signature.signer == "Досымов К. А."
    assert found.signature.text_sha256 == record.original_sha256
    assert found.sealed_sha256 == record.sealed_sha256
    assert found.seal is not None
    assert found.seal.valid
    assert found.file_kind is None


def test_before_the_seal_the_answer_says_that_it_is_being_made() -> None:
    borrower = make_borrower()
    sign(borrower, make_document(borrower))

    found = verification.verify_token(VerificationRecord.objects.get().token)

    assert (found.verdict, found.reason_code, found.seal) == ("unknown", "seal_pending", None)


def test_a_wrong_address_is_unknown(record: VerificationRecord) -> None:
    for token in ("x" * 24, record.token[:-1], record.token.swapcase()):
        with pytest.raises(UnknownToken):
            verification.verify_token(token)


def test_addresses_are_long_and_different() -> None:
    borrower = make_borrower()
    for _ in range(3):
        sign(borrower, make_document(borrower))

    tokens = set(VerificationRecord.objects.values_list("token", flat=True))

    assert len(tokens) == 3
    assert all(len(token) == 24 for token in tokens)


def test_by_address_a_lost_or_replaced_file_is_invalid_and_no_failure(record: VerificationRecord) -> None:
    other = files.store(
        data=letter_pdf(1),
        name="x.pdf",
        mime="application/pdf",
        origin="generated",
        owner_kind="document",
        owner_id=record.document_id,
    )
    VerificationRecord.objects.filter(pk=record.pk).update(sealed_file_id=other.pk)
    assert verification.verify_token(record.token).verdict == "invalid"

    files.remove_content(file_id=other.pk)
    assert verification.verify_token(record.token).verdict == "invalid"


def test_by_file_the_sealed_and_the_original_are_told_apart(record: VerificationRecord) -> None:
    sealed = verification.verify_file(_sealed(record))
    original = verification.verify_file(files.read(record.document.pdf_file))

    assert (sealed.verdict, sealed.file_kind, sealed.reason_code) == ("valid", "sealed", "sealed_known")
    assert (original.verdict, original.file_kind, original.reason_code) == (
        "valid",
        "original",
        "original_known",
    )
    assert sealed.document == original.document
    assert sealed.signature == original.signature


def test_by_file_a_changed_file_names_the_document_but_no_signature(record: VerificationRecord) -> None:
    data = bytearray(_sealed(record))
    data[900] ^= 1

    found = verification.verify_file(bytes(data))

    assert (found.verdict, found.reason_code) == ("invalid", "changed_after_seal")
    assert found.document is not None
    assert found.document.number == record.document.number
    assert found.signature is None
    assert found.sealed_sha256 is None
    assert found.seal is None
    assert ("seal_whole", False) in [(step.code, step.ok) for step in found.steps]


def test_by_file_a_strange_pdf_is_unknown_and_what_is_no_pdf_is_refused() -> None:
    assert verification.verify_file(letter_pdf(1, word="Stranger")).verdict == "unknown"
    with pytest.raises(NotPdf):
        verification.verify_file(b"hello")


def test_verifying_keeps_nothing(record: VerificationRecord) -> None:
    before = StoredFile.objects.count()

    verification.verify_file(_sealed(record) + b" ")

    assert StoredFile.objects.count() == before


def test_the_command_tells_the_verdict_and_its_exit_code(record: VerificationRecord, tmp_path: Path) -> None:
    sealed, changed = tmp_path / "sealed.pdf", tmp_path / "changed.pdf"
    sealed.write_bytes(_sealed(record))
    changed.write_bytes(_sealed(record) + b" ")
    output = io.StringIO()

    call_command("verify_file", str(sealed), stdout=output)
    assert output.getvalue().startswith("valid:")
    assert record.document.number in output.getvalue()
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_file", str(changed), stdout=output)
    assert stopped.value.code == 1
    with pytest.raises(CommandError):
        call_command("verify_file", str(tmp_path / "absent.pdf"))
