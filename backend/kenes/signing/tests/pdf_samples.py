"""PDFs, keys and facts that the tests of the pure parts share."""

from __future__ import annotations

import functools
import hashlib
import io
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.pdfgen.canvas import Canvas

from kenes.signing.archive_tail import ValidationData
from kenes.signing.certificate_facts import CertificateFacts, SignerFacts
from kenes.signing.certificate_page import draw_certificate_page
from kenes.signing.seal_keys import SealIdentity, ensure_seal_identity, trusted_authorities
from kenes.signing.sealing import SealedPdf, Sealer, StampError
from kzsign.testing import Authority, Identity, crl, time_stamp

NOW = datetime(2026, 11, 25, 14, 12, 5, tzinfo=UTC)
VERIFY_URL = "http://localhost:8080/verify/4Zr2mYx0aJ8kq3hF7bQ9Tg"


def letter_pdf(pages: int = 3, word: str = "Letter") -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    for page in range(pages):
        for line in range(40):
            canvas.drawString(60, 800 - line * 18, f"{word}, page {page + 1}, line {line}: 1 234 567.50 KZT")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def signer_facts(**changes: object) -> SignerFacts:
    values: dict[str, object] = {
        "name": "Әбдірахманова Гүлнәр Қайратқызы",
        "method": "sms",
        "signed_at": NOW,
        "masked_phone": "+7 ••• ••• 45 67",
        "agreement_version": "1",
        "agreement_accepted_at": NOW,
    }
    return SignerFacts(**{**values, **changes})  # type: ignore[arg-type]


def facts_for(pdf: bytes, identity: SealIdentity, **changes: object) -> CertificateFacts:
    values: dict[str, object] = {
        "document_title": "Заявление об изменении условий договора банковского займа",
        "document_number": "KH-2026-000123-01",
        "document_sha256": hashlib.sha256(pdf).hexdigest(),
        "document_size": len(pdf),
        "document_pages": 3,
        "signers": (signer_facts(),),
        "signature_id": "0192f7a0-1111-7000-8000-000000000000",
        "verify_url": VERIFY_URL,
        "seal_subject": identity.subject,
        "seal_fingerprint": identity.fingerprint,
    }
    return CertificateFacts(**{**values, **changes})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Sample:
    letter: bytes
    sealed: SealedPdf
    identity: SealIdentity
    authorities: list[x509.Certificate]


@functools.cache
def key_folder(name: str) -> Path:
    return Path(tempfile.mkdtemp(prefix=f"kenes-seal-{name}-"))


@functools.cache
def identity_of(name: str) -> SealIdentity:
    return ensure_seal_identity(key_folder(name), "passphrase", "Kenes Hub", now=datetime.now(UTC))


@functools.cache
def stock_signer(name: str) -> signers.SimpleSigner:
    """pyHanko's own signer with our key: what anybody who gets at the key could use instead of the sealer."""
    identity = identity_of(name)
    key = identity.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore()
    store.register(asn1_x509.Certificate.load(identity.authority.public_bytes(serialization.Encoding.DER)))
    return signers.SimpleSigner(
        asn1_x509.Certificate.load(identity.certificate.public_bytes(serialization.Encoding.DER)),
        keys.PrivateKeyInfo.load(key),
        store,
    )


class Stamps:
    """A time-stamping authority in this process. ``down_at`` is the number of the call from which it gives nothing."""

    def __init__(self, *, down_at: int = 10**9) -> None:
        self.authority, self.tsa = _time_authority()
        self.down_at, self.calls = down_at, 0

    def stamp(self, data: bytes) -> bytes:
        self.calls += 1
        if self.calls >= self.down_at:
            raise StampError("tsp_unreachable")
        return time_stamp(data, self.tsa)

    def validation_data(self, token: bytes, data: bytes) -> ValidationData:
        issuing, root = self.authority.rsa_issuing, self.authority.rsa_root
        lists = (crl(issuing, self.authority.revocations), crl(root, {}))
        return ValidationData((self.tsa.certificate, issuing.certificate, root.certificate), lists)


@functools.cache
def _time_authority() -> tuple[Authority, Identity]:
    authority = Authority.make()
    return authority, authority.tsa(family="rsa")


@functools.cache
def sample(name: str = "ours", pages: int = 3, *, stamped: bool = False) -> Sample:
    identity = identity_of(name)
    letter = letter_pdf(pages)
    page = draw_certificate_page(facts_for(letter, identity))
    stamper = Stamps() if stamped else None
    sealed = Sealer(identity).seal(letter, page, verify_url=VERIFY_URL, stamper=stamper)
    return Sample(letter, sealed, identity, trusted_authorities(key_folder(name)))
