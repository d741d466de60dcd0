"""States of a request to sign and how it moves."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.db import models
from django.utils.translation import pgettext_lazy

from kenes.signing.errors import SignatureRequestClosed

if TYPE_CHECKING:
    from kenes.signing.models import SignatureRequest


class RequestStatus(models.TextChoices):
    PENDING = "pending", pgettext_lazy("signature request", "Waiting for the signer")
    IN_PROGRESS = "in_progress", pgettext_lazy("signature request", "Code sent")
    SIGNED = "signed", pgettext_lazy("signature request", "Signed")
    EXPIRED = "expired", pgettext_lazy("signature request", "Expired")
    DECLINED = "declined", pgettext_lazy("signature request", "Declined")
    FAILED = "failed", pgettext_lazy("signature request", "Not possible any more")


class RequestAction(StrEnum):
    SEND_CODE = "send_code"
    SIGN = "sign"
    DECLINE = "decline"
    EXPIRE = "expire"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Transition:
    sources: frozenset[RequestStatus]
    target: RequestStatus


OPEN: Final = frozenset({RequestStatus.PENDING, RequestStatus.IN_PROGRESS})
TRANSITIONS: Final = {
    # Sending again keeps the state.
    RequestAction.SEND_CODE: Transition(OPEN, RequestStatus.IN_PROGRESS),
    RequestAction.SIGN: Transition(frozenset({RequestStatus.IN_PROGRESS}), RequestStatus.SIGNED),
    RequestAction.DECLINE: Transition(OPEN, RequestStatus.DECLINED),
    RequestAction.EXPIRE: Transition(OPEN, RequestStatus.EXPIRED),
    # The document was replaced or is no longer to be signed.
    RequestAction.FAIL: Transition(OPEN, RequestStatus.FAILED),
}


def move(request: "SignatureRequest", action: RequestAction) -> None:
    """Set the status by the table; SignatureRequestClosed when the table has no such move. Saves nothing."""
    transition = TRANSITIONS[action]
    if request.status not in transition.sources:
        raise SignatureRequestClosed(current_status=request.status)
    request.status = transition.target
