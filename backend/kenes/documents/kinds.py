"""Kinds of letters: which one fits a creditor, and how it is called and explained to people."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from kenes.documents import catalogue
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
    kind = catalogue.get(code)
    return kind is None or "S" in kind.signature


def summary(status: str, *, is_translation: bool, dispatch_status: str | None) -> str:
    """One sentence: what this letter is and what happens next."""
    if is_translation and status not in PUT_ASIDE:
        return str(_TRANSLATION)
    if status == DocumentStatus.SEALED and dispatch_status == DispatchStatus.WAITING_ADDRESS:
        return str(_WAITING)
    if status == DocumentStatus.SEALED and dispatch_status == DispatchStatus.WAITING_CONSENT:
        return str(_HELD)
    if dispatch_status == DispatchStatus.FAILED:
        return str(_NOT_SENT)
    return str(_SUMMARIES[status])
