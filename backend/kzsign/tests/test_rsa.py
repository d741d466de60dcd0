"""RSA signatures: valid ones of `cryptography`, and forgeries that lenient readers accept."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric import rsa as theirs

from kzsign import rsa

TEXT = b"contract"
DIGEST = hashlib.sha256(TEXT).digest()
PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")


@pytest.fixture(scope="module")
def key() -> theirs.RSAPrivateKey:
    return theirs.generate_private_key(public_exponent=65537, key_size=2048)


def _raw(key: theirs.RSAPrivateKey, block: bytes) -> bytes:
    """The signature whose padded block is exactly this."""
    numbers = key.private_numbers()
    n = numbers.public_numbers.n
    return pow(int.from_bytes(block, "big"), numbers.d, n).to_bytes(256, "big")


def _verify(
    key: theirs.RSAPrivateKey, signature: bytes, digest_name: str = "sha256", digest: bytes = DIGEST
) -> bool:
    public = key.public_key().public_numbers()
    return rsa.verify(public.n, public.e, digest_name, digest, signature)


@pytest.mark.parametrize(
    ("name", "algorithm"),
    [("sha256", hashes.SHA256()), ("sha384", hashes.SHA384()), ("sha512", hashes.SHA512())],
)
def test_signatures_of_cryptography_are_valid(
    key: theirs.RSAPrivateKey, name: str, algorithm: hashes.HashAlgorithm
) -> None:
    signature = key.sign(TEXT, padding.PKCS1v15(), algorithm)
    digest = hashlib.new(name, TEXT).digest()
    assert _verify(key, signature, name, digest)
    assert not _verify(key, signature, name, digest[:-1] + b"\x00")
    assert not _verify(key, signature[:-1] + bytes((signature[-1] ^ 1,)), name, digest)


def test_the_block_made_by_hand_is_the_accepted_one(key: theirs.RSAPrivateKey) -> None:
    block = b"\x00\x01" + b"\xff" * (256 - 3 - 51) + b"\x00" + PREFIX + DIGEST
    assert _verify(key, _raw(key, block))


@pytest.mark.parametrize(
    "block",
    [
        # Garbage after a short padding (Bleichenbacher 2006).
        b"\x00\x01" + b"\xff" * 8 + b"\x00" + PREFIX + DIGEST + b"\x00" * (256 - 62),
        # Padding of another octet, or with a hole in it.
        b"\x00\x01" + b"\xfe" * 202 + b"\x00" + PREFIX + DIGEST,
        b"\x00\x01" + b"\xff" * 100 + b"\x00" + b"\xff" * 101 + b"\x00" + PREFIX + DIGEST,
        # Block type of encryption.
        b"\x00\x02" + b"\xff" * 202 + b"\x00" + PREFIX + DIGEST,
        # Digest without its name, and with parameters left out.
        b"\x00\x01" + b"\xff" * 221 + b"\x00" + DIGEST,
        b"\x00\x01" + b"\xff" * 204 + b"\x00" + bytes.fromhex("302f300b0609608648016503040201 0420") + DIGEST,
    ],
    ids=["garbage", "other-octet", "hole", "type-2", "no-name", "no-parameters"],
)
def test_other_blocks_are_refused(key: theirs.RSAPrivateKey, block: bytes) -> None:
    assert len(block) == 256
    assert not _verify(key, _raw(key, block))


def test_sha1_md5_and_unknown_digests_are_refused(key: theirs.RSAPrivateKey) -> None:
    signature = key.sign(TEXT, padding.PKCS1v15(), hashes.SHA1())
    assert not _verify(key, signature, "sha1", hashlib.sha1(TEXT).digest())
    assert not _verify(key, signature, "md5", hashlib.md5(TEXT).digest())


def test_another_length_is_refused(key: theirs.RSAPrivateKey) -> None:
    signature = key.sign(TEXT, padding.PKCS1v15(), hashes.SHA256())
    assert not _verify(key, b"\x00" + signature)
    assert not _verify(key, signature[1:])
    assert not _verify(key, b"")


def test_a_value_above_the_modulus_is_refused_though_equal_modulo_it() -> None:
    key = theirs.generate_private_key(public_exponent=65537, key_size=2048)
    n = key.public_key().public_numbers().n
    room = 2**2048 - n
    for number in range(2000):
        text = str(number).encode()
        value = int.from_bytes(key.sign(text, padding.PKCS1v15(), hashes.SHA256()), "big")
        if value < room:
            digest = hashlib.sha256(text).digest()
            assert _verify(key, value.to_bytes(256, "big"), digest=digest)
            assert not _verify(key, (value + n).to_bytes(256, "big"), digest=digest)
            return
    pytest.fail("no signature is small enough for this modulus")
