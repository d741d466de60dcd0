"""What a seal check asks of the time stamps on a seal. Nothing here knows Django."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, tsp

_LARGEST_TOKEN = 64 * 1024


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


# Takes a token (DER) and the SHA-256 digest that it should carry.
StampJudge = Callable[[bytes, bytes], StampReport]


def imprint_judge(token: bytes, digest: bytes) -> StampReport:
    """Judge what can be judged without any anchors: whether the token stands over this digest. Never raises."""
    try:
        info = _info(token)
        imprint = info["message_imprint"]
        at: datetime = info["gen_time"].native
        same = (
            imprint["hash_algorithm"]["algorithm"].native == "sha256"
            and imprint["hashed_message"].native == digest
        )
    except Exception:
        return StampReport(None, False, False, "", "malformed")
    return StampReport(at, same, False, "", "no_anchors" if same else "imprint_differs")


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


def _info(token: bytes) -> tsp.TSTInfo:
    content = cms.ContentInfo.load(token, strict=True)["content"]["encap_content_info"]
    return tsp.TSTInfo.load(content["content"].parsed.dump(), strict=True)
