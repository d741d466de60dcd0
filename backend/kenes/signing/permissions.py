"""Who may sign: the borrower of the case alone. Staff see that a request exists, never its code."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden

Rule = Callable[[Actor, UUID], bool]


def _the_signer(actor: Actor, signer_id: UUID) -> bool:
    # Nobody signs for somebody else, so a helper who acts on behalf of the signer may not either.
    return actor.user_id == signer_id and actor.on_behalf_of is None


RULES: Final[dict[str, Rule]] = {
    "signature.request": _the_signer,
    "signature.send_code": _the_signer,
    "signature.confirm": _the_signer,
    "signature.decline": _the_signer,
}


def require(actor: Actor, action: str, signer_id: UUID) -> None:
    """Forbidden when the actor is not the person who signs."""
    if not RULES[action](actor, signer_id):
        raise Forbidden
