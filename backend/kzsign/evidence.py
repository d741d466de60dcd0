"""Judge an evidence package: files, seal, document, signatures, codes and agreements, event chain, daily anchor.

A package brings the certificates that it may be checked with. Whoever knows better gives his own trust; otherwise the
verdict rests on those in the package, and the report names their hashes so that people can compare them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from kzsign import (
    asn1,
    certificates,
    cms,
    evidence_events,
    evidence_files,
    evidence_manifest,
    evidence_signers,
    evidence_stamp,
)
from kzsign.anchors import Trust
from kzsign.certificates import Certificate
from kzsign.content import Content
from kzsign.context import Context, Limits, Purpose, RevocationPolicy, Revoking
from kzsign.evidence_events import Anchored, Chain
from kzsign.evidence_files import PackageError
from kzsign.evidence_manifest import Manifest
from kzsign.evidence_signers import Package
from kzsign.report import FAILED, PASSED, SKIPPED, UNKNOWN, Report, SignerReport, Step, Verdict

FORMAT: Final = "evidence"
STEP_NAMES: Final = (
    "container",
    "manifest",
    "files",
    "seal",
    evidence_stamp.NAME,
    "document",
    "sealed_document",
    "signatures",
    "events",
    "anchor",
)


@dataclass(frozen=True)
class AnchorShown:
    """A certificate that the verdict rests on."""

    subject: str
    sha256: str
    purpose: str


@dataclass(frozen=True)
class EvidenceFacts:
    """What was found out about the package as a whole."""

    steps: tuple[Step, ...] = ()
    document_number: str = ""
    document_sha256: str = ""
    made_at: datetime | None = None
    sealed_by: str = ""
    files: int = 0
    events_shown: int = 0
    events_hidden: int = 0
    anchors: tuple[AnchorShown, ...] = ()
    anchors_from: str = "given"
    anchored_on: str = ""
    anchor_stamped_at: str = ""
    stamped_at: datetime | None = None
    stamped_by: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values for `json.dumps`."""
        return {
            "document_number": self.document_number,
            "document_sha256": self.document_sha256,
            "made_at": self.made_at.strftime("%Y-%m-%dT%H:%M:%SZ") if self.made_at else None,
            "sealed_by": self.sealed_by,
            "stamped_at": self.stamped_at.strftime("%Y-%m-%dT%H:%M:%SZ") if self.stamped_at else None,
            "stamped_by": self.stamped_by,
            "files": self.files,
            "events_shown": self.events_shown,
            "events_hidden": self.events_hidden,
            "anchored_on": self.anchored_on,
            "anchor_stamped_at": self.anchor_stamped_at or None,
            "anchors": [
                {"subject": one.subject, "sha256": one.sha256, "purpose": one.purpose} for one in self.anchors
            ],
            "anchors_from": self.anchors_from,
            "steps": [{"name": s.name, "result": s.result, "reason": s.reason} for s in self.steps],
        }


@dataclass(frozen=True)
class EvidenceReport(Report):
    """The report of a package: as of any signature, and `evidence` besides."""

    evidence: EvidenceFacts = field(default_factory=EvidenceFacts)

    def as_json(self) -> dict[str, Any]:
        """Plain values for `json.dumps`."""
        return {**super().as_json(), "evidence": self.evidence.as_json()}


def verify_evidence(
    data: bytes,
    *,
    trust: Trust | None,
    at: datetime | None = None,
    revocation: Revoking = RevocationPolicy.ARCHIVED,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
) -> EvidenceReport:
    """Judge the ZIP of a package. Whatever the bytes are, a report comes back.

    `trust` None: the verdict rests on the certificates in the package (`evidence.anchors_from` says so). `at` is the time
    to judge seals at where no trusted time stamp is; signatures are judged at the time the package records for them.
    """
    try:
        files = evidence_files.from_zip(data)
    except PackageError as problem:
        return refused("container", problem.code)
    return verify_files(files, trust=trust, at=at, revocation=revocation, limits=limits)


def verify_files(
    files: dict[str, bytes],
    *,
    trust: Trust | None,
    at: datetime | None = None,
    revocation: Revoking = RevocationPolicy.ARCHIVED,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
) -> EvidenceReport:
    """As `verify_evidence`, for the files of an unpacked package by their path in it."""
    try:
        manifest = evidence_manifest.read(files)
    except PackageError as problem:
        return refused("manifest", problem.code)
    context = Context(trust=trust or Trust(), at=at, revocation=revocation, limits=limits)
    check = _Check(manifest, files, context, own_trust=trust is not None)
    return check.report()


def refused(step: str, reason: str) -> EvidenceReport:
    """The report for a package that could not be opened as far as `step`."""
    done = [Step(name, SKIPPED, "not_reached") for name in STEP_NAMES]
    place = STEP_NAMES.index(step)
    done[:place] = [Step(name, PASSED) for name in STEP_NAMES[:place]]
    done[place] = Step(step, FAILED, reason)
    return EvidenceReport(Verdict.INVALID, FORMAT, reason, (), EvidenceFacts(tuple(done)))


class _Check:
    """One check; every part leaves a step."""

    def __init__(
        self, manifest: Manifest, files: dict[str, bytes], context: Context, *, own_trust: bool
    ) -> None:
        self.manifest, self.files, self.context, self.own_trust = manifest, files, context, own_trust
        self.steps: dict[str, Step] = {
            "container": Step("container", PASSED),
            "manifest": Step("manifest", PASSED),
        }
        self.sealed_by = ""
        self.stamped = evidence_stamp.Stamped(Step(evidence_stamp.NAME, SKIPPED, "not_reached"))
        self.signers: tuple[SignerReport, ...] = ()
        self.chain: Chain | None = None
        self.anchored = Anchored(Step("anchor", SKIPPED, "not_reached"))
        self.listed_anchors: list[tuple[Certificate, str]] = []

    def report(self) -> EvidenceReport:
        fault = evidence_manifest.compare(self.manifest, self.files)
        self.steps["files"] = Step("files", FAILED, fault) if fault else Step("files", PASSED)
        if not fault:
            try:
                self._certificates()
                self._all()
            except PackageError as problem:
                self.steps["manifest"] = Step("manifest", FAILED, problem.code)
        return self._report()

    def _certificates(self) -> None:
        """What the package offers to be trusted; used when nobody knows better."""
        rows = self.manifest.body.get("anchors")
        for row in rows if isinstance(rows, list) else []:
            purpose = row.get("purpose") if isinstance(row, dict) else None
            if not isinstance(purpose, str):
                raise PackageError("manifest_malformed")
            try:
                found = certificates.read_all(self.files[self.manifest.path(row.get("path"))])
            except asn1.Asn1Error:
                raise PackageError("anchor_certificate_broken") from None
            self.listed_anchors += [(one, purpose) for one in found]
        between = tuple(dict.fromkeys(one for one, _ in self.listed_anchors))
        if self.own_trust:
            # They end no chain, but may stand in one: readers often know the root alone.
            self.context.trust = self.context.trust.joined(Trust(intermediates=between))
        else:
            ends = tuple(
                dict.fromkeys(one for one, purpose in self.listed_anchors if purpose != "intermediate")
            )
            own_seals = frozenset(one.sha256 for one, purpose in self.listed_anchors if purpose == "seal")
            self.context.trust = Trust(ends, between, without_revocation=own_seals)

    def _all(self) -> None:
        self.stamped = evidence_stamp.check(self.manifest, self.files, self.context, own_trust=self.own_trust)
        self.steps[evidence_stamp.NAME] = self.stamped.step
        self._seal()
        original = self._document()
        self._events()
        digest = hashlib.sha256(original).hexdigest()
        package = Package(self.manifest, self.files, original, digest, self.chain)
        try:
            self.signers = evidence_signers.check_all(package, self.context)
        except PackageError as problem:
            self.steps["signatures"] = Step("signatures", FAILED, problem.code)
        else:
            self.steps["signatures"] = _of_signers(self.signers)
        self._sealed_document(original)

    def _seal(self) -> None:
        """The seal on the list: by an authority that only seals, never by a person's own key."""
        container = self.files.get(evidence_manifest.SEAL)
        if container is None:
            self.steps["seal"] = Step("seal", FAILED, "seal_missing")
            return
        # With a trusted stamp the seal holds also when its certificate has ended since: years later it always has.
        trust = Trust(self._seal_anchors(), without_revocation=self._seal_hashes())
        context = self._with(trust, at=self.stamped.at)
        report = cms.verify_cms(container, Content(self.manifest.raw), context)
        signer = report.signers[0] if len(report.signers) == 1 else None
        if signer is None:
            self.steps["seal"] = Step("seal", FAILED, report.reason or "seal_malformed")
        elif signer.iin or signer.bin:
            # Issued by the national authority to somebody: anybody can get one.
            self.steps["seal"] = Step("seal", FAILED, "seal_of_a_person")
        elif report.verdict is Verdict.VALID and not self._is_plain(container, signer):
            self.steps["seal"] = Step("seal", FAILED, "seal_malformed")
        else:
            self.steps["seal"] = _as_step("seal", report)
            self.sealed_by = signer.full_name

    def _is_plain(self, container: bytes, signer: SignerReport) -> bool:
        certificate = certificates.read(signer.certificate)
        return evidence_stamp.is_plain(container, certificate, signer.chain, self.context.limits)

    def _seal_hashes(self) -> frozenset[str]:
        named = self.context.trust.without_revocation
        listed = frozenset(one.sha256 for one, purpose in self.listed_anchors if purpose == "seal")
        return (named or listed) if self.own_trust else listed

    def _seal_anchors(self) -> tuple[Certificate, ...]:
        hashes = self._seal_hashes()
        return tuple(one for one in self.context.trust.anchors if one.sha256 in hashes)

    def _with(self, trust: Trust, *, at: datetime | None = None) -> Context:
        # With anchors configured, none of which is a seal's, a seal is untrusted; with none at all nothing is known.
        chosen = trust if trust.anchors or not self.context.trust.anchors else self.context.trust
        return Context(
            trust=chosen,
            at=at or self.context.at,
            revocation=RevocationPolicy.OFF,
            limits=self.context.limits,
            purpose=Purpose.ANY,
            now=self.context.now,
        )

    def _document(self) -> bytes:
        shown = self.manifest.document
        original = self.files[self.manifest.path(shown.get("original"))]
        right = hashlib.sha256(original).hexdigest() == shown.get("sha256")
        self.steps["document"] = (
            Step("document", PASSED) if right else Step("document", FAILED, "document_differs")
        )
        return original

    def _events(self) -> None:
        try:
            self.chain = evidence_events.read_chain(
                self.files[self.manifest.path(self.manifest.body.get("events"))]
            )
        except PackageError as problem:
            self.steps["events"] = Step("events", FAILED, problem.code)
            return
        self.steps["events"] = Step("events", PASSED)
        self.anchored = evidence_events.check_anchor(self.manifest, self.files, self.chain, self.context)
        self.steps["anchor"] = self.anchored.step

    def _sealed_document(self, original: bytes) -> None:
        place = self.manifest.document.get("sealed")
        if place is None:
            self.steps["sealed_document"] = Step("sealed_document", SKIPPED, "not_sealed")
            return
        from kzsign import pdf

        sealed = self.files[self.manifest.path(place)]
        # A copy whose time stamp came later begins with the sealed file and is judged instead: it says more.
        later = self.manifest.document.get("sealed_with_time")
        judged = self.files[self.manifest.path(later)] if later is not None else sealed
        if not sealed.startswith(original) or not judged.startswith(sealed):
            self.steps["sealed_document"] = Step("sealed_document", FAILED, "sealed_of_another")
            return
        context = self._with(self.context.trust)
        self.steps["sealed_document"] = _as_step("sealed_document", pdf.verify_pdf(judged, context))

    def _report(self) -> EvidenceReport:
        steps = tuple(self.steps.get(name, Step(name, SKIPPED, "not_reached")) for name in STEP_NAMES)
        verdict, reason = _verdict(steps)
        shown = self.manifest.document
        facts = EvidenceFacts(
            steps=steps,
            document_number=_text(shown.get("number")),
            document_sha256=_text(shown.get("sha256")),
            made_at=self.manifest.made_at,
            sealed_by=self.sealed_by,
            stamped_at=self.stamped.at,
            stamped_by=self.stamped.tsa,
            files=len(self.manifest.listed),
            events_shown=len(self.chain.whole) if self.chain else 0,
            events_hidden=self.chain.hidden if self.chain else 0,
            anchors=tuple(self._rests_on()),
            anchors_from="given" if self.own_trust else "package",
            anchored_on=self.anchored.day,
            anchor_stamped_at=self.anchored.stamped_at,
        )
        return EvidenceReport(verdict, FORMAT, reason, self.signers, facts)

    def _rests_on(self) -> Iterable[AnchorShown]:
        purposes = {one.sha256: purpose for one, purpose in self.listed_anchors}
        for one in self.context.trust.anchors:
            yield AnchorShown(str(one.subject), one.sha256, purposes.get(one.sha256, ""))


def _as_step(name: str, report: Report) -> Step:
    result = {Verdict.VALID: PASSED, Verdict.INVALID: FAILED, Verdict.UNKNOWN: UNKNOWN}[report.verdict]
    return Step(name, result, report.reason)


def _of_signers(signers: tuple[SignerReport, ...]) -> Step:
    for verdict, result in ((Verdict.INVALID, FAILED), (Verdict.UNKNOWN, UNKNOWN)):
        for signer in signers:
            if signer.verdict is verdict:
                return Step("signatures", result, signer.reason)
    return Step("signatures", PASSED)


def _verdict(steps: tuple[Step, ...]) -> tuple[Verdict, str]:
    for result, verdict in ((FAILED, Verdict.INVALID), (UNKNOWN, Verdict.UNKNOWN)):
        for step in steps:
            if step.result == result:
                return verdict, step.reason
    needed = ("files", "seal", "document", "signatures", "events")
    if any(step.result != PASSED for step in steps if step.name in needed):
        return Verdict.INVALID, "not_reached"
    return Verdict.VALID, ""


def _text(value: Any) -> str:
    return value[:200] if isinstance(value, str) else ""
