"""Secrets of one stack: made once, kept in a file that only its owner can read."""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path


def _words() -> str:
    return secrets.token_urlsafe(32)


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


MAKERS: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(50),
    "FIELD_ENCRYPTION_KEYS": lambda: "k1:" + _key(),
    "LOOKUP_HASH_KEY": _key,
    "SMS_API_KEY": _words,
    "SMS_WEBHOOK_SECRET": _words,
    "SEAL_KEY_PASSPHRASE": _words,
    "TOKEN_KEY_PASSPHRASE": _words,
    "POSTGRES_OWNER_PASSWORD": _words,
    "POSTGRES_PASSWORD": _words,
    "REDIS_PASSWORD": _words,
    "SUPERVISOR_PASSWORD": _words,
}


def load(file: Path) -> dict[str, str]:
    """Read the secrets, making the ones that are not there yet. Losing this file loses the data."""
    known: dict[str, str] = {}
    if file.exists():
        for line in file.read_text().splitlines():
            name, found, value = line.partition("=")
            if found and not name.startswith("#"):
                known[name.strip()] = value.strip()
    missing = [name for name in MAKERS if name not in known]
    if missing:
        known |= {name: MAKERS[name]() for name in missing}
        _write(file, known)
    return known


def _write(file: Path, values: dict[str, str]) -> None:
    unfinished = file.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as stream:
        stream.write("# Made at the first start. Data in this folder cannot be read without it.\n")
        stream.writelines(f"{name}={value}\n" for name, value in values.items())
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(file)
