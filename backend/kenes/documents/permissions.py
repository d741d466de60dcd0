"""Who may do what with a letter. Pure rules over the actor and the loaded case; no query, no request."""

from collections.abc import Callable
from typing import Final

from kenes.cases import permissions as case_permissions
from kenes.cases.models import Case
from kenes.cases.states.case import FINAL
from kenes.documents import kinds, sets
from kenes.documents.models import Dispatch, Document
from kenes.documents.states import (
    DOCUMENT_TRANSITIONS,
    PUT_ASIDE,
    DispatchAction,
    DocumentAction,
    DocumentStatus,
    can_move_dispatch,
)
from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden

Rule = Callable[[Actor, Case], bool]


def _reads_content(actor: Actor, case: Case) -> bool:
    return case_permissions.allowed(actor, "case.view_content", case)


def _keeps_case(actor: Actor, case: Case) -> bool:
    return case_permissions.is_assigned(actor, case) or case_permissions.is_supervisor(actor, case)


def _borrower_or_keeper(actor: Actor, case: Case) -> bool:
    return case_permissions.acts_as_borrower(actor, case) or _keeps_case(actor, case) or actor.is_system


# Made by the product together with a letter: what accompanies it, and what proves that it was sent.
MADE_ALONG: Final = ("COVER_LETTER", "DISPATCH_PROOF")

RULES: Final[dict[str, Rule]] = {
    "document.view": _reads_content,
    "document.sign": case_permissions.is_borrower,
    "document.regenerate": _borrower_or_keeper,
    "document.prepare": _borrower_or_keeper,
    "document.revise": _borrower_or_keeper,
    "document.void": _borrower_or_keeper,
    "document.package": _borrower_or_keeper,
    "dispatch.retry": _keeps_case,
}


def allowed(actor: Actor, action: str, case: Case) -> bool:
    """Whether the actor may do the action to letters of this case, whatever their status."""
    return RULES[action](actor, case)


def require(actor: Actor, action: str, case: Case) -> None:
    """Raise Forbidden when the actor may not."""
    if not allowed(actor, action, case):
        raise Forbidden


def goes_along(document: Document) -> bool:
    """Whether papers go along with this document: the product sends it, and it is not put aside."""
    debt = document.obligation
    return (
        debt is not None
        and document.status not in PUT_ASIDE
        and is_edited_by_people(document.code)
        and kinds.signed_by_code(document.code)
        and sets.goes_to_creditor(document.code, debt.creditor.type)
    )


def is_edited_by_people(code: str) -> bool:
    """Whether people make new versions of this kind; what goes along with a letter is made from the letter alone."""
    return code not in MADE_ALONG


def document_actions(actor: Actor, document: Document, case: Case) -> list[str]:
    """Names of the buttons to show for a document."""
    runs = case.status not in FINAL
    ready = runs and document.status == DocumentStatus.READY_TO_SIGN and document.needs_signature
    replaceable = runs and document.status in DOCUMENT_TRANSITIONS[DocumentAction.SUPERSEDE].sources
    # Who reads this document alone (it was sent to his organisation, or he is asked to sign it) loads nothing beside it.
    alone = not allowed(actor, "document.view", case)
    ours = document.needs_signature and is_edited_by_people(document.code)
    revisable = runs and ours and document.status not in PUT_ASIDE
    readable = not alone and document.pdf_file_id is not None
    possible = {
        "sign": ready and kinds.signed_by_borrower(document.code) and allowed(actor, "document.sign", case),
        "download_pdf": document.pdf_file_id is not None,
        "download_docx": document.docx_file_id is not None and not alone,
        "download_sealed": document.sealed_file_id is not None,
        "regenerate": replaceable
        and document.needs_signature
        and ours
        and allowed(actor, "document.regenerate", case),
        "revise": revisable and allowed(actor, "document.revise", case),
        "void": replaceable and ours and allowed(actor, "document.void", case),
        "compare": document.replaces_id is not None and not alone,
        "download_pdfa": readable and document.archival_file_id is not None,
        "make_pdfa": readable and document.archival_file_id is None and document.status not in PUT_ASIDE,
        "package": not alone and document.needs_signature and goes_along(document),
    }
    return [name for name, now in possible.items() if now]


def dispatch_actions(actor: Actor, dispatch: Dispatch, case: Case) -> list[str]:
    """Names of the buttons to show for a dispatch."""
    if can_move_dispatch(dispatch, DispatchAction.RETRY) and allowed(actor, "dispatch.retry", case):
        return ["retry"]
    return []
