"""What of a document was given to whom: apps above keep it as proof that somebody could have read what he signs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

TEXT: Final = "text"
PDF: Final = "pdf"


@dataclass(frozen=True, slots=True)
class Delivery:
    """`part`: "text" (all of it as words), "pdf", or the number of a page. `session` is a mark of `accounts.session_marks`."""

    document_id: UUID
    person_id: UUID
    session: str
    part: str


Listener = Callable[[Delivery], None]
_listeners: Final[list[Listener]] = []


def register(listener: Listener) -> None:
    """Let `listener` hear of every delivery, outside any transaction; it must be quick and raise nothing."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(delivery: Delivery) -> None:
    """A person was given a part of a document."""
    for listener in _listeners:
        listener(delivery)
