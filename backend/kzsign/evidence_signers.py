"""The signatures of an evidence package: by key, by code from an SMS, by hand on paper."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from kzsign import cms, ocsp
from kzsign.certificates import Certificate
from kzsign.content import Content
from kzsign.context import Context, RevocationPolicy
from kzsign.evidence_events import Chain
from kzsign.evidence_files import PackageError
from kzsign.evidence_manifest import Manifest, moment, read_json
from kzsign.report import Revocation, SignerReport, Steps, verdict_of, with_steps

BY_KEY: Final = frozenset({"eds", "egov_qr"})
_MAX_SIGNATURES: Final = 64
_MAX_ANSWERS: Final = 32
_ORDER: Final = timedelta(seconds=5)  # clocks of two programs on one machine


@dataclass(frozen=True)
class Archived:
    """Answers about certificates that lie beside a signature; nobody else is asked."""

    answers: tuple[bytes, ...] = ()
    lists: tuple[bytes, ...] = ()

    def ocsp(self, cert: Certificate, issuer: Certificate, at: datetime) -> bytes | None:
        """The kept answer about this certificate; whether it holds is for the caller to judge."""
        return next((answer for answer in self.answers if ocsp.speaks_of(answer, cert, issuer)), None)

    def crls(self, issuer: Certificate) -> Iterable[bytes]:
        """The kept lists; whose they are is for the caller to judge."""
        return self.lists


@dataclass(frozen=True)
class Package:
    """What judging a signature needs to know of the whole."""

    manifest: Manifest
    files: dict[str, bytes]
    original: bytes
    original_sha256: str
    chain: Chain | None

    def json(self, reference: Any) -> dict[str, Any]:
        """An object of a listed file. Raises ``PackageError``."""
        body = read_json(self.files[self.manifest.path(reference)], "signature_malformed")
        if not isinstance(body, dict):
            raise PackageError("signature_malformed")
        return body

    def listed(self, references: Any) -> tuple[bytes, ...]:
        """Listed files by reference; none where nothing is given. Raises ``PackageError``."""
        if references is None:
            return ()
        if not isinstance(references, list) or len(references) > _MAX_ANSWERS:
            raise PackageError("signature_malformed")
        return tuple(self.files[self.manifest.path(place)] for place in references)


def check_all(package: Package, context: Context) -> tuple[SignerReport, ...]:
    """A report for each signature. Raises ``PackageError`` when the list of signatures itself is wrong."""
    places = package.manifest.body.get("signatures")
    if not isinstance(places, list) or not 0 < len(places) <= _MAX_SIGNATURES:
        raise PackageError("no_signers")
    found = [package.json(place) for place in places]
    ids = {str(facts.get("id")) for facts in found}
    if len(ids) != len(found):
        raise PackageError("signature_malformed")
    return tuple(_check(package, facts, context) for facts in found)


def _check(package: Package, facts: dict[str, Any], context: Context) -> SignerReport:
    method = facts.get("method")
    if method in BY_KEY:
        return _by_key(package, facts, context)
    if method == "sms":
        return _by_code(package, facts)
    if method == "paper":
        return _by_hand(package, facts)
    raise PackageError("signature_malformed")


def _event_fault(package: Package, facts: dict[str, Any]) -> str:
    """Whether the log knows just this signature; empty when it does."""
    said = package.chain.signed(str(facts.get("id"))) if package.chain else None
    if said is None:
        return "event_missing"
    same = (
        said.get("document_sha256") == package.original_sha256
        and said.get("method") == facts.get("method")
        and said.get("request_id") == facts.get("request_id")
    )
    return "" if same else "event_differs"


def _common(package: Package, facts: dict[str, Any], steps: Steps) -> None:
    """What holds for every method: the document is the one that was signed, and the log knows of it."""
    steps.passed("decode")
    if facts.get("document_sha256") == package.original_sha256:
        steps.passed("content")
        steps.passed("digest")
    else:
        steps.failed("content", "document_differs")
    fault = _event_fault(package, facts)
    if fault:
        steps.failed("content", fault)


def _by_key(package: Package, facts: dict[str, Any], context: Context) -> SignerReport:
    answers = package.listed([facts.get("ocsp")] if facts.get("ocsp") else []) + package.listed(
        facts.get("answers")
    )
    archived = Archived(answers, package.listed(facts.get("lists")))
    policy = context.revocation if context.revocation is RevocationPolicy.OFF else archived
    signed_at = moment(facts.get("signed_at"))
    own = Context(
        trust=context.trust,
        at=signed_at or context.at,
        revocation=policy,
        limits=context.limits,
        now=context.now,
    )
    container = package.files[package.manifest.path(facts.get("cms"))]
    report = cms.verify_cms(container, Content(package.original), own)
    if not report.signers:
        steps = Steps()
        steps.failed("decode", report.reason or "malformed")
        return _plain(facts, steps, signed_at)
    found = _named(report.signers, facts)
    steps = Steps()
    _common(package, facts, steps)
    if found is None:
        steps.failed("certificate", "certificate_differs")
        found = report.signers[0]
    merged = {step.name: step for step in found.steps}
    for step in steps.done():
        if step.result == "failed":
            merged[step.name] = step
    return with_steps(found, tuple(merged[step.name] for step in found.steps))


def _named(signers: tuple[SignerReport, ...], facts: dict[str, Any]) -> SignerReport | None:
    """The signer whose certificate the record names."""
    certificate = facts.get("certificate")
    wanted = certificate.get("sha256") if isinstance(certificate, dict) else None
    for signer in signers:
        if signer.certificate and hashlib.sha256(signer.certificate).hexdigest() == wanted:
            return signer
    return None


def _plain(facts: dict[str, Any], steps: Steps, signed_at: datetime | None) -> SignerReport:
    done = steps.done()
    return SignerReport(
        verdict=verdict_of(done),
        steps=done,
        full_name=_text(facts.get("signer_name")),
        organisation=_text(facts.get("organisation")),
        role=_text(facts.get("party_role")),
        algorithm=_text(facts.get("method")),
        signed_at=signed_at,
        time_source="given",
        revocation=Revocation(reason="no_certificate"),
    )


def _by_code(package: Package, facts: dict[str, Any]) -> SignerReport:
    steps = Steps()
    _common(package, facts, steps)
    for name in ("certificate", "signing_certificate", "revocation"):
        steps.skipped(name, "no_certificate")
    signed_at = moment(facts.get("signed_at"))
    code, agreement = package.json(facts.get("sms")), package.json(facts.get("agreement"))
    fault = _code_fault(code, _bound(package, facts), signed_at)
    steps.failed("signature", fault) if fault else steps.passed("signature")
    fault = _delivery_fault(code)
    steps.failed("attributes", fault) if fault else steps.passed("attributes", _delivery(code))
    fault = _code_event_fault(package, facts, code, agreement)
    steps.failed("chain", fault) if fault else steps.passed("chain")
    fault = _agreement_fault(package, agreement, signed_at)
    steps.failed("usage", fault) if fault else steps.passed("usage")
    steps.passed("time") if signed_at else steps.failed("time", "time_missing")
    return _plain(facts, steps, signed_at)


def _bound(package: Package, facts: dict[str, Any]) -> str:
    """What a code confirms: one request to sign and the document that it is about."""
    said = f"{_text(facts.get('request_id'))}:{package.original_sha256}"
    return hashlib.sha256(said.encode()).hexdigest()


def _code_fault(code: dict[str, Any], bound_sha256: str, signed_at: datetime | None) -> str:
    """What is wrong with the record of the code: it must have confirmed just this document, in its time and tries."""
    if code.get("bound_sha256") != bound_sha256 or code.get("purpose") != "signature":
        return "code_of_another"
    if code.get("closed_as") != "confirmed":
        return "code_not_confirmed"
    created, closed, expires = (moment(code.get(name)) for name in ("created_at", "closed_at", "expires_at"))
    if created is None or closed is None or expires is None or signed_at is None:
        return "code_malformed"
    if not created <= closed <= expires or closed != signed_at:
        return "code_out_of_time"
    used, limit = code.get("tries_used"), code.get("tries_limit")
    if not isinstance(used, int) or not isinstance(limit, int) or used > limit:
        return "code_tries"
    return ""


def _delivery_fault(code: dict[str, Any]) -> str:
    message = code.get("message")
    if not isinstance(message, dict):
        return "message_missing"
    created, closed, sent = (
        moment(code.get("created_at")), moment(code.get("closed_at")), moment(message.get("created_at")),
    )  # fmt: skip
    if created is None or closed is None or sent is None:
        return "code_malformed"
    return "" if created - _ORDER <= sent <= closed else "message_out_of_time"


def _delivery(code: dict[str, Any]) -> str:
    """Said with the passed step where no operator confirmed the delivery: the code itself came back, so it had arrived."""
    return "" if code["message"].get("status") == "delivered" else "delivery_not_confirmed"


def _code_event_fault(
    package: Package, facts: dict[str, Any], code: dict[str, Any], agreement: dict[str, Any]
) -> str:
    said = package.chain.signed(str(facts.get("id"))) if package.chain else None
    if said is None:
        return "event_missing"
    same = said.get("code_id") == code.get("id") and said.get("consent_id") == agreement.get("id")
    return "" if same else "event_differs"


def _agreement_fault(package: Package, agreement: dict[str, Any], signed_at: datetime | None) -> str:
    text = package.files[package.manifest.path(agreement.get("text"))]
    if hashlib.sha256(text).hexdigest() != agreement.get("sha256"):
        return "agreement_changed"
    accepted, withdrawn = moment(agreement.get("accepted_at")), moment(agreement.get("withdrawn_at"))
    if accepted is None or signed_at is None or accepted > signed_at:
        return "agreement_after_signature"
    if withdrawn is not None and withdrawn <= signed_at:
        return "agreement_withdrawn"
    return ""


def _by_hand(package: Package, facts: dict[str, Any]) -> SignerReport:
    steps = Steps()
    _common(package, facts, steps)
    for name in ("certificate", "signing_certificate", "revocation"):
        steps.skipped(name, "no_certificate")
    package.manifest.path(facts.get("paper"))
    # A program cannot tell whose hand it is; the picture is there for people.
    steps.unknown("signature", "handwriting")
    signed_at = moment(facts.get("signed_at"))
    steps.passed("time") if signed_at else steps.failed("time", "time_missing")
    steps.passed("chain")
    steps.passed("usage")
    return replace(_plain(facts, steps, signed_at), chain=())


def _text(value: Any) -> str:
    return value[:500] if isinstance(value, str) else ""
