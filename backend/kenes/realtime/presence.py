"""Who else looks at a thing now: marks in Redis that fade by themselves. No locks, nothing is kept.

A browser renews its mark every few seconds; a lost connection renews nothing, so after `FADES_AFTER` seconds nobody is shown
who is not there. Marks are per tab (socket), people are shown once.
"""

import json
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import redis
from django.conf import settings

from kenes.foundation import logs

log = logs.get(__name__)
FADES_AFTER: Final = 20
BEAT_EVERY: Final = 6
_WRITES_FOR: Final = 8


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who looks now."""

    person_id: UUID
    name: str
    writing: bool


@lru_cache(maxsize=1)
def _store() -> Any:
    return redis.Redis.from_url(
        str(settings.CACHES["default"]["LOCATION"]), socket_timeout=1, socket_connect_timeout=1
    )


def _key(kind: str, subject_id: UUID) -> str:
    return f"presence:{kind}:{subject_id}"


def mark(*, kind: str, subject_id: UUID, socket: str, person_id: UUID, name: str, writing: bool) -> None:
    """Note that this socket of the person shows the thing now. Redis being away changes nothing but that nobody is shown."""
    now = time.time()
    row = {"person": str(person_id), "name": name, "until": now + FADES_AFTER,
           "writes_until": now + _WRITES_FOR if writing else 0}  # fmt: skip
    try:
        with _store().pipeline() as pipe:
            pipe.hset(_key(kind, subject_id), socket, json.dumps(row))
            pipe.expire(_key(kind, subject_id), FADES_AFTER)
            pipe.execute()
    except redis.RedisError as problem:
        log.warning("presence_lost", problem=type(problem).__name__)


def leave(*, kind: str, subject_id: UUID, socket: str) -> None:
    """Take the mark of a socket away at once."""
    try:
        _store().hdel(_key(kind, subject_id), socket)
    except redis.RedisError as problem:
        log.warning("presence_lost", problem=type(problem).__name__)


def present(*, kind: str, subject_id: UUID, but: UUID | None = None) -> list[Present]:
    """Everybody with a mark that has not faded, without `but`, by name."""
    now = time.time()
    try:
        rows = [json.loads(row) for row in _store().hvals(_key(kind, subject_id))]
    except redis.RedisError as problem:
        log.warning("presence_lost", problem=type(problem).__name__)
        return []
    people: dict[UUID, Present] = {}
    for row in rows:
        person_id = UUID(row["person"])
        if row["until"] <= now or person_id == but:
            continue
        writing = row["writes_until"] > now
        known = people.get(person_id)
        people[person_id] = Present(person_id, row["name"], writing or (known is not None and known.writing))
    return sorted(people.values(), key=lambda one: (one.name, str(one.person_id)))
