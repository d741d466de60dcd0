"""Sound files of every format that is judged, and a few unsound ones, each with how to judge and how to damage it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kzsign import (
    Report,
    RevocationPolicy,
    Trust,
    Verdict,
    certificates,
    crl,
    ocsp,
    timestamps,
    verify,
)
from kzsign.asn1 import Asn1Error
from kzsign.context import Context
from kzsign.crl import CrlError
from kzsign.ocsp import OcspError
from kzsign.testing import (
    Archive,
    Authority,
    Signing,
    Status,
    ocsp_answer,
    packages,
    sign_cms,
    sign_xml,
    time_stamp,
)
from kzsign.testing import crl as make_crl
from kzsign.testing.authority import Revocation
from kzsign.tests import pdfs as made_pdfs
from kzsign.tests.conftest import NOW
from kzsign.tests.fuzzing import flips, foreign, octets, pdfs, tree, xmls, zips
from kzsign.tests.fuzzing.foreign import Facts
from kzsign.tests.fuzzing.octets import Edit

TEXT = b"This is what was signed; nothing else was."
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Outcome:
    """What came of judging: of a part that is judged alone only `accepted` and `reason`."""

    accepted: bool
    reason: str
    people: frozenset[bytes] = frozenset()
    stamped: frozenset[datetime] = frozenset()


@dataclass(frozen=True)
class Subject:
    """A file with the conditions under which it is judged. `facts` and `flip` are what `foreign` and `flips` offer."""

    name: str
    data: bytes
    judge: Callable[[bytes], Outcome]
    facts: Callable[[bytes], Facts]
    edits: tuple[Edit, ...]
    flip: Callable[[bytes, random.Random], bytes] | None = None


def of_report(report: Report) -> Outcome:
    """The outcome of a whole file."""
    return Outcome(
        report.verdict is Verdict.VALID,
        report.reason,
        frozenset(signer.certificate for signer in report.signers),
        frozenset(
            signer.signed_at
            for signer in report.signers
            if signer.time_source == "timestamp" and signer.signed_at is not None
        ),
    )


def _file(
    trust: Trust,
    *,
    at: datetime | None = NOW,
    revocation: RevocationPolicy = RevocationPolicy.OFF,
    document: bytes | None = None,
) -> Callable[[bytes], Outcome]:
    def judge(data: bytes) -> Outcome:
        report = verify(data, document=document, trust=trust, at=at, revocation=revocation)
        report.as_json()
        return of_report(report)

    return judge


def every(authority: Authority) -> list[Subject]:
    """One of each. The authority's time is `NOW`."""
    return [
        *_messages(authority),
        *_unsound(authority),
        *_xml(authority),
        *_parts(authority),
        *_pdfs(),
        *_packages(),
    ]


def _archived(authority: Authority) -> Callable[[bytes], Outcome]:
    """By the answers inside, those about persons alone: their issuer is the anchor."""
    return _file(Trust.of(authority.issuing.certificate), revocation=RevocationPolicy.ARCHIVED)


def _everyone(authority: Authority) -> Trust:
    return Trust.of(
        authority.root.certificate,
        authority.rsa_root.certificate,
        authority.legacy_root.certificate,
        intermediates=[
            one.certificate for one in (authority.issuing, authority.rsa_issuing, authority.legacy)
        ],
    )


def _messages(authority: Authority) -> list[Subject]:
    trust = _everyone(authority)
    judge, archived = _file(trust), _archived(authority)
    person, rsa, legacy = (
        authority.individual(),
        authority.individual(family="rsa"),
        authority.individual(family="legacy"),
    )
    company = authority.entity(iin="700707300036", role="head", family="rsa")
    tsa, flip = authority.tsa(), flips.of_parts(foreign.of_cms)
    answer = _answer(authority, Status(person.serial))
    kept = Archive(ocsp=[answer], crls=[make_crl(authority.issuing, at=NOW)])
    in_archive = Signing(person, archive=kept, counter_signers=[person])
    der: tuple[Edit, ...] = (tree.edited, tree.edited, octets.edited)

    def message(
        name: str, data: bytes, how: Callable[[bytes], Outcome] = judge, edits: tuple[Edit, ...] = der
    ) -> Subject:
        return Subject(name, data, how, foreign.of_cms, edits, flips.in_armour if b"-----" in data else flip)

    return [
        message("cms, two signers", sign_cms(TEXT, [person, company], timestamp=tsa, signing_time=NOW)),
        message(
            "cms, detached",
            sign_cms(TEXT, person, detached=True, signing_time=NOW),
            _file(trust, document=TEXT),
        ),
        message("cms, pieces", sign_cms(TEXT * 30, person, indefinite=True, signing_time=NOW)),
        message(
            "cms, armour",
            sign_cms(TEXT, person, encoding="pem", signing_time=NOW),
            judge,
            (octets.armour,) * 3 + (octets.edited,),
        ),
        message("cms, archived", sign_cms(TEXT, in_archive, timestamp=tsa, signing_time=NOW), archived),
        message(
            "cms, legacy", sign_cms(TEXT, legacy, timestamp=authority.tsa(family="legacy"), signing_time=NOW)
        ),
        message("cms, rsa", sign_cms(TEXT, rsa, timestamp=authority.tsa(family="rsa"), signing_time=NOW)),
        message("cms, key id", sign_cms(TEXT, Signing(person, by_key_id=True, signing_time=NOW), version=3)),
    ]


def _unsound(authority: Authority) -> list[Subject]:
    """Invalid or unknown as they stand: no damage may make them valid."""
    trust, stranger = _everyone(authority), authority.look_alike()
    early = NOW - 20 * DAY
    expired = sign_cms(TEXT, authority.expired(), timestamp=stranger.tsa(), signing_time=early)
    person = authority.individual()
    said = _answer(authority, Status(person.serial, "revoked", NOW - DAY, 1))
    revoked = sign_cms(TEXT, Signing(person, archive=Archive(ocsp=[said]), signing_time=NOW))
    foreign_one = sign_cms(TEXT, stranger.individual(), signing_time=NOW)
    edits: tuple[Edit, ...] = (tree.edited, tree.edited, octets.edited)
    return [
        Subject("cms, expired", expired, _file(trust), foreign.of_cms, edits),
        Subject("cms, revoked", revoked, _archived(authority), foreign.of_cms, edits),
        Subject("cms, stranger", foreign_one, _file(trust), foreign.of_cms, edits),
    ]


def _answer(authority: Authority, *statuses: Status) -> bytes:
    return ocsp_answer(
        statuses, issuer=authority.issuing, responder=authority.ocsp_responder(), at=NOW, nonce=b"12345678"
    )


def _xml(authority: Authority) -> list[Subject]:
    judge, person, rsa = (
        _file(_everyone(authority)),
        authority.individual(),
        authority.individual(family="rsa"),
    )
    spaced = '<a><p:b xmlns:p="urn:p" xmlns="urn:x" c="1 &lt; 2"/>Қазақ<![CDATA[<x>]]></a>'
    edits: tuple[Edit, ...] = (xmls.edited, xmls.edited, octets.edited)
    return [
        Subject(name, data, judge, foreign.of_xml, edits, flips.in_xml)
        for name, data in (
            ("xml, two signers", sign_xml("<a><b>1</b><!-- c --></a>", [person, rsa])),
            ("xml, namespaces", sign_xml(spaced, rsa)),
        )
    ]


def _parts(authority: Authority) -> list[Subject]:
    """What stands in signatures or comes from authorities, judged alone."""
    person = authority.individual()
    certificate, issuer = (
        certificates.read(person.certificate),
        certificates.read(authority.issuing.certificate),
    )
    listed = {number * 977: Revocation(NOW - DAY, number % 6 or None) for number in range(1, 60)}
    context = Context(trust=_everyone(authority), at=NOW)
    answer = _answer(authority, Status(person.serial), Status(5, "revoked", NOW - DAY, 1))

    def of_answer(data: bytes) -> Outcome:
        try:
            status = ocsp.judge(data, certificate, issuer)
        except OcspError as problem:
            return Outcome(False, problem.code)
        return Outcome(status.status == "good" and status.this_update == NOW, status.status)

    def of_token(data: bytes) -> Outcome:
        token = timestamps.judge(data, TEXT, context)
        stamped = frozenset({token.info.at}) if token.is_trusted and token.info else frozenset()
        return Outcome(token.is_trusted, token.reason, stamped=stamped)

    def of_certificate(data: bytes) -> Outcome:
        try:
            return Outcome(certificates.read(data).is_signed_by(issuer), "not_signed")
        except (Asn1Error, ValueError) as problem:
            return Outcome(False, str(problem))

    found = (
        ("ocsp answer", answer, of_answer, foreign.of_answer),
        (
            "crl",
            make_crl(authority.issuing, listed, at=NOW, number=7),
            _list_judge(issuer, 977 * 3, 3),
            foreign.of_list,
        ),
        ("delta crl", _delta(authority), _list_judge(issuer, 977, 8), foreign.of_list),
        ("token", time_stamp(TEXT, authority.tsa(), at=NOW), of_token, foreign.of_token),
        ("certificate", person.certificate, of_certificate, foreign.of_certificate),
    )
    return [
        Subject(name, data, judge, facts, (tree.edited, octets.edited), flips.of_parts(facts))
        for name, data, judge, facts in found
    ]


def _delta(authority: Authority) -> bytes:
    return make_crl(authority.issuing, {977: Revocation(NOW - DAY, 8)}, at=NOW, number=8, base=7)


def _list_judge(issuer: certificates.Certificate, serial: int, reason: int) -> Callable[[bytes], Outcome]:
    """Accepted is a list that its issuer signed and that has this entry and none for a number it never had."""

    def judge(data: bytes) -> Outcome:
        try:
            found = crl.read(data)
            found.check(issuer)
            entry, none = found.find(serial), found.find(1)
        except CrlError as problem:
            return Outcome(False, problem.code)
        return Outcome(entry is not None and entry.reason == reason and none is None, "other_entries")

    return judge


def _pdfs() -> list[Subject]:
    authority = made_pdfs.authority()
    trust = Trust.of(
        authority.root.certificate,
        authority.rsa_root.certificate,
        intermediates=[authority.rsa_issuing.certificate, authority.issuing.certificate],
    )
    person, tsa = authority.individual(family="rsa"), authority.tsa(family="rsa")
    once = made_pdfs.signed_by_rsa(made_pdfs.plain_pdf(), person)
    kept = made_pdfs.with_store(
        made_pdfs.signed_by_rsa(made_pdfs.plain_pdf(), person, tsa=tsa), tsa.certificate
    )
    second = authority.individual(family="rsa")
    found = (
        ("pdf, rsa", once),
        ("pdf, stream", made_pdfs.signed_by_rsa(made_pdfs.plain_pdf(streamed=True), person)),
        ("pdf, gost", made_pdfs.signed_by_gost(made_pdfs.plain_pdf(), authority.individual())),
        ("pdf, b-lta", made_pdfs.stamped(kept, tsa)),
        ("pdf, two signers", made_pdfs.signed_by_rsa(once, second, name="Second")),
    )
    edits: tuple[Edit, ...] = (pdfs.edited, pdfs.edited, pdfs.edited, octets.edited)
    return [
        Subject(name, data, _file(trust, at=None), foreign.of_pdf, edits, flips.in_pdf)
        for name, data in found
    ]


def _packages() -> list[Subject]:
    """One as it is made, and one that only its time stamp keeps valid: the certificate of its seal has ended."""
    authority = Authority.make(now=NOW)
    plain, stamped = packages.make(authority, checker=b"PK"), packages.make(authority).stamp(at=NOW)
    edits: tuple[Edit, ...] = (zips.edited, zips.edited, zips.edited, octets.edited)
    return [
        Subject(
            name,
            made.zip(),
            _file(_trust_of(made), at=at, revocation=RevocationPolicy.ARCHIVED),
            foreign.of_package,
            edits,
            flips.in_package,
        )
        for name, made, at in (
            ("evidence, plain", plain, NOW + DAY / 24),
            ("evidence, years later", stamped, NOW + 1000 * DAY),
        )
    ]


def _trust_of(made: packages.Package) -> Trust:
    signing = made.authority
    return Trust.of(made.seal_authority.certificate, signing.root.certificate, signing.issuing.certificate)
