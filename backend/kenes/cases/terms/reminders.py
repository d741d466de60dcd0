"""Reminders before the end of a term: one row and one event per day that its rule names, a letter for critical ones.

Which days stands in the rule (`remind_at`, days of the term). A timer that was down catches up: of several days that came
due meanwhile only the last one reaches people.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import translation

from kenes.cases.events.terms import DeadlineReminderDue
from kenes.cases.models import Case, CaseDeadline, DeadlineReminder
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.cases.terms import reminder_letters
from kenes.cases.terms.term_changes import pauses_of
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import SystemActor
from kenes.law import selectors as law
from kenes.law import terms
from kenes.law.terms import OutsideCalendar, WorkingCalendar
from kenes.messaging import services as messaging
from kenes.outbox import services as outbox
from kenes.realtime import services as realtime

REMINDER: Final = SystemActor("deadline-reminder")
HANDLER: Final = "cases.remind_by_email"
# Nobody is written to at night.
QUIET_FROM: Final = time(21)
QUIET_UNTIL: Final = time(8)
BATCH: Final = 500


def days_of(row: CaseDeadline, calendar: WorkingCalendar) -> list[tuple[int, date]]:
    """Days of the term on which its keeper is reminded, with their dates; days at or past the last one are left out."""
    found = []
    for number in sorted(row.rule.remind_at):
        try:
            day = terms.nth_day(number, row.rule.unit, row.start, calendar, pauses_of(row))
        except OutsideCalendar:
            continue
        if day <= row.due:
            found.append((number, day))
    return found


def remind_due() -> int:
    """Make the reminders that have come due; returns how many terms were reminded of. Safe to repeat and in parallel."""
    calendar = law.working_calendar()
    reminded = 0
    for row in _running():
        done = {reminder.day_of_term for reminder in row.reminders.all()}
        if any(day <= clock.today() and number not in done for number, day in days_of(row, calendar)):
            reminded += _remind(row.case_id, row.pk, calendar)
    return reminded


def _running() -> Iterator[CaseDeadline]:
    """Unmet terms ahead whose rule names days to remind on, in open cases; a query or two per batch."""
    rows = (
        CaseDeadline.objects.filter(met_on__isnull=True, watched=True, due__gte=clock.today())
        .exclude(rule__remind_at=[])
        .exclude(case__status__in=[*FINAL, CaseStatus.DRAFT])
        .select_related("rule")
        .prefetch_related("reminders")
    )
    last: UUID | None = None
    while True:
        page = list((rows if last is None else rows.filter(pk__gt=last)).order_by("pk")[:BATCH])
        yield from page
        if len(page) < BATCH:
            return
        last = page[-1].pk


@transaction.atomic
def _remind(case_id: UUID, deadline_id: UUID, calendar: WorkingCalendar) -> int:
    case = Case.objects.select_for_update().filter(pk=case_id).first()
    row = CaseDeadline.objects.select_related("rule").filter(pk=deadline_id, met_on__isnull=True).first()
    if case is None or row is None or case.status in FINAL:
        return 0
    done = set(row.reminders.values_list("day_of_term", flat=True))
    come = [
        number
        for number, day in days_of(row, calendar)
        if day <= clock.today() and number not in done and number > max(done, default=0)
    ]
    if not come:
        return 0
    made = [
        DeadlineReminder(
            deadline=row,
            day_of_term=number,
            due=row.due,
            overtaken=number != come[-1],
            created_at=clock.now(),
        )
        for number in come
    ]
    DeadlineReminder.objects.bulk_create(made)
    last = made[-1]
    event_log.record(
        DeadlineReminderDue(
            case_id=case.id, deadline_id=row.pk, reminder_id=last.pk, rule_key=row.rule_key,
            day_of_term=last.day_of_term, due=row.due,
        ),
        actor=REMINDER,
    )  # fmt: skip
    if row.critical and row.bound == "borrower":
        outbox.enqueue(
            HANDLER,
            {"reminder_id": str(last.pk)},
            key=f"{HANDLER}:{last.pk}",
            delay_seconds=seconds_of_quiet(clock.now()),
        )
    realtime.hint(f"case:{case.id}", "case.deadline_reminder", case.id)
    realtime.hint("staff", "case.deadline_reminder", case.id)
    return 1


def seconds_of_quiet(at: datetime) -> float:
    """How long letters wait at this instant: until eight in the morning in Almaty when it is night, otherwise not."""
    here = clock.almaty(at)
    if QUIET_UNTIL <= here.time() < QUIET_FROM:
        return 0
    morning = datetime.combine(here.date(), QUIET_UNTIL, tzinfo=here.tzinfo)
    if here.time() >= QUIET_FROM:
        morning += timedelta(days=1)
    return (morning - here).total_seconds()


@transaction.atomic
def send_letter(reminder_id: UUID) -> UUID | None:
    """Write to the borrower about a critical term, if it still runs and he has a confirmed address; once.

    None when there is nothing to send any more, or nobody to send it to.
    """
    reminder = (
        DeadlineReminder.objects.select_for_update(of=("self",))
        .select_related("deadline__rule", "deadline__case__borrower")
        .filter(pk=reminder_id)
        .first()
    )
    if reminder is None or reminder.message_id is not None:
        return None
    row, case = reminder.deadline, reminder.deadline.case
    person = case.borrower
    over = row.met_on is not None or row.due < clock.today() or case.status in FINAL
    if over or not person.email or person.email_verified_at is None or not person.is_active:
        return None
    with translation.override(case.language):
        mail = reminder_letters.reminder(case.id, row, case.language)
    message = messaging.send_email(
        key=f"deadline-reminder:{reminder.pk}", to=person.email, subject=mail.subject, text=mail.text,
        html=mail.html, kind="deadline_reminder", case_id=case.pk, person_id=person.pk,
    )  # fmt: skip
    reminder.message_id = message.pk
    reminder.save(update_fields=["message_id"])
    return message.pk
