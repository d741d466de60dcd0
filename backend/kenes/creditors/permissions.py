"""Who may do what with lenders. Pure rules over the actor's abilities."""

from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden


def allowed(actor: Actor, action: str) -> bool:
    """Whether the actor may do the action on any lender."""
    return actor.can(action)


def require(actor: Actor, action: str) -> None:
    """Raise Forbidden when the actor may not."""
    if not allowed(actor, action):
        raise Forbidden


def allowed_actions(actor: Actor) -> list[str]:
    """Actions to offer on a lender's card."""
    names = {"creditor.add_address": "add_address", "creditor.confirm_address": "confirm_address"}
    return [name for action, name in names.items() if allowed(actor, action)]
