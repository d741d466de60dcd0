"""What a seal check asks of the time stamps on a seal. Nothing here knows Django."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kzsign import Trust, timestamps
from kzsign.context import Context

_LARGEST_TOKEN: Final = 64 * 1024


@dataclass(frozen=True)
class StampReport:
    """What a token says and whether it can be believed. ``at`` is aware UTC; ``reason`` a stable code, "" when trusted.

    ``is_whole`` is false when the token itself is damaged or stands over something else.
    """

    at: datetime | None
    is_whole: bool
    is_trusted: bool
    authority: str
    reason: str


# Takes a token (DER) and the bytes that it should stand over.
StampJudge = Callable[[bytes, bytes], StampReport]


def judge_with(trust: Trust) -> StampJudge:
    """A judge that believes the time-stamping authorities under these anchors."""

    def judge(token: bytes, data: bytes) -> StampReport:
        found = timestamps.judge(token, data, Context(trust=trust))
        return StampReport(
            at=found.info.at if found.info is not None else None,
            is_whole=not found.is_broken and found.info is not None,
            is_trusted=found.is_trusted,
            authority=str(found.tsa.subject) if found.tsa is not None else "",
            reason=found.reason,
        )

    return judge


without_anchors: Final = judge_with(Trust())


def token_at(data: bytes) -> bytes:
    """The DER element at the beginning of ``data``, which zeros may follow. Raises ValueError."""
    if len(data) > _LARGEST_TOKEN:
        raise ValueError("the token is too large")
    size = element_size(data)
    if any(data[size:]):
        raise ValueError("something stands after the token")
    return data[:size]


def element_size(data: bytes) -> int:
    """Length in bytes of the first DER element of ``data``, header included. Raises ValueError."""
    if len(data) < 2:
        raise ValueError("too short")
    first = data[1]
    if first < 0x80:
        size = 2 + first
    else:
        count = first & 0x7F
        if not 1 <= count <= 4 or len(data) < 2 + count or data[2] == 0:
            raise ValueError("not DER")
        size = 2 + count + int.from_bytes(data[2 : 2 + count], "big")
    if size > len(data):
        raise ValueError("cut short")
    return size
