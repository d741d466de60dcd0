"""One bit the other way in a part that a signature covers: nothing may stay valid then, whatever the place."""

from __future__ import annotations

import base64
import random
import re
from collections.abc import Callable
from typing import Any

from kzsign.tests.fuzzing import foreign, octets, zips
from kzsign.tests.fuzzing.foreign import Facts

_RANGES = re.compile(rb"/ByteRange\s*\[\s*0 (\d+) (\d+) (\d+)")


def of_parts(facts: Callable[[bytes], Facts]) -> Callable[[bytes, random.Random], bytes]:
    """In a part of DER that another reader names as signed, or in a signature itself."""

    def flip(data: bytes, numbers: random.Random) -> bytes:
        parts = [part for part in _parts(facts(data)) if part and part in data]
        part = numbers.choice(parts)
        place = data.index(part) + numbers.randrange(len(part))
        return octets.flipped(data, place, numbers.randrange(8))

    return flip


def _parts(facts: Facts) -> list[bytes]:
    found: list[Any] = [value for _, value in sorted(facts, key=str)]
    flat: list[bytes] = []
    while found:
        value = found.pop()
        if isinstance(value, bytes):
            flat.append(value)
        else:
            found += value
    return flat


def in_armour(data: bytes, numbers: random.Random) -> bytes:
    """In a signed part of what is inside the armour."""
    head, *text, tail = data.strip().splitlines()
    inside = of_parts(foreign.of_cms)(base64.b64decode(b"".join(text)), numbers)
    return b"\n".join((head, base64.b64encode(inside), tail)) + b"\n"


def in_xml(data: bytes, numbers: random.Random) -> bytes:
    """In the content before the first signature, or in what a signature says that it covers."""
    begin = data.index(b"<", data.index(b"?>") + 2 if data.startswith(b"<?xml") else 0)
    spans = [(begin, data.index(b"<ds:Signature"))]
    spans += [
        (m.start(), m.end()) for m in re.finditer(rb"<ds:SignedInfo.*?</ds:SignedInfo>", data, re.DOTALL)
    ]
    start, end = numbers.choice(spans)
    return octets.flipped(data, numbers.randrange(start, end), numbers.randrange(8))


def in_pdf(data: bytes, numbers: random.Random) -> bytes:
    """Anywhere but in the value of the last signature, which covers all the rest of the file."""
    first, second, rest = map(int, _RANGES.findall(data)[-1])
    assert second + rest == len(data)
    place = numbers.randrange(first + rest)
    return octets.flipped(data, place if place < first else place - first + second, numbers.randrange(8))


def in_package(data: bytes, numbers: random.Random) -> bytes:
    """In one file, the archive right again; of the seal and its time stamp only in what they cover."""
    files = zips.files_of(data)
    name = numbers.choice([name for name, content in files.items() if content])
    covered = foreign.CONTAINERS.get(name)
    if covered is not None:
        files[name] = of_parts(covered)(files[name], numbers)
    else:
        files[name] = octets.flipped(files[name], numbers.randrange(len(files[name])), numbers.randrange(8))
    return zips.packed(list(files.items()))
