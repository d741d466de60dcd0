"""CMS and CAdES signatures: from bytes of any of the usual wrappings to one report per signer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from kzsign import armour, asn1, judge, oids, report, signed_data, signer, timestamps
from kzsign.asn1 import Asn1Error
from kzsign.certificates import Certificate
from kzsign.content import Content
from kzsign.context import Context
from kzsign.judge import Evidence
from kzsign.report import Report, SignerReport, Steps
from kzsign.revocation import Archive
from kzsign.signed_data import SignedData, SignerInfo

Found = TypeVar("Found")


def verify_cms(data: bytes, document: Content | None, context: Context) -> Report:
    """Judge every signer. Broken input gives an invalid report, never an exception of its own."""
    try:
        signed = signed_data.read(armour.unwrap(data), context.budget, context.limits)
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
        extra += _readable(lambda node: asn1.members(node, asn1.SEQUENCE), value, ())
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

    What cannot be read there says nothing, neither for nor against the signature. Raises ``Asn1Error`` only when a limit
    is exceeded.
    """
    found = Archive()
    for node in signed.revocations:
        if node.tag == asn1.SEQUENCE:
            found = found.joined(Archive(crls=(node.raw,)))
        elif node.tag == 0xA1:
            found = found.joined(_readable(_other_format, node, Archive()))
    kept = info.unsigned_values(oids.REVOCATION_VALUES)
    for values in info.signed_values(oids.ADOBE_REVOCATION):
        kept += values
    for value in kept:
        found = found.joined(_readable(_revocation_values, value, Archive()))
    return found


def _readable(read: Callable[[asn1.Node], Found], node: asn1.Node, otherwise: Found) -> Found:
    """What an unsigned part holds: damage there is no damage of the signature."""
    try:
        return read(node)
    except Asn1Error as problem:
        if problem.code.startswith("too_"):
            raise
        return otherwise


def _other_format(node: asn1.Node) -> Archive:
    fields = asn1.Fields(node, 0xA1)
    kind, answer = asn1.oid(fields.take()), fields.take()
    return Archive(ocsp=(answer.raw,)) if kind == oids.OCSP_RESPONSE_IN_CRLS else Archive()


def _revocation_values(value: asn1.Node) -> Archive:
    found = Archive()
    for part in asn1.members(value, asn1.SEQUENCE):
        entries = tuple(entry.raw for entry in asn1.only(part).children)
        if part.tag == 0xA0:
            found = found.joined(Archive(crls=entries))
        elif part.tag == 0xA1:
            found = found.joined(Archive(ocsp=entries))
    return found
