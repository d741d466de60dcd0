"""The arithmetic of GOST signatures: against gostcrypto, and at every edge of its ranges."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from gostcrypto import gostsignature

from kzsign import curves

CURVES = [curves.GOST_512_A, curves.GOST_256_LEGACY]
THEIRS = {
    "512-paramSetA": (
        gostsignature.MODE_512,
        gostsignature.CURVES_R_1323565_1_024_2019["id-tc26-gost-3410-12-512-paramSetA"],
    ),
    "CryptoPro-A": (
        gostsignature.MODE_256,
        gostsignature.CURVES_R_1323565_1_024_2019["id-tc26-gost-3410-2012-256-paramSetB"],
    ),
}
BACKEND = Path(__file__).parents[2]


def _case(curve: curves.Curve, seed: int) -> tuple[int, tuple[int, int], int]:
    numbers = random.Random(seed)
    d = numbers.randrange(1, curve.q)
    return d, curves.public_key(curve, d), numbers.randrange(curve.q)


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.name)
def test_the_generator_has_the_stated_order(curve: curves.Curve) -> None:
    generator = (curve.x, curve.y)
    assert curves.is_on_curve(curve, generator)
    assert curves.multiply(curve, curve.q - 1, generator) == (curve.x, curve.p - curve.y)
    assert curves.multiply(curve, curve.q, generator) is None
    assert curves.multiply(curve, 0, generator) is None
    assert curves.multiply(curve, 1, generator) == generator


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.name)
def test_multiplication_is_repeated_addition(curve: curves.Curve) -> None:
    generator = (curve.x, curve.y)
    for factor in [*range(2, 70), 2**100 - 1, 2**100 + 1]:
        one, two = factor // 3, factor - factor // 3
        left, right = curves.multiply(curve, one, generator), curves.multiply(curve, two, generator)
        assert _sum(curve, left, right) == curves.multiply(curve, factor, generator)


def _sum(curve: curves.Curve, left: curves.Point, right: curves.Point) -> curves.Point:
    """Addition by the textbook, in affine coordinates."""
    if left is None or right is None:
        return left or right
    (x1, y1), (x2, y2) = left, right
    if x1 == x2 and (y1 + y2) % curve.p == 0:
        return None
    slope = (
        (3 * x1 * x1 - 3) * pow(2 * y1, -1, curve.p)
        if left == right
        else (y2 - y1) * pow(x2 - x1, -1, curve.p)
    )
    x = (slope * slope - x1 - x2) % curve.p
    return x, (slope * (x1 - x) - y1) % curve.p


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.name)
@pytest.mark.parametrize("seed", range(3))
def test_signatures_of_gostcrypto_are_valid_here_and_ours_there(curve: curves.Curve, seed: int) -> None:
    d, public, e = _case(curve, seed)
    size = curve.size
    mode, parameters = THEIRS[curve.name]
    theirs = gostsignature.new(mode, parameters)
    digest = bytearray(e.to_bytes(size, "big"))
    made = bytes(theirs.sign(bytearray(d.to_bytes(size, "big")), digest, bytearray(os.urandom(size))))
    r, s = int.from_bytes(made[:size], "big"), int.from_bytes(made[size:], "big")
    assert curves.verify(curve, public, e, r, s)
    assert not curves.verify(curve, public, e ^ 1, r, s)
    r, s = curves.sign(curve, d, e)
    key = bytearray(public[0].to_bytes(size, "big") + public[1].to_bytes(size, "big"))
    assert theirs.verify(key, digest, bytearray(r.to_bytes(size, "big") + s.to_bytes(size, "big")))


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.name)
def test_numbers_out_of_range_are_refused(curve: curves.Curve) -> None:
    d, public, e = _case(curve, 11)
    r, s = curves.sign(curve, d, e)
    assert curves.verify(curve, public, e, r, s)
    for wrong_r, wrong_s in [
        (0, 0),
        (0, s),
        (r, 0),
        (r + curve.q, s),
        (r, s + curve.q),
        (r, curve.q - s),
        (curve.q, s),
        (r, curve.q),
        (-r, s),
        (r, -s),
        (s, r),
        (2 ** (8 * curve.size) - 1, s),
        (1, 1),
    ]:
        assert not curves.verify(curve, public, e, wrong_r, wrong_s), (wrong_r, wrong_s)


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.name)
def test_a_digest_of_zero_counts_as_one(curve: curves.Curve) -> None:
    d, public, _ = _case(curve, 12)
    r, s = curves.sign(curve, d, 0)
    assert curves.verify(curve, public, 0, r, s)
    assert curves.verify(curve, public, 1, r, s)
    assert curves.verify(curve, public, curve.q, r, s)
    assert not curves.verify(curve, public, 2, r, s)


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.name)
def test_points_that_are_not_of_the_curve_are_refused(curve: curves.Curve) -> None:
    d, (x, y), e = _case(curve, 13)
    r, s = curves.sign(curve, d, e)
    # (0, 0) and points of other curves with the same a are where low-order tricks live.
    for point in [
        (0, 0),
        (x, y + 1),
        (x + 1, y),
        (y, x),
        (x + curve.p, y),
        (x, y + curve.p),
        (-1, y),
        (0, 1),
    ]:
        assert not curves.is_on_curve(curve, point)
        assert not curves.verify(curve, point, e, r, s)


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.name)
def test_a_key_that_meets_the_generator_breaks_nothing(curve: curves.Curve) -> None:
    """Additions of equal and opposite points: the special cases of the formulas."""
    for d in (1, 2, 3, curve.q - 1, curve.q - 2):
        public = curves.public_key(curve, d)
        for e in (1, 5, curve.q - 1):
            r, s = curves.sign(curve, d, e)
            assert curves.verify(curve, public, e, r, s)
            assert not curves.verify(curve, public, e, r, s % (curve.q - 1) + 1)


def test_the_point_at_infinity_is_no_signature() -> None:
    """s and r chosen so that u1·G + u2·Q is infinity: s = r·d."""
    curve = curves.GOST_512_A
    d, public, e = _case(curve, 14)
    for r in (1, 2, 12345):
        assert not curves.verify(curve, public, e, r, r * d % curve.q)


@pytest.mark.parametrize("d", [0, -1, curves.GOST_512_A.q])
def test_private_numbers_out_of_range_are_refused(d: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        curves.public_key(curves.GOST_512_A, d)


def test_two_signatures_of_one_digest_differ() -> None:
    d, _, e = _case(curves.GOST_512_A, 15)
    assert curves.sign(curves.GOST_512_A, d, e) != curves.sign(curves.GOST_512_A, d, e)


def test_plain_integers_give_the_answers_of_gmpy2() -> None:
    curve = curves.GOST_512_A
    d, public, e = _case(curve, 16)
    r, s = curves.sign(curve, d, e)
    program = (
        "import sys; sys.modules['gmpy2'] = None\n"
        "from kzsign import curves as c\n"
        "assert not c.HAS_GMPY2\n"
        f"print(c.verify(c.GOST_512_A, {public}, {e}, {r}, {s}), c.verify(c.GOST_512_A, {public}, {e}, {r}, {s + 1}),"
        f" c.public_key(c.GOST_512_A, {d}) == {public})"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=BACKEND, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["True", "False", "True"]
