"""States of a round of signatures and of a request to sign, and how they move."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.db import models
from django.utils.translation import pgettext_lazy

from kenes.signing.errors import RoundClosed, SignatureRequestClosed

if TYPE_CHECKING:
    from kenes.signing.models import SignatureRequest, SigningRound


class RequestStatus(models.TextChoices):
    PENDING = "pending", pgettext_lazy("signature request", "Waiting for the signer")
    IN_PROGRESS = "in_progress", pgettext_lazy("signature request", "Code sent")
    ON_CHECK = "on_check", pgettext_lazy("signature request", "Signed paper is being checked")
    SIGNED = "signed", pgettext_lazy("signature request", "Signed")
    APPROVED = "approved", pgettext_lazy("signature request", "Approved")
    COPY = "copy", pgettext_lazy("signature request", "Gets a copy")
    EXPIRED = "expired", pgettext_lazy("signature request", "Expired")
    DECLINED = "declined", pgettext_lazy("signature request", "Declined")
    FAILED = "failed", pgettext_lazy("signature request", "Not possible any more")
    CANCELLED = "cancelled", pgettext_lazy("signature request", "Taken back")
    DELEGATED = "delegated", pgettext_lazy("signature request", "Given to a representative")


class RoundStatus(models.TextChoices):
    OPEN = "open", pgettext_lazy("signing round", "Waiting for signatures")
    COMPLETED = "completed", pgettext_lazy("signing round", "Everybody has signed")
    DECLINED = "declined", pgettext_lazy("signing round", "Declined")
    EXPIRED = "expired", pgettext_lazy("signing round", "Time is over")
    FAILED = "failed", pgettext_lazy("signing round", "The document was replaced")
    CANCELLED = "cancelled", pgettext_lazy("signing round", "Taken back")
    REPLACED = "replaced", pgettext_lazy("signing round", "Signers were chosen anew")


class RequestAction(StrEnum):
    SEND_CODE = "send_code"
    SIGN = "sign"
    APPROVE = "approve"
    HAND_IN = "hand_in"
    REFUSE_PAPER = "refuse_paper"
    DECLINE = "decline"
    EXPIRE = "expire"
    FAIL = "fail"
    CANCEL = "cancel"
    DELEGATE = "delegate"


class RoundAction(StrEnum):
    COMPLETE = "complete"
    DECLINE = "decline"
    EXPIRE = "expire"
    FAIL = "fail"
    CANCEL = "cancel"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Transition:
    sources: frozenset[RequestStatus]
    target: RequestStatus


def _row(sources: Iterable[RequestStatus], to: RequestStatus) -> Transition:
    return Transition(frozenset(sources), to)


R: Final = RequestStatus
OPEN: Final = frozenset({R.PENDING, R.IN_PROGRESS, R.ON_CHECK})
# What a signer or an approver has done for good.
ANSWERED: Final = frozenset({R.SIGNED, R.APPROVED})
# Rounds whose signatures are those of the document.
COUNTING: Final = (RoundStatus.OPEN, RoundStatus.COMPLETED)
TRANSITIONS: Final = {
    # Sending again keeps the state.
    RequestAction.SEND_CODE: _row({R.PENDING, R.IN_PROGRESS}, R.IN_PROGRESS),
    # A code, a signed paper or ЭЦП: which of them is enough is looked at before.
    RequestAction.SIGN: _row(OPEN, R.SIGNED),
    RequestAction.APPROVE: _row({R.PENDING}, R.APPROVED),
    # A better photo may come while the first one waits.
    RequestAction.HAND_IN: _row(OPEN, R.ON_CHECK),
    RequestAction.REFUSE_PAPER: _row({R.ON_CHECK}, R.PENDING),
    RequestAction.DECLINE: _row(OPEN, R.DECLINED),
    # A paper that waits for our check is not late.
    RequestAction.EXPIRE: _row({R.PENDING, R.IN_PROGRESS}, R.EXPIRED),
    # The document was replaced, or the round ended by somebody else's answer.
    RequestAction.FAIL: _row(OPEN, R.FAILED),
    RequestAction.CANCEL: _row(OPEN, R.CANCELLED),
    RequestAction.DELEGATE: _row({R.PENDING, R.IN_PROGRESS}, R.DELEGATED),
}
# A round is open or has ended for good.
ROUND_TARGETS: Final = {
    RoundAction.COMPLETE: RoundStatus.COMPLETED,
    RoundAction.DECLINE: RoundStatus.DECLINED,
    RoundAction.EXPIRE: RoundStatus.EXPIRED,
    RoundAction.FAIL: RoundStatus.FAILED,
    RoundAction.CANCEL: RoundStatus.CANCELLED,
    RoundAction.REPLACE: RoundStatus.REPLACED,
}


def move(request: "SignatureRequest", action: RequestAction) -> None:
    """Set the status by the table; SignatureRequestClosed when the table has no such move. Saves nothing."""
    transition = TRANSITIONS[action]
    if request.status not in transition.sources:
        raise SignatureRequestClosed(current_status=request.status)
    request.status = transition.target


def move_round(signing: "SigningRound", action: RoundAction) -> None:
    """End an open round; RoundClosed when it has ended before. Saves nothing."""
    if signing.status != RoundStatus.OPEN:
        raise RoundClosed(current_status=signing.status)
    signing.status = ROUND_TARGETS[action]
