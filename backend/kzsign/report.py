"""What a check found: verdicts, steps with reason codes, signers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from enum import Enum
from typing import Any, Final

from kzsign.certificates import Certificate


class Verdict(str, Enum):
    """Valid needs every step; unknown is never valid."""

    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


PASSED: Final = "passed"
FAILED: Final = "failed"
UNKNOWN: Final = "unknown"
SKIPPED: Final = "skipped"

STEP_NAMES: Final = (
    "decode",
    "content",
    "certificate",
    "attributes",
    "digest",
    "signing_certificate",
    "signature",
    "time",
    "chain",
    "revocation",
    "usage",
)


@dataclass(frozen=True)
class Step:
    """One step: its result and, when there is something to say, a stable reason code."""

    name: str
    result: str
    reason: str = ""


class Steps:
    """Results being collected. A step keeps its first failure; one that was never reached stays skipped."""

    def __init__(self) -> None:
        self._found: dict[str, Step] = {}

    def passed(self, name: str, reason: str = "") -> None:
        """The step holds, unless something was already found against it."""
        self._found.setdefault(name, Step(name, PASSED, reason))

    def failed(self, name: str, reason: str) -> None:
        """The step does not hold."""
        if self.result(name) != FAILED:
            self._found[name] = Step(name, FAILED, reason)

    def unknown(self, name: str, reason: str) -> None:
        """Whether the step holds cannot be told."""
        if self.result(name) not in (FAILED, UNKNOWN):
            self._found[name] = Step(name, UNKNOWN, reason)

    def skipped(self, name: str, reason: str) -> None:
        """The step was not asked for or does not apply."""
        self._found.setdefault(name, Step(name, SKIPPED, reason))

    def result(self, name: str) -> str:
        """The result so far; empty when the step was not reached."""
        step = self._found.get(name)
        return step.result if step else ""

    def done(self) -> tuple[Step, ...]:
        """All steps in their order."""
        return tuple(self._found.get(name, Step(name, SKIPPED, "not_reached")) for name in STEP_NAMES)


def verdict_of(steps: tuple[Step, ...]) -> Verdict:
    """Any failed step: invalid. Else any unknown one: unknown. The signature itself must have passed to be valid."""
    results = {step.result for step in steps}
    if FAILED in results:
        return Verdict.INVALID
    if UNKNOWN in results:
        return Verdict.UNKNOWN
    needed = {"digest", "signature", "time", "chain", "usage"}
    if any(step.result != PASSED for step in steps if step.name in needed):
        return Verdict.INVALID
    return Verdict.VALID


@dataclass(frozen=True)
class Timestamp:
    """A time stamp found with a signature. `reason` says why it is not trusted."""

    at: datetime | None
    trusted: bool
    reason: str
    tsa: str
    token: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Revocation:
    """Standing of the signer's certificate: good, revoked, unknown, skipped."""

    status: str = "skipped"
    source: str = ""
    revoked_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class SignerReport:
    """One signer. `certificate` (DER), `key_usage`, `policies` and `roles` are for programs and not in the JSON."""

    verdict: Verdict
    steps: tuple[Step, ...]
    full_name: str = ""
    iin: str = ""
    bin: str = ""
    organisation: str = ""
    role: str = ""
    algorithm: str = ""
    signed_at: datetime | None = None
    claimed_at: datetime | None = None
    time_source: str = "now"
    timestamp: Timestamp | None = None
    chain: tuple[Certificate, ...] = ()
    revocation: Revocation = Revocation()
    counter_signatures: tuple[SignerReport, ...] = ()
    certificate: bytes = field(default=b"", repr=False)
    key_usage: tuple[str, ...] = ()
    extended_usage: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """The reason code of the first step that failed, or else could not be told."""
        for result in (FAILED, UNKNOWN):
            for step in self.steps:
                if step.result == result:
                    return step.reason
        return ""

    def as_json(self) -> dict[str, Any]:
        """Plain values for `json.dumps`."""
        stamp, standing = self.timestamp, self.revocation
        answer: dict[str, Any] = {
            "verdict": self.verdict.value,
            "full_name": self.full_name,
            "iin": self.iin,
            "bin": self.bin,
            "organisation": self.organisation,
            "role": self.role,
            "algorithm": self.algorithm,
            "signed_at": _iso(self.signed_at),
            "claimed_at": _iso(self.claimed_at),
            "time_source": self.time_source,
            "timestamp": stamp
            and {"at": _iso(stamp.at), "trusted": stamp.trusted, "reason": stamp.reason, "tsa": stamp.tsa},
            "chain": [_link(certificate) for certificate in self.chain],
            "revocation": {
                "status": standing.status,
                "source": standing.source,
                "revoked_at": _iso(standing.revoked_at),
                "reason": standing.reason,
            },
            "steps": [{"name": s.name, "result": s.result, "reason": s.reason} for s in self.steps],
        }
        if self.counter_signatures:
            answer["counter_signatures"] = [report.as_json() for report in self.counter_signatures]
        return answer


@dataclass(frozen=True)
class Report:
    """The whole answer. `reason` is empty when valid, else a stable code."""

    verdict: Verdict
    format: str
    reason: str = ""
    signers: tuple[SignerReport, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values for `json.dumps`."""
        return {
            "verdict": self.verdict.value,
            "format": self.format,
            "reason": self.reason,
            "signers": [signer.as_json() for signer in self.signers],
        }


def refused(kind: str, reason: str) -> Report:
    """The answer for bytes in which no signer could be read."""
    return Report(Verdict.INVALID, kind, reason)


def container(kind: str, signers: tuple[SignerReport, ...]) -> Report:
    """A container is valid only when every signer is, and there is one."""
    if not signers:
        return refused(kind, "no_signers")
    for verdict in (Verdict.INVALID, Verdict.UNKNOWN):
        for signer in signers:
            if signer.verdict is verdict:
                return Report(verdict, kind, signer.reason, signers)
    return Report(Verdict.VALID, kind, "", signers)


def with_steps(signer: SignerReport, steps: tuple[Step, ...]) -> SignerReport:
    """The same signer with other steps and the verdict that follows from them."""
    return replace(signer, steps=steps, verdict=verdict_of(steps))


def _link(certificate: Certificate) -> dict[str, Any]:
    return {
        "subject": str(certificate.subject),
        "issuer": str(certificate.issuer),
        "serial": f"{certificate.serial:x}",
        "sha256": certificate.sha256,
        "not_before": _iso(certificate.not_before),
        "not_after": _iso(certificate.not_after),
    }


def _iso(moment: datetime | None) -> str | None:
    # Not strftime: it writes years before 1000 without their zeros.
    return (
        f"{moment.astimezone(timezone.utc).replace(tzinfo=None, microsecond=0).isoformat()}Z"
        if moment
        else None
    )
