"""Who may sign, and who may choose signers. Staff see that a request exists, never its code."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from kenes.cases import permissions as case_permissions
from kenes.cases.models import Case, PartyRole
from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden
from kenes.signing.models import Signature, SigningRound

Rule = Callable[[Actor, UUID], bool]


def _the_signer(actor: Actor, signer_id: UUID) -> bool:
    # Nobody signs for somebody else, so a helper who acts on behalf of the signer may not either.
    return actor.user_id == signer_id and actor.on_behalf_of is None


RULES: Final[dict[str, Rule]] = {
    "signature.request": _the_signer,
    "signature.show": _the_signer,
    "signature.send_code": _the_signer,
    "signature.confirm": _the_signer,
    "signature.sign": _the_signer,
    "signature.approve": _the_signer,
    "signature.delegate": _the_signer,
    "signature.decline": _the_signer,
}


def require(actor: Actor, action: str, signer_id: UUID) -> None:
    """Forbidden when the actor is not the person who signs."""
    if not RULES[action](actor, signer_id):
        raise Forbidden


def arranges(actor: Actor, case: Case) -> bool:
    """Who chooses signers: the borrower for his own documents, who works on the case, its lawyer.

    The case was loaded for this reader (`cases.selectors.load_reader`).
    """
    if actor.on_behalf_of is not None:
        return False
    is_lawyer = case_permissions.is_specialist(actor, case) and PartyRole.LAWYER in case.reader_roles
    return case_permissions.is_borrower(actor, case) or case_permissions.works_on(actor, case) or is_lawyer


def keeps(actor: Actor, case: Case, signing: SigningRound) -> bool:
    """Who takes a round back, reminds in it or chooses anew: who began it, as long as he may begin one, and the staff."""
    if not arranges(actor, case):
        return False
    return signing.created_by_id == actor.user_id or case_permissions.works_on(actor, case)


def checks_paper(actor: Actor, case: Case, signer_id: UUID) -> bool:
    """Who says that a paper is signed: the manager of the case or a supervisor, never the signer himself."""
    works = case_permissions.works_on(actor, case) and not actor.is_system
    return works and actor.on_behalf_of is None and actor.user_id != signer_id


def chooses_name(actor: Actor, signature: Signature) -> bool:
    """Whose name it is, also when he signed under an account that was merged into his. The signer is loaded."""
    if actor.user_id is None or actor.on_behalf_of is not None:
        return False
    return actor.user_id in (signature.signer_id, signature.signer.merged_into_id)


def require_chooses_name(actor: Actor, signature: Signature) -> None:
    """Raise Forbidden when the name is not his."""
    if not chooses_name(actor, signature):
        raise Forbidden


def require_arranges(actor: Actor, case: Case) -> None:
    """Raise Forbidden when the actor may not choose signers."""
    if not arranges(actor, case):
        raise Forbidden


def require_keeps(actor: Actor, case: Case, signing: SigningRound) -> None:
    """Raise Forbidden when the round is not his to change."""
    if not keeps(actor, case, signing):
        raise Forbidden


def require_checks_paper(actor: Actor, case: Case, signer_id: UUID) -> None:
    """Raise Forbidden when the actor may not check this paper."""
    if not checks_paper(actor, case, signer_id):
        raise Forbidden
