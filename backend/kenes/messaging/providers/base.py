"""What SMS and e-mail providers must be able to do, in our words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Protocol

from kenes.foundation.providers import Temporary


class OutcomeUnknown(Temporary):
    """The message was handed over and no answer came: the provider may have it. Look before sending again."""


@dataclass(frozen=True, slots=True)
class OutgoingSms:
    """`to` is digits only, international (77011234567)."""

    to: str
    text: str


@dataclass(frozen=True, slots=True)
class EmailAttachment:
    """A file of a letter, plain bytes."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class OutgoingEmail:
    """A letter to one address. `envelope_from` gets the bounces; `message_id` is the same in every attempt."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    header_from: str
    envelope_from: str
    reply_to: str = ""
    attachments: tuple[EmailAttachment, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SendReceipt:
    """The provider has the message. `reply` is its own text, `held` means that it waits for a moderator."""

    provider_id: str = ""
    reply: str = ""
    held: bool = False


class DeliveryState(StrEnum):
    """What a provider knows of a message that it took."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """State of one message; `reason` is a short code when it failed, `segments` 0 when not told."""

    state: DeliveryState
    reason: str = ""
    segments: int = 0


class SmsProvider(Protocol):
    """Raises the four errors of `foundation.providers`, and OutcomeUnknown from `send`."""

    name: ClassVar[str]

    def send(self, sms: OutgoingSms, *, idempotency_key: str) -> SendReceipt:
        """Hand one message over."""
        ...

    def find(self, sms: OutgoingSms, *, since: datetime) -> list[str]:
        """Provider ids, oldest first, of messages with this number and text taken since then."""
        ...

    def reports(self, provider_ids: Sequence[str]) -> dict[str, DeliveryReport]:
        """What became of up to 100 messages; unknown ids are missing."""
        ...

    def segment_price_tiyn(self) -> int | None:
        """Price of one part, None when not known."""
        ...


class EmailProvider(Protocol):
    """Raises the four errors of `foundation.providers`, and OutcomeUnknown."""

    name: ClassVar[str]

    def send(self, email: OutgoingEmail) -> SendReceipt:
        """Hand one letter over to the mail server."""
        ...
