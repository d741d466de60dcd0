"""How debts and payments read in the history of a case, and what answers of creditors mean for schedules."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kenes.cases.events import debts as events_debts
from kenes.cases.events.answers import CreditorAnswered, OfferReplied
from kenes.cases.history import timeline
from kenes.cases.history.timeline import Context, Entry
from kenes.cases.models import (
    AnswerKind,
    Case,
    CreditorAnswer,
    DebtSource,
    DebtSplit,
    Obligation,
    PaymentSchedule,
    ReplyKind,
    ScheduleKind,
    ScheduleRow,
)
from kenes.cases.obligations import debt_payments, payment_reminders
from kenes.cases.obligations.debt_payments import PlannedRow
from kenes.cases.states.case import FINAL
from kenes.cases.tracks import progress
from kenes.event_log.events import Recorded
from kenes.event_log.services import subscribe
from kenes.foundation.actor import SystemActor
from kenes.foundation.language.dates import format_date
from kenes.foundation.language.money import format_money
from kenes.foundation.language.sentences import sentences
from kenes.outbox import registry as outbox

Loaded = Mapping[Any, Any]
KEEPER: Final = SystemActor("schedule-keeper")
FIELDS: Final[dict[str, Promise]] = {
    "contract_number": gettext_lazy("Contract number"),
    "contract_date": gettext_lazy("Day of the contract"),
    "original_amount_tiyn": gettext_lazy("Sum of the loan"),
    "monthly_payment_tiyn": gettext_lazy("Monthly payment"),
    "rate_percent": gettext_lazy("Rate of interest"),
    "term_months": gettext_lazy("Term in months"),
    "kind": gettext_lazy("Kind of contract"),
    "currency": gettext_lazy("Currency"),
    "apr_percent": gettext_lazy("Annual effective rate"),
    "upfront_fees_tiyn": gettext_lazy("Fees taken when the loan was given"),
    "purpose": gettext_lazy("What the loan was for"),
    "collateral": gettext_lazy("Pledge"),
    "guarantors": gettext_lazy("Guarantors"),
}


def _debts(recorded: Sequence[Recorded[Any]]) -> dict[Any, Any]:
    ids = {event.data.obligation_id for event in recorded}
    return {row.pk: row for row in Obligation.objects.filter(pk__in=ids).select_related("creditor")}


def _splits(recorded: Sequence[Recorded[Any]]) -> Loaded:
    ids = {event.data.split_id for event in recorded}
    return {**_debts(recorded), **{row.pk: row for row in DebtSplit.objects.filter(pk__in=ids)}}


def _rows(recorded: Sequence[Recorded[Any]]) -> Loaded:
    ids = {event.data.row_id for event in recorded}
    return {**_debts(recorded), **{row.pk: row for row in ScheduleRow.objects.filter(pk__in=ids)}}


def _creditor(context: Context, obligation_id: UUID) -> str:
    debt: Obligation | None = context.loaded.get(obligation_id)
    return debt.creditor.name(context.language) if debt is not None else ""


@timeline.renders(events_debts.DebtContractEdited, load=_debts)
def contract_edited(event: Recorded[events_debts.DebtContractEdited], context: Context) -> Entry:
    names = ", ".join(str(FIELDS.get(name, name)) for name in event.data.fields)
    words = sentences(_creditor(context, event.data.obligation_id), names)
    return Entry("debt", "pencil", _("Data of the contract were corrected"), words)


@timeline.renders(events_debts.DebtSplitGiven, load=_splits)
def split_given(event: Recorded[events_debts.DebtSplitGiven], context: Context) -> Entry:
    split: DebtSplit | None = context.loaded.get(event.data.split_id)
    day = format_date(split.as_of, context.language) if split else ""
    title = _("Sums of the debt on %(day)s") % {"day": day}
    total = format_money(split.total_tiyn, context.language) if split else ""
    words = sentences(
        _creditor(context, event.data.obligation_id), total, str(DebtSource(event.data.source).label)
    )
    return Entry("debt", "coins", title, words)


@timeline.renders(events_debts.DebtScheduleGiven, load=_debts)
def schedule_given(event: Recorded[events_debts.DebtScheduleGiven], context: Context) -> Entry:
    kind = str(ScheduleKind(event.data.kind).label)
    title = _("Payment schedule: %(kind)s") % {"kind": kind}
    words = sentences(_creditor(context, event.data.obligation_id), str(DebtSource(event.data.source).label))
    return Entry("debt", "calendar-days", title, words)


def _payment(event: Recorded[Any], context: Context, title: str, icon: str) -> Entry:
    row: ScheduleRow | None = context.loaded.get(event.data.row_id)
    due = _("Payment of %(day)s") % {"day": format_date(row.due, context.language)} if row else ""
    total = format_money(row.total_tiyn, context.language) if row else ""
    return Entry("payment", icon, title, sentences(_creditor(context, event.data.obligation_id), due, total))


@timeline.renders(events_debts.PaymentMarked, load=_rows)
def payment_marked(event: Recorded[events_debts.PaymentMarked], context: Context) -> Entry:
    title = _("Mark of a payment taken back") if event.data.withdrawn else _("Payment marked as made")
    return _payment(event, context, title, "circle-dollar-sign")


@timeline.renders(events_debts.PaymentConfirmed, load=_rows)
def payment_confirmed(event: Recorded[events_debts.PaymentConfirmed], context: Context) -> Entry:
    title = _("Confirmation of a payment taken back") if event.data.withdrawn else _("Payment confirmed")
    return _payment(event, context, title, "circle-check")


@timeline.renders(events_debts.PaymentMissed, load=_rows)
def payment_missed(event: Recorded[events_debts.PaymentMissed], context: Context) -> Entry:
    return _payment(event, context, _("An agreed payment was missed"), "circle-alert")


@timeline.renders(events_debts.PaymentReminderDue, load=_rows)
def payment_reminder(event: Recorded[events_debts.PaymentReminderDue], context: Context) -> Entry:
    return _payment(event, context, _("Reminder of a payment"), "bell")


@timeline.renders(events_debts.PaymentRemindersSet, load=_debts)
def payment_reminders_set(event: Recorded[events_debts.PaymentRemindersSet], context: Context) -> Entry:
    data = event.data
    title = _("Reminders of payments switched on") if data.on else _("Reminders of payments switched off")
    return Entry("payment", "bell", title, _creditor(context, data.obligation_id))


@outbox.handler(payment_reminders.HANDLER)
def remind_of_payment(payload: dict[str, Any], context: outbox.OutboxContext) -> None:
    """Write the letter of one reminder."""
    payment_reminders.send_letter(UUID(payload["reminder_id"]))


@subscribe(CreditorAnswered)
def keep_offered(event: Recorded[CreditorAnswered]) -> None:
    """An offer, or an agreement with terms, becomes a schedule of the debt."""
    kinds = {AnswerKind.OFFER: ScheduleKind.OFFERED, AnswerKind.AGREE: ScheduleKind.AGREED}
    kind = kinds.get(AnswerKind(event.data.kind))
    if kind is not None:
        _keep_schedule_of(event.data.answer_id, kind)


@subscribe(OfferReplied)
def keep_agreed(event: Recorded[OfferReplied]) -> None:
    """An accepted offer becomes the schedule that payments are watched by."""
    if event.data.kind == ReplyKind.ACCEPT:
        _keep_schedule_of(event.data.answer_id, ScheduleKind.AGREED)


@transaction.atomic
def _keep_schedule_of(answer_id: UUID, kind: ScheduleKind) -> None:
    """Once per answer and kind: the second run finds the schedule that the first one made."""
    answer = CreditorAnswer.objects.filter(pk=answer_id).first()
    if answer is None or not answer.schedule:
        return
    case = Case.objects.select_for_update().get(pk=answer.case_id)
    debt = Obligation.objects.select_for_update().get(pk=answer.obligation_id)
    mark = {"answer_id": str(answer_id)}
    if (
        case.status in FINAL
        or PaymentSchedule.objects.filter(obligation=debt, kind=kind, terms=mark).exists()
    ):
        return
    rows = [
        PlannedRow(date.fromisoformat(due), principal, interest, payment)
        for _number, due, payment, principal, interest, _other, _balance in answer.schedule
    ]
    debt_payments.keep_schedule(
        actor=KEEPER, case=case, debt=debt, kind=kind, rows=rows, terms=mark, source=DebtSource.LENDER,
        valid_from=answer.given_at.date(),
    )  # fmt: skip
    progress.save_progress(case)
