"""Who may do what with lenders. Pure rules over the actor's roles."""

from typing import Final

from kenes.foundation.actor import ADMIN, CONTENT_EDITOR, MANAGER, SUPERVISOR, Actor
from kenes.foundation.errors import Forbidden

RULES: Final[dict[str, frozenset[str]]] = {
    "creditor.view_addresses": frozenset({MANAGER, SUPERVISOR, CONTENT_EDITOR, ADMIN}),
    "creditor.add_address": frozenset({MANAGER, SUPERVISOR}),
    "creditor.confirm_address": frozenset({MANAGER, SUPERVISOR}),
}


def allowed(actor: Actor, action: str) -> bool:
    """Whether the actor may do the action on any lender."""
    return actor.has_role(*RULES[action])


def require(actor: Actor, action: str) -> None:
    """Raise Forbidden when the actor may not."""
    if not allowed(actor, action):
        raise Forbidden


def allowed_actions(actor: Actor) -> list[str]:
    """Actions to offer on a lender's card."""
    names = {"creditor.add_address": "add_address", "creditor.confirm_address": "confirm_address"}
    return [name for action, name in names.items() if allowed(actor, action)]
