"""Bytes at rest: encrypted, under random names, through the storage that the settings choose (disk or S3)."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage
from storages.backends.s3 import S3Storage

from kenes.files.errors import FileContentLost, FileStorageAway
from kenes.foundation import crypto
from kenes.foundation.identifiers import new_id

MAIN: Final = "files"
QUARANTINE: Final = "quarantine"
# Parts of files that are still being received.
PARTS: Final = "parts"
HEAD_BYTES: Final = 64
_MISSING: Final = frozenset({"404", "NoSuchKey", "NotFound"})
AREAS: Final = (MAIN, QUARANTINE, PARTS)


def _storage() -> Storage:
    return default_storage


@contextmanager
def _reached() -> Iterator[None]:
    """Say that the store is away, which is another thing than a lost file. FileStorageAway."""
    try:
        yield
    except ClientError as problem:
        if str(problem.response.get("Error", {}).get("Code")) in _MISSING:
            raise FileNotFoundError from problem
        raise FileStorageAway from problem
    except BotoCoreError as problem:
        raise FileStorageAway from problem


def digest(data: bytes) -> str:
    """SHA-256 in hex, as rows of files keep it."""
    return hashlib.sha256(data).hexdigest()


def write(data: bytes, *, area: str) -> str:
    """Encrypt and write; returns the key to read it by. Names tell nothing about the content. FileStorageAway."""
    name = new_id().hex
    with _reached():
        return _storage().save(f"{area}/{name[:2]}/{name}", ContentFile(crypto.encrypt(data)))


def read(key: str) -> bytes:
    """Plain bytes; raises FileContentLost when they are gone or were changed, FileStorageAway."""
    try:
        with _reached(), _storage().open(key, "rb") as stored:
            return crypto.decrypt(stored.read())
    except (FileNotFoundError, crypto.UnreadableValue) as problem:
        raise FileContentLost from problem


def head(key: str) -> bytes:
    """The first bytes as stored, enough to see the key; empty when the object is gone. FileStorageAway."""
    storage = _storage()
    try:
        with _reached():
            if isinstance(storage, S3Storage):
                # Opening would fetch the whole object.
                found = storage.bucket.Object(storage._normalize_name(key)).get(
                    Range=f"bytes=0-{HEAD_BYTES - 1}"
                )
                return bytes(found["Body"].read())
            with storage.open(key, "rb") as stored:
                return bytes(stored.read(HEAD_BYTES))
    except FileNotFoundError:
        return b""


def remove(key: str) -> None:
    """Delete; a missing object is fine. FileStorageAway."""
    with suppress(FileNotFoundError), _reached():
        _storage().delete(key)


def keys(area: str) -> list[str]:
    """Keys of everything written in an area. FileStorageAway."""
    storage = _storage()
    try:
        with _reached():
            folders, _ = storage.listdir(area)
            return [
                f"{area}/{folder}/{name}"
                for folder in folders
                for name in storage.listdir(f"{area}/{folder}")[1]
            ]
    except FileNotFoundError:
        return []


def modified_at(key: str) -> float:
    """When the object was written, in seconds since 1970; FileContentLost when it is gone, FileStorageAway."""
    try:
        with _reached():
            return _storage().get_modified_time(key).timestamp()
    except FileNotFoundError as problem:
        raise FileContentLost from problem
