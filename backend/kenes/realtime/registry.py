"""Who may listen to which channel: the app that owns the thing answers."""

from collections.abc import Callable
from uuid import UUID

from kenes.foundation.actor import Actor

Check = Callable[[Actor, UUID], bool]
_checks: dict[str, Check] = {}


def channel(kind: str, check: Check) -> None:
    """Register the visibility rule of channels `kind:<id>`."""
    _checks[kind] = check


def may_listen(actor: Actor, kind: str, subject_id: UUID) -> bool:
    if kind == "user":
        return actor.user_id == subject_id
    check = _checks.get(kind)
    return check is not None and check(actor, subject_id)


_rooms: dict[str, Check] = {}


def room(kind: str, check: Check) -> None:
    """Register who may see who else is at the thing: presence of `kind:<id>` is told to these and shows only these."""
    _rooms[kind] = check


def may_be_present(actor: Actor, kind: str, subject_id: UUID) -> bool:
    check = _rooms.get(kind)
    return check is not None and check(actor, subject_id)
