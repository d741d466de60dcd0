"""Puts the organisation's PAdES seal on a PDF.

The certificate page and the seal are added to the signed PDF as one incremental update: the sealed file begins with
the signed file, byte for byte, so anybody can cut it out and compare its hash with the one the seal names. Where a
time-stamping service answers, the seal carries its time stamp and a second update with validation data and a document
time stamp follows (``archive_tail``). Nothing here knows Django.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, Protocol

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest, SignatureObject

from kenes.signing.archive_tail import TIME_FIELD, TailPlan, ValidationData, add_tail
from kenes.signing.seal_cms import SealCms, signed_attributes
from kenes.signing.seal_keys import SealIdentity

SEAL_FIELD: Final = "KenesHubSeal"
PLAN_KEY: Final = "KenesHubArchive"
_REASON: Final = "Signed document SHA-256 {sha256}; it is the first {size} bytes of this file"
_REASON_PATTERN: Final = re.compile(
    r"Signed document SHA-256 ([0-9a-f]{64}); it is the first (\d{1,12}) bytes of this file"
)
# Hex digits kept free for the CMS: key of 3072 bits, two certificates and attributes take about 6 200, a time stamp
# of the national authority about 10 000 more.
_CMS_HEX_DIGITS: Final = 8192
_STAMPED_CMS_HEX_DIGITS: Final = 24576
# The cross-reference stream of the update takes a number after the last object; the rest is distance.
_NUMBERS_LEFT: Final = 8


class SealingError(Exception):
    """The PDF cannot be sealed: it is damaged, encrypted, or carries a signature already."""


class StampError(Exception):
    """No usable time stamp could be had. ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SealLevel(StrEnum):
    """Levels of EN 319 142-1: without any time stamp, and with all that long-term validation needs."""

    BASIC = "B-B"
    LONG_TERM = "B-LTA"


class Stamper(Protocol):
    """A time-stamping service with what it takes to trust it later. May use the network."""

    def stamp(self, data: bytes) -> bytes:
        """A checked token (DER) over the SHA-256 of ``data``. Raises StampError."""

    def validation_data(self, token: bytes, data: bytes) -> ValidationData:
        """Certificates and revocation answers of the chain behind a token that this stamper gave over ``data``."""


@dataclass(frozen=True)
class SealedPdf:
    """Bytes of the sealed file with the SHA-256 (hex) of it and of the signed file inside it."""

    data: bytes
    sha256: str
    original_sha256: str
    pages: int
    level: SealLevel = SealLevel.BASIC


@dataclass(frozen=True)
class _Prepared:
    """The update with room for the CMS."""

    output: io.BytesIO
    digest: PreparedByteRangeDigest
    pages: int
    plan: TailPlan | None


class Sealer:
    """Seals many PDFs with one loaded key. Safe to use from several threads."""

    def __init__(self, identity: SealIdentity) -> None:
        self.identity = identity
        certificate = identity.certificate
        self._certificate = certificate.public_bytes(serialization.Encoding.DER)
        self._authority = identity.authority.public_bytes(serialization.Encoding.DER)
        self._issuer = certificate.issuer.public_bytes()

    def seal(
        self,
        signed_pdf: bytes,
        certificate_page: bytes,
        *,
        verify_url: str,
        stamper: Stamper | None = None,
        has_room_for_time: bool = False,
    ) -> SealedPdf:
        """Add the pages of the PDF ``certificate_page`` to ``signed_pdf`` and seal the whole.

        With a ``stamper`` the seal is B-LTA. Without one it is B-B; ``has_room_for_time`` lets ``add_archive_time`` add to
        it later. Raises ``SealingError`` when ``signed_pdf`` is damaged, encrypted or signed already, and ``StampError``.
        """
        digest = hashlib.sha256(signed_pdf).hexdigest()
        has_room = has_room_for_time or stamper is not None
        try:
            prepared = self._prepare(signed_pdf, certificate_page, verify_url, has_room=has_room)
        except (PdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
            raise SealingError("the PDF cannot be read") from problem
        data = self._finish(prepared, stamper)
        if data[: len(signed_pdf)] != signed_pdf:
            raise SealingError("the signed file did not stay whole inside the sealed one")
        level = SealLevel.LONG_TERM if stamper is not None else SealLevel.BASIC
        return SealedPdf(data, hashlib.sha256(data).hexdigest(), digest, prepared.pages, level)

    def add_archive_time(self, sealed: bytes, plan: TailPlan, stamper: Stamper) -> bytes:
        """Give a sealed B-B file with validation data and a document time stamp; it begins with ``sealed``.

        Raises ``StampError``.
        """
        # The chain behind the time stamp goes into the file before it is stamped, so it is asked for once beforehand.
        return self._add_tail(sealed, plan, stamper, stamper.stamp(sealed), sealed)

    def _add_tail(self, sealed: bytes, plan: TailPlan, stamper: Stamper, token: bytes, over: bytes) -> bytes:
        data = self._validation_data(stamper.validation_data(token, over))
        try:
            return add_tail(sealed, plan, data, stamper.stamp)
        except ValueError as problem:
            raise StampError("time_stamp_too_large") from problem

    def _prepare(self, signed_pdf: bytes, page: bytes, verify_url: str, *, has_room: bool) -> _Prepared:
        writer = IncrementalPdfFileWriter(io.BytesIO(signed_pdf))
        if writer.prev.encrypted or next(fields.enumerate_sig_fields(writer.prev), None) is not None:
            raise SealingError("the PDF is encrypted or carries a signature already")
        _append_pages(writer, page)
        embedder = PdfCMSEmbedder(fields.SigFieldSpec(SEAL_FIELD, on_page=-1))
        steps = embedder.write_cms(SEAL_FIELD, writer)
        next(steps)
        store = _add_empty_store(writer) if has_room else None
        size = _STAMPED_CMS_HEX_DIGITS if has_room else _CMS_HEX_DIGITS
        seal = self._dictionary(signed_pdf, verify_url, size)
        certify = SigMDPSetup("sha256", certify=True, docmdp_perms=fields.MDPPerm.NO_CHANGES)
        steps.send(SigObjSetup(seal, mdp_setup=certify))
        plan = _plan(writer, *store) if store else None
        if plan is not None:
            seal[pdf_name(f"/{PLAN_KEY}")] = generic.pdf_string(plan.text())
        pages = int(writer.root["/Pages"]["/Count"])
        digest, output = steps.send(SigIOSetup("sha256"))
        return _Prepared(output, digest, pages, plan)

    def _dictionary(self, signed_pdf: bytes, verify_url: str, size: int) -> SignatureObject:
        reason = _REASON.format(sha256=hashlib.sha256(signed_pdf).hexdigest(), size=len(signed_pdf))
        return SignatureObject(
            timestamp=datetime.now(UTC),
            subfilter=fields.SigSeedSubFilter.PADES,
            name=self.identity.subject,
            reason=reason,
            contact_info=verify_url,
            bytes_reserved=size,
        )

    def _finish(self, prepared: _Prepared, stamper: Stamper | None) -> bytes:
        attributes = signed_attributes(
            prepared.digest.document_digest,
            self._certificate,
            self._issuer,
            self.identity.certificate.serial_number,
        )
        signature = self.identity.key.sign(attributes, padding.PKCS1v15(), hashes.SHA256())
        if stamper is None or prepared.plan is None:
            return self._fill(prepared, attributes, signature)
        token = stamper.stamp(signature)
        sealed = self._fill(prepared, attributes, signature, token)
        return self._add_tail(sealed, prepared.plan, stamper, token, signature)

    def _fill(self, prepared: _Prepared, attributes: bytes, signature: bytes, token: bytes = b"") -> bytes:
        value = SealCms(
            certificates=(self._certificate, self._authority),
            issuer=self._issuer,
            serial_number=self.identity.certificate.serial_number,
            signed_attributes=attributes,
            signature=signature,
            token=token,
        ).encode()
        start, end = prepared.digest.reserved_region_start + 1, prepared.digest.reserved_region_end - 1
        digits = value.hex().upper().encode()
        if len(digits) > end - start:
            raise StampError("time_stamp_too_large")
        data = prepared.output.getvalue()
        return data[:start] + digits.ljust(end - start, b"0") + data[end:]

    def _validation_data(self, found: ValidationData) -> ValidationData:
        own = (self._certificate, self._authority)
        crls = (self.identity.crl,) if self.identity.crl else ()
        return ValidationData(
            tuple(dict.fromkeys(own + found.certificates)),
            tuple(dict.fromkeys(crls + found.crls)),
            found.ocsps,
        )


def named_original(reason: str) -> tuple[str, int] | None:
    """The (SHA-256, size in bytes) of the signed file that a seal's reason names, or ``None``."""
    match = _REASON_PATTERN.fullmatch(reason)
    return (match.group(1), int(match.group(2))) if match else None


def _append_pages(writer: IncrementalPdfFileWriter, page_pdf: bytes) -> None:
    reader = PdfFileReader(io.BytesIO(page_pdf))
    for reference in reader.root["/Pages"]["/Kids"]:
        source = reference.get_object()
        # Without its parent: that would bring the whole other document along.
        page = generic.DictionaryObject(  # type: ignore[no-untyped-call]
            {key: source.raw_get(key) for key in source if key != "/Parent"}
        )
        page.container_ref = source.container_ref
        writer.insert_page(writer.import_object(page))  # type: ignore[no-untyped-call]


def _add_empty_store(writer: IncrementalPdfFileWriter) -> tuple[int, int, str]:
    """An empty security store and an empty field, both to be filled later; their numbers and the field's page."""
    store = writer.add_object(generic.DictionaryObject({pdf_name("/Type"): pdf_name("/DSS")}))  # type: ignore[no-untyped-call]
    writer.root[pdf_name("/DSS")] = store
    writer.update_root()  # type: ignore[no-untyped-call]
    fields.append_signature_field(writer, fields.SigFieldSpec(TIME_FIELD, on_page=-1))
    _name, _value, field = next(fields.enumerate_sig_fields(writer, with_name=TIME_FIELD))
    page = field.get_object().raw_get("/P")
    return store.idnum, field.idnum, f"{page.idnum} {page.generation}"


def _plan(writer: IncrementalPdfFileWriter, store: int, field: int, page: str) -> TailPlan:
    # The document information may be made only now; afterwards the trailer is as it will be written.
    writer._prep_dom_for_writing()  # type: ignore[no-untyped-call]
    trailer = writer.trailer_view
    root = writer.root_ref
    info = trailer.raw_get("/Info") if "/Info" in trailer else None
    return TailPlan(
        store=store,
        field=field,
        page=page,
        root=f"{root.idnum} {root.generation}",
        info=f"{info.idnum} {info.generation}" if info is not None else "none",
        first_new=writer.allocate_placeholder().idnum + _NUMBERS_LEFT,
        streamed=writer.stream_xrefs,
        first_id=_bytes(trailer["/ID"][0]).hex().upper(),
    )


def _bytes(text: generic.ByteStringObject | generic.TextStringObject) -> bytes:
    return bytes(text.original_bytes)
