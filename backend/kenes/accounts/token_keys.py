"""RSA keys that sign our tokens: a folder for each purpose, the newest active key signs, older ones still verify.

`TOKEN_KEY_DIR/<purpose>/` holds one encrypted PEM file per key (0600) and `keys.json` with their times. Every process
reads the folder again when it changes, so that a rotation needs no restart.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

from allauth.core.internal import jwkkit
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

from kenes.foundation import clock

APP: Final = "app"
OIDC: Final = "oidc"
PURPOSES: Final = (APP, OIDC)
# A new key is published this long before it signs, and verifies this long after the next one has taken over.
PUBLISH_AHEAD: Final = timedelta(hours=2)
VERIFY_AFTER: Final = timedelta(days=1)
_INDEX: Final = "keys.json"
_BITS: Final = 2048


class TokenKeyError(Exception):
    """There is no key to sign with, or a file cannot be read with the passphrase."""


@dataclass(frozen=True, slots=True)
class _Entry:
    file: str
    issued_at: str
    not_before: str
    expires_at: str


@dataclass(frozen=True, slots=True)
class TokenKey:
    """One key with the times of its life; `kid` is the RFC 7638 thumbprint."""

    kid: str
    pem: str
    private: rsa.RSAPrivateKey
    issued_at: datetime
    not_before: datetime
    expires_at: datetime | None


def keys(purpose: str) -> tuple[TokenKey, ...]:
    """All keys that may still verify, oldest first; the first one is made when DEMO has none.

    Raises TokenKeyError when there is none and this is not a demonstration.
    """
    folder = _folder(purpose)
    if settings.DEMO and not (folder / _INDEX).exists():
        make_first(purpose)
    found = _read(folder, _stamp(folder / _INDEX), settings.TOKEN_KEY_PASSPHRASE)
    now = clock.now()
    alive = tuple(key for key in found if key.expires_at is None or key.expires_at > now)
    if not alive:
        raise TokenKeyError(
            f"no key in {folder}: make one with `rotate_oidc_key --purpose {purpose} --at-once`"
        )
    return alive


def signing_key(purpose: str) -> TokenKey:
    """The newest key that has begun to sign."""
    found = keys(purpose)  # may make the first one, so the time is looked at afterwards
    begun = [key for key in found if key.not_before <= clock.now()]
    if not begun:
        raise TokenKeyError(f"no key of {purpose} has begun to sign")
    return max(begun, key=lambda key: key.issued_at)


def make_first(purpose: str) -> None:
    """Make the first key, which signs at once; nothing when there is one. Any number of processes may call this."""
    with _locked(_folder(purpose)) as folder:
        if not (folder / _INDEX).exists():
            _add(folder, clock.now(), timedelta())


def rotate(purpose: str, *, at_once: bool = False) -> TokenKey:
    """Add a key. It signs after PUBLISH_AHEAD (or at once, when the old one has leaked); the old ones end after that.

    With `at_once` the old keys end now: every token that they signed is refused.
    """
    with _locked(_folder(purpose)) as folder:
        now = clock.now()
        ahead = timedelta() if at_once else PUBLISH_AHEAD
        ends = now if at_once else now + ahead + VERIFY_AFTER
        _write_index(folder, [_ending(entry, ends) for entry in _entries(folder)])
        name = _add(folder, now, ahead)
    return next(key for key in keys(purpose) if key.kid == _kid_of(_folder(purpose) / name))


def _ending(entry: _Entry, ends: datetime) -> _Entry:
    already = datetime.fromisoformat(entry.expires_at) if entry.expires_at else None
    end = min(already, ends) if already else ends
    return _Entry(entry.file, entry.issued_at, entry.not_before, end.isoformat())


def _add(folder: Path, now: datetime, ahead: timedelta) -> str:
    private = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    name = f"{now:%Y%m%dT%H%M%S%f}.pem"
    protection = serialization.BestAvailableEncryption(settings.TOKEN_KEY_PASSPHRASE.encode())
    pem = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, protection)
    _write(folder / name, pem)
    entry = _Entry(name, now.isoformat(), (now + ahead).isoformat(), "")
    _write_index(folder, [*_entries(folder), entry])
    return name


def _entries(folder: Path) -> list[_Entry]:
    path = folder / _INDEX
    return [_Entry(**row) for row in json.loads(path.read_text("utf-8"))] if path.exists() else []


def _write_index(folder: Path, entries: list[_Entry]) -> None:
    _write(folder / _INDEX, json.dumps([asdict(entry) for entry in entries], indent=1).encode())


def _write(path: Path, data: bytes) -> None:
    """Replace a file in one step, readable by the owner alone."""
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(path)


def _folder(purpose: str) -> Path:
    return Path(settings.TOKEN_KEY_DIR) / purpose


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except FileNotFoundError:
        return 0, 0
    return status.st_mtime_ns, status.st_ino


@lru_cache(maxsize=8)
def _read(folder: Path, stamp: tuple[int, int], passphrase: str) -> tuple[TokenKey, ...]:
    return tuple(_key(folder, entry, passphrase) for entry in _entries(folder))


def _key(folder: Path, entry: _Entry, passphrase: str) -> TokenKey:
    try:
        private = serialization.load_pem_private_key((folder / entry.file).read_bytes(), passphrase.encode())
    except (OSError, ValueError, TypeError) as problem:
        raise TokenKeyError(f"{folder / entry.file} cannot be read: {problem}") from problem
    if not isinstance(private, rsa.RSAPrivateKey):
        raise TokenKeyError(f"{folder / entry.file} is not an RSA key")
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    return TokenKey(
        kid=str(jwkkit.load_jwk_from_pem(pem)[0]["kid"]),
        pem=pem,
        private=private,
        issued_at=datetime.fromisoformat(entry.issued_at),
        not_before=datetime.fromisoformat(entry.not_before),
        expires_at=datetime.fromisoformat(entry.expires_at) if entry.expires_at else None,
    )


def _kid_of(path: Path) -> str:
    entry = _Entry(path.name, clock.now().isoformat(), clock.now().isoformat(), "")
    return _key(path.parent, entry, settings.TOKEN_KEY_PASSPHRASE).kid


@contextmanager
def _locked(folder: Path) -> Iterator[Path]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder
