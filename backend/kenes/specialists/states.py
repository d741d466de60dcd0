"""Which state may follow which: requests for help, proposals, bookings. The only tables by which they change."""

from dataclasses import dataclass
from typing import Final, Protocol

from django.db import models
from django.utils.translation import pgettext_lazy

from kenes.specialists.errors import StepNotAllowed, StepRepeated


class RequestStatus(models.TextChoices):
    """Where a request for help stands."""

    OPEN = "open", pgettext_lazy("help", "Waits for proposals")
    CHOSEN = "chosen", pgettext_lazy("help", "A specialist is chosen")
    CANCELLED = "cancelled", pgettext_lazy("help", "Taken back")
    EXPIRED = "expired", pgettext_lazy("help", "The term has passed")


class ProposalStatus(models.TextChoices):
    """Where a proposal of a specialist stands."""

    PENDING = "pending", pgettext_lazy("proposal", "Waits for the borrower")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "Chosen")
    REJECTED = "rejected", pgettext_lazy("proposal", "Another one was chosen")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "Taken back")
    EXPIRED = "expired", pgettext_lazy("proposal", "The term has passed")


class BookingStatus(models.TextChoices):
    """Where a consultation stands."""

    BOOKED = "booked", pgettext_lazy("booking", "Booked")
    HELD = "held", pgettext_lazy("booking", "Took place")
    NO_SHOW = "no_show", pgettext_lazy("booking", "Nobody came")
    CANCELLED = "cancelled", pgettext_lazy("booking", "Cancelled")
    SUMMARY_SENT = "summary_sent", pgettext_lazy("booking", "Summary sent")


class HasStatus(Protocol):
    """Anything with a status."""

    status: str


@dataclass(frozen=True, slots=True)
class Transition:
    """Statuses in which an action is possible, and where it leads."""

    sources: frozenset[str]
    target: str


def _row(*sources: str, to: str) -> Transition:
    return Transition(frozenset(sources), to)


R, P, B = RequestStatus, ProposalStatus, BookingStatus
REQUESTS: Final = {
    "choose": _row(R.OPEN, to=R.CHOSEN),
    "cancel": _row(R.OPEN, to=R.CANCELLED),
    "expire": _row(R.OPEN, to=R.EXPIRED),
}
PROPOSALS: Final = {
    "accept": _row(P.PENDING, to=P.ACCEPTED),
    "reject": _row(P.PENDING, to=P.REJECTED),
    "withdraw": _row(P.PENDING, to=P.WITHDRAWN),
    "expire": _row(P.PENDING, to=P.EXPIRED),
}
BOOKINGS: Final = {
    "move": _row(B.BOOKED, to=B.BOOKED),
    "hold": _row(B.BOOKED, to=B.HELD),
    "no_show": _row(B.BOOKED, to=B.NO_SHOW),
    "cancel": _row(B.BOOKED, to=B.CANCELLED),
    "summarise": _row(B.HELD, to=B.SUMMARY_SENT),
}


def can(table: dict[str, Transition], row: HasStatus, action: str) -> bool:
    """Whether the table allows the action now."""
    return row.status in table[action].sources


def move(table: dict[str, Transition], row: HasStatus, action: str) -> None:
    """Change the status by the table; the caller has locked the row and saves it. StepRepeated, StepNotAllowed."""
    transition = table[action]
    if row.status not in transition.sources:
        if row.status == transition.target:
            raise StepRepeated(action=action, current_status=row.status)
        raise StepNotAllowed(action=action, current_status=row.status)
    row.status = transition.target
