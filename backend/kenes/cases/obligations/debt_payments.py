"""Payment schedules of a debt: written down, marked as paid, confirmed, missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import User
from kenes.cases import permissions
from kenes.cases.errors.debts import PaymentAlreadyConfirmed, PaymentNotFound, ScheduleHasPayments
from kenes.cases.events.debts import DebtScheduleGiven, PaymentConfirmed, PaymentMarked, PaymentMissed
from kenes.cases.models import (
    Case,
    DebtSource,
    Obligation,
    PaymentSchedule,
    ScheduleKind,
    ScheduleRow,
)
from kenes.cases.obligations import debt_access
from kenes.cases.states.case import FINAL, CaseAction, CaseStatus
from kenes.cases.story import editing
from kenes.cases.tracks import progress
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import FieldError, FieldErrors
from kenes.law import selectors as law
from kenes.law.terms import OutsideCalendar

CLOCK: Final = SystemActor("payment-timer")
MAX_ROWS: Final = 660


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A payment of a new schedule, in tiyn; the total may be more than principal and interest: what was owed before."""

    due: date
    principal_tiyn: int
    interest_tiyn: int
    total_tiyn: int


@transaction.atomic
def give_schedule(
    *, actor: Actor, obligation_id: UUID, version: int, kind: str, rows: Sequence[PlannedRow], terms: dict[str, Any],
    source: str = "", valid_from: date | None = None, replace_marked: bool = False,
) -> PaymentSchedule:  # fmt: skip
    """Write a schedule down; the one of its kind that held before stays in the history.

    Raises DebtNotFound, Forbidden, DebtClosed, CaseChangedSince (412), ScheduleHasPayments, FieldErrors (/rows/…).
    """
    case, debt = debt_access.get_debt(actor=actor, obligation_id=obligation_id, lock=True)
    acts = debt_access.require(actor, f"schedule_{kind}", case, debt)
    actor = permissions.acting(actor, case)
    if "creditor" not in acts:
        editing.require_version(
            actor=actor, case=case, version=version, current=dict, prefix=f"obligations/{debt.position}/"
        )
    require_rows(rows)
    present = _live(debt, kind)
    if present is not None and not replace_marked and present.rows.filter(paid_on__isnull=False).exists():
        raise ScheduleHasPayments
    made = keep_schedule(
        actor=actor, case=case, debt=debt, kind=kind, rows=rows, terms=terms, source=_source_of(acts, source),
        valid_from=valid_from or clock.today(),
    )  # fmt: skip
    progress.save_progress(case)
    return made


def keep_schedule(
    *, actor: Actor, case: Case, debt: Obligation, kind: str, rows: Sequence[PlannedRow], terms: dict[str, Any],
    source: str, valid_from: date,
) -> PaymentSchedule:  # fmt: skip
    """Store a schedule of a locked case and its event. For services that have checked who may; the caller saves the case."""
    now = clock.now()
    PaymentSchedule.objects.filter(obligation=debt, kind=kind, superseded_at__isnull=True).update(
        superseded_at=now
    )
    made = PaymentSchedule.objects.create(
        obligation=debt, kind=kind, source=source, terms=terms, valid_from=valid_from, given_by=_person(actor),
        given_at=now,
    )  # fmt: skip
    ScheduleRow.objects.bulk_create(
        ScheduleRow(
            schedule=made, number=number, due=row.due, principal_tiyn=row.principal_tiyn,
            interest_tiyn=row.interest_tiyn, total_tiyn=row.total_tiyn,
        )
        for number, row in enumerate(rows, start=1)
    )  # fmt: skip
    event_log.record(
        DebtScheduleGiven(
            case_id=case.pk, obligation_id=debt.pk, schedule_id=made.pk, kind=kind, source=source,
            payments=len(rows),
        ),
        actor=actor,
    )  # fmt: skip
    return made


def require_rows(rows: Sequence[PlannedRow]) -> None:
    """FieldErrors at each row that cannot be: out of order, parts above the total, nothing to pay at all."""
    errors = []
    if not rows:
        errors.append(FieldError("/rows", "required", _("A schedule has at least one payment.")))
    if len(rows) > MAX_ROWS:
        errors.append(FieldError("/rows", "too_many", _("A schedule has at most 660 payments.")))
    before: date | None = None
    for index, row in enumerate(rows[:MAX_ROWS]):
        if before is not None and row.due <= before:
            text = _("Each payment comes after the one before it.")
            errors.append(FieldError(f"/rows/{index}/due", "order", text))
        if row.principal_tiyn + row.interest_tiyn > row.total_tiyn:
            text = _("Principal and interest together are more than the payment.")
            errors.append(FieldError(f"/rows/{index}/total_tiyn", "sums_differ", text))
        before = row.due
    if rows and not any(row.total_tiyn for row in rows):
        errors.append(FieldError("/rows", "nothing", _("There is nothing to pay in this schedule.")))
    if errors:
        raise FieldErrors(errors)


def _source_of(acts: frozenset[str], source: str) -> str:
    if "staff" in acts:
        return source or DebtSource.STAFF
    return DebtSource.LENDER if "creditor" in acts else DebtSource.BORROWER


def _live(debt: Obligation, kind: str) -> PaymentSchedule | None:
    return PaymentSchedule.objects.filter(obligation=debt, kind=kind, superseded_at__isnull=True).first()


@transaction.atomic
def mark_paid(
    *, actor: Actor, obligation_id: UUID, row_id: UUID, paid_on: date | None, paid_tiyn: int | None = None
) -> ScheduleRow:
    """The borrower (or staff by his word) says that a payment was made; with `paid_on` None he takes it back.

    Without a sum the whole payment is meant. Raises DebtNotFound, PaymentNotFound, Forbidden, DebtClosed,
    PaymentAlreadyConfirmed, FieldErrors.
    """
    case, debt = debt_access.get_debt(actor=actor, obligation_id=obligation_id, lock=True)
    debt_access.require(actor, "mark_paid", case, debt)
    actor = permissions.acting(actor, case)
    row = _row(debt, row_id)
    wanted = _sum_of(row, paid_on, paid_tiyn, "/paid_on")
    if (row.paid_on, row.paid_tiyn) == (paid_on, wanted):
        return row
    if row.confirmed_on is not None:
        raise PaymentAlreadyConfirmed
    row.paid_on, row.paid_tiyn = paid_on, wanted
    row.paid_by, row.paid_at = (None, None) if paid_on is None else (_person(actor), clock.now())
    row.save(update_fields=["paid_on", "paid_tiyn", "paid_by", "paid_at"])
    event = PaymentMarked(
        case_id=case.pk, obligation_id=debt.pk, row_id=row.pk, number=row.number, withdrawn=paid_on is None
    )
    event_log.record(event, actor=actor)
    progress.save_progress(case)
    return row


@transaction.atomic
def confirm_paid(
    *, actor: Actor, obligation_id: UUID, row_id: UUID, confirmed_on: date | None, confirmed_tiyn: int | None = None
) -> ScheduleRow:  # fmt: skip
    """Creditor or manager confirms that a payment came; with `confirmed_on` None takes that back. Raises as `mark_paid`."""
    case, debt = debt_access.get_debt(actor=actor, obligation_id=obligation_id, lock=True)
    debt_access.require(actor, "confirm_paid", case, debt)
    row = _row(debt, row_id)
    wanted = _sum_of(row, confirmed_on, confirmed_tiyn, "/confirmed_on")
    if (row.confirmed_on, row.confirmed_tiyn) == (confirmed_on, wanted):
        return row
    row.confirmed_on, row.confirmed_tiyn = confirmed_on, wanted
    row.confirmed_by, row.confirmed_at = (
        (None, None) if confirmed_on is None else (_person(actor), clock.now())
    )
    row.save(update_fields=["confirmed_on", "confirmed_tiyn", "confirmed_by", "confirmed_at"])
    event = PaymentConfirmed(
        case_id=case.pk,
        obligation_id=debt.pk,
        row_id=row.pk,
        number=row.number,
        withdrawn=confirmed_on is None,
    )
    event_log.record(event, actor=actor)
    progress.save_progress(case)
    return row


def _row(debt: Obligation, row_id: UUID) -> ScheduleRow:
    """A row of a schedule that holds now, locked; an offer is nothing to pay by."""
    row = (
        ScheduleRow.objects.select_for_update(of=("self",))
        .filter(pk=row_id, schedule__obligation=debt, schedule__superseded_at__isnull=True)
        .exclude(schedule__kind=ScheduleKind.OFFERED)
        .first()
    )
    if row is None:
        raise PaymentNotFound
    return row


def _sum_of(row: ScheduleRow, on: date | None, tiyn: int | None, pointer: str) -> int | None:
    if on is None:
        return None
    if on > clock.today():
        raise FieldErrors([FieldError(pointer, "future", _("This date has not come yet."))])
    if tiyn == 0:
        raise FieldErrors([FieldError("/paid_tiyn", "nothing", _("Nothing was paid: leave the mark out."))])
    return row.total_tiyn if tiyn is None else tiyn


def note_missed() -> int:
    """Once a day: agreed payments whose day has passed unpaid. Returns how many were found; may run again.

    A case in which only payments were watched goes back to work, so that somebody sees it.
    """
    today = clock.today()
    open_rows = _unpaid(today).exclude(schedule__obligation__case__status__in=FINAL)
    case_ids = open_rows.values_list("schedule__obligation__case_id", flat=True).distinct()
    return sum(_note_missed_of(case_id, today) for case_id in sorted(case_ids))


def _unpaid(today: date) -> Any:
    """Rows of agreed schedules that fell due before today and are neither confirmed nor marked as paid in full."""
    marked = Q(paid_tiyn__isnull=True) | Q(paid_tiyn__lt=F("total_tiyn"))
    return ScheduleRow.objects.filter(
        marked, due__lt=today, missed_on__isnull=True, confirmed_on__isnull=True, total_tiyn__gt=0,
        schedule__kind=ScheduleKind.AGREED, schedule__superseded_at__isnull=True,
    )  # fmt: skip


@transaction.atomic
def _note_missed_of(case_id: UUID, today: date) -> int:
    case = Case.objects.select_for_update().filter(pk=case_id).exclude(status__in=FINAL).first()
    if case is None:
        return 0
    rows = _unpaid(today).filter(schedule__obligation__case=case).select_for_update(of=("self",))
    late = [row for row in rows.select_related("schedule").order_by("due", "pk") if last_day(row.due) < today]
    for row in late:
        row.missed_on = today
        row.save(update_fields=["missed_on"])
        event_log.record(
            PaymentMissed(
                case_id=case.pk, obligation_id=row.schedule.obligation_id, row_id=row.pk, number=row.number
            ),
            actor=CLOCK,
        )
    if late:
        if case.status == CaseStatus.MONITORING:
            progress.change_status(CLOCK, case, CaseAction.RESUME)
        progress.save_progress(case)
    return len(late)


def last_day(due: date) -> date:
    """A payment that falls on a day off may be made on the next working day (Civil Code, general rules on terms)."""
    calendar = law.working_calendar()
    day = due
    try:
        while calendar.reason_off(day) is not None:
            day = date.fromordinal(day.toordinal() + 1)
    except OutsideCalendar:
        return due
    return day


def _person(actor: Actor) -> User | None:
    return account_selectors.get_person(actor.user_id) if actor.user_id else None
