"""Damage to evidence packages: inside of one file with the archive right again, and to the archive itself."""

from __future__ import annotations

import io
import json
import random
import warnings
import zipfile
from typing import Any

from kzsign.tests.fuzzing import octets, tree

_NAMES = ("../x", "/x", "x", "manifest.json", "MANIFEST.JSON", "document/original.pdf", "a\\b", "")


def files_of(data: bytes) -> dict[str, bytes]:
    """The files by name. Raises what zipfile raises."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: list[tuple[str, bytes]], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these in this order; a name may stand in it twice."""
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w", method) as archive:
        warnings.simplefilter("ignore")
        for name, content in files:
            archive.writestr(name, content)
    return made.getvalue()


def edited(data: bytes, numbers: random.Random, other: bytes) -> bytes:
    """One change; `other` is another sound package. Raises what zipfile raises."""
    files = list(files_of(data).items())
    foreign = files_of(other) if other.startswith(b"PK") else {}
    place = numbers.randrange(len(files))
    name, content = files[place]
    kind = numbers.randrange(9)
    if kind <= 3:
        files[place] = (name, _inside(content, numbers, foreign.get(name, other)))
    elif kind == 4:
        del files[place]
    elif kind == 5:
        files.insert(numbers.randrange(len(files) + 1), (name, _inside(content, numbers, other)))
    elif kind == 6:
        files[place] = (numbers.choice(_NAMES) or name.upper(), content)
    elif kind == 7 and foreign:
        files[place] = (name, foreign.get(name, content))
    else:
        return _archive(data, numbers)
    return packed(files, method=numbers.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))


def _inside(content: bytes, numbers: random.Random, other: bytes) -> bytes:
    if content[:1] == b"{" and numbers.random() < 0.7:
        return _json(content, numbers)
    if content[:1] == b"\x30" and numbers.random() < 0.7:
        return tree.edited(content, numbers, other)
    return octets.edited(content, numbers, other)


def _json(content: bytes, numbers: random.Random) -> bytes:
    """One member dropped, or of another value."""
    try:
        top = json.loads(content)
    except ValueError:
        return content
    holders: list[Any] = []
    waiting: list[Any] = [top]
    while waiting:
        value = waiting.pop()
        if isinstance(value, (dict, list)) and value:
            holders.append(value)
            waiting += value.values() if isinstance(value, dict) else value
    holder = numbers.choice(holders)
    key = numbers.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    if numbers.random() < 0.2:
        del holder[key]
    else:
        scalar: tuple[Any, ...] = (
            None,
            True,
            0,
            -1,
            10**30,
            1.5,
            "",
            "x",
            [],
            {},
            "2030-01-01T00:00:00+00:00",
            "document/original.pdf",
        )
        holder[key] = numbers.choice(scalar)
    return json.dumps(top, ensure_ascii=False).encode()


def _archive(data: bytes, numbers: random.Random) -> bytes:
    """A number of the directory or of a head that is not true, or something around the archive."""
    if numbers.random() < 0.3:
        return numbers.choice((data + b"x", b"PK\x03\x04" + data, data + data, data[:-2] + b"\x01\x00!"))
    marks = [place for mark in (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06") for place in _places(data, mark)]
    place = min(numbers.choice(marks) + numbers.randrange(4, 46), len(data) - 1)
    return octets.flipped(data, place, numbers.randrange(8))


def _places(data: bytes, mark: bytes) -> list[int]:
    found, place = [], data.find(mark)
    while place >= 0:
        found.append(place)
        place = data.find(mark, place + 1)
    return found
