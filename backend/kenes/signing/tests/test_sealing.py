from __future__ import annotations

import hashlib
import io
import subprocess
from pathlib import Path

import pypdf
import pytest
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from kenes.signing.certificate_page import draw_certificate_page
from kenes.signing.seal_check import SealState, check_seal
from kenes.signing.sealing import Sealer, SealingError, named_original
from kenes.signing.tests.pdf_samples import VERIFY_URL, facts_for, identity_of, letter_pdf, sample


def _page() -> bytes:
    return draw_certificate_page(facts_for(letter_pdf(), identity_of("ours")))


def test_sealed_file_begins_with_the_signed_file_and_has_one_page_more() -> None:
    made = sample()

    assert made.sealed.data.startswith(made.letter)
    assert made.sealed.original_sha256 == hashlib.sha256(made.letter).hexdigest()
    assert made.sealed.sha256 == hashlib.sha256(made.sealed.data).hexdigest()
    assert len(pypdf.PdfReader(io.BytesIO(made.sealed.data)).pages) == made.sealed.pages == 4


def test_seal_names_the_hash_and_the_size_of_the_signed_file() -> None:
    made = sample()

    report = check_seal(made.sealed.data, made.authorities)

    assert report.state is SealState.WHOLE
    assert (report.named_sha256, report.named_size) == (made.sealed.original_sha256, len(made.letter))
    assert report.original_inside
    assert report.subject == "Kenes Hub Document Seal"
    assert named_original("Approved") is None


def test_pyhanko_judges_the_seal_valid_trusted_and_covering_the_whole_file() -> None:
    made = sample()
    root = asn1_x509.Certificate.load(made.identity.authority.public_bytes(Encoding.DER))

    signature = PdfFileReader(io.BytesIO(made.sealed.data)).embedded_signatures[0]
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[root]))

    assert status.bottom_line
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE


def test_pdfsig_judges_the_seal_valid_and_covering_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sample().sealed.data)

    result = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False)

    assert "Signature Validation: Signature is Valid." in result.stdout
    assert "Total document signed" in result.stdout
    assert "ETSI.CAdES.detached" in result.stdout


def test_a_pdf_with_a_cross_reference_stream_is_sealed_too() -> None:
    original = _with_object_streams(letter_pdf())

    sealed = Sealer(identity_of("ours")).seal(original, _page(), verify_url=VERIFY_URL)

    assert check_seal(sealed.data, sample().authorities).state is SealState.WHOLE


def test_a_sealed_file_is_not_sealed_a_second_time() -> None:
    made = sample()

    with pytest.raises(SealingError):
        Sealer(made.identity).seal(made.sealed.data, _page(), verify_url=VERIFY_URL)


@pytest.mark.parametrize("broken", [b"", b"hello", b"%PDF-1.7\n%%EOF", letter_pdf()[:900]])
def test_a_broken_pdf_is_a_sealing_problem(broken: bytes) -> None:
    with pytest.raises(SealingError):
        Sealer(identity_of("ours")).seal(broken, _page(), verify_url=VERIFY_URL)


def test_an_encrypted_pdf_is_a_sealing_problem() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(letter_pdf()))
    writer.encrypt("secret", algorithm="AES-128")
    stream = io.BytesIO()
    writer.write(stream)

    with pytest.raises(SealingError):
        Sealer(identity_of("ours")).seal(stream.getvalue(), _page(), verify_url=VERIFY_URL)


def _with_object_streams(data: bytes) -> bytes:
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(data)), writer_kwargs={"stream_xrefs": True})
    stream = io.BytesIO()
    writer.write(stream)
    assert b"/XRef" in stream.getvalue()
    return stream.getvalue()
