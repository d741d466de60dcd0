"""CMS and CAdES signatures: from bytes of any of the usual wrappings to one report per signer."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

from kzsign import asn1, judge, oids, report, signed_data, signer, timestamps
from kzsign.asn1 import Asn1Error
from kzsign.certificates import Certificate
from kzsign.content import Content
from kzsign.context import Context
from kzsign.judge import Evidence
from kzsign.report import Report, SignerReport, Steps
from kzsign.revocation import Archive
from kzsign.signed_data import SignedData, SignerInfo

_ARMOUR: Final = re.compile(
    rb"\A\s*-----BEGIN (CMS|PKCS7|PKCS #7 SIGNED DATA|SIGNATURE)-----\s(.*?)-----END \1-----\s*\Z", re.DOTALL
)
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/]+={0,2}")


def looks_like_cms(data: bytes) -> bool:
    """Whether the beginning is that of DER or BER, armour, or base64 of a SEQUENCE."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head[:1] == b"\x30" or head.startswith(b"-----BEGIN ") or bool(re.match(rb"M[A-P]", head))


def unwrap(data: bytes) -> bytes:
    """The binary CMS in armour, in base64 without header, or as it is. Raises ``Asn1Error``."""
    if data[:1] == b"\x30":
        return data
    data = data.removeprefix(b"\xef\xbb\xbf")
    armour = _ARMOUR.match(data)
    text = (armour[2] if armour else data).translate(None, b" \t\r\n\v\f")
    if not _BASE64.fullmatch(text):
        raise Asn1Error("malformed")
    try:
        decoded = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Asn1Error("malformed") from None
    if decoded[:1] != b"\x30":
        raise Asn1Error("malformed")
    return decoded


def verify_cms(data: bytes, document: Content | None, context: Context) -> Report:
    """Judge every signer. Broken input gives an invalid report, never an exception of its own."""
    try:
        signed = signed_data.read(unwrap(data), context.budget, context.limits)
        content, reason = _content(signed, document)
        reports = tuple(_signer(signed, info, content, reason, context) for info in signed.signers)
    except Asn1Error as problem:
        return report.refused("cms", problem.code)
    return report.container("cms", reports)


def _content(signed: SignedData, document: Content | None) -> tuple[Content | None, str]:
    """What was signed, and a reason when there is a question about it."""
    if signed.content_type != oids.DATA:
        return None, "content_type"
    if signed.content is None:
        return document, "" if document is not None else "document_missing"
    if document is not None and not document.equals(signed.content):
        return Content(signed.content), "content_mismatch"
    return Content(signed.content), ""


def _signer(
    signed: SignedData, info: SignerInfo, content: Content | None, reason: str, context: Context
) -> SignerReport:
    steps = Steps()
    steps.passed("decode")
    if reason == "document_missing":
        steps.unknown("content", reason)
        steps.unknown("digest", reason)
    elif reason:
        steps.failed("content", reason)
    steps.passed("content")
    return judge_signer(signed, info, content, signed.content_type, steps, context)


def judge_signer(
    signed: SignedData,
    info: SignerInfo,
    content: Content | None,
    content_type: str,
    steps: Steps,
    context: Context,
    *,
    archive: Archive = Archive(),  # noqa: B008 - a frozen value
    extra: tuple[Certificate, ...] = (),
) -> SignerReport:
    """One SignerInfo over `content`; the steps `decode` and `content` are filled by the caller (also for PDFs).

    `archive` and `extra` are answers and certificates that lie outside of the CMS. Raises ``Asn1Error`` only when a
    limit is exceeded.
    """
    try:
        pool = (*_pool(signed, info), *extra)
        found = signer.check(
            info, content=content, content_type=content_type, pool=signed.certificates or extra, steps=steps
        )
        archive = archive.joined(archived(signed, info))
        tokens = _tokens(info, pool, archive, context)
    except Asn1Error as problem:
        if problem.code.startswith("too_"):
            raise
        steps.failed("attributes", problem.code)
        return judge.signer(None, None, Evidence(), steps, context)
    counted = _counter_signatures(info, pool, context)
    evidence = Evidence(tokens=tokens, pool=pool, archive=archive)
    return judge.signer(
        found.certificate,
        found.scheme,
        evidence,
        steps,
        context,
        claimed_at=found.claimed_at,
        counter_signatures=counted,
    )


def _pool(signed: SignedData, info: SignerInfo) -> tuple[Certificate, ...]:
    """Certificates of the container and of the CAdES attribute certificate-values."""
    extra: list[asn1.Node] = []
    for value in info.unsigned_values(oids.CERTIFICATE_VALUES):
        extra += asn1.members(value, asn1.SEQUENCE)
    return tuple(dict.fromkeys((*signed.certificates, *signed_data.read_certificates(tuple(extra)))))


def _tokens(
    info: SignerInfo, pool: tuple[Certificate, ...], archive: Archive, context: Context
) -> tuple[timestamps.Token, ...]:
    values = info.unsigned_values(oids.TIME_STAMP_TOKEN)
    if len(values) > context.limits.timestamps:
        raise Asn1Error("too_many_timestamps")
    return tuple(
        timestamps.judge(value.raw, info.signature, context, pool=pool, archive=archive) for value in values
    )


def _counter_signatures(
    info: SignerInfo, pool: tuple[Certificate, ...], context: Context
) -> tuple[SignerReport, ...]:
    """Signatures over this signature (RFC 5652, 11.4). They are told and never count for or against the signer."""
    found = []
    for value in info.unsigned_values(oids.COUNTER_SIGNATURE)[: context.limits.timestamps]:
        steps = Steps()
        steps.passed("decode")
        steps.passed("content")
        try:
            counter = signed_data.signer_info(value, context.limits)
            known = signer.check(
                counter, content=Content(info.signature), content_type=None, pool=pool, steps=steps
            )
        except Asn1Error as problem:
            steps.failed("decode", problem.code)
            known = signer.Signed(None, None, None)
        evidence = Evidence(pool=pool)
        found.append(
            judge.signer(
                known.certificate, known.scheme, evidence, steps, context, claimed_at=known.claimed_at
            )
        )
    return tuple(found)


def archived(signed: SignedData, info: SignerInfo) -> Archive:
    """Answers about revocation inside the CMS: CAdES revocation-values, the field `crls`, Adobe's signed attribute.

    Raises ``Asn1Error``.
    """
    answers: list[bytes] = []
    lists: list[bytes] = []
    for node in signed.revocations:
        if node.tag == asn1.SEQUENCE:
            lists.append(node.raw)
        elif node.tag == 0xA1 and asn1.oid(node.children[0]) == oids.OCSP_RESPONSE_IN_CRLS:
            answers.append(node.children[-1].raw)
    kept = info.unsigned_values(oids.REVOCATION_VALUES)
    for values in info.signed_values(oids.ADOBE_REVOCATION):
        kept += values
    for value in kept:
        for part in asn1.members(value, asn1.SEQUENCE):
            entries = [entry.raw for entry in asn1.members(asn1.only(part), asn1.SEQUENCE)]
            if part.tag == 0xA0:
                lists += entries
            elif part.tag == 0xA1:
                answers += entries
    return Archive(tuple(answers), tuple(lists))
