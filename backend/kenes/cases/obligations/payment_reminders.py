"""Reminders of agreed payments: three days before and on the day, once each, by the same letter road as reminders of terms.

Nobody is reminded of what is paid, confirmed or missed, of a schedule that was replaced, in a case that has ended, or of a debt
whose borrower has switched reminders off. A timer that was down catches up while the payment still lies ahead.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import translation

from kenes.cases import permissions
from kenes.cases.events.debts import PaymentReminderDue, PaymentRemindersSet
from kenes.cases.models import Case, Obligation, PaymentReminder, ScheduleKind, ScheduleRow
from kenes.cases.obligations import debt_access, payment_reminder_letters
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.cases.terms.reminders import seconds_of_quiet
from kenes.cases.tracks import progress
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.messaging import services as messaging
from kenes.outbox import services as outbox
from kenes.realtime import services as realtime

REMINDER: Final = SystemActor("payment-reminder")
HANDLER: Final = "cases.remind_of_payment"
# Days before a payment on which its borrower is reminded, the earliest first.
DAYS_AHEAD: Final = (3, 0)
BATCH: Final = 500


def day_next(row: ScheduleRow) -> date | None:
    """The next day on which a reminder of this payment goes out, after today; None when none will."""
    days = (row.due - timedelta(days=ahead) for ahead in DAYS_AHEAD)
    return next((day for day in days if day > clock.today()), None)


def remind_due() -> int:
    """Make the reminders that have come due; how many payments were reminded of. Safe to repeat and in parallel."""
    return sum(_remind(case_id, row_id) for row_id, case_id in _waiting())


def _unpaid() -> Any:
    """Payments of today and the next days by agreed schedules, of which somebody is to be reminded."""
    today = clock.today()
    open_case = ~Q(schedule__obligation__case__status__in=[*FINAL, CaseStatus.DRAFT])
    marked = Q(paid_tiyn__isnull=True) | Q(paid_tiyn__lt=F("total_tiyn"))
    return ScheduleRow.objects.filter(
        open_case, marked, due__gte=today, due__lte=today + timedelta(days=max(DAYS_AHEAD)), total_tiyn__gt=0,
        confirmed_on__isnull=True, missed_on__isnull=True, schedule__kind=ScheduleKind.AGREED,
        schedule__superseded_at__isnull=True, schedule__obligation__reminds_of_payments=True,
    )  # fmt: skip


def _waiting() -> Iterator[tuple[UUID, UUID]]:
    """Payments whose reminder of today is not made yet, with their cases; a query per batch."""
    last: UUID | None = None
    today = clock.today()
    made = PaymentReminder.objects.filter(row=OuterRef("pk"))
    told_early, told_today = Exists(made.filter(days_ahead__gt=0)), Exists(made.filter(days_ahead=0))
    rows = _unpaid().exclude(Q(due__gt=today) & told_early).exclude(Q(due=today) & told_today).order_by("pk")
    while True:
        page = list(
            (rows if last is None else rows.filter(pk__gt=last)).values_list(
                "pk", "schedule__obligation__case_id"
            )[:BATCH]
        )
        yield from page
        if len(page) < BATCH:
            return
        last = page[-1][0]


@transaction.atomic
def _remind(case_id: UUID, row_id: UUID) -> int:
    case = Case.objects.select_for_update().filter(pk=case_id).exclude(status__in=FINAL).first()
    row = _unpaid().select_related("schedule").filter(pk=row_id).first()
    if case is None or row is None:
        return 0
    ahead = min(days for days in DAYS_AHEAD if days >= (row.due - clock.today()).days)
    made, is_new = PaymentReminder.objects.get_or_create(
        row=row, days_ahead=ahead, defaults={"created_at": clock.now()}
    )
    if not is_new:
        return 0
    event_log.record(
        PaymentReminderDue(
            case_id=case.pk, obligation_id=row.schedule.obligation_id, row_id=row.pk, number=row.number,
            days_ahead=ahead,
        ),
        actor=REMINDER,
    )  # fmt: skip
    outbox.enqueue(
        HANDLER,
        {"reminder_id": str(made.pk)},
        key=f"{HANDLER}:{made.pk}",
        delay_seconds=seconds_of_quiet(clock.now()),
    )
    realtime.hint(f"case:{case.pk}", "case.payment_reminder", case.pk)
    return 1


@transaction.atomic
def send_letter(reminder_id: UUID) -> UUID | None:
    """Write to the borrower, if the payment is still to be made and he has a confirmed address; once.

    None when there is nothing to send any more, or nobody to send it to.
    """
    rows = PaymentReminder.objects.select_for_update(of=("self",))
    reminder = rows.select_related("row__schedule__obligation__case__borrower").filter(pk=reminder_id).first()
    if reminder is None or reminder.message_id is not None:
        return None
    if not _unpaid().filter(pk=reminder.row_id).exists():
        return None
    case = reminder.row.schedule.obligation.case
    person = case.borrower
    if not person.email or person.email_verified_at is None or not person.is_active:
        return None
    with translation.override(case.language):
        mail = payment_reminder_letters.reminder(case.pk, reminder.row.due, case.language)
    message = messaging.send_email(
        key=f"payment-reminder:{reminder.pk}", to=person.email, subject=mail.subject, text=mail.text,
        html=mail.html, kind="payment_reminder", case_id=case.pk, person_id=person.pk,
    )  # fmt: skip
    reminder.message_id = message.pk
    reminder.save(update_fields=["message_id"])
    return message.pk


@transaction.atomic
def switch(*, actor: Actor, obligation_id: UUID, on: bool) -> Obligation:
    """Remind of the payments of a debt, or no longer. The same again changes nothing.

    Raises DebtNotFound, Forbidden (not the borrower's side), DebtClosed.
    """
    case, debt = debt_access.get_debt(actor=actor, obligation_id=obligation_id, lock=True)
    debt_access.require(actor, "set_reminders", case, debt)
    actor = permissions.acting(actor, case)
    if debt.reminds_of_payments == on:
        return debt
    debt.reminds_of_payments = on
    debt.save(update_fields=["reminds_of_payments"])
    event_log.record(PaymentRemindersSet(case_id=case.pk, obligation_id=debt.pk, on=on), actor=actor)
    progress.save_progress(case)
    return debt
