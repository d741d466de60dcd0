"""Digests: published values, and three independent implementations against each other."""

from __future__ import annotations

import hashlib
import random

import pytest
from gostcrypto import gosthash
from hypothesis import given, settings
from hypothesis import strategies as st

from kzsign import digests, native

M1 = b"012345678901234567890123456789012345678901234567890123456789012"
# RFC 6986, 10; the order of octets is that of the library (the RFC prints the number from its highest octet).
KNOWN = [
    (
        "streebog512",
        M1,
        "1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa"
        "00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48",
    ),
    ("streebog256", M1, "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500"),
    (
        "streebog512",
        b"",
        "8e945da209aa869f0455928529bcae4679e9873ab707b55315f56ceb98bef0a7"
        "362f715528356ee83cda5f2aac4c6ad2ba3a715c1bcd81cb8e9f90bf4c1c1a8a",
    ),
    ("streebog256", b"", "3f539a213e97c802cc229d474c6aa32a825a360b2a933a949fd925208d9ce1bb"),
    ("gost34311", b"", "ce85b99cc46752fffee35cab9a7b0278abb4c2d2055cff685af4912c49490f8d"),
    ("gost34311", b"abc", "f3134348c44fb1b2a277729e2285ebb5cb5e0f29c975bc753b70497c06a4d51d"),
    ("gost34311", b"a", "d42c539e367c66e9c88a801f6649349c21871b4344c6a573f849fdce62f314dd"),
    (
        "gost34311",
        b"The quick brown fox jumps over the lazy dog",
        "77b7fa410c9ac58a25f49bca7d0468c9296529315eaca76bd1a10f376d1f4294",
    ),
]
GOST = sorted(digests.PURE)
FACTORIES = [
    pytest.param(factory, name, id=f"{label}-{name}")
    for label, maker in (("gcrypt", native.gcrypt_factory), ("nettle", native.nettle_factory))
    for name in GOST
    if (factory := maker(name)) is not None
]


@pytest.mark.parametrize(("name", "data", "expected"), KNOWN)
def test_known_values(name: str, data: bytes, expected: str) -> None:
    pure = digests.PURE[name]()
    pure.update(data)
    assert pure.digest().hex() == expected
    assert digests.digest(name, data).hex() == expected


@pytest.mark.skipif(not FACTORIES, reason="neither libgcrypt nor libnettle is here")
@pytest.mark.parametrize(("factory", "name"), FACTORIES)
def test_a_library_and_plain_python_agree(factory: native.Factory, name: str) -> None:
    numbers = random.Random(f"lengths of {name}")
    for length in [*range(0, 130), *(numbers.randrange(130, 5000) for _ in range(20))]:
        data = numbers.randbytes(length)
        cut = numbers.randrange(length + 1)
        fast, slow = factory(), digests.PURE[name]()
        for hasher in (fast, slow):
            hasher.update(data[:cut])
            hasher.update(data[cut:])
        assert fast.digest() == slow.digest(), length


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=700))
def test_streebog_agrees_with_gostcrypto(data: bytes) -> None:
    for name in ("streebog512", "streebog256"):
        theirs = gosthash.new(name, data=bytearray(data)).digest()
        assert digests.digest(name, data) == bytes(theirs)
        pure = digests.PURE[name]()
        pure.update(data)
        assert pure.digest() == bytes(theirs)


@pytest.mark.parametrize("name", GOST)
def test_carries_of_the_checksum_run_through(name: str) -> None:
    data = b"\xff" * 500
    pure = digests.PURE[name]()
    pure.update(data)
    assert pure.digest() == digests.digest(name, data)


@pytest.mark.parametrize("name", [*GOST, "sha256", "sha384", "sha512"])
def test_pieces_give_the_digest_of_the_whole(name: str) -> None:
    data = random.Random(7).randbytes(300)
    hasher = digests.new(name)
    for start in range(0, 300, 7):
        hasher.update(data[start : start + 7])
    assert hasher.digest() == digests.digest(name, data) == digests.digest(name, memoryview(data))


def test_sha2_is_that_of_hashlib() -> None:
    assert digests.digest("sha256", b"x") == hashlib.sha256(b"x").digest()


@pytest.mark.parametrize("name", ["md5", "streebog", "", "shake_256"])
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no such digest"):
        digests.new(name)


@pytest.mark.parametrize("answer", [b"\x00" * 64, b""])
def test_a_library_that_answers_wrongly_is_not_used(answer: bytes) -> None:
    class Wrong:
        def update(self, data: bytes, /) -> None:
            pass

        def digest(self) -> bytes:
            return answer

    assert native._checked("streebog512", Wrong) is None
