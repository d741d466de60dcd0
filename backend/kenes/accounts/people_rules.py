"""Who may do what to which person. Pure rules over what was loaded; the browser gets them as `allowed_actions`.

Separation of duties, decided here once:

* nobody changes own roles, closes, reopens or resets the own account: a second person must agree;
* whoever holds everything that an administrator holds may give every role that is given by hand; everybody else who
  may give roles or invite gives only roles whose rights he has himself ("see all cases" covers "see assigned ones");
* roles of lawyers, mediators, notaries, representatives and of creditors' people are never given by hand: they follow
  from a checked licence, a power of attorney, a membership;
* to close, end or reset the account of somebody, or to look through his eyes, one needs at least his rights.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from kenes.accounts import abilities
from kenes.accounts.errors_people import BeyondOwnRights, OwnRights
from kenes.accounts.models import Role
from kenes.foundation import actor as actors
from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden

BY_HAND: Final = frozenset({*actors.STAFF_ROLES, actors.OMBUDSMAN_OFFICER, actors.BORROWER})
_COVERS: Final = {
    "case.see_all": {"case.see_assigned", "case.see_pool", "case.see_metadata"},
    "case.work_all": {"case.work"},
    "organisation.edit": {"organisation.see"},
}


@dataclass(frozen=True, slots=True)
class Subject:
    """The person something is done to: state and the rights of all roles he holds now."""

    person_id: UUID
    abilities: frozenset[str]
    is_active: bool = True
    is_merged: bool = False
    is_erased: bool = False
    is_service: bool = False

    @property
    def can_come_back(self) -> bool:
        return not (self.is_active or self.is_merged or self.is_erased or self.is_service)


def reach(own: frozenset[str]) -> frozenset[str]:
    """The abilities together with those that they cover."""
    return own.union(*(covered for code, covered in _COVERS.items() if code in own))


def over_others(wanted: frozenset[str]) -> frozenset[str]:
    """The part that reaches other people's data by work; what belongs to being a borrower or an officer is left out."""
    return frozenset(
        code for code in wanted if code in abilities.BY_CODE and abilities.BY_CODE[code].grantable
    )


def within(actor: Actor, wanted: frozenset[str]) -> bool:
    """Whether the actor has all of these rights over other people's data himself."""
    return actor.is_system or over_others(wanted) <= reach(actor.abilities)


def may_give(actor: Actor, wanted: frozenset[str]) -> bool:
    """Whether the actor may give these rights to others: he has them, or everything that an administrator has."""
    return within(actor, wanted) or abilities.OF_ROLE[Role.ADMIN] <= actor.abilities


def _with(ability: str) -> Callable[[Actor, Subject], bool]:
    return lambda actor, subject: actor.can(ability) and not subject.is_service


def _state(actor: Actor, subject: Subject) -> bool:
    return actor.can("person.deactivate") and not subject.is_service


RULES: Final[dict[str, Callable[[Actor, Subject], bool]]] = {
    "edit": lambda actor, who: actor.can("person.edit") and who.is_active and not who.is_service,
    "grant_role": lambda actor, who: actor.can("role.grant") and who.is_active and not who.is_service,
    "revoke_role": _with("role.grant"),
    "deactivate": lambda actor, who: _state(actor, who) and who.is_active,
    "reactivate": lambda actor, who: actor.can("person.deactivate") and who.can_come_back,
    "end_sessions": _state,
    "reset_second_factor": lambda actor, who: _state(actor, who) and who.is_active,
    "reveal": lambda actor, who: actor.can("case.reveal") or actor.can("person.edit"),
    "view_as": lambda actor, who: actor.can("person.view_as") and who.is_active and not who.is_service,
    "merge": _with("person.merge"),
}
_NEVER_ONESELF: Final = frozenset(RULES) - {"edit", "reveal", "merge"}
_NOT_ABOVE: Final = frozenset(
    {"deactivate", "reactivate", "end_sessions", "reset_second_factor", "revoke_role", "view_as"}
)


def require_ability(actor: Actor, *any_of: str) -> None:
    """Forbidden when the actor has none of these abilities, whoever it is about: the door before a form is read."""
    if not any(actor.can(code) for code in any_of):
        raise Forbidden


def require(actor: Actor, action: str, subject: Subject) -> None:
    """Forbidden, OwnRights or BeyondOwnRights when the actor may not do this to the person."""
    if not RULES[action](actor, subject):
        raise Forbidden
    if action in _NEVER_ONESELF and subject.person_id in (actor.user_id, actor.viewed_by):
        raise OwnRights
    if action in _NOT_ABOVE and not _reaches(actor, action, subject):
        raise BeyondOwnRights


def _reaches(actor: Actor, action: str, subject: Subject) -> bool:
    # An administrator keeps order among all accounts, but sees through nobody's eyes who sees more than he does.
    return within(actor, subject.abilities) if action == "view_as" else may_give(actor, subject.abilities)


def allowed_actions(actor: Actor, subject: Subject) -> list[str]:
    """Actions to offer on the page of the person."""

    def allowed(action: str) -> bool:
        try:
            require(actor, action, subject)
        except Forbidden:
            return False
        return not actor.viewed_by

    return [action for action in RULES if allowed(action)]
