"""Seals with time stamps of the sandbox's authority, and what becomes of those that got none."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pypdf
import pytest

from kenes.accounts.models import User
from kenes.files import selectors as file_selectors
from kenes.files import services as files
from kenes.foundation.providers import Temporary
from kenes.outbox import services as outbox
from kenes.outbox.models import OutboxRow
from kenes.outbox.registry import OutboxContext
from kenes.signing import organisation_seal, organisation_stamps, verification
from kenes.signing.evidence.tests.samples import package_of
from kenes.signing.models import VerificationRecord
from kenes.signing.seal_check import SealReport, SealState, check_seal
from kenes.signing.seal_time import judge_with
from kenes.signing.services import seals
from kenes.signing.tests.conftest import Esign
from kenes.signing.tests.factories import make_borrower, make_document, sign
from kenes.signing.tests.pdf_samples import letter_pdf
from kzsign import Trust, Verdict, evidence_files, verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _fresh_services() -> Iterator[None]:
    """What one test found out about a silent service must not close it for the next."""
    organisation_stamps.forget()
    yield
    organisation_stamps.forget()


def _sealed_record() -> VerificationRecord:
    borrower = make_borrower()
    sign(borrower, make_document(borrower, pdf=letter_pdf(2)))
    while outbox.run_batch("documents"):
        pass
    return VerificationRecord.objects.select_related("document").get()


def _read(file_id: Any) -> bytes:
    return files.read(file_selectors.get_file(file_id))


def _report(data: bytes) -> SealReport:
    return check_seal(data, organisation_seal.authorities(), judge_with(organisation_stamps.anchors()))


def _page_text(data: bytes) -> str:
    return pypdf.PdfReader(io.BytesIO(data)).pages[-1].extract_text()


def test_with_a_service_the_seal_has_two_trusted_time_stamps_and_says_so(esign: Esign) -> None:
    record = _sealed_record()
    data = _read(record.sealed_file_id)
    report = _report(data)

    assert (record.seal_level, record.awaits_time) == ("B-LTA", False)
    assert report.state is SealState.WHOLE
    assert report.stamp is not None and report.stamp.is_trusted
    assert report.archive_stamp is not None and report.archive_stamp.is_trusted
    assert "PAdES B-LTA" in _page_text(data)
    for shown in (verification.verify_token(record.token).seal, verification.verify_file(data).seal):
        assert shown is not None
        assert (shown.level, shown.stamped_at) == ("B-LTA", report.stamp.at)


def test_the_validation_data_lets_the_time_be_judged_without_asking_anybody(esign: Esign) -> None:
    data = _read(_sealed_record().sealed_file_id)
    trust = Trust.from_folder(organisation_seal.anchors_folder()).joined(organisation_stamps.anchors())
    esign.sandbox.switch(ocsp="down", crl="down", tsp="down")

    report = verify(data, trust=trust)
    store = pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]["/DSS"]  # type: ignore[index]

    assert report.verdict is Verdict.VALID
    assert report.signers[0].time_source == "timestamp"
    assert len(store["/Certs"]) >= 4  # seal and its authority; the time-stamping authority and its issuers
    assert len(store["/OCSPs"]) + len(store["/CRLs"]) >= 2


def test_without_a_service_the_seal_is_basic_and_nothing_waits(settings: Any) -> None:
    settings.TSP_URL = ""
    record = _sealed_record()
    data = _read(record.sealed_file_id)

    assert (record.seal_level, record.awaits_time) == ("B-B", False)
    assert _report(data).state is SealState.WHOLE
    assert "PAdES B-B" in _page_text(data)
    assert b"KenesHubArchive" not in data
    shown = verification.verify_file(data).seal
    assert shown is not None
    assert (shown.level, shown.stamped_at) == ("B-B", None)


@pytest.mark.parametrize("position", ["down", "refusing"])
def test_a_silent_service_delays_no_letter_and_the_stamp_is_added_to_a_copy(
    esign: Esign, position: str
) -> None:
    esign.sandbox.switch(tsp=position)
    record = _sealed_record()
    sent = _read(record.sealed_file_id)
    assert (record.seal_level, record.awaits_time) == ("B-B", True)
    assert record.document.sealed_file_id == record.sealed_file_id
    assert "PAdES B-B" in _page_text(sent)

    esign.sandbox.switch(tsp="ok")
    organisation_stamps.forget()
    _try_again(record)

    record.refresh_from_db()
    copy = _read(record.archive_file_id)
    assert (record.seal_level, record.awaits_time) == ("B-B", False)
    assert copy.startswith(sent) and len(copy) > len(sent)
    assert _report(copy).state is SealState.WHOLE
    assert _report(copy).archive_stamp is not None and _report(copy).archive_stamp.is_trusted  # type: ignore[union-attr]
    assert _read(record.sealed_file_id) == sent
    found, by_address = verification.verify_file(copy), verification.verify_token(record.token)
    assert (found.verdict, found.reason_code) == ("valid", "sealed_known")
    assert by_address.seal is not None
    assert by_address.seal.level == "B-LTA"
    package = evidence_files.from_zip(
        package_of(User.objects.get(pk=record.signature.signer_id), record.document)
    )
    assert package["document/sealed.pdf"] == sent
    assert package["document/sealed-with-time.pdf"] == copy


def test_a_second_try_changes_nothing_and_a_failed_one_is_tried_again(esign: Esign) -> None:
    esign.sandbox.switch(tsp="down")
    record = _sealed_record()
    with pytest.raises(Temporary):
        _try_again(record)

    esign.sandbox.switch(tsp="ok")
    organisation_stamps.forget()
    _try_again(record)
    first = VerificationRecord.objects.get()
    _try_again(record)

    assert VerificationRecord.objects.get().archive_file_id == first.archive_file_id is not None


def test_the_timer_queues_what_has_waited_long(esign: Esign) -> None:
    esign.sandbox.switch(tsp="down")
    record = _sealed_record()
    rows = OutboxRow.objects.filter(handler=seals.ARCHIVE_TIME)
    assert rows.count() == 1
    assert seals.try_waiting_seals() == 0

    VerificationRecord.objects.filter(pk=record.pk).update(sealed_at=record.sealed_at - seals.WAITS_LONG)

    assert seals.try_waiting_seals() == 1
    assert rows.count() == 2


def test_a_stamp_of_an_authority_without_anchor_is_not_taken(
    esign: Esign, settings: Any, tmp_path: Any
) -> None:
    settings.KZSIGN_ANCHORS_DIR = tmp_path

    record = _sealed_record()

    assert (record.seal_level, record.awaits_time) == ("B-B", True)


def _try_again(record: VerificationRecord) -> None:
    seals.add_archive_time({"record_id": str(record.pk)}, OutboxContext(id=record.pk, attempt=1))  # type: ignore[arg-type]
