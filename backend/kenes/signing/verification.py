"""What anybody may learn about a document: by its address, or from its file. Nothing uploaded is kept."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from kenes.documents import kinds
from kenes.event_log import selectors as event_log
from kenes.files import selectors as file_selectors
from kenes.files import services as file_services
from kenes.files.errors import FileContentLost, StoredFileNotFound
from kenes.signing import organisation_seal, organisation_stamps, public_names, selectors, verify_texts
from kenes.signing.errors import NotPdf, UnknownToken
from kenes.signing.events import SignatureMade
from kenes.signing.models import Signature, VerificationRecord
from kenes.signing.seal_check import SealReport, SealState, check_seal
from kenes.signing.seal_time import judge_with
from kenes.signing.sealing import SealLevel
from kenes.signing.verify import FileKind, Judgement, KnownFile, NotAPdfError, Reason, Verdict, judge

Text = str | Promise


@dataclass(frozen=True, slots=True)
class ShownDocument:
    kind_label: Text
    number: str
    pages: int


@dataclass(frozen=True, slots=True)
class ShownSignature:
    """`shows` is the signer's choice: `signer` is then «Досымов К. А.» (short), the whole name (full) or empty (hidden).

    `time_source` is "server" or "timestamp".
    """

    signer: str
    shows: str
    method: str
    method_label: Text
    signed_at: datetime
    text_sha256: str
    party_role: str
    organisation: str
    represents: str
    time_source: str


@dataclass(frozen=True, slots=True)
class ShownSeal:
    """`level` is "B-LTA" where time stamps that count are on the seal, else "B-B"; `stamped_at` is the time they prove."""

    subject: str
    sealed_at: datetime
    valid: bool
    level: str
    level_label: Text
    stamped_at: datetime | None


@dataclass(frozen=True, slots=True)
class Step:
    code: str
    label: Text
    ok: bool
    detail: Text


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer of both ways to verify. `file_kind` tells which of the two files was uploaded.

    `signatures` are all that count, by time; `signature` is the last of them.
    """

    verdict: str
    file_kind: str | None
    reason_code: str
    reason: Text
    document: ShownDocument | None
    signature: ShownSignature | None
    signatures: list[ShownSignature]
    seal: ShownSeal | None
    sealed_sha256: str | None
    steps: list[Step]


def verify_token(token: str) -> Verification:
    """Check our own files and log for the document with this address. Raises UnknownToken."""
    record = _records().filter(token=token).first()
    if record is None:
        raise UnknownToken
    signature_logged = _is_logged(record)
    original_kept = _sha256(_content(record.document.pdf_file_id)) == record.original_sha256
    steps = [_step("signature_recorded", signature_logged), _step("original_kept", original_kept)]
    if record.sealed_file_id is None or record.sealed_at is None:
        label = verify_texts.STEPS["seal_ours"][0]
        steps.append(Step("seal_ours", label, False, verify_texts.SEAL_PENDING))
        verdict, seal, reason = Verdict.UNKNOWN, None, ("seal_pending", verify_texts.SEAL_PENDING)
    else:
        report, whole = _check_sealed(record)
        steps += _seal_steps(report)
        valid = signature_logged and original_kept and whole
        verdict = Verdict.VALID if valid else Verdict.INVALID
        reason = (
            ("in_order", verify_texts.TOKEN_VALID)
            if valid
            else ("record_damaged", verify_texts.TOKEN_INVALID)
        )
        seal = _seal(record.seal_subject, record.sealed_at, whole, _with_time(record, report))
    last, signatures = _signatures(record)
    return Verification(
        verdict=verdict,
        file_kind=None,
        reason_code=reason[0],
        reason=reason[1],
        document=_document(record),
        signature=last,
        signatures=signatures,
        seal=seal,
        sealed_sha256=record.sealed_sha256,
        steps=steps,
    )


def verify_file(data: bytes) -> Verification:
    """Judge an uploaded file. Raises NotPdf; every other file gets a verdict."""
    try:
        found = judge(
            data,
            authorities=organisation_seal.authorities(),
            look_up=_look_up,
            judge_stamp=judge_with(organisation_stamps.anchors()),
        )
    except NotAPdfError as problem:
        raise NotPdf from problem
    record = found.record
    # A changed file proves nothing about the signature it names.
    last, signatures = _signatures(record if found.verdict is Verdict.VALID else None)
    return Verification(
        verdict=found.verdict,
        file_kind=found.kind,
        reason_code=found.reason,
        reason=verify_texts.REASONS[found.reason],
        document=_document(record) if record else None,
        signature=last,
        signatures=signatures,
        seal=_shown_seal(found),
        sealed_sha256=record.sealed_sha256 if record and last else None,
        steps=_upload_steps(found),
    )


def _records() -> QuerySet[VerificationRecord]:
    return VerificationRecord.objects.select_related(
        "document", "signature__request", "signature__principal", "signature__organisation"
    )


def _look_up(sha256: str) -> KnownFile[VerificationRecord] | None:
    # The copy that got its time stamp later begins with the sealed file and counts as it does.
    sealed = _records().filter(Q(sealed_sha256=sha256) | Q(archive_sha256=sha256)).first()
    if sealed is not None:
        return KnownFile(FileKind.SEALED, sealed)
    original = _records().filter(original_sha256=sha256).order_by("-created_at").first()
    return KnownFile(FileKind.ORIGINAL, original) if original is not None else None


def _is_logged(record: VerificationRecord) -> bool:
    rows = event_log.events_of("case", record.document.case_id).filter(type=SignatureMade.type)
    return rows.filter(
        data__signature_id=str(record.signature_id), data__document_sha256=record.original_sha256
    ).exists()


def _content(file_id: UUID | None) -> bytes:
    """Bytes of a kept file, empty when they are lost: the verdict then says so instead of failing."""
    if file_id is None:
        return b""
    try:
        return file_services.read(file_selectors.get_file(file_id))
    except (FileContentLost, StoredFileNotFound):
        return b""


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _check_sealed(record: VerificationRecord) -> tuple[SealReport, bool]:
    data = _content(record.sealed_file_id)
    report = _report(data)
    unchanged = _sha256(data) == record.sealed_sha256
    names_original = report.named_sha256 == record.original_sha256
    return report, unchanged and names_original and report.state is SealState.WHOLE


def _with_time(record: VerificationRecord, report: SealReport) -> SealReport:
    """The report that tells the time best: that of the copy which got its time stamp later, where there is one."""
    if record.archive_file_id is None:
        return report
    data = _content(record.archive_file_id)
    later = _report(data)
    return later if _sha256(data) == record.archive_sha256 and later.state is SealState.WHOLE else report


def _report(data: bytes) -> SealReport:
    return check_seal(data, organisation_seal.authorities(), judge_with(organisation_stamps.anchors()))


def _document(record: VerificationRecord) -> ShownDocument:
    document = record.document
    return ShownDocument(kinds.title(document.code), document.number, document.pages)


def _signatures(record: VerificationRecord | None) -> tuple[ShownSignature | None, list[ShownSignature]]:
    """The last signature and all that count, each name as its signer lets it stand."""
    if record is None:
        return None, []
    made = selectors.signatures_of(record.document_id)
    return _signature(record.signature, made), [_signature(one, made) for one in made]


def _signature(signature: Signature, of_document: list[Signature]) -> ShownSignature:
    organisation = signature.organisation
    return ShownSignature(
        signer=public_names.written(signature.signer_name, signature.public_name),
        shows=signature.public_name,
        method=signature.method,
        method_label=signature.get_method_display(),
        signed_at=signature.signed_at,
        text_sha256=signature.document_sha256,
        party_role=signature.request.party_role,
        organisation=organisation.name if organisation is not None else "",
        represents=public_names.represented(signature, of_document),
        time_source=signature.time_source,
    )


def _shown_seal(found: Judgement[VerificationRecord]) -> ShownSeal | None:
    """The seal where its words can be believed: those of a damaged or foreign one are anybody's."""
    seal = found.seal
    if seal.state not in (SealState.WHOLE, SealState.ADDED_AFTER) or seal.sealed_at is None:
        return None
    good = found.verdict is Verdict.VALID and seal.state is SealState.WHOLE
    return _seal(seal.subject, seal.sealed_at, good, seal)


def _seal(subject: str, sealed_at: datetime, good: bool, report: SealReport) -> ShownSeal:
    stamps = [
        found for found in (report.stamp, report.archive_stamp) if found is not None and found.is_trusted
    ]
    level = SealLevel.LONG_TERM if stamps and good else SealLevel.BASIC
    times = [found.at for found in stamps if found.at is not None]
    return ShownSeal(
        subject,
        sealed_at,
        good,
        level.value,
        verify_texts.LEVELS[level],
        min(times) if times and good else None,
    )


def _upload_steps(found: Judgement[VerificationRecord]) -> list[Step]:
    known = _step("file_known", found.reason in (Reason.SEALED_KNOWN, Reason.ORIGINAL_KNOWN))
    if found.kind is FileKind.ORIGINAL or found.seal.state is SealState.ABSENT:
        return [known]
    return [known, *_seal_steps(found.seal)]


def _seal_steps(seal: SealReport) -> list[Step]:
    ours = seal.state in (SealState.WHOLE, SealState.ADDED_AFTER)
    return [
        _step("seal_ours", ours),
        _step("seal_whole", seal.state is SealState.WHOLE),
        _step("original_inside", seal.original_inside),
    ]


def _step(code: str, ok: bool) -> Step:
    label, holds, fails = verify_texts.STEPS[code]
    return Step(code, label, ok, holds if ok else fails)
