"""What long-term validation adds after a seal: a document security store and a document time stamp (PAdES B-LTA).

Both are one further update of the sealed file, written in exactly one way from a plan that the seal itself covers: the
plan names the two objects that may be filled (an empty store and an empty field of the sealed file) and where new ones
begin. So a checker reads certificates, answers and token out of the update, writes it again and compares bytes: whoever
adds anything else after a seal is found without interpreting the PDF. Nothing here knows Django.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

TIME_FIELD: Final = "KenesHubArchiveTime"
# Hex digits kept free for the token. One of the national authority, with its certificates, takes about 10 000.
TOKEN_HEX_DIGITS: Final = 24576
MOST_PARTS: Final = 64
_LARGEST_PART: Final = 1024 * 1024
_RANGE_WIDTH: Final = 48
_PLAN: Final = re.compile(
    r"store (\d{1,8}); time field (\d{1,8}); page (\d{1,8} \d{1,5}); catalogue (\d{1,8} \d{1,5});"
    r" info (\d{1,8} \d{1,5}|none); next (\d{1,8}); (table|stream); id ([0-9A-F]{2,128})"
)
_START: Final = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\s*\Z")
_PART: Final = re.compile(rb"(\d{1,8}) 0 obj\n<</Length (\d{1,7})>>\nstream\n")
_STORE: Final = re.compile(
    rb"(\d{1,8}) 0 obj\n<</Type/DSS/Certs\[([0-9 R]*)\]/CRLs\[([0-9 R]*)\]/OCSPs\[([0-9 R]*)\]>>\nendobj\n"
)


@dataclass(frozen=True)
class TailPlan:
    """Where the update may write. Object numbers; references are «number generation»; ``first_id`` is hex."""

    store: int
    field: int
    page: str
    root: str
    info: str
    first_new: int
    streamed: bool
    first_id: str

    def text(self) -> str:
        """As it stands in the signature dictionary, covered by the seal."""
        return (
            f"store {self.store}; time field {self.field}; page {self.page}; catalogue {self.root};"
            f" info {self.info}; next {self.first_new}; {'stream' if self.streamed else 'table'}; id {self.first_id}"
        )

    @classmethod
    def read(cls, text: str) -> TailPlan | None:
        """``None`` when the text is not a plan."""
        match = _PLAN.fullmatch(text)
        if match is None:
            return None
        store, field, page, root, info, first_new, kind, first_id = match.groups()
        return cls(int(store), int(field), page, root, info, int(first_new), kind == "stream", first_id)


@dataclass(frozen=True)
class ValidationData:
    """DER of certificates, revocation lists and OCSP answers that let the seal be judged without asking anybody."""

    certificates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()

    @property
    def parts(self) -> tuple[bytes, ...]:
        return self.certificates + self.crls + self.ocsps


@dataclass(frozen=True)
class Tail:
    """An update that was read: what it holds and the bytes that its token must stand over."""

    data: ValidationData
    token: bytes
    covered: bytes


def add_tail(sealed: bytes, plan: TailPlan, data: ValidationData, stamp: Callable[[bytes], bytes]) -> bytes:
    """Give the sealed file with the update. ``stamp`` takes the bytes to be stamped and gives the token, DER.

    Raises ``ValueError`` when the token or the data are too large, and whatever ``stamp`` raises.
    """
    if len(data.parts) > MOST_PARTS or any(len(part) > _LARGEST_PART for part in data.parts):
        raise ValueError("too much validation data")
    tail, gap = _compose(sealed, plan, data)
    start = len(sealed) + gap
    whole = sealed + tail
    token = stamp(_covered(whole, start))
    digits = token.hex().upper().encode()
    if len(digits) > TOKEN_HEX_DIGITS:
        raise ValueError("the time stamp is too large")
    return whole[: start + 1] + digits + whole[start + 1 + len(digits) :]


def read_tail(whole: bytes, sealed_size: int, plan: TailPlan) -> Tail | None:
    """Read the update after the first ``sealed_size`` bytes; ``None`` when it is not exactly what the sealer writes."""
    sealed, tail = whole[:sealed_size], whole[sealed_size:]
    read = _read_parts(tail, plan)
    if read is None or _START.search(sealed[-64:]) is None:
        return None
    expected, gap = _compose(sealed, plan, read)
    filled_from, filled_to = gap + 1, gap + 1 + TOKEN_HEX_DIGITS
    digits = tail[filled_from:filled_to]
    same = len(tail) == len(expected) and tail[:filled_from] + tail[filled_to:] == (
        expected[:filled_from] + expected[filled_to:]
    )
    if not same or re.fullmatch(rb"[0-9A-F]+", digits) is None:
        return None
    return Tail(read, bytes.fromhex(digits.decode()), _covered(whole, sealed_size + gap))


def _covered(whole: bytes, gap_start: int) -> bytes:
    return whole[:gap_start] + whole[gap_start + TOKEN_HEX_DIGITS + 2 :]


def _compose(sealed: bytes, plan: TailPlan, data: ValidationData) -> tuple[bytes, int]:
    """The update with an empty token, and where in it the token's «<» stands."""
    offsets: dict[int, int] = {}
    out = bytearray(b"\n")

    def add(number: int, body: bytes) -> None:
        offsets[number] = len(sealed) + len(out)
        out.extend(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    numbers = range(plan.first_new, plan.first_new + len(data.parts))
    for number, part in zip(numbers, data.parts, strict=True):
        add(number, b"<</Length %d>>\nstream\n%b\nendstream" % (len(part), part))
    add(plan.store, _store(numbers, data))
    value = plan.first_new + len(data.parts)
    add(plan.field, _field(plan, value))
    head = b"<</Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161/ByteRange"
    add(value, head + b" " * _RANGE_WIDTH + b"/Contents<" + b"0" * TOKEN_HEX_DIGITS + b">>>")
    range_at = out.index(head, offsets[value] - len(sealed)) + len(head)
    gap = range_at + _RANGE_WIDTH + len(b"/Contents")
    out.extend(_cross_references(sealed, plan, offsets, value + 1, len(sealed) + len(out)))
    second = len(sealed) + gap + TOKEN_HEX_DIGITS + 2
    covered = b"[0 %d %d %d]" % (len(sealed) + gap, second, len(sealed) + len(out) - second)
    out[range_at : range_at + _RANGE_WIDTH] = covered.ljust(_RANGE_WIDTH)
    return bytes(out), gap


def _store(numbers: range, data: ValidationData) -> bytes:
    references = [b"%d 0 R" % number for number in numbers]
    after_certificates = len(data.certificates)
    after_crls = after_certificates + len(data.crls)
    return b"<</Type/DSS/Certs[%b]/CRLs[%b]/OCSPs[%b]>>" % (
        b" ".join(references[:after_certificates]),
        b" ".join(references[after_certificates:after_crls]),
        b" ".join(references[after_crls:]),
    )


def _field(plan: TailPlan, value: int) -> bytes:
    return b"<</FT/Sig/T(%b)/Type/Annot/Subtype/Widget/F 132/Rect[0 0 0 0]/P %b R/V %d 0 R>>" % (
        TIME_FIELD.encode(),
        plan.page.encode(),
        value,
    )


def _cross_references(sealed: bytes, plan: TailPlan, offsets: dict[int, int], free: int, here: int) -> bytes:
    """In the form the file has already: readers may refuse a mixture of table and stream."""
    match = _START.search(sealed[-64:])
    if match is None:
        raise ValueError("the sealed file does not end as a PDF")
    info = b"" if plan.info == "none" else b"/Info %b R" % plan.info.encode()
    second_id = hashlib.sha256(sealed).hexdigest()[:32].upper()
    common = b"/Prev %d/Root %b R%b/ID[<%b><%b>]" % (
        int(match.group(1)),
        plan.root.encode(),
        info,
        plan.first_id.encode(),
        second_id.encode(),
    )
    ending = b"startxref\n%d\n%%%%EOF\n" % here
    if not plan.streamed:
        rows = b"".join(
            b"%d %d\n%b"
            % (run[0], len(run), b"".join(b"%010d 00000 n \n" % offsets[number] for number in run))
            for run in _runs(sorted(offsets))
        )
        return b"xref\n%btrailer\n<</Size %d%b>>\n%b" % (rows, free, common, ending)
    offsets = {**offsets, free: here}
    runs = _runs(sorted(offsets))
    table = b"".join(b"\x01" + offsets[number].to_bytes(5, "big") + b"\0" for run in runs for number in run)
    index = b" ".join(b"%d %d" % (run[0], len(run)) for run in runs)
    return (
        b"%d 0 obj\n<</Type/XRef/Size %d/W[1 5 1]/Index[%b]%b/Length %d>>\nstream\n%b\nendstream\nendobj\n%b"
        % (
            free,
            free + 1,
            index,
            common,
            len(table),
            table,
            ending,
        )
    )


def _runs(numbers: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _read_parts(tail: bytes, plan: TailPlan) -> ValidationData | None:
    parts: list[bytes] = []
    at = 1
    while (match := _PART.match(tail, at)) is not None and len(parts) < MOST_PARTS:
        size = int(match.group(2))
        parts.append(tail[match.end() : match.end() + size])
        at = match.end() + size + len(b"\nendstream\nendobj\n")
    store = _STORE.match(tail, at)
    if store is None or any(len(part) > _LARGEST_PART for part in parts):
        return None
    certificates, crls, ocsps = (store.group(group).count(b"R") for group in (2, 3, 4))
    if certificates + crls + ocsps != len(parts):
        return None
    return ValidationData(
        tuple(parts[:certificates]),
        tuple(parts[certificates : certificates + crls]),
        tuple(parts[certificates + crls :]),
    )
