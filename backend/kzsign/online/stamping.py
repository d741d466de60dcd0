"""Asking for a time stamp (RFC 3161) and checking that the answer is the one that was asked for."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Final
from urllib.parse import urlsplit

from kzsign import asn1, digests, timestamps
from kzsign.algorithms import AlgorithmError
from kzsign.anchors import Trust
from kzsign.asn1 import Asn1Error, Fields
from kzsign.context import Context, RevocationPolicy, Revoking
from kzsign.online.caching import Breaker
from kzsign.online.der_writer import algorithm, element, integer, octets, oid, sequence
from kzsign.online.http import Fetch, FetchError
from kzsign.timestamps import TimeStampInfo, Token

# Policies of the NCA's time-stamping authorities.
POLICY_GOST: Final = "1.2.398.3.3.2.6.4"
POLICY_RSA: Final = "1.2.398.3.3.2.6.2"
MAX_ANSWER: Final = 256 * 1024
SKEW: Final = timedelta(minutes=5)
_DIGESTS: Final = {
    "streebog512": "1.2.398.3.10.1.3.3",
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3",
}
_GRANTED: Final = (0, 1)


class StampError(Exception):
    """There is no time stamp. `code`: unreachable, timeout, forbidden_address, too_large, bad_status, paused; refused;
    malformed, other_imprint, other_nonce, other_policy, wrong_time; or the reason why its chain is not trusted."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


def question(imprint: bytes, digest: str, *, nonce: int, policy: str = "") -> bytes:
    """The DER of a TimeStampReq that wants the authority's certificate in the token."""
    return sequence(
        integer(1),
        sequence(algorithm(_DIGESTS[digest]), octets(imprint)),
        oid(policy) if policy else b"",
        integer(nonce),
        element(0x01, b"\xff"),
    )


@dataclass
class StampClient:
    """Asks one time-stamping service.

    With `trust` a token is only accepted when its chain ends at an anchor. `policy` is asked for and then required. The GOST
    authority answers Streebog-512, the RSA one SHA-2, when no policy is named.
    """

    fetch: Fetch
    url: str
    trust: Trust | None = None
    revocation: Revoking = RevocationPolicy.OFF
    policy: str = ""
    breaker: Breaker = field(default_factory=Breaker)
    seconds: float = 10.0
    now: Callable[[], datetime] = lambda: datetime.now(timezone.utc)

    def stamp(self, data: bytes, *, digest: str = "streebog512") -> bytes:
        """A token (DER of a ContentInfo) over `data`. Raises ``StampError``; ``KeyError`` for an unknown digest."""
        return self.stamp_digest(digests.digest(digest, data), digest=digest, over=data)

    def stamp_digest(self, imprint: bytes, *, digest: str, over: bytes | None = None) -> bytes:
        """A token over something whose digest is given. Without `over` the token's own signature is not judged."""
        nonce = secrets.randbits(63) | 1
        asked = question(imprint, digest, nonce=nonce, policy=self.policy)
        token = _token(self._answer(asked))
        info = _info(token)
        if info.imprint != imprint or info.imprint_digest != digest:
            raise StampError("other_imprint")
        if info.nonce != nonce:
            raise StampError("other_nonce")
        if self.policy and info.policy != self.policy:
            raise StampError("other_policy")
        if abs(info.at - self.now()) > SKEW:
            raise StampError("wrong_time")
        if over is not None:
            self._judge(token, over)
        return token

    def _answer(self, asked: bytes) -> bytes:
        service = urlsplit(self.url).netloc
        if not self.breaker.allows(service):
            raise StampError("paused")
        try:
            answer = self.fetch(
                self.url,
                body=asked,
                headers={
                    "Content-Type": "application/timestamp-query",
                    "Accept": "application/timestamp-reply",
                },
                max_bytes=MAX_ANSWER,
                seconds=self.seconds,
            )
        except FetchError as problem:
            self.breaker.failed(service)
            raise StampError(problem.code) from None
        self.breaker.succeeded(service)
        return answer.body

    def _judge(self, token: bytes, over: bytes) -> None:
        context = Context(trust=self.trust or Trust(), revocation=self.revocation, now=self.now())
        judged: Token = timestamps.judge(token, over, context)
        if judged.is_broken or (self.trust is not None and not judged.is_trusted):
            raise StampError(judged.reason or "malformed")


def _token(answer: bytes) -> bytes:
    """The token inside a TimeStampResp. Raises ``StampError``."""
    try:
        fields = Fields(asn1.parse(answer))
        status = Fields(fields.take(asn1.SEQUENCE))
        code = asn1.integer(status.take())
        token = fields.optional(asn1.SEQUENCE)
        fields.end()
    except Asn1Error:
        raise StampError("malformed") from None
    if code not in _GRANTED or token is None:
        raise StampError("refused", str(code))
    return token.raw


def _info(token: bytes) -> TimeStampInfo:
    """The TSTInfo of a token, not judged yet. Raises ``StampError``."""
    try:
        outer = Fields(asn1.parse(token))
        outer.take(asn1.OID)
        signed = Fields(asn1.only(outer.take(0xA0)))
        signed.take(asn1.INTEGER)
        signed.take(asn1.SET)
        content = Fields(signed.take(asn1.SEQUENCE))
        content.take(asn1.OID)
        return timestamps.read_info(asn1.octets(asn1.only(content.take(0xA0))))
    except (Asn1Error, AlgorithmError):
        raise StampError("malformed") from None
