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
    "consent.withdraw": _self,
    "data_request.open": lambda actor, person: (
        _self(actor, person) or (actor.can("data_request.start") and actor.user_id != person)
    ),
    "data_request.decide": lambda actor, person: actor.can("data_request.approve"),
    "data_request.execute": lambda actor, person: actor.can("data_request.execute"),
}


def handles_data_requests(actor: Actor) -> bool:
    """Whether the actor sees requests about other people's data."""
    abilities = ("data_request.start", "data_request.approve", "data_request.execute")
    return any(actor.can(ability) for ability in abilities)


def require(actor: Actor, action: str, person_id: UUID) -> None:
    """Forbidden when the table does not allow `action` on that person."""
    if not RULES[action](actor, person_id):
        raise Forbidden
