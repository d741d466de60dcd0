"""What a service for signing by a telephone (eGov mobile) must be able to do, in our words."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from kenes.foundation.providers import Rejected, Temporary


class StillWaiting(Temporary):
    """Nobody has scanned the code, or signed, within the time of one call: ask again."""


class SignerRefused(Rejected):
    """The person said no on the telephone."""


class SigningExpired(Rejected):
    """The time that the service gives is over."""


@dataclass(frozen=True, slots=True)
class QrInvitation:
    """What opens the document on a telephone.

    `qr_image` is a picture as a data URL; `mobile_link` and `business_link` open the applications on the telephone itself.
    `data_url` and `sign_url` are the service's own addresses for the next two calls: secrets, never shown to anybody.
    """

    qr_image: str
    mobile_link: str
    business_link: str
    data_url: str
    sign_url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class QrDocument:
    """One PDF with its names in the three languages, as the telephone shows them."""

    name_ru: str
    name_kk: str
    name_en: str
    pdf: bytes


class QrSigning(Protocol):
    """Raises the four errors of `foundation.providers`, and the three above. No call waits longer than its time-out."""

    name: ClassVar[str]

    def invite(self, *, description: str) -> QrInvitation:
        """A new QR code; good once."""
        ...

    def hand_over(self, invitation_data_url: str, document: QrDocument) -> None:
        """Give the document; returns when the code was scanned. StillWaiting: give the same document again."""
        ...

    def fetch(self, invitation_sign_url: str) -> str:
        """The CMS (base64) when the person has signed. StillWaiting: ask again."""
        ...
