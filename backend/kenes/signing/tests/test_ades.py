"""Sealed files under the validation procedures of EN 319 102-1, made by pyHanko: now, and after the certificates have ended."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import cms
from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate, AdESPassed

from kenes.signing.tests.foreign_judges import ades_archival, ades_archival_accepts, ades_basic_accepts
from kenes.signing.tests.pdf_samples import Stamps, sample


def _stamped_at(token: cms.SignedData) -> datetime:
    return datetime.fromisoformat(str(token["encap_content_info"]["content"].parsed["gen_time"].native))


def test_a_seal_without_time_passes_as_a_basic_signature_and_not_as_an_archive() -> None:
    data = sample().sealed.data

    assert ades_basic_accepts(data)
    assert ades_archival(data).ades_subindic is AdESIndeterminate.SIG_CONSTRAINTS_FAILURE
    assert not ades_archival_accepts(data)


def test_a_seal_with_both_stamps_passes_as_an_archive_at_the_time_of_its_stamps() -> None:
    data = sample(stamped=True).sealed.data
    archive = PdfFileReader(io.BytesIO(data)).embedded_timestamp_signatures[-1]
    result = ades_archival(data)

    assert ades_archival_accepts(data)
    assert result.oldest_evidence_record_timestamp == _stamped_at(archive.signed_data)
    assert result.best_signature_time == result.signature_timestamp_status.api_status.timestamp
    assert result.best_signature_time <= result.oldest_evidence_record_timestamp


@pytest.mark.parametrize("is_stamped", [False, True], ids=["B-B", "B-LTA"])
def test_after_the_end_of_all_certificates_only_the_archive_still_proves_the_seal(is_stamped: bool) -> None:
    """Certificates of the seal and of the time-stamping authority are over then; renewed time stamps are taken for granted."""
    made = sample(stamped=is_stamped)
    ended = max(made.identity.certificate.not_valid_after_utc, _end_of_stamps())
    result = ades_archival(made.sealed.data, in_future=ended + timedelta(days=30))

    assert (result.ades_subindic is AdESPassed.OK) is is_stamped
    if is_stamped:
        assert result.best_signature_time < datetime.now(UTC) + timedelta(minutes=1)


def _end_of_stamps() -> datetime:
    return x509.load_der_x509_certificate(Stamps().tsa.certificate).not_valid_after_utc
