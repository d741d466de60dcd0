"""Who may do what to people and roles."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden

Rule = Callable[[Actor, UUID], bool]


def _self(actor: Actor, person_id: UUID) -> bool:
    return person_id in (actor.user_id, actor.on_behalf_of)


def _administrator(actor: Actor, person_id: UUID) -> bool:
    # Nobody changes own roles: a second administrator must agree.
    return actor.is_system or (actor.can("role.grant") and actor.user_id != person_id)


RULES: Final[dict[str, Rule]] = {
    "person.edit": _self,
    "person.set_identity": lambda actor, person: _self(actor, person) or actor.is_system,
    "person.grant_role": _administrator,
    "person.deactivate": _administrator,
    "person.create_staff": _administrator,
    "consent.accept": _self,
}


def require(actor: Actor, action: str, person_id: UUID) -> None:
    """Forbidden when the table does not allow `action` on that person."""
    if not RULES[action](actor, person_id):
        raise Forbidden
