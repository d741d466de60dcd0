"""The one door: judge a signature of whichever format it is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from kzsign import armour, cms, content, report
from kzsign.anchors import Trust
from kzsign.context import Context, Limits, Purpose, RevocationPolicy, Revoking
from kzsign.report import Report, Verdict


def verify(
    signature: bytes,
    *,
    document: bytes | Path | None = None,
    trust: Trust,
    at: datetime | None = None,
    revocation: Revoking = RevocationPolicy.OFF,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
    purpose: Purpose = Purpose.DOCUMENT,
) -> Report:
    """Judge a CMS (DER, base64, armour), a signed XML, a signed PDF or an evidence package.

    `document` is what a detached signature covers. `at` is the time to judge at where no trusted time stamp is (the
    time of receipt); naive times are UTC. Whatever the bytes are, a report comes back: broken input is invalid with a
    reason. Raises ``OSError`` only when `document` is a path that cannot be read.
    """
    context = Context(trust=trust, at=at, revocation=revocation, limits=limits, purpose=purpose)
    kind = detect(signature)
    if len(signature) > limits.signature:
        return report.refused(kind, "too_large")
    supplied = content.of(document)
    if supplied is not None and supplied.size > limits.document:
        return report.refused(kind, "document_too_large")
    try:
        return _dispatch(kind, signature, supplied, context)
    except OSError:
        raise
    except (RecursionError, MemoryError):
        return report.refused(kind, "too_complex")
    except (
        Exception
    ):  # whoever asks has been promised a verdict; the fuzz tests hold that this is never reached
        return report.refused(kind, "internal_error")


def detect(data: bytes) -> str:
    """cms, xml, pdf, evidence or unknown, by the first octets."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "cms" if armour.looks_wrapped(data) else "xml"
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"PK\x03\x04"):
        return "evidence"
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"<"):
        return "xml"
    return "cms" if armour.looks_wrapped(data) else "unknown"


def _dispatch(kind: str, data: bytes, document: content.Content | None, context: Context) -> Report:
    """Formats beyond CMS are imported when they come: not every installation carries what they need."""
    if kind == "cms":
        return cms.verify_cms(data, document, context)
    if kind == "unknown":
        return report.refused(kind, "format_unknown")
    if document is not None:
        # These carry their content: a document beside them would look as if it had been checked.
        return report.refused(kind, "document_unexpected")
    try:
        if kind == "xml":
            from kzsign.xml_dsig import verify_xml

            return verify_xml(data, context)
        if kind == "pdf":
            from kzsign.pdf import verify_pdf

            return verify_pdf(data, context)
        from kzsign.evidence import verify_evidence
    except ImportError:
        return Report(Verdict.UNKNOWN, kind, "format_not_supported")
    return verify_evidence(
        data, trust=context.trust, at=context.at, revocation=context.revocation, limits=context.limits
    )
