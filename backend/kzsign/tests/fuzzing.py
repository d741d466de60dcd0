"""Damaged signatures: ways to change octets, and what must hold for whatever comes out.

`python -m kzsign.tests.fuzzing SECONDS [SEED]` goes on for that long and prints what it did.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from kzsign import Report, RevocationPolicy, Trust, Verdict, asn1, verify
from kzsign.asn1 import Asn1Error, Node
from kzsign.testing import Archive, Authority, Signing, Status, crl, ocsp_answer, sign_cms, sign_xml
from kzsign.tests.conftest import NOW

TEXT = b"This is what was signed; nothing else was."
SLOWEST = 10.0


@dataclass(frozen=True)
class Subject:
    """A sound signature with the conditions under which it is judged."""

    name: str
    data: bytes
    trust: Trust
    revocation: RevocationPolicy = RevocationPolicy.OFF
    document: bytes | None = None

    def judged(self, data: bytes) -> Report:
        return verify(data, document=self.document, trust=self.trust, at=NOW, revocation=self.revocation)


def subjects(authority: Authority) -> list[Subject]:
    """One of each form."""
    trust = Trust.of(authority.issuing.certificate, authority.rsa_issuing.certificate)
    person, company = authority.individual(), authority.entity(iin="700707300036", role="head", family="rsa")
    tsa = authority.tsa()
    answer = ocsp_answer(
        Status(person.serial), issuer=authority.issuing, responder=authority.ocsp_responder(), at=NOW
    )
    kept = Archive(ocsp=[answer], crls=[crl(authority.issuing, at=NOW)])
    archived = Signing(person, archive=kept, counter_signers=[person])
    two = sign_cms(TEXT, [person, company], timestamp=tsa, signing_time=NOW)
    return [
        Subject("two signers", two, trust),
        Subject("detached", sign_cms(TEXT, person, detached=True, signing_time=NOW), trust, document=TEXT),
        Subject("pieces", sign_cms(TEXT * 30, person, indefinite=True, signing_time=NOW), trust),
        Subject("armour", sign_cms(TEXT, person, encoding="pem", signing_time=NOW), trust),
        Subject(
            "archived",
            sign_cms(TEXT, archived, timestamp=tsa, signing_time=NOW),
            trust,
            RevocationPolicy.ARCHIVED,
        ),
        Subject("xml", sign_xml("<a><b>1</b><!-- c --></a>", [person, company]), trust),
    ]


def expired_subject(authority: Authority) -> Subject:
    """A signature that is invalid as it stands: no damage may make it valid."""
    trust = Trust.of(authority.issuing.certificate)
    stranger = authority.look_alike().tsa()
    made = sign_cms(TEXT, authority.expired(), timestamp=stranger, signing_time=NOW - timedelta(days=20))
    return Subject("expired", made, trust)


def damage(data: bytes, numbers: random.Random) -> bytes:
    """One to four changes, of octets or of whole elements."""
    for _ in range(numbers.choice((1, 1, 1, 2, 4))):
        data = numbers.choice(_CHANGES)(data, numbers)
    return data


def _flip(data: bytes, numbers: random.Random) -> bytes:
    if not data:
        return data
    place = numbers.randrange(len(data))
    return data[:place] + bytes((data[place] ^ 1 << numbers.randrange(8),)) + data[place + 1 :]


def _put(data: bytes, numbers: random.Random) -> bytes:
    place = numbers.randrange(len(data) + 1)
    octets = numbers.choice((b"\x00", b"\xff", b"\x80", b"\x30\x80", b"\x00\x00", numbers.randbytes(3)))
    return data[:place] + octets + data[place + numbers.choice((0, len(octets))) :]


def _cut(data: bytes, numbers: random.Random) -> bytes:
    start = numbers.randrange(len(data) + 1)
    return data[:start] + data[start + numbers.choice((1, 2, 16, len(data))) :]


def _repeat(data: bytes, numbers: random.Random) -> bytes:
    start = numbers.randrange(len(data) + 1)
    piece = data[start : start + numbers.randrange(1, 200)]
    return data[:start] + piece * numbers.choice((2, 3, 50)) + data[start + len(piece) :]


def _elements(data: bytes) -> list[Node]:
    """All elements that can be read, with readable children."""
    found: list[Node] = []
    try:
        waiting = [asn1.parse(data, der=False)]
    except Asn1Error:
        return found
    while waiting:
        node = waiting.pop()
        try:
            waiting += node.children if node.tag & 0x20 else ()
        except Asn1Error:
            continue
        found.append(node)
    return found


def _exchange(data: bytes, numbers: random.Random) -> bytes:
    """One element in place of another: lengths above it are mended when both are as long, else left wrong."""
    found = _elements(data)
    if len(found) < 3:
        return _flip(data, numbers)
    target, source = numbers.choice(found), numbers.choice(found)
    return data[: target.start] + source.raw + data[target.end :]


def _rebuild(data: bytes, numbers: random.Random) -> bytes:
    """Drop, double, swap or empty an element, with all lengths above it right again."""
    found = [node for node in _elements(data) if node.tag & 0x20 and not node.indefinite and node.children]
    if not found:
        return _flip(data, numbers)
    parent = numbers.choice(found)
    parts = [child.raw for child in parent.children]
    place = numbers.randrange(len(parts))
    match numbers.randrange(5):
        case 0:
            del parts[place]
        case 1:
            parts.insert(place, parts[place])
        case 2:
            parts[place] = numbers.choice(found).raw
        case 3:
            parts[place] = parts[place][:1] + b"\x00"
        case _:
            numbers.shuffle(parts)
    return _replaced(data, parent, b"".join(parts))


def _replaced(data: bytes, parent: Node, body: bytes) -> bytes:
    """`data` with other content in `parent`; every definite length round it is computed anew."""
    above = [n for n in _elements(data) if n.start <= parent.start and n.end >= parent.end and n.tag & 0x20]
    made = body
    inner = parent
    for node in sorted(above, key=lambda n: (n.end - n.start, -n.start)):
        if node.start != parent.start:
            made = data[node.body : inner.start] + made + data[inner.end : node.end]
        inner = node
        if node.indefinite:
            made = data[node.start : node.body] + made
            continue
        size = len(made)
        length = bytes((size,)) if size < 128 else bytes((0x83,)) + size.to_bytes(3, "big")
        if 128 <= size < 256:
            length = bytes((0x81, size))
        elif 256 <= size < 65536:
            length = b"\x82" + size.to_bytes(2, "big")
        made = data[node.start : node.start + 1] + length + made
    return made


_CHANGES: list[Callable[[bytes, random.Random], bytes]] = [
    _flip,
    _flip,
    _put,
    _cut,
    _repeat,
    _exchange,
    _rebuild,
    _rebuild,
    _rebuild,
]


def check(subject: Subject, original: Report, data: bytes) -> str:
    """Judge damaged octets; empty when everything holds, else what does not."""
    started = time.monotonic()
    try:
        report = subject.judged(data)
    except Exception as problem:
        return f"raised {problem!r}"
    if time.monotonic() - started > SLOWEST:
        return "took too long"
    if report.reason == "internal_error":
        return "an error inside"
    if report.verdict is not Verdict.VALID:
        return "" if report.reason else "no reason"
    if original.verdict is not Verdict.VALID:
        return "became valid"
    known = {signer.certificate for signer in original.signers}
    if not {signer.certificate for signer in report.signers} <= known:
        return "valid with another signer"
    if any(signer.signed_at not in (NOW, None) for signer in report.signers):
        return "valid at another time"
    return ""


def run(seconds: float, seed: int) -> tuple[int, int, list[str]]:
    """Damage and judge for that long: tries, how many stayed valid, what went wrong."""
    authority = Authority.make(now=NOW, seed=b"fuzzing")
    listed = [*subjects(authority), expired_subject(authority)]
    originals = [subject.judged(subject.data) for subject in listed]
    numbers = random.Random(seed)
    tries, valid, wrong = 0, 0, []
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        place = numbers.randrange(len(listed))
        data = damage(listed[place].data, numbers)
        tries += 1
        problem = check(listed[place], originals[place], data)
        if problem:
            wrong.append(f"{listed[place].name}: {problem}: {data.hex()}")
        valid += listed[place].judged(data).verdict is Verdict.VALID if tries % 50 == 0 else 0
    return tries, valid, wrong


if __name__ == "__main__":
    made, kept, found = run(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    sys.stdout.write(
        "\n".join(found[:50]) + f"\n{made} tries, {kept} of each fiftieth still valid, {len(found)} wrong\n"
    )
    sys.exit(bool(found))
