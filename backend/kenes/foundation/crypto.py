"""Encryption of personal data at rest, and hashes to look it up by.

A stored value is `version(1) | length of key id(1) | key id | nonce(12) | AES-256-GCM ciphertext and tag`.
The newest key encrypts; every configured key decrypts, so keys can be rotated without downtime.
"""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_VERSION = 1
_NONCE_BYTES = 12


class UnreadableValue(Exception):
    """The value was encrypted with a key that is not configured, or it was changed."""


def encrypt(plain: bytes) -> bytes:
    """Encrypt with the newest key. The result differs each time."""
    key_id, key = settings.FIELD_ENCRYPTION_KEYS[0]
    name = key_id.encode()
    nonce = os.urandom(_NONCE_BYTES)
    header = bytes([_VERSION, len(name)]) + name
    return header + nonce + AESGCM(key).encrypt(nonce, plain, header)


def newest_header() -> bytes:
    """What every value encrypted with the newest key begins with."""
    name = settings.FIELD_ENCRYPTION_KEYS[0][0].encode()
    return bytes([_VERSION, len(name)]) + name


def is_newest(stored: bytes) -> bool:
    """Whether a stored value is encrypted with the newest key; looks at its header only."""
    return stored.startswith(newest_header())


def decrypt(stored: bytes) -> bytes:
    """Plain bytes of what `encrypt` made; UnreadableValue when the key is unknown or the bytes were changed."""
    if len(stored) < 2 or stored[0] != _VERSION:
        raise UnreadableValue
    start = 2 + stored[1]
    header, nonce = stored[:start], stored[start : start + _NONCE_BYTES]
    key = dict(settings.FIELD_ENCRYPTION_KEYS).get(header[2:].decode(errors="replace"))
    if key is None:
        raise UnreadableValue
    try:
        return AESGCM(key).decrypt(nonce, stored[start + _NONCE_BYTES :], header)
    except (InvalidTag, ValueError) as problem:
        raise UnreadableValue from problem


def lookup_hash(value: str) -> str:
    """Keyed SHA-256 (hex, 64 characters) of a normalised value under the newest key: what is written."""
    return _hash(settings.LOOKUP_HASH_KEYS[0], value)


def lookup_hashes(value: str) -> list[str]:
    """The hashes of a value under every configured key, the newest first: what is looked up.

    While keys are rotated, a row may carry any of them.
    """
    return [_hash(key, value) for key in settings.LOOKUP_HASH_KEYS]


def is_hash_of(stored: str, value: str) -> bool:
    """Whether `stored` is the hash of the value under any configured key, compared in constant time."""
    # A sum, not `any`: every key is compared, so that time does not tell which one fitted.
    return sum(hmac.compare_digest(stored, known) for known in lookup_hashes(value)) > 0


def _hash(key: bytes, value: str) -> str:
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()
