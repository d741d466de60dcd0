"""What goes along with a letter to a creditor: chosen by the borrower or staff, else by the checklist of the procedure.

Order of locks: case, documents, dispatch, package. The files are made by `making` in the outbox.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from kenes.cases import permissions as case_permissions
from kenes.cases import selectors as cases
from kenes.cases.models import Case
from kenes.cases.states.case import FINAL
from kenes.documents import permissions, selectors
from kenes.documents.errors import (
    PAPER_NOT_READY,
    UNKNOWN_PAPER,
    DocumentFileNotFound,
    DocumentStepNotAllowed,
    PackageAlreadySent,
    PackageChanged,
)
from kenes.documents.events import PackageChosen
from kenes.documents.interviews.drafts import must_run
from kenes.documents.models import Dispatch, Document, DocumentPackage, PackageStatus
from kenes.documents.packages import papers as package_papers
from kenes.documents.packages.papers import Paper
from kenes.documents.states import DispatchStatus, DocumentStatus
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors
from kenes.outbox import services as outbox
from kenes.realtime import services as realtime

HANDLER: Final = "documents.package"
# As long as a letter has not been handed over, what goes with it can be changed.
_NOT_GONE: Final = (DispatchStatus.WAITING_ADDRESS, DispatchStatus.WAITING_CONSENT, DispatchStatus.FAILED)


@dataclass(frozen=True, slots=True)
class Shown:
    """A package as it is shown: kept, or what it would be by default."""

    document: Document
    package: DocumentPackage | None
    papers: tuple[Paper, ...]
    chosen: tuple[str, ...]
    can_change: bool


def get(*, actor: Actor, document_id: UUID) -> Shown:
    """The package of a letter with all papers that could go along. DocumentNotFound for who may not read the case."""
    document = _letter(actor, document_id)
    package = DocumentPackage.objects.filter(document=document).select_related("pdf_file").first()
    papers = tuple(package_papers.of_letter(document))
    chosen = chosen_places(package, papers)
    may = permissions.allowed(actor, "document.package", document.case) and document.case.status not in FINAL
    return Shown(document, package, papers, chosen, can_change=may and not _is_gone(document))


def _letter(actor: Actor, document_id: UUID) -> Document:
    document = selectors.get_document(actor=actor, document_id=document_id)
    if "package" not in permissions.document_actions(actor, document, document.case):
        raise DocumentFileNotFound
    return document


def chosen_places(package: DocumentPackage | None, papers: Sequence[Paper]) -> tuple[str, ...]:
    """Places of the papers that go along: as chosen, or by default."""
    if package is not None and package.is_chosen:
        there = {one.place for one in papers}
        return tuple(place for place in package.papers if place in there)
    return tuple(one.place for one in papers if one.is_default)


def _is_gone(document: Document) -> bool:
    if document.status == DocumentStatus.SENT:
        return True
    dispatch = Dispatch.objects.filter(document=document).first()
    return dispatch is not None and dispatch.status not in _NOT_GONE


@transaction.atomic
def choose(*, actor: Actor, document_id: UUID, papers: Sequence[str], version: int) -> DocumentPackage:
    """Say which papers go along, in this order, and have the package made to look at.

    Raises DocumentNotFound, DocumentFileNotFound for a document that nothing goes along with or that is being prepared,
    Forbidden, CaseTransitionNotAllowed, FieldErrors (/papers/…) for what is no paper of the case or cannot go,
    PackageAlreadySent, PackageChanged for another version.
    """
    found = _letter(actor, document_id)
    case = cases.get_case_for_update(actor=actor, case_id=found.case_id)
    permissions.require(actor, "document.package", case)
    must_run(case)
    if found.pdf_file_id is None:
        raise DocumentFileNotFound
    document = Document.objects.select_for_update(of=("self",)).select_related("track").get(pk=document_id)
    if not permissions.goes_along(document):
        raise DocumentStepNotAllowed(current_status=document.status)
    if _is_gone(document):
        raise PackageAlreadySent
    package = _kept(document)
    if package.version != version:
        raise PackageChanged(version=package.version)
    _check(document, papers)
    # What the signed text names goes along whether it is chosen again or not.
    package.papers = list(dict.fromkeys([*papers, *_named(document)]))
    package.is_chosen = True
    package.version += 1
    _prepare(package)
    event_log.record(
        PackageChosen(case_id=case.pk, document_id=document.pk, papers=len(package.papers)),
        actor=case_permissions.acting(actor, case),
    )
    return package


def _kept(document: Document) -> DocumentPackage:
    DocumentPackage.objects.get_or_create(document=document, defaults={"updated_at": clock.now()})
    return DocumentPackage.objects.select_for_update().get(document=document)


def _check(document: Document, papers: Sequence[str]) -> None:
    known = {one.place: one for one in package_papers.of_letter(document)}
    errors = []
    for at, place in enumerate(papers):
        paper = known.get(place)
        if paper is None:
            errors.append(FieldError(f"/papers/{at}", "unknown", UNKNOWN_PAPER))
        elif paper.problem == "not_ready":
            errors.append(FieldError(f"/papers/{at}", "not_ready", PAPER_NOT_READY))
    if errors:
        raise FieldErrors(errors)


def _named(document: Document) -> list[str]:
    there = {one.place for one in package_papers.of_letter(document) if one.problem != "not_ready"}
    return [place for place in package_papers.named_in(document) if place in there]


def _prepare(package: DocumentPackage) -> None:
    package.status, package.failure, package.updated_at = PackageStatus.PREPARING, "", clock.now()
    package.save(
        update_fields=["papers", "is_chosen", "version", "proof_of", "status", "failure", "updated_at"]
    )
    payload = {"package_id": str(package.pk), "version": package.version}
    outbox.enqueue(HANDLER, payload, key=f"package:{package.pk}:{package.version}")
    realtime.hint(f"case:{package.document.case_id}", "document.changed", package.document_id)


def order_for_sending(document: Document) -> bool:
    """A letter was sealed: have its package made anew with the sealed copy, before it leaves; in the caller's transaction.

    Whether there is a package to wait for.
    """
    if not permissions.goes_along(document):
        return False
    package = _kept(document)
    package.version += 1
    _prepare(package)
    return True


@transaction.atomic
def order_proof(*, document_id: UUID) -> None:
    """Something became of the dispatch of a letter: its package is made anew with the sheet of proof. Safe to repeat."""
    case_id = Document.objects.values_list("case_id", flat=True).get(pk=document_id)
    Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    document = Document.objects.select_related("obligation__creditor").get(pk=document_id)
    if not permissions.goes_along(document):
        return
    package, dispatch = _kept(document), Dispatch.objects.filter(document=document).first()
    shown = "" if dispatch is None else f"{dispatch.status}:{dispatch.round}"
    if package.proof_of == shown:
        return
    package.proof_of = shown
    package.version += 1
    _prepare(package)


def holds_back(document_id: UUID) -> bool:
    """Whether a letter still waits for its package; one that could not be made holds nothing back."""
    package = DocumentPackage.objects.filter(document_id=document_id).first()
    return package is not None and package.status == PackageStatus.PREPARING
