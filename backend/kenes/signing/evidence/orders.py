"""Evidence packages: ordered by who may have them, made by the outbox, found again as long as nothing has changed.

Order of locks: case, document, package.
"""

from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.accounts import reads
from kenes.cases.models import Case
from kenes.documents.models import Document
from kenes.event_log import services as event_log
from kenes.files import services as files
from kenes.files.models import StoredFile
from kenes.foundation import clock, logs
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import KenesError, ViewingOnly
from kenes.outbox import services as outbox
from kenes.realtime import services as realtime
from kenes.signing import organisation_seal
from kenes.signing.evidence import contents, packing, people, stamping, summary
from kenes.signing.evidence.checker import checker
from kenes.signing.evidence.errors import EvidenceNotOrdered, EvidenceNotReady, NothingSigned
from kenes.signing.evidence.events import EvidenceMade, EvidenceOrdered, EvidenceTaken
from kenes.signing.evidence.models import EvidencePackage, EvidenceStatus

log = logs.get(__name__)
HANDLER: Final = "signing.evidence"
_ACTOR: Final = SystemActor("evidence")

reads.name_field("evidence", _("Evidence of the signature"))


def get(*, actor: Actor, document_id: UUID) -> EvidencePackage:
    """The package of a document. DocumentNotFound for strangers, EvidenceNotOrdered before the first order."""
    people.get_document(actor=actor, document_id=document_id)
    package = EvidencePackage.objects.select_related("file").filter(document_id=document_id).first()
    if package is None:
        raise EvidenceNotOrdered
    return package


def order(*, actor: Actor, document_id: UUID) -> EvidencePackage:
    """Have the package made. One that is being made, or that would say the same again, is given back instead.

    Raises DocumentNotFound, ViewingOnly for who looks through another's eyes, NothingSigned before the seal.
    """
    if actor.viewed_by is not None:
        raise ViewingOnly
    document = people.get_document(actor=actor, document_id=document_id)
    signatures = contents.signatures_of(document)
    if not signatures or document.sealed_file_id is None:
        raise NothingSigned
    print_now = contents.fingerprint(document, signatures, contents.chain_of(document), checker())
    return _order(actor, document, print_now)


@transaction.atomic
def _order(actor: Actor, document: Document, print_now: str) -> EvidencePackage:
    Case.objects.select_for_update(of=("self",)).get(pk=document.case_id)
    package, is_new = EvidencePackage.objects.get_or_create(document=document)
    package = EvidencePackage.objects.select_for_update(of=("self",)).get(pk=package.pk)
    if not is_new:
        if package.status == EvidenceStatus.PREPARING:
            return package
        if package.status == EvidenceStatus.READY and package.fingerprint == print_now:
            return package
        package.version += 1
    package.status, package.progress_percent, package.failure = EvidenceStatus.PREPARING, 0, ""
    package.ordered_at = clock.now()
    package.save(update_fields=["status", "progress_percent", "failure", "version", "ordered_at"])
    payload = {"package_id": str(package.pk), "version": package.version}
    outbox.enqueue(HANDLER, payload, key=f"evidence:{package.pk}:{package.version}")
    event_log.record(
        EvidenceOrdered(
            case_id=document.case_id, document_id=document.pk, package_id=package.pk, version=package.version
        ),
        actor=actor,
    )
    return package


def make(*, package_id: UUID, version: int, last_try: bool) -> None:
    """Make the package of this order; an older order does nothing. Outside any transaction; a second run begins anew."""
    rows = EvidencePackage.objects.select_related(
        "document__case", "document__pdf_file", "document__docx_file", "document__sealed_file"
    )
    package = rows.filter(pk=package_id, version=version, status=EvidenceStatus.PREPARING).first()
    if package is None:
        return
    try:
        fingerprint, data = _package(package)
    except KenesError as problem:
        # A file whose time of keeping is over, or one that is locked: no later try brings it back.
        _fail(package, problem.code)
        return
    except Exception as problem:
        if last_try:
            _fail(package, type(problem).__name__)
        raise
    document = package.document
    stored = files.store(
        data=data, name=f"{document.number}_evidence.zip", mime="application/zip", origin="generated",
        owner_kind=people.OWNER_KIND, owner_id=document.pk,
    )  # fmt: skip
    _keep(package, fingerprint, stored)


def _package(package: EvidencePackage) -> tuple[str, bytes]:
    document = package.document
    signatures, part, program = contents.signatures_of(document), contents.chain_of(document), checker()
    _progress(package, 15)
    found = contents.gather(document, signatures, part)
    _progress(package, 55)
    made_at = clock.now()
    found.index["summaries"] = {
        language: found.add(f"summary_{language}.pdf", summary.draw(found, language, made_at))
        for language in contents.LANGUAGES
    }
    _progress(package, 85)
    data, is_stamped = packing.pack(
        found,
        checker=program,
        identity=organisation_seal.sealer().identity,
        made_at=made_at,
        stamp=stamping.stamp if stamping.is_wanted() else None,
    )
    if stamping.is_wanted() and not is_stamped:
        # Good as it is; the next order tries again.
        return "", data
    return contents.fingerprint(document, signatures, part, program), data


def _progress(package: EvidencePackage, percent: int) -> None:
    EvidencePackage.objects.filter(pk=package.pk, version=package.version).update(progress_percent=percent)
    realtime.hint(f"case:{package.document.case_id}", "document.changed", package.document_id)


@transaction.atomic
def _keep(package: EvidencePackage, fingerprint: str, stored: StoredFile) -> None:
    document = package.document
    Case.objects.select_for_update(of=("self",)).get(pk=document.case_id)
    kept = EvidencePackage.objects.select_for_update(of=("self",)).get(pk=package.pk)
    if kept.version != package.version or kept.status != EvidenceStatus.PREPARING:
        # A parallel run was quicker: the file of this one is nobody's.
        files.request_removal_of(file_id=stored.pk)
        return
    before = kept.file_id
    kept.status, kept.progress_percent = EvidenceStatus.READY, 100
    kept.fingerprint, kept.file, kept.made_at = fingerprint, stored, clock.now()
    kept.save(update_fields=["status", "progress_percent", "fingerprint", "file", "made_at"])
    if before is not None:
        files.request_removal_of(file_id=before)
    event_log.record(
        EvidenceMade(
            case_id=document.case_id, document_id=document.pk, package_id=kept.pk, version=kept.version,
            sha256=stored.sha256,
        ),
        actor=_ACTOR,
    )  # fmt: skip
    realtime.hint(f"case:{document.case_id}", "document.changed", document.pk)


def _fail(package: EvidencePackage, reason: str) -> None:
    rows = EvidencePackage.objects.filter(
        pk=package.pk, version=package.version, status=EvidenceStatus.PREPARING
    )
    rows.update(status=EvidenceStatus.FAILED, failure=reason[:60])
    log.error("evidence_failed", package_id=str(package.pk), reason=reason)
    realtime.hint(f"case:{package.document.case_id}", "document.changed", package.document_id)


def download(*, actor: Actor, document_id: UUID) -> StoredFile:
    """The ZIP to save; written into «who looked at my data» of everybody whose signature is in it.

    Raises DocumentNotFound, ViewingOnly, EvidenceNotOrdered, EvidenceNotReady while there is none.
    """
    if actor.viewed_by is not None:
        raise ViewingOnly
    package = get(actor=actor, document_id=document_id)
    if package.file is None:
        raise EvidenceNotReady
    document = Document.objects.only("id", "case_id").get(pk=document_id)
    signers = {one.signer_id for one in contents.signatures_of(document)}
    with transaction.atomic():
        for person_id in sorted(signers - {actor.user_id}):
            reads.record(
                actor=actor, person_id=person_id, kind=reads.Kind.EXPORT, fields=["evidence"],
                case_id=document.case_id,
            )  # fmt: skip
        event_log.record(
            EvidenceTaken(case_id=document.case_id, document_id=document.pk, package_id=package.pk),
            actor=actor,
        )
    return package.file


def forget(*, document_id: UUID) -> None:
    """Drop the package of a document whose time of keeping is over; in the caller's transaction, safe to repeat."""
    package = EvidencePackage.objects.select_for_update(of=("self",)).filter(document_id=document_id).first()
    if package is None:
        return
    file_id = package.file_id
    package.delete()
    if file_id is not None:
        files.request_removal_of(file_id=file_id, ground="retention")


def handle(payload: dict[str, Any], last_try: bool) -> None:
    """The order in the outbox."""
    make(package_id=UUID(payload["package_id"]), version=int(payload["version"]), last_try=last_try)
