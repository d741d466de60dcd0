"""What happens to lenders and their addresses."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class CreditorAdded(Event):
    """A borrower typed in a lender that the registry does not know."""

    type: ClassVar[str] = "creditor.added"
    stream_field: ClassVar[str] = "creditor_id"
    creditor_id: UUID


@dataclass(frozen=True, slots=True)
class CreditorAddressAdded(Event):
    """A member of staff entered an address; letters do not leave to it yet."""

    type: ClassVar[str] = "creditor.address_added"
    stream_field: ClassVar[str] = "creditor_id"
    creditor_id: UUID
    address_id: UUID


@dataclass(frozen=True, slots=True)
class CreditorAddressConfirmed(Event):
    """Letters may leave to this address; waiting ones do so now."""

    type: ClassVar[str] = "creditor.address_confirmed"
    stream_field: ClassVar[str] = "creditor_id"
    creditor_id: UUID
    address_id: UUID


@dataclass(frozen=True, slots=True)
class CreditorOrganisationSet(Event):
    """The lender's own organisation here was named, changed or taken away: its officers see what was sent to it."""

    type: ClassVar[str] = "creditor.organisation_set"
    stream_field: ClassVar[str] = "creditor_id"
    creditor_id: UUID
    organisation_id: UUID | None
