"""GOST digests by the libraries of the system, called through ctypes: libgcrypt, else libnettle.

Nothing here is required: `load()` gives None where neither library is found or one of them gives a wrong answer
for a known text, and the plain Python code is used.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, Final, Protocol

_GCRYPT_NAMES: Final = {
    "streebog512": b"STRIBOG512",
    "streebog256": b"STRIBOG256",
    "gost34311": b"GOSTR3411_94",
}
_NETTLE_NAMES: Final = {"streebog512": "streebog512", "streebog256": "streebog256", "gost34311": "gosthash94"}
_SIZES: Final = {"streebog512": 64, "streebog256": 32, "gost34311": 32}
# The beginning of the digests of "abc": a library with other S-boxes or octet order is not used.
_KNOWN: Final = {
    "streebog512": bytes.fromhex("28156e28317da7c98f4fe2bed6b542d0"),
    "streebog256": bytes.fromhex("4e2919cf137ed41ec4fb6270c61826cc"),
    "gost34311": bytes.fromhex("f3134348c44fb1b2a277729e2285ebb5"),
}
_DISABLE_SECURE_MEMORY: Final = 37
_INITIALIZATION_FINISHED: Final = 38
_IS_INITIALIZED: Final = 40
# The context of the largest of these digests takes less than 400 octets in every release so far.
_NETTLE_CONTEXT: Final = 4096


class Hasher(Protocol):
    """What every digest offers."""

    def update(self, data: bytes, /) -> None:
        """Takes the next octets."""

    def digest(self) -> bytes:
        """The digest of all octets taken so far; nothing may be taken afterwards."""


Factory = Callable[[], Hasher]


class _Gcrypt:
    """One running digest of libgcrypt."""

    def __init__(self, library: Any, algorithm: int, size: int) -> None:
        self._library, self._algorithm, self._size = library, algorithm, size
        self._handle = ctypes.c_void_p()
        if library.gcry_md_open(ctypes.byref(self._handle), algorithm, 0):
            raise OSError("libgcrypt does not offer this digest")

    def update(self, data: bytes, /) -> None:
        self._library.gcry_md_write(self._handle, data, len(data))

    def digest(self) -> bytes:
        return ctypes.string_at(self._library.gcry_md_read(self._handle, self._algorithm), self._size)

    def __del__(self) -> None:
        if self._handle:
            self._library.gcry_md_close(self._handle)


class _Nettle:
    """One running digest of libnettle."""

    def __init__(self, library: Any, name: str, size: int) -> None:
        self._context = ctypes.create_string_buffer(_NETTLE_CONTEXT)
        self._update = getattr(library, f"nettle_{name}_update")
        self._digest = getattr(library, f"nettle_{name}_digest")
        self._size = size
        getattr(library, f"nettle_{name}_init")(self._context)

    def update(self, data: bytes, /) -> None:
        self._update(self._context, ctypes.c_size_t(len(data)), data)

    def digest(self) -> bytes:
        result = ctypes.create_string_buffer(self._size)
        self._digest(self._context, ctypes.c_size_t(self._size), result)
        return result.raw


def _open(*names: str) -> Any:
    for name in names:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None


@lru_cache(maxsize=1)
def _gcrypt() -> Any:
    library = _open("libgcrypt.so.20", ctypes.util.find_library("gcrypt") or "libgcrypt.so")
    if library is None:
        return None
    library.gcry_check_version.restype = ctypes.c_char_p
    library.gcry_md_read.restype = ctypes.c_void_p
    library.gcry_md_write.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t]
    library.gcry_md_close.argtypes = [ctypes.c_void_p]
    if library.gcry_check_version(None) is None:
        return None
    # Another part of the process may have set the library up: then its choices stay.
    if not library.gcry_control(_IS_INITIALIZED, 0):
        library.gcry_control(_DISABLE_SECURE_MEMORY, 0)
        library.gcry_control(_INITIALIZATION_FINISHED, 0)
    return library


@lru_cache(maxsize=1)
def _nettle() -> Any:
    return _open("libnettle.so.8", ctypes.util.find_library("nettle") or "libnettle.so")


def gcrypt_factory(name: str) -> Factory | None:
    """A maker of `name` by libgcrypt, or None."""
    library = _gcrypt()
    number = library.gcry_md_map_name(_GCRYPT_NAMES[name]) if library is not None else 0
    return _checked(name, lambda: _Gcrypt(library, number, _SIZES[name])) if number else None


def nettle_factory(name: str) -> Factory | None:
    """A maker of `name` by libnettle, or None."""
    library = _nettle()
    if library is None or not hasattr(library, f"nettle_{_NETTLE_NAMES[name]}_init"):
        return None
    return _checked(name, lambda: _Nettle(library, _NETTLE_NAMES[name], _SIZES[name]))


def _checked(name: str, factory: Factory) -> Factory | None:
    try:
        hasher = factory()
        hasher.update(b"abc")
        return factory if hasher.digest().startswith(_KNOWN[name]) else None
    except (OSError, AttributeError, ctypes.ArgumentError):
        return None


@cache
def load(name: str) -> Factory | None:
    """A maker of the digest `name`, the fastest that answers rightly; None when there is none."""
    try:
        return gcrypt_factory(name) or nettle_factory(name)
    except (OSError, AttributeError):
        return None
