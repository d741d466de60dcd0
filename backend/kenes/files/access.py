"""Who may read a file: said by the app that owns what the file belongs to."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from kenes.files import selectors
from kenes.files.errors import StoredFileNotFound
from kenes.files.models import StoredFile
from kenes.foundation.actor import Actor

Reads = Callable[[Actor, StoredFile], bool]

_rules: Final[dict[str, Reads]] = {}


def register(owner_kind: str, reads: Reads) -> None:
    """Say who reads files of this kind of owner; `reads` gets the actor and the file, and only tells yes or no.

    ValueError for a kind that has its rule already.
    """
    if owner_kind in _rules:
        raise ValueError(f"who reads files of {owner_kind!r} is said twice")
    _rules[owner_kind] = reads


def kinds() -> frozenset[str]:
    """Kinds of owners whose files can be asked for."""
    return frozenset(_rules)


def may_read(actor: Actor, file: StoredFile) -> bool:
    """Whether the owner's app lets the actor read; nobody reads files of a kind that has no rule."""
    rule = _rules.get(file.owner_kind)
    return rule is not None and rule(actor, file)


def get_file(*, actor: Actor, file_id: UUID) -> StoredFile:
    """A file for who may read it, whatever its state. StoredFileNotFound for everyone else.

    Derived forms belong to the kind "file", which has no rule: they are got through their source alone.
    """
    file = selectors.get_file(file_id)
    if not may_read(actor, file):
        raise StoredFileNotFound
    return file
