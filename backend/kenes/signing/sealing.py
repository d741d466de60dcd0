"""Puts the organisation's PAdES seal on a PDF.

The certificate page and the seal are added to the signed PDF as one incremental update: the sealed file begins with
the signed file, byte for byte, so anybody can cut it out and compare its hash with the one the seal names.
Nothing here knows Django.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from typing import Final

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from kenes.signing.seal_keys import SealIdentity

SEAL_FIELD: Final = "KenesHubSeal"
_REASON: Final = "Signed document SHA-256 {sha256}; it is the first {size} bytes of this file"
_REASON_PATTERN: Final = re.compile(
    r"Signed document SHA-256 ([0-9a-f]{64}); it is the first (\d{1,12}) bytes of this file"
)
# Hex digits kept free for the CMS: the key of 3072 bits, two certificates and the attributes take about 5 300.
_CMS_HEX_DIGITS: Final = 8192


class SealingError(Exception):
    """The PDF cannot be sealed: it is damaged, encrypted, or carries a signature already."""


@dataclass(frozen=True)
class SealedPdf:
    """Bytes of the sealed file with the SHA-256 (hex) of it and of the signed file inside it."""

    data: bytes
    sha256: str
    original_sha256: str
    pages: int


class _LoadedKeySigner(signers.Signer):
    """Signs with a key that stays loaded; the stock signer parses it again for every signature."""

    def __init__(self, identity: SealIdentity) -> None:
        super().__init__(
            signing_cert=_for_pyhanko(identity.certificate),
            cert_registry=_store(identity.authority),
        )
        self._key = identity.key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return bytes(self._key.key_size // 8)
        if digest_algorithm != "sha256":
            raise SealingError(f"the seal is made over SHA-256, not {digest_algorithm}")
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())


class Sealer:
    """Seals many PDFs with one loaded key. Safe to use from several threads."""

    def __init__(self, identity: SealIdentity) -> None:
        self.identity = identity
        self._signer = _LoadedKeySigner(identity)

    def seal(self, signed_pdf: bytes, certificate_page: bytes, *, verify_url: str) -> SealedPdf:
        """Add the one-page PDF ``certificate_page`` to ``signed_pdf`` and seal the whole.

        Raises ``SealingError`` when ``signed_pdf`` is damaged, encrypted or signed already.
        """
        digest = hashlib.sha256(signed_pdf).hexdigest()
        try:
            writer = IncrementalPdfFileWriter(io.BytesIO(signed_pdf))
            if writer.prev.encrypted or next(fields.enumerate_sig_fields(writer.prev), None) is not None:
                raise SealingError("the PDF is encrypted or carries a signature already")
            _append_page(writer, certificate_page)
            pages = int(writer.root["/Pages"]["/Count"])
            output = self._pdf_signer(digest, len(signed_pdf), verify_url).sign_pdf(
                writer, bytes_reserved=_CMS_HEX_DIGITS
            )
        except (PdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
            raise SealingError("the PDF cannot be read") from problem
        data = output.getvalue()
        if data[: len(signed_pdf)] != signed_pdf:
            raise SealingError("the signed file did not stay whole inside the sealed one")
        return SealedPdf(
            data=data, sha256=hashlib.sha256(data).hexdigest(), original_sha256=digest, pages=pages
        )

    def _pdf_signer(self, digest: str, size: int, verify_url: str) -> signers.PdfSigner:
        metadata = signers.PdfSignatureMetadata(
            field_name=SEAL_FIELD,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            name=self.identity.subject,
            reason=_REASON.format(sha256=digest, size=size),
            contact_info=verify_url,
            certify=True,
            docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        )
        field = fields.SigFieldSpec(SEAL_FIELD, on_page=-1)
        return signers.PdfSigner(metadata, signer=self._signer, new_field_spec=field)


def named_original(reason: str) -> tuple[str, int] | None:
    """The (SHA-256, size in bytes) of the signed file that a seal's reason names, or ``None``."""
    match = _REASON_PATTERN.fullmatch(reason)
    return (match.group(1), int(match.group(2))) if match else None


def _append_page(writer: IncrementalPdfFileWriter, page_pdf: bytes) -> None:
    reader = PdfFileReader(io.BytesIO(page_pdf))
    source = reader.root["/Pages"]["/Kids"][0]
    # Without its parent: that would bring the whole other document along.
    page = generic.DictionaryObject(  # type: ignore[no-untyped-call]
        {key: source.raw_get(key) for key in source if key != "/Parent"}
    )
    page.container_ref = source.container_ref
    writer.insert_page(writer.import_object(page))  # type: ignore[no-untyped-call]


def _store(authority: x509.Certificate) -> SimpleCertificateStore:
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register(_for_pyhanko(authority))
    return store


def _for_pyhanko(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
