"""A sealed file that was changed is refused by three judges: ours, pyHanko's validator, poppler's pdfsig."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from kenes.signing.seal_check import SealState, check_seal
from kenes.signing.tests.pdf_samples import Stamps, sample
from kenes.signing.tests.tampering import CASES, Case
from kzsign import Trust, Verdict, verify

KINDS = {"B-B": False, "B-LTA": True}
TAMPERED = [
    pytest.param(case, kind, id=f"{case.name}, {kind}")
    for kind in KINDS
    for case in CASES
    if kind == "B-LTA" or not case.is_long_term
]


def _roots() -> list[bytes]:
    return [sample().identity.authority.public_bytes(Encoding.DER), Stamps().authority.rsa_root.certificate]


def _ours(data: bytes) -> Verdict:
    return verify(data, trust=Trust.of(*_roots())).verdict


def _pyhanko_accepts(data: bytes) -> bool:
    roots = [asn1_x509.Certificate.load(root) for root in _roots()]
    between = [asn1_x509.Certificate.load(Stamps().authority.rsa_issuing.certificate)]
    try:
        found = PdfFileReader(io.BytesIO(data)).embedded_signatures
        return bool(found) and all(
            _pyhanko_likes(one, ValidationContext(trust_roots=roots, other_certs=between)) for one in found
        )
    except (PdfError, SigningError, SignatureValidationError, ValueError, KeyError, IndexError, TypeError):
        return False


def _pyhanko_likes(found: object, context: ValidationContext) -> bool:
    if found.sig_object_type == "/DocTimeStamp":  # type: ignore[attr-defined]
        status = validate_pdf_timestamp(found, context)
        return bool(status.valid and status.intact and status.trusted)
    status = validate_pdf_signature(found, context)
    return bool(status.bottom_line) and status.modification_level <= ModificationLevel.LTA_UPDATES


def _pdfsig_accepts(data: bytes, folder: Path) -> bool:
    """Whether the seal is called valid and the last signature covers the whole file."""
    path = folder / "file.pdf"
    path.write_bytes(data)
    said = subprocess.run(
        ["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False, errors="replace"
    ).stdout
    parts = re.split(r"Signature #\d+:", said)[1:]
    return (
        bool(parts)
        and "Signature is Valid." in parts[0]
        and any("- Total document signed" in part for part in parts)
    )


@pytest.mark.parametrize("kind", KINDS)
def test_three_judges_accept_the_untouched_file(kind: str, tmp_path: Path) -> None:
    data = sample(stamped=KINDS[kind]).sealed.data

    assert _ours(data) is Verdict.VALID
    assert _pyhanko_accepts(data)
    assert _pdfsig_accepts(data, tmp_path)


def test_the_twelve_and_one_cases_are_all_there() -> None:
    assert len(CASES) == len({case.name for case in CASES}) == 13


@pytest.mark.parametrize(("case", "kind"), TAMPERED)
def test_the_changed_file_is_refused_by_every_judge(case: Case, kind: str, tmp_path: Path) -> None:
    made = sample(stamped=KINDS[kind])
    data = case.make(made.sealed.data)
    assert data != made.sealed.data

    assert _ours(data) is Verdict.INVALID
    assert check_seal(data, made.authorities).state is not SealState.WHOLE
    assert not _pyhanko_accepts(data)
    if case.pdfsig_sees:
        assert not _pdfsig_accepts(data, tmp_path)
