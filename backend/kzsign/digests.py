"""Digests by name: GOST by a native library or in plain Python, SHA-2 by hashlib.

Names: ``streebog512``, ``streebog256``, ``gost34311``, ``sha256``, ``sha384``, ``sha512``, and ``sha1``, which serves
key identifiers only.
"""

from __future__ import annotations

import hashlib
from typing import Final

from kzsign import native
from kzsign.gost94 import Gost94
from kzsign.native import Factory, Hasher
from kzsign.streebog import Streebog

PURE: Final[dict[str, Factory]] = {
    "streebog512": lambda: Streebog(64),
    "streebog256": lambda: Streebog(32),
    "gost34311": Gost94,
}
_SHA: Final = frozenset({"sha1", "sha256", "sha384", "sha512"})
# Below this length a call of plain Python for one block costs no more than it is worth; kept for speed of tests only.
CHUNK: Final = 1 << 20


def new(name: str) -> Hasher:
    """A running digest. Raises ``ValueError`` for a name that is not known."""
    if name in _SHA:
        return hashlib.new(name, usedforsecurity=name != "sha1")
    if name not in PURE:
        raise ValueError(f"no such digest: {name}")
    return (native.load(name) or PURE[name])()


def digest(name: str, data: bytes | memoryview) -> bytes:
    """The digest of `data`; large data goes in pieces, so that no second copy of it is made."""
    hasher = new(name)
    if isinstance(data, bytes):
        hasher.update(data)
        return hasher.digest()
    for start in range(0, len(data), CHUNK):
        hasher.update(bytes(data[start : start + CHUNK]))
    return hasher.digest()


def is_native(name: str) -> bool:
    """Whether this digest is computed outside of Python here."""
    return name in _SHA or native.load(name) is not None


def streebog512(data: bytes) -> bytes:
    """Streebog with 512 bits (GOST R 34.11-2012), in the octet order of RFC 6986's examples as Kazakhstan writes it."""
    return digest("streebog512", data)


def streebog256(data: bytes) -> bytes:
    """Streebog with 256 bits."""
    return digest("streebog256", data)


def gost34311(data: bytes) -> bytes:
    """GOST 34.311-95 with the test S-boxes."""
    return digest("gost34311", data)
