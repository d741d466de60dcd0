"""What happens to letters and their dispatch. Ids and codes only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class DocumentReady(Event):
    """The letter and its translation are prepared and can be read and signed. `document_id` is the one to sign."""

    type: ClassVar[str] = "document.ready"
    case_id: UUID
    document_id: UUID
    code: str
    number: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DocumentFailed(Event):
    """A letter could not be prepared; `reason` is a code."""

    type: ClassVar[str] = "document.failed"
    case_id: UUID
    document_id: UUID
    code: str
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class DocumentSuperseded(Event):
    """A newer version takes the place of an unsigned letter."""

    type: ClassVar[str] = "document.superseded"
    case_id: UUID
    document_id: UUID
    code: str
    number: str


@dataclass(frozen=True, slots=True)
class DocumentRevised(Event):
    """A new version was made in place of `replaces_id`; why, in the words of a person, is kept with the document."""

    type: ClassVar[str] = "document.revised"
    case_id: UUID
    document_id: UUID
    code: str
    number: str
    replaces_id: UUID


@dataclass(frozen=True, slots=True)
class DocumentVoided(Event):
    """An unsigned letter is not needed: its procedure was stopped, or somebody said why. Nobody will sign it."""

    type: ClassVar[str] = "document.voided"
    case_id: UUID
    document_id: UUID
    code: str
    number: str


@dataclass(frozen=True, slots=True)
class DocumentSigned(Event):
    """The borrower has signed the PDF with this hash."""

    type: ClassVar[str] = "document.signed"
    case_id: UUID
    document_id: UUID
    code: str
    number: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DocumentSealed(Event):
    """The signed letter carries the platform's seal; `sha256` is of the sealed file."""

    type: ClassVar[str] = "document.sealed"
    case_id: UUID
    document_id: UUID
    code: str
    number: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DispatchWaiting(Event):
    """Nobody has confirmed an address of the creditor yet: sending waits."""

    type: ClassVar[str] = "dispatch.waiting"
    case_id: UUID
    document_id: UUID
    dispatch_id: UUID


@dataclass(frozen=True, slots=True)
class DispatchHeld(Event):
    """The borrower has withdrawn the consent to pass data to creditors: the letter does not leave."""

    type: ClassVar[str] = "dispatch.held"
    case_id: UUID
    document_id: UUID
    dispatch_id: UUID


@dataclass(frozen=True, slots=True)
class DispatchReleased(Event):
    """The consent was given again: the letter goes on."""

    type: ClassVar[str] = "dispatch.released"
    case_id: UUID
    document_id: UUID
    dispatch_id: UUID


@dataclass(frozen=True, slots=True)
class DispatchQueued(Event):
    """The letter was handed over for sending. `is_repeat`: it was tried before."""

    type: ClassVar[str] = "dispatch.queued"
    case_id: UUID
    document_id: UUID
    dispatch_id: UUID
    message_id: UUID
    is_repeat: bool


@dataclass(frozen=True, slots=True)
class DispatchAccepted(Event):
    """The creditor's mail server has accepted the letter."""

    type: ClassVar[str] = "dispatch.accepted"
    case_id: UUID
    document_id: UUID
    dispatch_id: UUID
    message_id: UUID


@dataclass(frozen=True, slots=True)
class DispatchDelivered(Event):
    """A delivery notice came for the letter."""

    type: ClassVar[str] = "dispatch.delivered"
    case_id: UUID
    document_id: UUID
    dispatch_id: UUID


@dataclass(frozen=True, slots=True)
class DispatchFailed(Event):
    """The letter could not be sent; `reason` is a code."""

    type: ClassVar[str] = "dispatch.failed"
    case_id: UUID
    document_id: UUID
    dispatch_id: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class CaseExported(Event):
    """Somebody loaded a file about the case; `kind` is pdf or zip."""

    type: ClassVar[str] = "case.exported"
    case_id: UUID
    export_id: UUID
    kind: str


@dataclass(frozen=True, slots=True)
class DocumentsOrdered(Event):
    """A member of staff ordered documents of one kind for many cases."""

    type: ClassVar[str] = "person.documents_ordered"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    job_id: UUID
    code: str
    rows: int


@dataclass(frozen=True, slots=True)
class DocumentsTaken(Event):
    """A member of staff loaded the documents of many cases as one file."""

    type: ClassVar[str] = "person.documents_taken"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    job_id: UUID
    cases: int


@dataclass(frozen=True, slots=True)
class PackageChosen(Event):
    """Somebody said which papers go along with a letter: how many."""

    type: ClassVar[str] = "document.package_chosen"
    case_id: UUID
    document_id: UUID
    papers: int


@dataclass(frozen=True, slots=True)
class PackageMade(Event):
    """The package of a letter is made; `with_proof`: the sheet of proof is in it."""

    type: ClassVar[str] = "document.package_made"
    case_id: UUID
    document_id: UUID
    with_proof: bool
