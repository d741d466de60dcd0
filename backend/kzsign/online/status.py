"""Asking about one certificate by OCSP (RFC 6960, RFC 8954)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Final
from urllib.parse import urlsplit

from kzsign import digests, ocsp, oids
from kzsign.certificates import Certificate
from kzsign.ocsp import OcspError, Status
from kzsign.online.caching import Breaker, Cache, MemoryCache
from kzsign.online.der_writer import algorithm, element, integer, octets, oid, sequence
from kzsign.online.http import Fetch, FetchError

SHA256: Final = "2.16.840.1.101.3.4.2.1"
NONCE_OCTETS: Final = 16
MAX_ANSWER: Final = 256 * 1024
# An answer without our nonce may be a replay of an older one: it must then be as fresh as a clock can tell.
FRESH: Final = timedelta(minutes=10)
SKEW: Final = timedelta(minutes=5)
GOOD_SECONDS: Final = 60
REVOKED_SECONDS: Final = 3600
_ON_HOLD: Final = 6


def question(certificate: Certificate, issuer: Certificate, nonce: bytes) -> bytes:
    """The DER of an OCSPRequest about one certificate, its CertID by SHA-256."""
    cert_id = sequence(
        algorithm(SHA256),
        octets(digests.digest("sha256", issuer.subject.raw)),
        octets(digests.digest("sha256", issuer.key.octets)),
        integer(certificate.serial),
    )
    extension = sequence(oid(oids.OCSP_NONCE), octets(octets(nonce)))
    asked = sequence(sequence(cert_id))
    return sequence(sequence(asked, element(0xA2, sequence(extension))))


@dataclass
class OcspClient:
    """Asks the responder that the certificate names, or always `url` when one is given.

    Answers are kept in `cache`: good ones for a minute, final revocations for an hour. A responder that fails three times in
    a row is left alone for a while. Nothing is raised: without a usable answer there is None.
    """

    fetch: Fetch
    url: str = ""
    cache: Cache = field(default_factory=MemoryCache)
    breaker: Breaker = field(default_factory=Breaker)
    seconds: float = 5.0
    now: Callable[[], datetime] = lambda: datetime.now(timezone.utc)

    def ask(self, certificate: Certificate, issuer: Certificate) -> bytes | None:
        """The DER of an OCSPResponse that speaks of this certificate and is signed for this issuer."""
        key = _key(certificate, issuer)
        kept = self.cache.get(key)
        if kept is not None:
            return kept
        for address in (self.url,) if self.url else certificate.extensions.ocsp_addresses[:2]:
            answer = self._ask(address, certificate, issuer)
            if answer is not None:
                data, status = answer
                seconds = _seconds(status)
                if seconds:
                    self.cache.put(key, data, seconds)
                return data
        return None

    def _ask(
        self, address: str, certificate: Certificate, issuer: Certificate
    ) -> tuple[bytes, Status] | None:
        service = urlsplit(address).netloc
        if not self.breaker.allows(service):
            return None
        nonce = secrets.token_bytes(NONCE_OCTETS)
        try:
            answer = self.fetch(
                address,
                body=question(certificate, issuer, nonce),
                headers={"Content-Type": "application/ocsp-request", "Accept": "application/ocsp-response"},
                max_bytes=MAX_ANSWER,
                seconds=self.seconds,
            )
            status = self._judged(answer.body, certificate, issuer, nonce)
        except FetchError as problem:
            # An address that may not be asked says nothing about the service of that name.
            if problem.code != "forbidden_address":
                self.breaker.failed(service)
            return None
        except OcspError:
            self.breaker.failed(service)
            return None
        self.breaker.succeeded(service)
        return answer.body, status

    def _judged(self, data: bytes, certificate: Certificate, issuer: Certificate, nonce: bytes) -> Status:
        status = ocsp.judge(data, certificate, issuer, nonce=nonce)
        now = self.now()
        if status.this_update > now + SKEW:
            raise OcspError("from_future")
        if ocsp.read(data).nonce is None and status.this_update < now - FRESH:
            raise OcspError("nonce_missing")
        return status


def _seconds(status: Status) -> int:
    """How long an answer may be used again."""
    if status.status == "good":
        return GOOD_SECONDS
    return REVOKED_SECONDS if status.status == "revoked" and status.reason != _ON_HOLD else 0


def _key(certificate: Certificate, issuer: Certificate) -> str:
    known = hashlib.sha256(f"{issuer.sha256}:{certificate.serial}:{certificate.sha256}".encode())
    return f"kzsign:ocsp:{known.hexdigest()}"
