"""What the tests of revocation share: a person, a responder, and a source that answers from memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kzsign import Report, RevocationPolicy, Trust, verify
from kzsign.certificates import Certificate
from kzsign.testing import (
    Archive,
    Authority,
    Identity,
    Signing,
    Status,
    ocsp_answer,
    sign_cms,
)

TEXT = b"revocable"
DAY = timedelta(days=1)
ON_HOLD, SUPERSEDED, CEASED, COMPROMISED = 6, 4, 5, 1


@dataclass
class Source:
    """Answers by serial number, and lists by the name of the issuer."""

    answers: dict[int, bytes] = field(default_factory=dict)
    lists: dict[bytes, list[bytes]] = field(default_factory=dict)
    asked: list[int] = field(default_factory=list)

    def ocsp(self, cert: Certificate, issuer: Certificate, at: datetime) -> bytes | None:
        self.asked.append(cert.serial)
        return self.answers.get(cert.serial)

    def crls(self, issuer: Certificate) -> Iterable[bytes]:
        return self.lists.get(issuer.subject.raw, [])


@dataclass
class Case:
    authority: Authority
    responder: Identity
    trust: Trust
    at: datetime
    person: Identity

    def answer(self, status: str = "good", **knobs: object) -> bytes:
        at = knobs.pop("answered_at", self.at)
        single = Status(self.person.serial, status, **knobs)  # type: ignore[arg-type]
        return ocsp_answer(
            single,
            issuer=self.authority.issuing,
            responder=self.responder,
            at=at,  # type: ignore[arg-type]
        )

    def judged(
        self, *answers: bytes, lists: Iterable[bytes] = (), at: datetime | None = None, stamp: bool = False
    ) -> Report:
        """By archived answers."""
        signing = Signing(self.person, archive=Archive(ocsp=answers, crls=tuple(lists)))
        tsa = self.authority.tsa() if stamp else None
        cms = sign_cms(TEXT, signing, timestamp=tsa, signing_time=self.at)
        return verify(cms, trust=self.trust, at=at or self.at, revocation=RevocationPolicy.ARCHIVED)
