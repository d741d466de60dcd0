"""Files that nobody may empty: an app says which of its files are evidence, and removing them is refused.

Only the end of the time of keeping that the law sets ends a hold (`ground` "retention"); the app that registered knows it by itself.
"""

from collections.abc import Callable, Collection
from typing import Final, Literal
from uuid import UUID

from kenes.files.errors_uploads import FileHeld

# Gives those of the ids that are held; one query.
Held = Callable[[Collection[UUID]], set[UUID]]
Ground = Literal["", "retention"]

_rules: Final[dict[str, Held]] = {}


def register(name: str, held: Held) -> None:
    """Add a rule under a name of its own; ValueError for a name that is taken."""
    if name in _rules:
        raise ValueError(f"the hold {name!r} is registered twice")
    _rules[name] = held


def held(file_ids: Collection[UUID]) -> set[UUID]:
    """Those of the files that some rule holds."""
    return {pk for rule in _rules.values() for pk in rule(file_ids)} if file_ids else set()


def is_held(file_id: UUID) -> bool:
    """Whether a file is evidence of something."""
    return bool(held([file_id]))


def require_free(file_id: UUID, ground: Ground = "") -> None:
    """Raise FileHeld for a file that is evidence, unless its time of keeping is over."""
    if ground != "retention" and is_held(file_id):
        raise FileHeld
