"""What became of messages. The stream is the case when the message belongs to one, else the message itself."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class _MessageEvent(Event):
    type: ClassVar[str] = "message.event"
    message_id: UUID
    channel: str
    kind: str
    key: str
    correlation: UUID | None

    @property
    def stream(self) -> tuple[str, UUID]:
        return ("case", self.correlation) if self.correlation else ("message", self.message_id)


@dataclass(frozen=True, slots=True)
class MessageAccepted(_MessageEvent):
    """The receiving mail server or the SMS provider took the message."""

    type: ClassVar[str] = "message.accepted"


@dataclass(frozen=True, slots=True)
class MessageDelivered(_MessageEvent):
    """The provider says that it reached the phone."""

    type: ClassVar[str] = "message.delivered"


@dataclass(frozen=True, slots=True)
class MessageFailed(_MessageEvent):
    """It will not be sent again. `uncertain`: it may have arrived all the same."""

    type: ClassVar[str] = "message.failed"
    failure: str
    uncertain: bool = False
