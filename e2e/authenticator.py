"""The authenticator apps of the demonstration staff, as the sandbox page shows them, without using a code twice."""

import base64
import hashlib
import hmac
import struct
import time
from typing import Final

STEP_SECONDS: Final = 30
_used: dict[str, set[int]] = {}


def secret(email: str) -> bytes:
    """The secret that every demonstration account has (README of the sandbox)."""
    return hashlib.sha1(f"kenes-demo-totp:{email}".encode(), usedforsecurity=False).digest()


def key_of(text: str) -> bytes:
    """The key behind a secret as an application shows it (base32)."""
    return base64.b32decode(text + "=" * (-len(text) % 8))


def code_at(key: bytes, step: int) -> str:
    """Six digits of RFC 6238 for a step of 30 seconds."""
    digest = hmac.new(key, struct.pack(">Q", step), "sha1").digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def fresh_code(email: str) -> str:
    """A code that this process has not used: a used one is refused. The product allows one step of a wrong clock."""
    used = _used.setdefault(email, set())
    while True:
        now = int(time.time()) // STEP_SECONDS
        for step in (now, now + 1, now - 1):
            if step not in used:
                used.add(step)
                return code_at(secret(email), step)
        time.sleep(1)
