"""GOST 34.311-95 (GOST R 34.11-94, RFC 5831) with the test S-boxes, in plain Python.

Only signatures of the generation before 2022 use it; the S-boxes are those of id-GostR3411-94-TestParamSet.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_BLOCK: Final = 32
_MASK: Final = (1 << 256) - 1
_C3: Final = 0xFF00FFFF000000FFFF0000FF00FFFF0000FF00FF00FF00FFFF00FF00FF00FF00

# Rows K1 to K8; K1 substitutes the lowest four bits.
_BOXES: Final = (
    "4a92d80e6b1c7f53",
    "eb4c6dfa23810759",
    "581da342efc7609b",
    "7da1089fe46cb253",
    "6c715fd84a9e03b2",
    "4ba0721d36859cfe",
    "db413f590ae7682c",
    "1fd057a4923e6b8c",
)


@lru_cache(maxsize=1)
def _substitution() -> tuple[tuple[int, ...], ...]:
    """For each of four octets: both S-boxes and the turn by 11 bits."""
    boxes = [[int(digit, 16) for digit in row] for row in _BOXES]
    tables = []
    for place in range(4):
        low, high = boxes[2 * place], boxes[2 * place + 1]
        words = [(high[value >> 4] << 4 | low[value & 15]) << (8 * place) for value in range(256)]
        tables.append(tuple((word << 11 | word >> 21) & 0xFFFFFFFF for word in words))
    return tuple(tables)


def _encrypt(key: int, block: int) -> int:
    """GOST 28147-89 of one 64-bit block."""
    t0, t1, t2, t3 = _substitution()
    words = [key >> (32 * i) & 0xFFFFFFFF for i in range(8)]
    left, right = block & 0xFFFFFFFF, block >> 32
    for word in words * 3 + words[::-1]:
        mixed = (left + word) & 0xFFFFFFFF
        turned = t0[mixed & 255] ^ t1[mixed >> 8 & 255] ^ t2[mixed >> 16 & 255] ^ t3[mixed >> 24]
        left, right = right ^ turned, left
    return left << 32 | right


def _shift_words(value: int) -> int:
    """A of the standard: the four 64-bit parts move down, the sum of the lowest two comes on top."""
    part = (1 << 64) - 1
    return value >> 64 | ((value & part) ^ (value >> 64 & part)) << 192


def _permute(value: int) -> int:
    """P of the standard: octet i + 4k comes from 8i + k."""
    octets = value.to_bytes(_BLOCK, "little")
    return int.from_bytes(bytes(octets[8 * (n % 4) + n // 4] for n in range(_BLOCK)), "little")


def _mix(value: int, times: int) -> int:
    """The shift register of 16-bit words."""
    for _ in range(times):
        top = (value ^ value >> 16 ^ value >> 32 ^ value >> 48 ^ value >> 192 ^ value >> 240) & 0xFFFF
        value = value >> 16 | top << 240
    return value


def _step(chain: int, block: int) -> int:
    u, v = chain, block
    keys = [_permute(u ^ v)]
    for number in range(1, 4):
        u = _shift_words(u) ^ (_C3 if number == 2 else 0)
        v = _shift_words(_shift_words(v))
        keys.append(_permute(u ^ v))
    part = (1 << 64) - 1
    encrypted = 0
    for number, key in enumerate(keys):
        encrypted |= _encrypt(key, chain >> (64 * number) & part) << (64 * number)
    return _mix(chain ^ _mix(block ^ _mix(encrypted, 12), 1), 61)


class Gost94:
    """The interface of hashlib: `update` and `digest`."""

    digest_size = 32

    def __init__(self) -> None:
        self._chain = 0
        self._sum = 0
        self._length = 0
        self._rest = b""

    def update(self, data: bytes) -> None:
        """Takes the next octets."""
        data = self._rest + data
        whole = len(data) - len(data) % _BLOCK
        for start in range(0, whole, _BLOCK):
            block = int.from_bytes(data[start : start + _BLOCK], "little")
            self._chain = _step(self._chain, block)
            self._sum = (self._sum + block) & _MASK
        self._length += whole
        self._rest = data[whole:]

    def digest(self) -> bytes:
        """The digest of all octets taken so far."""
        chain, total = self._chain, self._sum
        if self._rest:
            last = int.from_bytes(self._rest, "little")
            chain, total = _step(chain, last), (total + last) & _MASK
        chain = _step(chain, 8 * (self._length + len(self._rest)))
        return _step(chain, total).to_bytes(_BLOCK, "little")
