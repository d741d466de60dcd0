"""What one check is made with: trust, time, revocation, limits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from enum import Enum
from typing import Protocol, Union

from kzsign.anchors import Trust
from kzsign.asn1 import Budget
from kzsign.certificates import Certificate

CLOCK_SKEW = timedelta(minutes=5)
_LAST = datetime.max.replace(tzinfo=timezone.utc)


def later(moment: datetime, by: timedelta) -> datetime:
    """A later moment, never beyond the end of the calendar: authorities write 9999 where they know no end."""
    return moment + by if moment <= _LAST - by else _LAST


@dataclass(frozen=True)
class Limits:
    """Sizes in octets and counts above which a check is refused instead of made."""

    signature: int = 128 << 20
    document: int = 2 << 30
    elements: int = 250_000
    work: int = 1_000  # signatures checked, and megabytes hashed beside the document
    signers: int = 64
    certificates: int = 256
    attributes: int = 64
    timestamps: int = 8
    revocations: int = 64
    crl: int = 128 << 20
    xml: int = 16 << 20


class RevocationPolicy(Enum):
    """OFF asks nothing; ARCHIVED uses only what came with the signature."""

    OFF = "off"
    ARCHIVED = "archived"


class RevocationSource(Protocol):
    """Where answers about certificates come from, beyond those in the signature.

    An answer is judged by the caller: signature, serial number, time, issuer. A source only fetches; it gives None or
    nothing when it cannot, and raises nothing.
    """

    def ocsp(self, cert: Certificate, issuer: Certificate, at: datetime) -> bytes | None:
        """The DER of an OCSPResponse about `cert`."""

    def crls(self, issuer: Certificate) -> Iterable[bytes]:
        """DER of complete lists of `issuer` and of the delta lists that belong to them."""


Revoking = Union[RevocationPolicy, RevocationSource]  # noqa: UP007 - evaluated, also by Python 3.9


class Purpose(Enum):
    """What the certificate must be good for."""

    DOCUMENT = "document"
    LOGIN = "login"
    ANY = "any"


@dataclass
class Context:
    """The conditions of one check. `at` is the time given by the caller, if any."""

    trust: Trust
    at: datetime | None = None
    revocation: Revoking = RevocationPolicy.OFF
    limits: Limits = Limits()
    purpose: Purpose = Purpose.DOCUMENT
    now: datetime = field(default_factory=lambda: datetime.now(timezone.utc))
    budget: Budget = field(init=False)
    # For answers about revocation: whoever brings too many gets none of the rest believed, and no other harm.
    answers: Budget = field(init=False)

    def __post_init__(self) -> None:
        self.budget = Budget(self.limits.elements, self.limits.work)
        self.answers = Budget(self.limits.elements, self.limits.work // 2)
        if self.at is not None and self.at.tzinfo is None:
            self.at = self.at.replace(tzinfo=timezone.utc)

    @property
    def received_at(self) -> datetime:
        """The time that counts where no trusted time stamp is: the one given, else now."""
        return self.at or self.now

    @property
    def latest(self) -> datetime:
        """Nothing may say that it was made after this."""
        return later(max(self.received_at, self.now), CLOCK_SKEW)
