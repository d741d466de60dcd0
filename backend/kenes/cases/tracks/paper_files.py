"""What a borrower does about a paper that his case waits for: uploads it, or says when he brings it."""

from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.cases import permissions, selectors
from kenes.cases.errors.cases import CaseTransitionNotAllowed
from kenes.cases.errors.intake import PaperNotFound
from kenes.cases.events.intake import PaperGiven, PaperPromised, PaperRefused
from kenes.cases.models import Case, MissingPaper
from kenes.cases.states.case import FINAL
from kenes.cases.tracks import paper_readings, papers, progress
from kenes.event_log import services as event_log
from kenes.event_log.models import EventRow
from kenes.files import selectors as file_selectors
from kenes.files import services as files
from kenes.files.models import StoredFile
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import FieldError, FieldErrors

OWNER_KIND: Final = "missing_paper"
MAX_BYTES: Final = 10 * 1024 * 1024
CHECK: Final = SystemActor("virus-check")


def attach(*, actor: Actor, case_id: UUID, paper_id: UUID, data: bytes, name: str) -> MissingPaper:
    """Give the file for a paper; one given before is replaced. It counts as received once the virus check has passed it.

    Raises CaseNotFound, PaperNotFound, PaperAlreadySettled, Forbidden, CaseTransitionNotAllowed in an ended case, and
    what `files.store` refuses.
    """
    with transaction.atomic():
        who, case, row = _giving(actor, case_id, paper_id)
        file = files.store(
            data=data, name=name, mime="", origin="uploaded", owner_kind=OWNER_KIND, owner_id=case.pk
        )
        former, row.file_id, row.brings_on = row.file_id, file.pk, None
        row.unreadable_at = None
        row.save(update_fields=["file_id", "brings_on", "unreadable_at"])
        if former is not None:
            files.request_removal_of(file_id=former)
            paper_readings.forget_undecided(former)
        event_log.record(PaperGiven(case_id=case.id, paper_id=row.pk), actor=who)
        progress.save_progress(case)
    return row


@transaction.atomic
def promise(*, actor: Actor, case_id: UUID, paper_id: UUID, on: date) -> MissingPaper:
    """The borrower says on which day he brings the paper in person; staff see it and wait.

    Raises as `attach` does, and FieldErrors (/on) for a day that has passed.
    """
    who, case, row = _giving(actor, case_id, paper_id)
    if on < clock.today():
        raise FieldErrors([FieldError("/on", "past", _("This day has passed."))])
    row.brings_on = on
    row.save(update_fields=["brings_on"])
    event_log.record(PaperPromised(case_id=case.id, paper_id=row.pk, on=on), actor=who)
    progress.save_progress(case)
    return row


def _giving(actor: Actor, case_id: UUID, paper_id: UUID) -> tuple[Actor, Case, MissingPaper]:
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require(actor, "case.give_papers", case)
    if case.status in FINAL:
        raise CaseTransitionNotAllowed(action="paper", current_status=case.status)
    return permissions.acting(actor, case), case, papers.locked(case, paper_id)


@transaction.atomic
def take_checked(file_id: UUID) -> bool:
    """The virus check has passed a file: its paper is received; whether there was one to receive. Safe to repeat."""
    case_id = MissingPaper.objects.filter(file_id=file_id).values_list("case_id", flat=True).first()
    if case_id is None:
        return False
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    row = case.missing_papers.select_for_update().filter(file_id=file_id).first()
    # What staff could not read does not come back by a late repetition.
    if row is None or not row.pending or row.unreadable_at is not None or case.status in FINAL:
        return False
    papers.mark(CHECK, case, row, "received")
    return True


@transaction.atomic
def note_refused(file_id: UUID, verdict: str) -> bool:
    """The virus check has not let a file in: the history says so, the paper is still waited for. Safe to repeat."""
    case_id = MissingPaper.objects.filter(file_id=file_id).values_list("case_id", flat=True).first()
    if case_id is None:
        return False
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    row = case.missing_papers.select_for_update().filter(file_id=file_id).first()
    if row is None or not row.pending or _is_told(case, file_id):
        return False
    event_log.record(
        PaperRefused(case_id=case.id, paper_id=row.pk, file_id=file_id, verdict=verdict), actor=CHECK
    )
    progress.save_progress(case)
    return True


def _is_told(case: Case, file_id: UUID) -> bool:
    told = EventRow.objects.filter(stream__kind="case", stream__subject_id=case.pk, type=PaperRefused.type)
    return told.filter(data__file_id=str(file_id)).exists()


def file_of(*, actor: Actor, case_id: UUID, paper_id: UUID) -> StoredFile:
    """The file of a paper for who reads the whole case. CaseNotFound, PaperNotFound."""
    case = selectors.get_case(actor=actor, case_id=case_id)
    row = case.missing_papers.filter(pk=paper_id).first()
    if row is None or row.file_id is None or not permissions.allowed(actor, "case.view_content", case):
        raise PaperNotFound
    return file_selectors.get_file(row.file_id)


def require_giver(*, actor: Actor, case_id: UUID) -> None:
    """CaseNotFound and Forbidden before a file is looked at: who may not give papers learns nothing of them."""
    permissions.require(actor, "case.give_papers", selectors.get_case(actor=actor, case_id=case_id))
