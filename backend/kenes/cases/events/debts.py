"""What happens to debts and their payments. Ids and codes only; sums stand in the rows that the ids name."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class DebtContractEdited(Event):
    """Data of a contract were corrected; `change_ids` name old and new values, `fields` which they are."""

    type: ClassVar[str] = "debt.contract_edited"
    case_id: UUID
    obligation_id: UUID
    change_ids: tuple[UUID, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DebtSplitGiven(Event):
    """Somebody told of what a debt consists on a day. `is_current`: it is the newest, the debt shows it now."""

    type: ClassVar[str] = "debt.split_given"
    case_id: UUID
    obligation_id: UUID
    split_id: UUID
    source: str
    is_current: bool
    change_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class DebtScheduleGiven(Event):
    """A schedule of payments was written down."""

    type: ClassVar[str] = "debt.schedule_given"
    case_id: UUID
    obligation_id: UUID
    schedule_id: UUID
    kind: str
    source: str
    payments: int


@dataclass(frozen=True, slots=True)
class PaymentMarked(Event):
    """The borrower says that a payment was made, or takes that back."""

    type: ClassVar[str] = "debt.payment_marked"
    case_id: UUID
    obligation_id: UUID
    row_id: UUID
    number: int
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class PaymentConfirmed(Event):
    """Creditor or manager confirms that a payment came, or takes that back."""

    type: ClassVar[str] = "debt.payment_confirmed"
    case_id: UUID
    obligation_id: UUID
    row_id: UUID
    number: int
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class PaymentMissed(Event):
    """The day of an agreed payment has passed and nothing says that it came."""

    type: ClassVar[str] = "debt.payment_missed"
    case_id: UUID
    obligation_id: UUID
    row_id: UUID
    number: int


@dataclass(frozen=True, slots=True)
class PaymentReminderDue(Event):
    """The borrower is reminded of an agreed payment so many days before it."""

    type: ClassVar[str] = "debt.payment_reminder_due"
    case_id: UUID
    obligation_id: UUID
    row_id: UUID
    number: int
    days_ahead: int


@dataclass(frozen=True, slots=True)
class PaymentRemindersSet(Event):
    """Reminders of the payments of a debt were switched on or off."""

    type: ClassVar[str] = "debt.payment_reminders_set"
    case_id: UUID
    obligation_id: UUID
    on: bool
