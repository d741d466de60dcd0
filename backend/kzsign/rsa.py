"""RSA signatures after PKCS#1 v1.5 (RFC 8017, 8.2.2) in integers.

The padded block is built anew and compared whole: nothing of the received block is parsed, so the known forgeries by
lenient parsing have no place to hide.
"""

from __future__ import annotations

from typing import Final

_PREFIXES: Final = {
    "sha256": bytes.fromhex("3031300d060960864801650304020105000420"),
    "sha384": bytes.fromhex("3041300d060960864801650304020205000430"),
    "sha512": bytes.fromhex("3051300d060960864801650304020305000440"),
}


def verify(modulus: int, exponent: int, digest_name: str, digest: bytes, signature: bytes) -> bool:
    """Whether `signature` (as long as the modulus) is one of `digest`. False for digests other than SHA-2."""
    size = (modulus.bit_length() + 7) // 8
    prefix = _PREFIXES.get(digest_name)
    value = int.from_bytes(signature, "big")
    if prefix is None or len(signature) != size or value >= modulus:
        return False
    ending = b"\x00" + prefix + digest
    padding = size - 2 - len(ending)
    if padding < 8:
        return False
    expected = b"\x00\x01" + b"\xff" * padding + ending
    return pow(value, exponent, modulus).to_bytes(size, "big") == expected
