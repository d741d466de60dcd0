"""Papers that a case waits for: asked, received or waived, and the reminders of them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from kenes.cases import permissions, selectors
from kenes.cases.errors.cases import CaseTransitionNotAllowed
from kenes.cases.errors.intake import PaperAlreadySettled, PaperNotFound
from kenes.cases.events.intake import PapersAsked, PaperSettled, PapersReminded
from kenes.cases.models import Case, MissingPaper, PaperOrigin, PaperReminder
from kenes.cases.states.case import FINAL, CaseAction, CaseStatus
from kenes.cases.terms.deadlines import TIMER, routing_data
from kenes.cases.terms.reminders import seconds_of_quiet
from kenes.cases.tracks import progress, proposing
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.messaging import services as messaging
from kenes.outbox import services as outbox

HANDLER: Final = "cases.remind_of_papers"


def ask(actor: Actor, case: Case, titles: Sequence[str], due_on: date | None = None) -> None:
    """Write down papers a locked case waits for, and until when; called by the move that asks for them."""
    now = clock.now()
    rows = MissingPaper.objects.bulk_create(
        [
            MissingPaper(
                case=case,
                title=title,
                asked_at=now + timedelta(microseconds=place),
                asked_on=clock.today(),
                asked_by_id=actor.user_id,
                due_on=due_on,
            )
            for place, title in enumerate(dict.fromkeys(titles))
        ]
    )
    if rows:
        event_log.record(PapersAsked(case_id=case.id, paper_ids=tuple(row.pk for row in rows)), actor=actor)


def pending(case: Case) -> int:
    """How many papers that staff asked for were neither received nor waived; those of a checklist hold up nothing."""
    return _awaited(case).count()


def _awaited(case: Case) -> QuerySet[MissingPaper]:
    return case.missing_papers.filter(
        origin=PaperOrigin.ASKED, received_at__isnull=True, waived_at__isnull=True
    )


@transaction.atomic
def settle(*, actor: Actor, case_id: UUID, paper_id: UUID, how: str) -> Case:
    """Mark a paper as `received` or `waived`, which is for staff alone; the last one lets the work go on.

    A borrower gives a file (`paper_files.attach`) or names a day: his own word that the paper is there counts for nothing.
    Raises CaseNotFound, PaperNotFound, Forbidden, PaperAlreadySettled, CaseTransitionNotAllowed in an ended case.
    """
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require(actor, "case.settle_papers", case)
    if case.status in FINAL:
        raise CaseTransitionNotAllowed(action="paper", current_status=case.status)
    mark(actor, case, locked(case, paper_id), how)
    return case


def locked(case: Case, paper_id: UUID) -> MissingPaper:
    """A pending paper of a locked case. PaperNotFound, PaperAlreadySettled."""
    row = case.missing_papers.select_for_update().filter(pk=paper_id).first()
    if row is None:
        raise PaperNotFound
    if not row.pending:
        raise PaperAlreadySettled
    return row


def mark(actor: Actor, case: Case, row: MissingPaper, how: str) -> None:
    """Note that a locked paper is there or not needed; the last one of a waiting case lets the work go on."""
    row.received_at, row.waived_at = (clock.now(), None) if how == "received" else (None, clock.now())
    row.settled_by_id, row.unreadable_at = actor.user_id, None
    row.save(update_fields=["received_at", "waived_at", "settled_by_id", "unreadable_at"])
    event_log.record(PaperSettled(case_id=case.id, paper_id=row.pk, how=how), actor=actor)
    if case.status == CaseStatus.AWAITING_BORROWER and not pending(case):
        progress.change_status(proposing.ROUTER, case, CaseAction.RESUME)
    progress.save_progress(case)


def remind_due() -> int:
    """Remind borrowers of papers on the days that stand in the data; returns how many. Safe to repeat.

    A timer that was down catches up: of several days that came due only the last one is written about.
    """
    reminded = 0
    waiting = Case.objects.filter(
        status=CaseStatus.AWAITING_BORROWER,
        missing_papers__origin=PaperOrigin.ASKED,
        missing_papers__received_at__isnull=True,
        missing_papers__waived_at__isnull=True,
    )
    for case_id in waiting.order_by("pk").values_list("pk", flat=True).distinct():
        reminded += _remind(case_id)
    return reminded


@transaction.atomic
def _remind(case_id: UUID) -> int:
    case = (
        Case.objects.select_for_update(of=("self",))
        .filter(pk=case_id, status=CaseStatus.AWAITING_BORROWER)
        .first()
    )
    missing = pending(case) if case is not None else 0
    if case is None or not missing:
        return 0
    asked = _awaited(case).order_by("-asked_at").first()
    if asked is None:
        return 0
    asked_on = asked.asked_on or clock.almaty(asked.asked_at).date()
    done = set(case.paper_reminders.filter(asked_on=asked_on).values_list("after_days", flat=True))
    days: list[int] = routing_data()["paper_reminder_days"]
    come = [
        number for number in days if asked_on + timedelta(days=number) <= clock.today() and number not in done
    ]
    if not come:
        return 0
    PaperReminder.objects.bulk_create(
        [
            PaperReminder(case=case, asked_on=asked_on, after_days=number, made_at=clock.now())
            for number in come
        ]
    )
    event_log.record(PapersReminded(case_id=case.id, after_days=come[-1], missing=missing), actor=TIMER)
    key = f"papers:{case.pk}:{asked_on.isoformat()}:{come[-1]}"
    outbox.enqueue(
        HANDLER, {"case_id": str(case.pk), "key": key}, key=key, delay_seconds=seconds_of_quiet(clock.now())
    )
    progress.hint_changed(case)
    return 1


@transaction.atomic
def write(*, case_id: UUID, key: str) -> UUID | None:
    """The letter that reminds of papers, to a confirmed address, while papers are missing; no titles of them in it."""
    case = Case.objects.select_related("borrower").filter(pk=case_id).first()
    if case is None or case.status != CaseStatus.AWAITING_BORROWER or not pending(case):
        return None
    person = case.borrower
    if not person.email or person.email_verified_at is None or not person.is_active:
        return None
    with translation.override(case.language):
        subject = _("Kenes Hub: papers are missing")
        text = _("Your case %(number)s waits for papers. What is missing stands in the case.") % {
            "number": case.number
        }
    message = messaging.send_email(
        key=key, to=person.email, subject=subject, text=f"{text}\n\nKenes Hub", html=f"<p>{text}</p><p>Kenes Hub</p>",
        kind="papers_reminder", case_id=case.pk, person_id=person.pk,
    )  # fmt: skip
    return message.pk
