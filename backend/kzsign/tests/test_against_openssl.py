"""The GOST arithmetic against OpenSSL's GOST engine, on random inputs; skipped where the engine is not installed.

The engine writes Russian identifiers and s‖r big-endian, which is Kazakhstan's r‖s little-endian read backwards.
"""

import base64
import os
import random
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from kzsign import curves, digests
from kzsign.testing import der


def _has_engine() -> bool:
    try:
        done = subprocess.run(
            ["openssl", "engine", "-t", "gost"], capture_output=True, text=True, check=False
        )
    except OSError:
        return False
    return "[ available ]" in done.stdout


pytestmark = pytest.mark.skipif(not _has_engine(), reason="OpenSSL has no GOST engine here")


@dataclass(frozen=True)
class Kind:
    """How the engine calls one pair of curve and digest."""

    curve: curves.Curve
    key: str
    parameters: tuple[str, str]
    engine_digest: str
    digest: str


GOST_512 = Kind(
    curves.GOST_512_A,
    "1.2.643.7.1.1.1.2",
    ("1.2.643.7.1.2.1.2.1", "1.2.643.7.1.1.2.3"),
    "md_gost12_512",
    "streebog512",
)
# The engine has no 34.311-95 with test boxes: the legacy curve is tried with Streebog-256 instead.
LEGACY_CURVE = Kind(
    curves.GOST_256_LEGACY,
    "1.2.643.7.1.1.1.1",
    ("1.2.643.2.2.35.1", "1.2.643.7.1.1.2.2"),
    "md_gost12_256",
    "streebog256",
)
KINDS = [GOST_512, LEGACY_CURVE]


def _engine(*arguments: str | Path) -> bytes:
    command = ["openssl", arguments[0], "-engine", "gost", *arguments[1:]]
    return subprocess.run(command, capture_output=True, check=True).stdout


def _private_pem(kind: Kind, d: int, file: Path) -> Path:
    number = der.octets(d.to_bytes(kind.curve.size, "little"))
    body = der.sequence(der.integer(0), _algorithm(kind), der.octets(number))
    return _pem("PRIVATE KEY", body, file)


def _public_pem(kind: Kind, point: tuple[int, int], file: Path) -> Path:
    octets = b"".join(one.to_bytes(kind.curve.size, "little") for one in point)
    return _pem("PUBLIC KEY", der.sequence(_algorithm(kind), der.bits(der.octets(octets))), file)


def _algorithm(kind: Kind) -> bytes:
    return der.sequence(der.oid(kind.key), der.sequence(*map(der.oid, kind.parameters)))


def _pem(label: str, body: bytes, file: Path) -> Path:
    text = base64.encodebytes(body).decode()
    file.write_text(f"-----BEGIN {label}-----\n{text}-----END {label}-----\n")
    return file


def _number(kind: Kind, data: bytes) -> int:
    return int.from_bytes(digests.digest(kind.digest, data), "little")


@pytest.mark.parametrize("length", [0, 1, 31, 32, 63, 64, 65, 127, 128, 129, 1000, 65537])
def test_streebog_is_the_same(length: int, tmp_path: Path) -> None:
    data = os.urandom(length)
    (tmp_path / "data").write_bytes(data)
    for kind in KINDS:
        theirs = _engine("dgst", f"-{kind.engine_digest}", "-binary", tmp_path / "data")
        assert digests.digest(kind.digest, data) == theirs
        pure = digests.PURE[kind.digest]()
        pure.update(data)
        assert pure.digest() == theirs


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.curve.name)
@pytest.mark.parametrize("seed", range(12))
def test_their_signatures_hold_here_and_ours_there(kind: Kind, seed: int, tmp_path: Path) -> None:
    numbers = random.Random(seed)
    d = numbers.randrange(1, kind.curve.q)
    data = numbers.randbytes(numbers.randrange(200))
    (tmp_path / "data").write_bytes(data)
    private = _private_pem(kind, d, tmp_path / "private.pem")
    public = _public_pem(kind, curves.public_key(kind.curve, d), tmp_path / "public.pem")
    own = _engine("pkey", "-in", private, "-pubout")
    assert own.split() == public.read_bytes().split() or _same_key(own, public)

    theirs = _engine("dgst", f"-{kind.engine_digest}", "-sign", private, tmp_path / "data")[::-1]
    size = kind.curve.size
    r, s = int.from_bytes(theirs[:size], "little"), int.from_bytes(theirs[size:], "little")
    e = _number(kind, data)
    assert curves.verify(kind.curve, curves.public_key(kind.curve, d), e, r, s)
    assert not curves.verify(kind.curve, curves.public_key(kind.curve, d), e + 1, r, s)

    made = curves.sign(kind.curve, d, e)
    ours = b"".join(one.to_bytes(size, "little") for one in made)[::-1]
    (tmp_path / "signature").write_bytes(ours)
    check = ["dgst", f"-{kind.engine_digest}", "-verify", public, "-signature", tmp_path / "signature"]
    assert b"Verified OK" in _engine(*check, tmp_path / "data")
    (tmp_path / "data").write_bytes(data + b"!")
    with pytest.raises(subprocess.CalledProcessError):
        _engine(*check, tmp_path / "data")


def _same_key(pem: bytes, file: Path) -> bool:
    """The engine leaves out parameters that follow from the curve; the points must be the same."""
    decoded = [base64.b64decode(b"".join(text.splitlines()[1:-1])) for text in (pem, file.read_bytes())]
    return decoded[0][-64:] == decoded[1][-64:]
