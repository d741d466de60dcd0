"""Bytes at rest: encrypted, under random names, through the storage that the settings choose (disk or S3)."""

import hashlib
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage

from kenes.files.errors import FileContentLost
from kenes.foundation import crypto
from kenes.foundation.identifiers import new_id

MAIN: Final = "files"
QUARANTINE: Final = "quarantine"
# Parts of files that are still being received.
PARTS: Final = "parts"
AREAS: Final = (MAIN, QUARANTINE, PARTS)


def _storage() -> Storage:
    return default_storage


def digest(data: bytes) -> str:
    """SHA-256 in hex, as rows of files keep it."""
    return hashlib.sha256(data).hexdigest()


def write(data: bytes, *, area: str) -> str:
    """Encrypt and write; returns the key to read it by. Names tell nothing about the content."""
    name = new_id().hex
    return _storage().save(f"{area}/{name[:2]}/{name}", ContentFile(crypto.encrypt(data)))


def read(key: str) -> bytes:
    """Plain bytes; raises FileContentLost when they are gone or were changed."""
    try:
        with _storage().open(key, "rb") as stored:
            return crypto.decrypt(stored.read())
    except (FileNotFoundError, crypto.UnreadableValue) as problem:
        raise FileContentLost from problem


def head(key: str) -> bytes:
    """The first bytes as stored, enough to see the key; empty when the object is gone."""
    try:
        with _storage().open(key, "rb") as stored:
            return bytes(stored.read(64))
    except FileNotFoundError:
        return b""


def remove(key: str) -> None:
    """Delete; a missing object is fine."""
    _storage().delete(key)


def keys(area: str) -> list[str]:
    """Keys of everything written in an area."""
    storage = _storage()
    try:
        folders, _ = storage.listdir(area)
    except FileNotFoundError:
        return []
    return [
        f"{area}/{folder}/{name}" for folder in folders for name in storage.listdir(f"{area}/{folder}")[1]
    ]


def modified_at(key: str) -> float:
    """When the object was written, in seconds since 1970."""
    return _storage().get_modified_time(key).timestamp()
