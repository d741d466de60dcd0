"""Damage to signed PDFs: numbers, names, values of signatures, and revisions written after them."""

from __future__ import annotations

import random
import re

from kzsign.tests.fuzzing import octets, tree

_NUMBER = re.compile(rb"(?<![\w.])\d+(?![\w.])")
_NAME = re.compile(rb"/[A-Z][A-Za-z]+")
_VALUE = re.compile(rb"/Contents\s*<((?:[0-9A-Fa-f]{2}){100,})>")
_OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\b.*?endobj", re.DOTALL)
_ROOT = re.compile(rb"/Root\s+(\d+) 0 R")
_START = re.compile(rb"startxref\s+(\d+)")


def edited(data: bytes, numbers: random.Random, other: bytes) -> bytes:
    """One change; `other` is another sound PDF that values and objects may be taken from."""
    kind = numbers.randrange(7)
    if kind == 0:
        return _number(data, numbers)
    if kind == 1:
        return _name(data, numbers)
    if kind == 2:
        tail = data[-numbers.randrange(1, 400) :]
        return data + numbers.choice((b"\n", b" ", b"%x\n", b"startxref\n9\n%%EOF\n", tail))
    if kind == 3:
        return _other_value(data, numbers, other)
    return _value(data, numbers, other) if kind == 4 else _revision(data, numbers, other)


def _number(data: bytes, numbers: random.Random) -> bytes:
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    match = numbers.choice(found)
    other = max(0, int(match.group()) + numbers.choice((-1, 1, 10, -10, 1000)))
    size = len(match.group())
    return data[: match.start()] + (b"%d" % other).rjust(size, b"0")[:size] + data[match.end() :]


def _name(data: bytes, numbers: random.Random) -> bytes:
    found = list(_NAME.finditer(data))
    if not found:
        return data
    match, other = numbers.choice(found), numbers.choice(found).group()
    size = len(match.group())
    return data[: match.start()] + other.ljust(size)[:size] + data[match.end() :]


def _other_value(data: bytes, numbers: random.Random, other: bytes) -> bytes:
    """The value of a signature of another file, or of another signature in this one."""
    here, there = list(_VALUE.finditer(data)), list(_VALUE.finditer(other)) or list(_VALUE.finditer(data))
    if not here:
        return data
    match, value = numbers.choice(here), numbers.choice(there).group(1)
    size = len(match.group(1))
    return data[: match.start(1)] + value.rstrip(b"0").ljust(size, b"0")[:size] + data[match.end(1) :]


def _value(data: bytes, numbers: random.Random, other: bytes) -> bytes:
    """The DER in the value of a signature changed, filled up to the same length."""
    found = list(_VALUE.finditer(data))
    if not found:
        return data
    match = numbers.choice(found)
    size = len(match.group(1)) // 2
    raw = bytes.fromhex(match.group(1).decode()).rstrip(b"\0")
    foreign = _VALUE.search(other)
    donor = bytes.fromhex(foreign.group(1).decode()).rstrip(b"\0") if foreign else raw
    changed = tree.edited(raw, numbers, donor)
    if changed == raw:
        changed = octets.edited(raw, numbers, donor)
    hexed = changed[:size].ljust(size, b"\0").hex()
    written = hexed.upper() if numbers.random() < 0.5 else hexed
    return data[: match.start(1)] + written.encode() + data[match.end(1) :]


def _revision(data: bytes, numbers: random.Random, other: bytes) -> bytes:
    """A revision after the end with well-formed cross-references: objects of this file or of another, changed."""
    roots, starts = _ROOT.findall(data), _START.findall(data)
    mine, foreign = list(_OBJECT.finditer(data)), list(_OBJECT.finditer(other))
    if not roots or not starts or not mine:
        return data
    chosen: dict[int, bytes] = {}
    for _ in range(numbers.choice((1, 1, 2, 5))):
        number = int(numbers.choice(mine).group(1)) if numbers.random() < 0.8 else numbers.randrange(1, 400)
        body = numbers.choice(foreign or mine) if numbers.random() < 0.3 else numbers.choice(mine)
        own = [match for match in mine if int(match.group(1)) == number]
        if own and numbers.random() < 0.7:
            body = own[-1]
        chosen[number] = _changed_object(body.group(), number, numbers)
    write = numbers.choice((_appended, _appended_packed))
    return write(data, chosen, b"%s 0 R" % roots[-1], int(starts[-1]))


def _changed_object(body: bytes, number: int, numbers: random.Random) -> bytes:
    body = re.sub(rb"^\d+", b"%d" % number, body)
    return numbers.choice((lambda b, _n: b, _number, _name, _extra_key))(body, numbers)


def _extra_key(body: bytes, numbers: random.Random) -> bytes:
    added = numbers.choice(
        (b"/AA<</O 3 0 R>>", b"/Contents 4 0 R", b"/Annots[3 0 R]", b"/AP<</N 4 0 R>>", b"/Kids[]")
    )
    return body.replace(b"<<", b"<<" + added, 1)


def _appended(data: bytes, objects: dict[int, bytes], root: bytes, previous: int) -> bytes:
    out, table = data + b"\n", b"xref\n"
    for number, body in sorted(objects.items()):
        table += b"%d 1\n%010d 00000 n \n" % (number, len(out))
        out += body + b"\n"
    start = len(out)
    trailer = b"trailer\n<</Size 500/Prev %d/Root %s>>\nstartxref\n%d\n%%%%EOF\n" % (previous, root, start)
    return out + table + trailer


def _appended_packed(data: bytes, objects: dict[int, bytes], root: bytes, previous: int) -> bytes:
    """The same as modern writers do it: objects in a stream, and a stream of cross-references."""
    pack, table = 480, 481
    bodies = {
        number: re.sub(rb"\A\d+ 0 obj|endobj\Z", b"", body)
        for number, body in sorted(objects.items())
        if b"stream" not in body
    }
    places, content = b"", b""
    for number, body in bodies.items():
        places += b"%d %d " % (number, len(content))
        content += body + b" "
    out = data + b"\n"
    at_pack = len(out)
    head = b"/Type/ObjStm/N %d/First %d" % (len(bodies), len(places))
    out += _stream(pack, head, places + content)
    at_table = len(out)
    rows = {number: (2, pack, index) for index, number in enumerate(bodies)}
    rows |= {pack: (1, at_pack, 0), table: (1, at_table, 0)}
    index = b"".join(b"%d 1 " % number for number in rows)
    cells = b"".join(
        kind.to_bytes(1, "big") + second.to_bytes(4, "big") + third.to_bytes(2, "big")
        for kind, second, third in rows.values()
    )
    head = b"/Type/XRef/W[1 4 2]/Size 500/Index[%s]/Prev %d/Root %s" % (index, previous, root)
    return out + _stream(table, head, cells) + b"startxref\n%d\n%%%%EOF\n" % at_table


def _stream(number: int, head: bytes, content: bytes) -> bytes:
    return b"%d 0 obj\n<<%s/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        number,
        head,
        len(content),
        content,
    )
