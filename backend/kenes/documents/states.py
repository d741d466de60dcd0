"""States of a document and of a dispatch, and which step leads where. Pure, no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from django.db import models
from django.utils.translation import pgettext_lazy

from kenes.documents.errors import DispatchStepNotAllowed, DocumentAlreadySigned, DocumentStepNotAllowed


class DocumentStatus(models.TextChoices):
    """A translation is never signed: it waits as READY_TO_SIGN and is SENT along with the signed text."""

    PREPARING = "preparing", pgettext_lazy("document", "Being prepared")
    READY_TO_SIGN = "ready_to_sign", pgettext_lazy("document", "Ready to sign")
    SIGNED = "signed", pgettext_lazy("document", "Signed")
    SEALED = "sealed", pgettext_lazy("document", "Signed and sealed")
    SENT = "sent", pgettext_lazy("document", "Sent")
    FAILED = "failed", pgettext_lazy("document", "Could not be prepared")
    SUPERSEDED = "superseded", pgettext_lazy("document", "Replaced by a newer version")
    VOID = "void", pgettext_lazy("document", "No longer needed")


class DocumentAction(models.TextChoices):
    FINISH = "finish"
    FAIL = "fail"
    SIGN = "sign"
    SEAL = "seal"
    SEND = "send"
    SEND_ALONG = "send_along"
    SUPERSEDE = "supersede"
    VOID = "void"


class DispatchStatus(models.TextChoices):
    """ACCEPTED is the receiving server's word; DELIVERED needs a delivery notice.

    WAITING_CONSENT: the borrower has taken back the consent to pass data to creditors; giving it again lets it go on.
    """

    WAITING_ADDRESS = "waiting_address", pgettext_lazy("dispatch", "Waits for the creditor's address")
    WAITING_CONSENT = (
        "waiting_consent",
        pgettext_lazy("dispatch", "Stopped: the borrower withdrew the consent"),
    )
    QUEUED = "queued", pgettext_lazy("dispatch", "In the queue")
    SENDING = "sending", pgettext_lazy("dispatch", "Being sent")
    ACCEPTED = "accepted", pgettext_lazy("dispatch", "Accepted by the creditor's mail server")
    DELIVERED = "delivered", pgettext_lazy("dispatch", "Delivered")
    FAILED = "failed", pgettext_lazy("dispatch", "Could not be sent")


class DispatchAction(models.TextChoices):
    QUEUE = "queue"
    ACCEPT = "accept"
    DELIVER = "deliver"
    FAIL = "fail"
    RETRY = "retry"
    HOLD = "hold"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Transition:
    """States in which a step is possible, and where it leads."""

    sources: frozenset[str]
    target: str


class HasStatus(Protocol):
    """Anything with a status."""

    status: str


def _row(*sources: str, to: str) -> Transition:
    return Transition(frozenset(sources), to)


D, P = DocumentStatus, DispatchStatus

# What was signed with this content: from here on the content never changes (also held by a database trigger).
SIGNED_STATUSES: Final = frozenset({D.SIGNED, D.SEALED, D.SENT})
# Letters that nobody will sign any more; they stay readable.
PUT_ASIDE: Final = frozenset({D.SUPERSEDED, D.VOID})

_REFUSED_BY_SIGNATURE: Final = (DocumentAction.SIGN, DocumentAction.SUPERSEDE, DocumentAction.VOID)
DOCUMENT_TRANSITIONS: Final[Mapping[DocumentAction, Transition]] = {
    DocumentAction.FINISH: _row(D.PREPARING, D.FAILED, to=D.READY_TO_SIGN),
    DocumentAction.FAIL: _row(D.PREPARING, to=D.FAILED),
    DocumentAction.SIGN: _row(D.READY_TO_SIGN, to=D.SIGNED),
    DocumentAction.SEAL: _row(D.SIGNED, to=D.SEALED),
    DocumentAction.SEND: _row(D.SEALED, to=D.SENT),
    DocumentAction.SEND_ALONG: _row(D.READY_TO_SIGN, to=D.SENT),
    DocumentAction.SUPERSEDE: _row(D.PREPARING, D.READY_TO_SIGN, D.FAILED, to=D.SUPERSEDED),
    DocumentAction.VOID: _row(D.PREPARING, D.READY_TO_SIGN, D.FAILED, to=D.VOID),
}

# A late word of the receiving server corrects a failure that was only assumed (no answer in time).
DISPATCH_TRANSITIONS: Final[Mapping[DispatchAction, Transition]] = {
    DispatchAction.QUEUE: _row(P.WAITING_ADDRESS, to=P.QUEUED),
    DispatchAction.ACCEPT: _row(P.QUEUED, P.FAILED, P.WAITING_CONSENT, to=P.ACCEPTED),
    DispatchAction.DELIVER: _row(P.QUEUED, P.FAILED, P.WAITING_CONSENT, P.ACCEPTED, to=P.DELIVERED),
    DispatchAction.FAIL: _row(P.WAITING_ADDRESS, P.WAITING_CONSENT, P.QUEUED, P.ACCEPTED, to=P.FAILED),
    DispatchAction.RETRY: _row(P.FAILED, to=P.WAITING_ADDRESS),
    DispatchAction.HOLD: _row(P.WAITING_ADDRESS, P.QUEUED, to=P.WAITING_CONSENT),
    DispatchAction.RELEASE: _row(P.WAITING_CONSENT, to=P.WAITING_ADDRESS),
}


def move_document(document: HasStatus, action: DocumentAction) -> None:
    """Change the status of a locked document by the table; the caller saves it.

    DocumentAlreadySigned when it was signed before, DocumentStepNotAllowed otherwise.
    """
    transition = DOCUMENT_TRANSITIONS[action]
    if document.status not in transition.sources:
        if document.status in SIGNED_STATUSES and action in _REFUSED_BY_SIGNATURE:
            raise DocumentAlreadySigned
        raise DocumentStepNotAllowed(current_status=document.status)
    document.status = transition.target


def move_dispatch(dispatch: HasStatus, action: DispatchAction) -> None:
    """Change the status of a locked dispatch by the table; the caller saves it. DispatchStepNotAllowed otherwise."""
    transition = DISPATCH_TRANSITIONS[action]
    if dispatch.status not in transition.sources:
        raise DispatchStepNotAllowed(current_status=dispatch.status)
    dispatch.status = transition.target


def can_move_dispatch(dispatch: HasStatus, action: DispatchAction) -> bool:
    return dispatch.status in DISPATCH_TRANSITIONS[action].sources
