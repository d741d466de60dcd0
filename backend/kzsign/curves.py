"""GOST signatures over short Weierstrass curves in integers.

Verification works with public values only and is not constant-time. `sign` serves test keys: it draws a random k,
and its timing is not protected.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Optional

try:
    from gmpy2 import mpz as _big
except ImportError:  # plain integers give the same answers, about three times slower
    _big = int

HAS_GMPY2: Final = _big is not int

Point = Optional[tuple[int, int]]  # noqa: UP045 - evaluated, also by Python 3.9
# Jacobian coordinates; z = 0 is the point at infinity. The numbers are `int` or gmpy2's.
_Jacobian = tuple[Any, Any, Any]


@dataclass(frozen=True)
class Curve:
    """y² = x³ + ax + b over the field of p, with a = p - 3, generator (x, y) of prime order q, cofactor 1."""

    name: str
    p: int
    b: int
    q: int
    x: int
    y: int
    size: int  # octets of a coordinate and of r and s


GOST_512_A: Final = Curve(
    name="512-paramSetA",
    p=2**512 - 569,
    b=int(
        "e8c2505dedfc86ddc1bd0b2b6667f1da34b82574761cb0e879bd081cfd0b6265"
        "ee3cb090f30d27614cb4574010da90dd862ef9d4ebee4761503190785a71c760",
        16,
    ),
    q=int(
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        "27e69532f48d89116ff22b8d4e0560609b4b38abfad2b85dcacdb1411f10b275",
        16,
    ),
    x=3,
    y=int(
        "7503cfe87a836ae3a61b8816e25450e6ce5e1c93acf1abc1778064fdcbefa921"
        "df1626be4fd036e93d75e6a50e3a41e98028fe5fc235f5b889a589cb5215f2a4",
        16,
    ),
    size=64,
)

GOST_256_LEGACY: Final = Curve(
    name="CryptoPro-A",
    p=2**256 - 617,
    b=0xA6,
    q=int("ffffffffffffffffffffffffffffffff6c611070995ad10045841b09b761b893", 16),
    x=1,
    y=int("8d91e471e0989cda27df505a453f2b7635294f2ddf23e3b122acc99c9e9f1e14", 16),
    size=32,
)


def is_on_curve(curve: Curve, point: tuple[int, int]) -> bool:
    """Whether both coordinates are of the field and fulfil the equation. Infinity has no coordinates."""
    x, y = point
    if not (0 <= x < curve.p and 0 <= y < curve.p):
        return False
    return (y * y - x * x * x + 3 * x - curve.b) % curve.p == 0


def verify(curve: Curve, public: tuple[int, int], e: int, r: int, s: int) -> bool:
    """Whether (r, s) is a signature of the number `e` by `public` (GOST R 34.10-2012, 6.2).

    `e` is the digest as a number; zero modulo q counts as one. False for r or s outside of 1..q-1 and for a point
    that is not on the curve.
    """
    q = curve.q
    if not (0 < r < q and 0 < s < q) or not is_on_curve(curve, public):
        return False
    inverse = pow(e % q or 1, -1, q)
    u1, u2 = s * inverse % q, -r * inverse % q
    x, _, z = _twin_multiply(curve, u1, u2, public)
    if z == 0:
        return False
    affine_x = int(x * pow(z, -2, curve.p) % curve.p)
    return affine_x % q == r


def sign(curve: Curve, d: int, e: int) -> tuple[int, int]:
    """(r, s) of the number `e` by the private number `d`, with a random k. For test keys."""
    e = e % curve.q or 1
    while True:
        k = 1 + secrets.randbelow(curve.q - 1)
        point = multiply(curve, k, (curve.x, curve.y))
        r = point[0] % curve.q if point else 0
        s = (r * d + k * e) % curve.q
        if r and s:
            return r, s


def public_key(curve: Curve, d: int) -> tuple[int, int]:
    """The point of the private number `d`. Raises ``ValueError`` when d is not in 1..q-1."""
    if not 0 < d < curve.q:
        raise ValueError("the private number is out of range")
    point = multiply(curve, d, (curve.x, curve.y))
    if point is None:
        raise ValueError("the private number is out of range")
    return point


def multiply(curve: Curve, factor: int, point: tuple[int, int]) -> Point:
    """factor·point; None is the point at infinity."""
    x, y, z = _twin_multiply(curve, 0, factor % curve.q, point)
    if z == 0:
        return None
    p = curve.p
    inverse = pow(int(z), -1, p)
    return int(x) * inverse * inverse % p, int(y) * pow(inverse, 3, p) % p


def _twin_multiply(curve: Curve, u1: int, u2: int, public: tuple[int, int]) -> _Jacobian:
    """u1·G + u2·public: one row of doublings for both (Shamir's trick), signed windows of digits."""
    p = _big(curve.p)
    of_base = _signed_digits(u1, _BASE_WINDOW)
    of_key = _signed_digits(u2, _KEY_WINDOW)
    base_table, key_table = _base_table(curve), _key_table(curve, public)
    result: _Jacobian = (_big(1), _big(1), _big(0))
    for place in range(max(len(of_base), len(of_key)) - 1, -1, -1):
        result = _double(result, p)
        for digits, table in ((of_base, base_table), (of_key, key_table)):
            digit = digits[place] if place < len(digits) else 0
            if digit > 0:
                result = _add(result, table[digit >> 1], p)
            elif digit < 0:
                x, y, z = table[-digit >> 1]
                result = _add(result, (x, p - y, z), p)
    return result


_BASE_WINDOW: Final = 7
_KEY_WINDOW: Final = 5


def _signed_digits(number: int, width: int) -> list[int]:
    """The number in odd signed digits of `width` bits, lowest first (wNAF): at most one of `width` is not zero."""
    digits = []
    half, full = 1 << (width - 1), 1 << width
    while number:
        digit = 0
        if number & 1:
            digit = number & (full - 1)
            if digit >= half:
                digit -= full
            number -= digit
        digits.append(digit)
        number >>= 1
    return digits


@lru_cache(maxsize=4)
def _base_table(curve: Curve) -> tuple[_Jacobian, ...]:
    return _odd_multiples(curve, (curve.x, curve.y), 1 << (_BASE_WINDOW - 2))


@lru_cache(maxsize=64)
def _key_table(curve: Curve, public: tuple[int, int]) -> tuple[_Jacobian, ...]:
    return _odd_multiples(curve, public, 1 << (_KEY_WINDOW - 2))


def _odd_multiples(curve: Curve, point: tuple[int, int], count: int) -> tuple[_Jacobian, ...]:
    """1·P, 3·P, 5·P … with z = 1, for which addition is cheaper."""
    p = _big(curve.p)
    first: _Jacobian = (_big(point[0]), _big(point[1]), _big(1))
    twice = _double(first, p)
    table = [first]
    while len(table) < count:
        table.append(_add(table[-1], twice, p))
    return tuple(_with_z_of_one(entry, p) for entry in table)


def _with_z_of_one(point: _Jacobian, p: Any) -> _Jacobian:
    x, y, z = point
    if z == 0:
        return point
    inverse = _big(pow(int(z), -1, int(p)))
    square = inverse * inverse % p
    return x * square % p, y * square * inverse % p, _big(1)


def _double(point: _Jacobian, p: Any) -> _Jacobian:
    """2·point for a = -3. Infinity stays infinity: z becomes zero by itself."""
    x, y, z = point
    z2 = z * z % p
    y2 = y * y % p
    s = 4 * x * y2 % p
    m = 3 * (x - z2) * (x + z2) % p
    x3 = (m * m - 2 * s) % p
    return x3, (m * (s - x3) - 8 * y2 * y2) % p, 2 * y * z % p


def _add(one: _Jacobian, other: _Jacobian, p: Any) -> _Jacobian:
    x1, y1, z1 = one
    x2, y2, z2 = other
    if z1 == 0:
        return other
    if z2 == 0:
        return one
    z1z1 = z1 * z1 % p
    u2, s2 = x2 * z1z1 % p, y2 * z1 * z1z1 % p
    if z2 != 1:
        z2z2 = z2 * z2 % p
        x1, y1, z1 = x1 * z2z2 % p, y1 * z2 * z2z2 % p, z1 * z2 % p
    h, r = (u2 - x1) % p, (s2 - y1) % p
    if h == 0:
        return _double(one, p) if r == 0 else (_big(1), _big(1), _big(0))
    h2 = h * h % p
    h3, v = h * h2 % p, x1 * h2 % p
    x3 = (r * r - h3 - 2 * v) % p
    return x3, (r * (v - x3) - y1 * h3) % p, z1 * h % p
