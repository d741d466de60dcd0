"""Kinds of letters: which one fits a creditor, and how it is called and explained to people."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from kenes.documents import catalogue
from kenes.documents.catalogue import Kind
from kenes.documents.states import PUT_ASIDE, DispatchStatus, DocumentStatus
from kenes.foundation.errors import Text

_SUMMARIES: Final[dict[str, Text]] = {
    DocumentStatus.PREPARING: _("The letter is being prepared. It takes up to a minute."),
    DocumentStatus.READY_TO_SIGN: _("You ask the creditor to change the terms of the contract. Read the letter and sign it."),
    DocumentStatus.SIGNED: _("You have signed the letter. The platform is sealing it."),
    DocumentStatus.SEALED: _("The letter is signed and sealed. It is on its way to the creditor."),
    DocumentStatus.SENT: _("The creditor's mail server has accepted the letter. The creditor has 15 calendar days to answer."),
    DocumentStatus.FAILED: _("The letter could not be prepared. A manager will look into it."),
    DocumentStatus.SUPERSEDED: _("A newer version has taken the place of this letter."),
    DocumentStatus.VOID: _("The procedure was stopped before the letter was signed. It is not needed any more."),
}  # fmt: skip
# A document that the platform does not send is handed in by the borrower; by its addressee.
_HAND_IN: Final[dict[str, Text]] = {
    "lender": _("Hand it in to the creditor and keep a copy marked as received."),
    "collector": _("Hand it in to the collection agency and keep a copy marked as received."),
    "notary": _("Hand it in to the notary and keep a copy marked as received."),
    "court": _("Hand it in to the court and keep a copy marked as received."),
    "bailiff": _("Hand it in to the bailiff and keep a copy marked as received."),
    "ombudsman": _("Hand it in to the ombudsman and keep a copy marked as received."),
    "regulator": _("Hand it in to the Agency and keep the number of your complaint."),
    "representative": _("Give it to the representative and keep a copy."),
    "party": _("It holds when the other side has signed it too."),
}  # fmt: skip
_BY_CODE: Final = _("Read the document and sign it.")
_BY_HAND: Final = _("Read it, then sign it by ЭЦП or on paper.")
_BY_KEY: Final = _("Read it, then sign it by ЭЦП.")
# What somebody else signs is only read by everybody else.
_SIGNED_BY: Final[dict[str, Text]] = {
    "platform": _("Kenes Hub signs it."),
    "mediator": _("The mediator signs it."),
}
_WITHOUT: Final = _("Read and download it: it needs no signature.")
_SEALED: Final = _("The document is signed and sealed.")
_ACCEPTED: Final = _("The creditor's mail server has accepted the document.")
_WAITING: Final = _(
    "The letter is signed. It leaves as soon as a manager has confirmed the creditor's address."
)
_HELD: Final = _(
    "The letter is signed but is not sent: the consent to pass data to the creditor was withdrawn. "
    "It leaves when the consent is given again."
)
_NOT_SENT: Final = _("The letter is signed but could not be sent. A manager will look into it.")
_TRANSLATION: Final = _(
    "The same letter in another language. It goes along with the signed one and is not signed."
)


def title(code: str) -> str:
    """The kind of a letter in the reader's language; the code itself for a kind that is no longer known."""
    kind = catalogue.get(code)
    return code if kind is None else str(kind.title)


def signed_by_code(code: str) -> bool:
    """Whether an SMS code is enough for this kind; others take ЭЦП or paper, or no signature at all."""
    return "S" in signature(code)


def signed_by_borrower(code: str) -> bool:
    """Whether the borrower signs this kind of document, in whatever way."""
    kind = catalogue.get(code)
    return bool(signature(code)) and (kind is None or kind.from_ in ("borrower", "parties"))


def signature(code: str) -> tuple[str, ...]:
    """Every way in which a kind can be signed: S by SMS code, E by ЭЦП, P on paper; empty when it needs no signature.

    The catalogue names the ways that are enough; a stronger one always is too: ЭЦП equals a handwritten signature, so every
    kind that is signed at all takes it, and handwriting is more than a code. A kind that is no longer known: as by code.
    """
    kind = catalogue.get(code)
    enough = ("S",) if kind is None else kind.signature
    if "S" in enough:
        return ("S", "E", "P")
    if "P" in enough:
        return ("E", "P")
    return ("E",) if enough else ()


def summary(status: str, *, code: str, is_translation: bool, dispatch_status: str | None) -> str:
    """What this document is and what happens next; one that no procedure of changed terms is about speaks by its kind."""
    if is_translation and status not in PUT_ASIDE:
        return str(_TRANSLATION)
    if status == DocumentStatus.SEALED and dispatch_status == DispatchStatus.WAITING_ADDRESS:
        return str(_WAITING)
    if status == DocumentStatus.SEALED and dispatch_status == DispatchStatus.WAITING_CONSENT:
        return str(_HELD)
    if dispatch_status == DispatchStatus.FAILED:
        return str(_NOT_SENT)
    kind = catalogue.get(code)
    if kind is None or (kind.main and "RESTRUCTURING" in kind.procedures):
        return str(_SUMMARIES[status])
    return _of_kind(kind, status, is_sent=dispatch_status is not None)


def _of_kind(kind: Kind, status: str, *, is_sent: bool) -> str:
    if status == DocumentStatus.READY_TO_SIGN:
        return f"{kind.purpose} {_how_to_sign(kind)}"
    if status == DocumentStatus.SEALED and not is_sent:
        return " ".join(str(part) for part in (_SEALED, _HAND_IN.get(kind.to)) if part)
    if status == DocumentStatus.SENT:
        return str(_ACCEPTED)
    return str(_SUMMARIES[status])


def _how_to_sign(kind: Kind) -> str:
    if not kind.signature:
        return str(_WITHOUT)
    if kind.from_ in _SIGNED_BY:
        return str(_SIGNED_BY[kind.from_])
    if "S" in kind.signature:
        return str(_BY_CODE)
    how = _BY_HAND if "P" in kind.signature else _BY_KEY
    return " ".join(str(part) for part in (how, _HAND_IN.get(kind.to)) if part)
