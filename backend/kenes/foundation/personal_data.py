"""Registry of everything the system holds about one person, section by section.

Each app that keeps personal data registers its sections: what there is (`preview`), a copy of it (`export`) and what
happens to it when the person asks for erasure (`erase`). The tracked requests themselves belong to `accounts`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Subject:
    """The person the data is about. Phone and e-mail find messages; they live in memory only."""

    person_id: UUID
    phone: str = ""
    email: str = ""
    language: str = "ru"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many things a copy gives, and of them how many erasure deletes, masks or keeps. `ground` is why (a rule key)."""

    given: int = 0
    erased: int = 0
    masked: int = 0
    kept: int = 0
    ground: str = ""


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file that goes into the copy; `read` gives its bytes when its turn comes."""

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Copy:
    """Content of a section: values that JSON can hold, and files."""

    data: Any
    files: list[ExportFile] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the data. `erase` answers how many things it changed; a second call changes nothing."""

    code: str
    label: Promise
    order: int
    preview: Callable[[Subject], Counts]
    export: Callable[[Subject], Copy]
    erase: Callable[[Subject], int] | None


@dataclass(frozen=True, slots=True)
class Blocker:
    """Why erasure is not possible now."""

    code: str
    text: str


Blockers = Callable[[UUID], Iterable[Blocker]]

_sections: dict[str, Section] = {}
_blockers: list[Blockers] = []


def register(
    code: str,
    *,
    label: Promise,
    preview: Callable[[Subject], Counts],
    export: Callable[[Subject], Copy],
    erase: Callable[[Subject], int] | None,
    order: int = 100,
) -> None:
    """Add a section. `order` sorts it in previews and copies and decides when it is erased; `erase` None keeps it."""
    if code in _sections:
        raise ValueError(f"personal data section {code!r} is registered twice")
    _sections[code] = Section(code, label, order, preview, export, erase)


def register_blocker(blockers: Blockers) -> None:
    """Add a question that is asked before erasure: what stands in its way?"""
    _blockers.append(blockers)


def sections() -> list[Section]:
    """All sections in their order."""
    return sorted(_sections.values(), key=lambda section: (section.order, section.code))


def blockers_of(person_id: UUID) -> list[Blocker]:
    """Everything that stands in the way of erasing the person's data."""
    return [blocker for ask in _blockers for blocker in ask(person_id)]
