"""Who may call, and which outbox handler gets the body."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

# Gets the raw body and the headers; answers the external id of the call, or None to refuse it.
Verify = Callable[[bytes, Mapping[str, str]], str | None]


@dataclass(frozen=True, slots=True)
class Door:
    verify: Verify
    handler: str


_doors: dict[tuple[str, str], Door] = {}


def register(capability: str, provider: str, *, verify: Verify, handler: str) -> None:
    """Open `/webhooks/{capability}/{provider}/`. `verify` checks the signature on the raw body in constant time."""
    _doors[(capability, provider)] = Door(verify, handler)


def find(capability: str, provider: str) -> Door | None:
    return _doors.get((capability, provider))
