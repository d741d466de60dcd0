"""Handlers by name. A handler runs outside any transaction and may run twice."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

LANES: Final = ("default", "documents", "email", "sms", "recognition", "egov")


@dataclass(frozen=True, slots=True)
class OutboxContext:
    """`id` is stable over retries: give it to a provider as the idempotency key. `attempt` counts from 1."""

    id: UUID
    attempt: int


Handler = Callable[[dict[str, Any], OutboxContext], None]


@dataclass(frozen=True, slots=True)
class Entry:
    run: Handler
    lane: str


_handlers: dict[str, Entry] = {}


def add(name: str, run: Handler, *, lane: str = "default") -> None:
    """Register a handler; a name can be registered once."""
    if name in _handlers:
        raise ValueError(f"outbox handler {name!r} is registered twice")
    if lane not in LANES:
        raise ValueError(f"unknown lane {lane!r}")
    _handlers[name] = Entry(run, lane)


def handler(name: str, *, lane: str = "default") -> Callable[[Handler], Handler]:
    """Decorator form of `add`. A slow outside service gets a lane of its own, so that it delays nobody else."""

    def register(run: Handler) -> Handler:
        add(name, run, lane=lane)
        return run

    return register


def find(name: str) -> Entry | None:
    return _handlers.get(name)
