"""The checklist of a case: put there by a procedure, looked at by staff; what came is accepted or asked for again."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kenes.cases import permissions, selectors
from kenes.cases.errors.cases import CaseTransitionNotAllowed
from kenes.cases.errors.intake import PaperAlreadyAccepted, PaperNotFound, PaperNotGiven
from kenes.cases.events.intake import ChecklistOpened, PaperAccepted, PaperUnreadable
from kenes.cases.models import Case, CaseStory, MissingPaper, PaperOrigin, Track
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.cases.terms.reminders import seconds_of_quiet
from kenes.cases.tracks import paper_checklists, progress, proposing
from kenes.cases.tracks.paper_checklists import Circumstances
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors
from kenes.messaging import services as messaging
from kenes.outbox import services as outbox

HANDLER: Final = "cases.tell_of_unreadable_paper"


@transaction.atomic
def open_checklist(track_id: UUID) -> int:
    """Put the papers of an opened procedure on the list of its case, each once a case; how many are new. Safe to repeat."""
    track = Track.objects.filter(pk=track_id).first()
    case = Case.objects.select_for_update(of=("self",)).filter(pk=track.case_id).first() if track else None
    if track is None or case is None or case.status in FINAL or case.status == CaseStatus.DRAFT:
        return 0
    story = CaseStory.objects.filter(case=case).first()
    told = Circumstances.of(story.income, story.hardship) if story is not None else Circumstances()
    known = {row.code: row for row in case.missing_papers.filter(origin=PaperOrigin.CHECKLIST)}
    now = clock.now()
    made: list[MissingPaper] = []
    for item in paper_checklists.needed(track.kind, told):
        if item.code in known:
            _require_more(known[item.code], item.required)
            continue
        made.append(
            MissingPaper(
                case=case, code=item.code, origin=PaperOrigin.CHECKLIST, required=item.required,
                title=title_of(item.code, case.language), asked_at=now + timedelta(microseconds=len(made)), asked_on=clock.today(),
            )
        )  # fmt: skip
    MissingPaper.objects.bulk_create(made)
    if made:
        event_log.record(
            ChecklistOpened(
                case_id=case.pk, track_id=track.pk, kind=track.kind, paper_ids=tuple(row.pk for row in made)
            ),
            actor=proposing.ROUTER,
        )  # fmt: skip
        progress.save_progress(case)
    return len(made)


def title_of(code: str, language: str) -> str:
    """How a paper of a checklist is called; its code where no list knows it."""
    words = paper_checklists.words(code, language)
    return words["title"] if words else code


def _require_more(row: MissingPaper, required: bool) -> None:
    """A paper that one procedure only likes to have may be needed by the next."""
    if required and not row.required:
        row.required = True
        row.save(update_fields=["required"])


@transaction.atomic
def accept(*, actor: Actor, case_id: UUID, paper_id: UUID) -> Case:
    """Staff: the paper that came will do.

    Raises CaseNotFound, PaperNotFound, Forbidden, PaperNotGiven, PaperAlreadyAccepted, CaseTransitionNotAllowed.
    """
    case, row = _reviewed(actor, case_id, paper_id)
    if row.received_at is None:
        raise PaperNotGiven
    row.accepted_at, row.reviewed_by_id = clock.now(), actor.user_id
    row.save(update_fields=["accepted_at", "reviewed_by_id"])
    event_log.record(PaperAccepted(case_id=case.pk, paper_id=row.pk), actor=actor)
    progress.save_progress(case)
    return case


@transaction.atomic
def mark_unreadable(*, actor: Actor, case_id: UUID, paper_id: UUID, reason: str) -> Case:
    """Staff cannot read what came: it is asked for again with the reason, and the borrower is told.

    Raises as `accept` does, and FieldErrors (/reason) without a reason.
    """
    case, row = _reviewed(actor, case_id, paper_id)
    if not reason:
        raise FieldErrors(
            [
                FieldError(
                    "/reason",
                    "required",
                    gettext_lazy("Say what cannot be read, so that the next one will do."),
                )
            ]
        )
    if row.received_at is None:
        raise PaperNotGiven
    row.unreadable_at, row.unreadable_reason = clock.now(), reason
    row.received_at, row.settled_by_id, row.reviewed_by_id = None, None, actor.user_id
    row.save(
        update_fields=["unreadable_at", "unreadable_reason", "received_at", "settled_by_id", "reviewed_by_id"]
    )
    event_log.record(PaperUnreadable(case_id=case.pk, paper_id=row.pk), actor=actor)
    key = f"unreadable:{row.pk}:{row.unreadable_at.isoformat()}"
    payload = {"case_id": str(case.pk), "paper_id": str(row.pk), "key": key}
    outbox.enqueue(HANDLER, payload, key=key, delay_seconds=seconds_of_quiet(clock.now()))
    progress.save_progress(case)
    return case


def _reviewed(actor: Actor, case_id: UUID, paper_id: UUID) -> tuple[Case, MissingPaper]:
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require(actor, "case.review_papers", case)
    if case.status in FINAL:
        raise CaseTransitionNotAllowed(action="paper", current_status=case.status)
    row = case.missing_papers.select_for_update().filter(pk=paper_id).first()
    if row is None:
        raise PaperNotFound
    if row.accepted_at is not None:
        raise PaperAlreadyAccepted
    return case, row


@transaction.atomic
def write(*, case_id: UUID, paper_id: UUID, key: str) -> UUID | None:
    """The letter that a paper is needed again, to a confirmed address, while it is; neither title nor reason in it."""
    case = Case.objects.select_related("borrower").filter(pk=case_id).first()
    row = MissingPaper.objects.filter(pk=paper_id, case_id=case_id, unreadable_at__isnull=False).first()
    if case is None or row is None or not row.pending or case.status in FINAL:
        return None
    person = case.borrower
    if not person.email or person.email_verified_at is None or not person.is_active:
        return None
    with translation.override(case.language):
        subject = _("Kenes Hub: a paper cannot be read")
        text = _(
            "One of the papers in your case %(number)s cannot be read. Which one, and why, stands in the case: please give it once more."
        ) % {"number": case.number}
    message = messaging.send_email(
        key=key, to=person.email, subject=subject, text=f"{text}\n\nKenes Hub", html=f"<p>{text}</p><p>Kenes Hub</p>",
        kind="papers_reminder", case_id=case.pk, person_id=person.pk,
    )  # fmt: skip
    return message.pk
