"""What every format shares after the signature itself: time, chain, revocation, usage, and the report of one signer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from kzsign import algorithms, chains, oids, revocation
from kzsign.algorithms import Scheme
from kzsign.certificates import Certificate
from kzsign.chains import Chain
from kzsign.context import Context, Purpose
from kzsign.extensions import DIGITAL_SIGNATURE, NON_REPUDIATION
from kzsign.report import PASSED, Revocation, SignerReport, Steps, Timestamp, verdict_of
from kzsign.revocation import Archive
from kzsign.timestamps import Token

# Why a step after a broken signature is not made: it would say nothing, and costs the asker a call to an authority.
_BEFORE: Final = ("decode", "certificate", "signature")


@dataclass
class Evidence:
    """What came with a signature: its time stamps in order, other certificates, answers about revocation."""

    tokens: tuple[Token, ...] = ()
    pool: tuple[Certificate, ...] = ()
    archive: Archive = field(default_factory=Archive)


def signer(
    certificate: Certificate | None,
    scheme: Scheme | None,
    evidence: Evidence,
    steps: Steps,
    context: Context,
    *,
    claimed_at: datetime | None = None,
    counter_signatures: Iterable[SignerReport] = (),
) -> SignerReport:
    """The report of one signer whose steps up to `signature` are filled. Fills the others."""
    token = _time(evidence.tokens, steps)
    counts = token if token is not None and token.is_trusted else None
    at = counts.info.at if counts is not None and counts.info is not None else context.received_at
    source = "timestamp" if counts is not None else ("given" if context.at is not None else "now")
    chain: Chain | None = None
    standing = Revocation()
    if certificate is not None:
        chain = chains.build(certificate, evidence.pool, context.trust, at, context.budget)
        _chain(chain, steps)
        standing = _revocation(chain, evidence, steps, context, at)
        _usage(certificate, steps, context.purpose)
    done = steps.done()
    return SignerReport(
        verdict=verdict_of(done),
        steps=done,
        algorithm=algorithms.label(scheme, certificate.key.bits) if scheme and certificate else "",
        signed_at=at,
        claimed_at=claimed_at,
        time_source=source,
        timestamp=_stamp(token),
        chain=chain.path if chain else (),
        revocation=standing,
        counter_signatures=tuple(counter_signatures),
        **_identity(certificate),
    )


def _identity(certificate: Certificate | None) -> dict[str, Any]:
    if certificate is None:
        return {}
    found = certificate.extensions
    return {
        "full_name": certificate.full_name,
        "iin": certificate.iin,
        "bin": certificate.bin,
        "organisation": certificate.organisation,
        "role": certificate.role,
        "certificate": certificate.raw,
        "key_usage": found.usage_names,
        "extended_usage": found.extended_usage,
        "policies": found.policies,
        "roles": certificate.roles,
    }


def _time(tokens: tuple[Token, ...], steps: Steps) -> Token | None:
    """The token to report: the earliest trusted one, else the first. A broken one fails the step."""
    for token in tokens:
        if token.is_broken:
            steps.failed("time", token.reason)
            return token
    trusted = [(token.info.at, token) for token in tokens if token.is_trusted and token.info is not None]
    if trusted:
        steps.passed("time")
        return min(trusted, key=lambda pair: pair[0])[1]
    if tokens:
        # Told, not counted: the time that counts is then the asker's.
        steps.passed("time", tokens[0].reason)
        return tokens[0]
    steps.passed("time")
    return None


def _stamp(token: Token | None) -> Timestamp | None:
    if token is None:
        return None
    return Timestamp(
        at=token.info.at if token.info else None,
        trusted=token.is_trusted,
        reason=token.reason,
        tsa=str(token.tsa.subject) if token.tsa else "",
        token=token.raw,
    )


def _chain(chain: Chain, steps: Steps) -> None:
    if chain.result == PASSED:
        steps.passed("chain")
    elif chain.result == "unknown":
        steps.unknown("chain", chain.reason)
    else:
        steps.failed("chain", chain.reason)


def _revocation(chain: Chain, evidence: Evidence, steps: Steps, context: Context, at: datetime) -> Revocation:
    if any(steps.result(name) in ("failed", "unknown") for name in _BEFORE) or not chain.is_trusted:
        steps.skipped("revocation", "not_reached")
        return Revocation(reason="not_reached")
    standing = revocation.check_chain(chain.path, evidence.archive, evidence.pool, context, at)
    if standing.status == "good":
        steps.passed("revocation", standing.reason)
    elif standing.status == "revoked":
        steps.failed("revocation", "revoked")
    elif standing.status == "unknown":
        steps.unknown("revocation", "revocation_unknown")
    else:
        steps.skipped("revocation", standing.reason)
    return standing


def _usage(certificate: Certificate, steps: Steps, purpose: Purpose) -> None:
    """What the certificate may be used for, by keyUsage and extended key usage."""
    if purpose is Purpose.ANY:
        steps.passed("usage")
        return
    found = certificate.extensions
    if found.is_ca:
        steps.failed("usage", "authority_certificate")
        return
    bits = found.key_usage or frozenset()
    uses = frozenset(found.extended_usage)
    if purpose is Purpose.LOGIN:
        if DIGITAL_SIGNATURE not in bits:
            steps.failed("usage", "not_for_login")
    elif NON_REPUDIATION not in bits or not _may_sign(uses):
        steps.failed("usage", "not_for_signing")
    steps.passed("usage")


def _may_sign(uses: frozenset[str]) -> bool:
    """Whether the extended uses leave room for signing documents.

    The NCA writes roles among them. Certificates of organisations' systems and old ones of the treasury name a role and
    no use at all: keyUsage alone then says what their key is for.
    """
    technical = {use for use in uses if not use.startswith(oids.NATIONAL)}
    signing = oids.DOCUMENT_SIGNING | {oids.EMAIL_PROTECTION, oids.ANY_USE}
    return not technical or bool(technical & signing)
