"""Signatures and time stamps inside a PDF (ISO 32000-2, 12.8; PAdES, EN 319 142-1).

For each signature three questions: does its byte range leave out exactly its own value, is what came after it only what
long-term validation adds (`pdf_changes`), and does its CMS hold over the covered bytes. Document time stamps give the
time that counts for the signatures they cover.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any, Final

from kzsign import asn1, judge, oids, report, signed_data, signer, timestamps
from kzsign.asn1 import Asn1Error
from kzsign.certificates import Certificate
from kzsign.content import Content
from kzsign.context import Context
from kzsign.judge import Evidence
from kzsign.pdf_changes import change_after, signed_state
from kzsign.pdf_file import PdfFile
from kzsign.pdf_syntax import PdfError, Ref, Stream
from kzsign.report import Report, SignerReport, Steps, Verdict
from kzsign.revocation import Archive
from kzsign.signed_data import SignedData
from kzsign.timestamps import Token

_DETACHED: Final = frozenset({b"adbe.pkcs7.detached", b"ETSI.CAdES.detached"})
_WEAK: Final = frozenset({b"adbe.pkcs7.sha1", b"adbe.x509.rsa_sha1"})
_STAMP: Final = b"ETSI.RFC3161"
_HEX: Final = re.compile(rb"<([0-9A-Fa-f]*)>")
_MOMENT: Final = re.compile(rb"D:(\d{14})(?:Z(?:00'?00'?)?|([+-])(\d\d)'?(\d\d)'?)?")
_MOST_FIELDS: Final = 10_000
_MOST_STORED: Final = 256


@dataclass(frozen=True)
class _Found:
    """A signature dictionary. ``problem`` is why its place in the file is wrong; then the rest may be empty."""

    value: dict[bytes, Any]
    problem: str = ""
    covered: int = 0
    gap: tuple[int, int] = (0, 0)
    contents: bytes = b""

    def content(self, data: bytes) -> Content:
        """The covered bytes. Made when they are wanted: many signatures over a large file may not fill the memory."""
        return Content(data[: self.gap[0]] + data[self.gap[1] : self.covered])

    @property
    def is_stamp(self) -> bool:
        return bool(self.value.get(b"SubFilter") == _STAMP or self.value.get(b"Type") == b"DocTimeStamp")


@dataclass(frozen=True)
class _Store:
    """What the document security store holds (DER)."""

    certificates: tuple[Certificate, ...] = ()
    archive: Archive = field(default_factory=Archive)


def verify_pdf(data: bytes, context: Context) -> Report:
    """Judge every signature of a PDF. Never raises for what the bytes are.

    A PDF without signatures is invalid (`no_signature`), an encrypted one unknown: its strings cannot be read.
    """
    try:
        file = PdfFile(data)
        found = [_read(file, ref) for ref in _values(file, context.limits.signers)]
        store = _read_store(file, context)
        return _judge(file, found, store, context)
    except PdfError as problem:
        if problem.code == "encrypted":
            return Report(Verdict.UNKNOWN, "pdf", problem.code)
        return report.refused("pdf", problem.code)
    except Asn1Error as problem:
        return report.refused("pdf", problem.code)


def _judge(file: PdfFile, found: list[_Found], store: _Store, context: Context) -> Report:
    people = [one for one in found if not one.is_stamp]
    if not people:
        return report.refused("pdf", "no_signature")
    stamps = [(one, _stamp(file, one, store, context)) for one in found if one.is_stamp]
    signers: list[SignerReport] = []
    for one in people:
        later = tuple(token for stamp, token in stamps if token.is_broken or stamp.covered > one.covered > 0)
        signers.extend(_signers(file, one, later, store, context))
    return report.container("pdf", tuple(signers))


def _values(file: PdfFile, limit: int) -> list[Ref]:
    """The values of all signature fields that are filled, each once."""
    found: dict[Ref, None] = {}
    form = file.get(file.root.get(b"AcroForm"))
    if not isinstance(form, dict):
        return []
    seen = 0
    waiting: list[tuple[Any, Any, int]] = [(item, None, 0) for item in file.array(form.get(b"Fields"))]
    while waiting:
        item, kind, depth = waiting.pop(0)
        seen += 1
        content = file.get(item)
        if seen > _MOST_FIELDS or depth > 16:
            raise PdfError("too_large")
        if not isinstance(content, dict):
            continue
        kind = content.get(b"FT", kind)
        value = content.get(b"V")
        # A value that points at nothing is a signature taken away, and no empty field.
        if kind == b"Sig" and value is not None:
            if not isinstance(value, Ref):
                raise PdfError("malformed")
            found[value] = None
        waiting.extend((kid, kind, depth + 1) for kid in file.array(content.get(b"Kids")))
    if len(found) > limit:
        raise PdfError("too_many_signers")
    return list(found)


def _read(file: PdfFile, ref: Ref) -> _Found:
    value = file.dictionary(ref)
    numbers = file.get(value.get(b"ByteRange"))
    contents = value.get(b"Contents")
    if not isinstance(numbers, list) or len(numbers) != 4 or type(contents) is not bytes:
        return _Found(value, "byte_range")
    if not all(type(number) is int and number >= 0 for number in numbers):
        return _Found(value, "byte_range")
    first, gap_start, gap_end, rest = numbers
    covered = gap_end + rest
    # The hole is the value itself, with its brackets and nothing else, at the place where the object has it.
    if first != 0 or covered > len(file.data) or file.spans_of(ref).get(b"Contents") != (gap_start, gap_end):
        return _Found(value, "byte_range")
    if _HEX.fullmatch(file.data, gap_start, gap_end) is None:
        return _Found(value, "byte_range")
    return _Found(value, "", covered, (gap_start, gap_end), contents)


def _difference(file: PdfFile, one: _Found) -> str:
    """Why the file is not what this signature covers, with only validation data after it; empty when it is."""
    if one.problem:
        return one.problem
    old = signed_state(file.data, one.covered, file)
    if old is None:
        return "byte_range"
    return change_after(old, file, only_time_stamps=_forbids_changes(file, one.value))


def _forbids_changes(file: PdfFile, value: dict[bytes, Any]) -> bool:
    """Whether the signer certified the document and allowed nothing (12.8.2.2, P = 1)."""
    for reference in file.array(value.get(b"Reference")):
        content = file.get(reference)
        if isinstance(content, dict) and content.get(b"TransformMethod") == b"DocMDP":
            wanted = file.get(content.get(b"TransformParams"))
            if isinstance(wanted, dict) and wanted.get(b"P") == 1:
                return True
    return False


def _element(contents: bytes) -> bytes:
    """The DER in a value that is filled up with zeros. Raises ``Asn1Error``."""
    if len(contents) < 2 or contents[0] != 0x30:
        raise Asn1Error("malformed")
    size = contents[1]
    end = 2 + size
    if size > 0x80:
        count = size & 0x7F
        if count > 4 or len(contents) < 2 + count:
            raise Asn1Error("malformed")
        end = 2 + count + int.from_bytes(contents[2 : 2 + count], "big")
    if size == 0x80 or end > len(contents) or contents.count(0, end) != len(contents) - end:
        raise Asn1Error("malformed")
    return contents[:end]


def _stamp(file: PdfFile, one: _Found, store: _Store, context: Context) -> Token:
    problem = _difference(file, one)
    if problem:
        return Token(None, None, (), f"timestamp_{problem}", is_broken=True)
    try:
        token = _element(one.contents)
    except Asn1Error:
        return Token(None, None, (), "timestamp_malformed", is_broken=True)
    return timestamps.judge(
        token, one.content(file.data), context, pool=store.certificates, archive=store.archive
    )


def _signers(
    file: PdfFile, one: _Found, stamps: tuple[Token, ...], store: _Store, context: Context
) -> Iterator[SignerReport]:
    steps = Steps()
    kind = one.value.get(b"SubFilter")
    try:
        if kind not in _DETACHED:
            steps.passed("decode")
            steps.failed("content", "weak_algorithm" if kind in _WEAK else "format_unknown")
            raise Asn1Error("format_unknown")
        signed = signed_data.read(_element(one.contents), context.budget, context.limits)
        if len(signed.signers) != 1:
            raise Asn1Error("no_signers" if not signed.signers else "too_many_signers")
    except Asn1Error as problem:
        steps.failed("decode", problem.code)
        yield judge.signer(None, None, Evidence(tokens=stamps), steps, context)
        return
    steps.passed("decode")
    difference = _difference(file, one)
    if signed.content_type != oids.DATA or signed.content is not None:
        steps.failed("content", "content_type")
    elif difference == "too_large":
        steps.unknown("content", difference)
    elif difference:
        steps.failed("content", difference)
    steps.passed("content")
    yield _signer(signed, one.content(file.data), one.value, stamps, store, steps, context)


def _signer(
    signed: SignedData,
    content: Content,
    value: dict[bytes, Any],
    stamps: tuple[Token, ...],
    store: _Store,
    steps: Steps,
    context: Context,
) -> SignerReport:
    (info,) = signed.signers
    pool = tuple(dict.fromkeys((*signed.certificates, *store.certificates)))
    try:
        # A certificate of the store may complete a chain, but the signer's own has to come with the signature.
        checked = signer.check(
            info, content=content, content_type=oids.DATA, pool=signed.certificates, steps=steps
        )
    except Asn1Error as problem:
        steps.failed("attributes", problem.code)
        checked = signer.Signed(None, None, None)
    values = info.unsigned_values(oids.TIME_STAMP_TOKEN)[: context.limits.timestamps]
    own = tuple(
        timestamps.judge(value.raw, info.signature, context, pool=pool, archive=store.archive)
        for value in values
    )
    return judge.signer(
        checked.certificate,
        checked.scheme,
        Evidence(tokens=own + stamps, pool=pool, archive=store.archive),
        steps,
        context,
        claimed_at=checked.claimed_at or _moment(value.get(b"M")),
    )


def _read_store(file: PdfFile, context: Context) -> _Store:
    """The document security store of the last revision; what cannot be read of it is as if absent."""
    content = file.get(file.root.get(b"DSS"))
    if not isinstance(content, dict):
        return _Store()
    streams = {key: tuple(_streams(file, content.get(key))) for key in (b"Certs", b"CRLs", b"OCSPs")}
    nodes: list[asn1.Node] = []
    for der in streams[b"Certs"]:
        try:
            nodes.append(asn1.parse(der, budget=context.budget))
        except Asn1Error as problem:
            if problem.code == "too_many_elements":
                raise
    archive = Archive(ocsp=streams[b"OCSPs"], crls=streams[b"CRLs"])
    return _Store(signed_data.read_certificates(tuple(nodes)), archive)


def _streams(file: PdfFile, value: Any) -> Iterator[bytes]:
    for item in file.array(value)[:_MOST_STORED]:
        content = file.get(item)
        if isinstance(content, Stream):
            try:
                yield file.unpack(content)
            except PdfError as problem:
                if problem.code == "too_large":
                    raise


def _moment(text: Any) -> datetime | None:
    match = _MOMENT.fullmatch(text) if type(text) is bytes else None
    if match is None:
        return None
    try:
        at = datetime.strptime(match.group(1).decode(), "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
        if match.group(2):
            away = timedelta(hours=int(match.group(3)), minutes=int(match.group(4)))
            at = at - away if match.group(2) == b"+" else at + away
    except (ValueError, OverflowError):
        return None
    return at
