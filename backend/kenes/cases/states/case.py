"""Life of a case: the only table by which `Case.status` changes."""

from dataclasses import dataclass
from typing import Final, Protocol

from django.db import models
from django.utils.translation import pgettext_lazy

from kenes.cases.errors.cases import CaseMoveRepeated, CaseTransitionNotAllowed


class CaseStatus(models.TextChoices):
    """Where a case stands as a whole."""

    DRAFT = "draft", pgettext_lazy("case", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("case", "Submitted")
    TRIAGE = "triage", pgettext_lazy("case", "Being sorted")
    AWAITING_BORROWER = "awaiting_borrower", pgettext_lazy("case", "Waiting for papers from the borrower")
    ACTIVE = "active", pgettext_lazy("case", "In work")
    SUSPENDED = "suspended", pgettext_lazy("case", "Suspended")
    MONITORING = "monitoring", pgettext_lazy("case", "New schedule is being paid")
    CLOSED = "closed", pgettext_lazy("case", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("case", "Cancelled")
    DECLINED = "declined", pgettext_lazy("case", "Declined")
    ARCHIVED = "archived", pgettext_lazy("case", "Archived")


class CaseAction(models.TextChoices):
    """What moves a case."""

    SUBMIT = "submit"
    TAKE = "take"
    REQUEST_DOCUMENTS = "request_documents"
    RESUME = "resume"
    ACTIVATE = "activate"
    DECLINE = "decline"
    SUSPEND = "suspend"
    MONITOR = "monitor"
    CLOSE = "close"
    CANCEL = "cancel"
    REOPEN = "reopen"
    ARCHIVE = "archive"


class HasStatus(Protocol):
    """Anything with a case status."""

    status: str


@dataclass(frozen=True, slots=True)
class Transition:
    """Where an action leads from each status in which it is possible."""

    targets: dict[CaseStatus, CaseStatus]


def _from(*sources: CaseStatus, to: CaseStatus) -> Transition:
    return Transition(dict.fromkeys(sources, to))


S = CaseStatus
OPEN: Final = frozenset(
    {S.DRAFT, S.SUBMITTED, S.TRIAGE, S.AWAITING_BORROWER, S.ACTIVE, S.SUSPENDED, S.MONITORING}
)
FINAL: Final = frozenset({S.CLOSED, S.CANCELLED, S.DECLINED, S.ARCHIVED})

TRANSITIONS: Final[dict[CaseAction, Transition]] = {
    CaseAction.SUBMIT: _from(S.DRAFT, to=S.SUBMITTED),
    CaseAction.TAKE: _from(S.SUBMITTED, to=S.TRIAGE),
    CaseAction.REQUEST_DOCUMENTS: _from(S.TRIAGE, to=S.AWAITING_BORROWER),
    CaseAction.RESUME: Transition(
        {S.AWAITING_BORROWER: S.TRIAGE, S.SUSPENDED: S.ACTIVE, S.MONITORING: S.ACTIVE}
    ),
    CaseAction.ACTIVATE: _from(S.TRIAGE, S.AWAITING_BORROWER, to=S.ACTIVE),
    CaseAction.DECLINE: _from(S.TRIAGE, to=S.DECLINED),
    CaseAction.SUSPEND: _from(S.ACTIVE, to=S.SUSPENDED),
    CaseAction.MONITOR: _from(S.ACTIVE, to=S.MONITORING),
    CaseAction.CLOSE: _from(S.ACTIVE, S.MONITORING, to=S.CLOSED),
    CaseAction.CANCEL: _from(*sorted(OPEN), to=S.CANCELLED),
    CaseAction.REOPEN: _from(S.CLOSED, to=S.ACTIVE),
    CaseAction.ARCHIVE: _from(S.CLOSED, S.CANCELLED, S.DECLINED, to=S.ARCHIVED),
}


def possible(status: str) -> list[CaseAction]:
    """Actions that the table allows in a status."""
    current = CaseStatus(status)
    return [action for action, transition in TRANSITIONS.items() if current in transition.targets]


def move(case: HasStatus, action: CaseAction) -> None:
    """Change the status by the table; the caller has locked the row and saves it.

    CaseMoveRepeated when the case already stands where the action leads, CaseTransitionNotAllowed otherwise.
    """
    targets = TRANSITIONS[action].targets
    current = CaseStatus(case.status)
    if current not in targets:
        if current in targets.values():
            raise CaseMoveRepeated(action=action.value, current_status=current.value)
        raise CaseTransitionNotAllowed(action=action.value, current_status=current.value)
    case.status = targets[current]
