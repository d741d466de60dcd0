"""The fixed matrix of verdicts: one call a line, on signatures of the test authority. Tests and the bench share it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from kzsign import RevocationPolicy, Trust
from kzsign.testing import Archive, Authority, Identity, Signing, Status, ocsp_answer, sign_cms, sign_xml
from kzsign.tests.conftest import NOW

TEXT = "Заявление о рефинансировании".encode()
OTHER = "Заявление о прощении".encode()
DAY = timedelta(days=1)
KEY_COMPROMISE, SUPERSEDED = 1, 4


@dataclass(frozen=True)
class Call:
    """One call and the verdict it must get."""

    name: str
    signature: bytes
    verdict: str
    document: bytes | None = None
    days: int = 0  # after the time of signing
    revocation: RevocationPolicy = RevocationPolicy.OFF
    anchors: str = "all"


class Maker:
    """Makes the calls with one authority."""

    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        self.person = authority.individual()
        self.head = authority.entity(iin="700707300036", role="head")
        self.tsa = authority.tsa()
        self.responder = authority.ocsp_responder()

    def trust(self, anchors: str) -> Trust:
        """All families, the GOST root alone, the issuing authority as an anchor, or nothing."""
        made = self.authority
        if anchors == "none":
            return Trust()
        if anchors == "gost":
            return Trust.of(made.root.certificate, intermediates=[made.issuing.certificate])
        if anchors == "issuing":
            return Trust.of(made.issuing.certificate)
        roots = (made.root, made.rsa_root, made.legacy_root)
        between = (made.issuing, made.rsa_issuing, made.legacy)
        return Trust.of(*(r.certificate for r in roots), intermediates=[b.certificate for b in between])

    def _archived(
        self, person: Identity, status: str, revoked: int | None = None, reason: int | None = None
    ) -> Signing:
        made = self.authority
        at = NOW + timedelta(days=revoked) if revoked is not None else None
        known = Status(person.serial, status, revoked_at=at, reason=reason)
        when = NOW + timedelta(days=max(0, (revoked or 0) + 1))
        answer = ocsp_answer(known, issuer=made.issuing, responder=self.responder, at=when)
        return Signing(person, archive=Archive(ocsp=[answer]))

    def calls(self) -> list[Call]:
        """The matrix of the benchmark: forms, families, damage, chains, time, revocation."""
        return [*self._forms(), *self._wrong(), *self._times(), *self._revocations()]

    def _forms(self) -> list[Call]:
        made, person = self.authority, self.person
        rsa, legacy = made.individual(family="rsa"), made.individual(family="legacy")
        several = [person, self.head, rsa]
        return [
            Call("GOST-2015 attached", sign_cms(TEXT, person, signing_time=NOW), "valid"),
            Call(
                "GOST-2015 detached", sign_cms(TEXT, person, detached=True, signing_time=NOW), "valid", TEXT
            ),
            Call(
                "GOST-2015 with time stamp",
                sign_cms(TEXT, person, timestamp=self.tsa, signing_time=NOW),
                "valid",
            ),
            Call("GOST-2004 attached", sign_cms(TEXT, legacy, signing_time=NOW), "valid"),
            Call(
                "GOST-2004 detached", sign_cms(TEXT, legacy, detached=True, signing_time=NOW), "valid", TEXT
            ),
            Call("RSA attached", sign_cms(TEXT, rsa, signing_time=NOW), "valid"),
            Call("RSA detached", sign_cms(TEXT, rsa, detached=True, signing_time=NOW), "valid", TEXT),
            Call("three signers of two families", sign_cms(TEXT, several, signing_time=NOW), "valid"),
            Call("base64", sign_cms(TEXT, person, signing_time=NOW, encoding="base64"), "valid"),
            Call("armour", sign_cms(TEXT, person, signing_time=NOW, encoding="pem"), "valid"),
            Call("BER in pieces", sign_cms(TEXT * 99, person, signing_time=NOW, indefinite=True), "valid"),
            Call("XML by GOST-2015", sign_xml("<a>1</a>", person), "valid"),
            Call("XML by two signers", sign_xml("<a>1</a>", [person, rsa]), "valid"),
        ]

    def _wrong(self) -> list[Call]:
        made, person = self.authority, self.person
        sound = sign_cms(TEXT, person, signing_time=NOW)
        two = [person, Signing(self.head, key=person.key)]
        swapped = Signing(person, change_signature=lambda s: s[64:] + s[:64])
        nobody = sign_cms(TEXT, [], certificates=[person.certificate])
        return [
            Call("changed content", sound.replace(TEXT, OTHER + b" " * (len(TEXT) - len(OTHER))), "invalid"),
            Call(
                "another document", sign_cms(TEXT, person, detached=True, signing_time=NOW), "invalid", OTHER
            ),
            Call("document missing", sign_cms(TEXT, person, detached=True, signing_time=NOW), "unknown"),
            Call(
                "bit of the signature", sign_cms(TEXT, Signing(person, change_signature=_flipped)), "invalid"
            ),
            Call("halves swapped", sign_cms(TEXT, swapped, signing_time=NOW), "invalid"),
            Call("zero", sign_cms(TEXT, Signing(person, change_signature=lambda s: bytes(128))), "invalid"),
            Call("one of two signers bad", sign_cms(TEXT, two, signing_time=NOW), "invalid"),
            Call("no signers", nobody, "invalid"),
            Call("truncated", sound[:-40], "invalid"),
            Call("look-alike authority", sign_cms(TEXT, made.look_alike().individual()), "invalid"),
            Call("leaf as authority", sign_cms(TEXT, made.individual(issuer=person)), "invalid"),
            Call("foreign ECDSA", sign_cms(TEXT, made.foreign()), "invalid"),
            Call("other root", sign_cms(TEXT, made.individual(family="rsa")), "invalid", anchors="gost"),
            Call("no anchors", sound, "unknown", anchors="none"),
            Call("key for logging in", sign_cms(TEXT, made.authentication()), "invalid"),
        ]

    def _times(self) -> list[Call]:
        made = self.authority
        old = made.expired(days_ago=10)
        before, after = NOW - 20 * DAY, NOW - 5 * DAY
        stranger = made.look_alike().tsa()
        return [
            Call("expired", sign_cms(TEXT, old, signing_time=before), "invalid"),
            Call("judged while in force", sign_cms(TEXT, old, signing_time=before), "valid", days=-20),
            Call("not yet in force", sign_cms(TEXT, old, signing_time=before), "invalid", days=-900),
            Call(
                "stamped while in force",
                sign_cms(TEXT, old, timestamp=self.tsa, signing_time=before),
                "valid",
            ),
            Call(
                "stamped after the end",
                sign_cms(TEXT, old, timestamp=self.tsa, signing_time=after),
                "invalid",
            ),
            Call(
                "stamped by a stranger",
                sign_cms(TEXT, old, timestamp=stranger, signing_time=before),
                "invalid",
            ),
        ]

    def _revocations(self) -> list[Call]:
        person, asked = self.person, RevocationPolicy.ARCHIVED

        def call(name: str, verdict: str, signing: Signing) -> Call:
            made = sign_cms(TEXT, signing, timestamp=self.tsa, signing_time=NOW)
            return Call(name, made, verdict, revocation=asked, days=30, anchors="issuing")

        return [
            call("good by OCSP", "valid", self._archived(person, "good")),
            call("revoked before", "invalid", self._archived(person, "revoked", -1, SUPERSEDED)),
            call("superseded after", "valid", self._archived(person, "revoked", 5, SUPERSEDED)),
            call("compromised after", "invalid", self._archived(person, "revoked", 5, KEY_COMPROMISE)),
            call("responder does not know", "unknown", self._archived(person, "unknown")),
            call("no answer", "unknown", Signing(person)),
        ]


def _flipped(signature: bytes) -> bytes:
    return bytes((signature[0] ^ 1,)) + signature[1:]
