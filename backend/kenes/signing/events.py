"""What happens to signatures. Ids, codes and hashes only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class SignatureCodeSent(Event):
    """A code bound to the document's hash was queued to the signer's confirmed phone."""

    type: ClassVar[str] = "signature.code_sent"
    case_id: UUID
    document_id: UUID
    request_id: UUID
    code_id: UUID


@dataclass(frozen=True, slots=True)
class SignatureMade(Event):
    """The signer confirmed the document. `document_sha256` is the hash of the PDF that was shown.

    Consent and code stand there for SMS; `principal_id` and `power_id` where a representative signed. `is_last`: with it
    everybody has signed.
    """

    type: ClassVar[str] = "signature.signed"
    case_id: UUID
    document_id: UUID
    request_id: UUID
    signature_id: UUID
    signer_id: UUID
    method: str
    document_sha256: str
    consent_id: UUID | None = None
    code_id: UUID | None = None
    round_id: UUID | None = None
    principal_id: UUID | None = None
    power_id: UUID | None = None
    is_last: bool = True


@dataclass(frozen=True, slots=True)
class SignatureDeclined(Event):
    """The signer said no; the reason is kept encrypted with the request."""

    type: ClassVar[str] = "signature.declined"
    case_id: UUID
    document_id: UUID
    request_id: UUID


@dataclass(frozen=True, slots=True)
class SignatureRequestEnded(Event):
    """The request ended without an answer: `outcome` is "expired" or "failed" (the document was replaced)."""

    type: ClassVar[str] = "signature.request_ended"
    case_id: UUID
    document_id: UUID
    request_id: UUID
    outcome: str


@dataclass(frozen=True, slots=True)
class SignatureTextShown(Event):
    """The signer's screen has shown the document with this hash to its end.

    `given_at` is when the server gave it to this session, `given_as` how: "text", "pdf" or "pages"; `text_sha256` is of the
    words as they were given (UTF-8), empty for a document without.
    """

    type: ClassVar[str] = "signature.text_shown"
    case_id: UUID
    document_id: UUID
    request_id: UUID
    document_sha256: str
    given_at: str = ""
    given_as: str = ""
    text_sha256: str = ""


@dataclass(frozen=True, slots=True)
class RoundStarted(Event):
    """Signers were chosen for one version of a document; `replaces` is the round that had been chosen before."""

    type: ClassVar[str] = "signature.round_started"
    case_id: UUID
    document_id: UUID
    round_id: UUID
    document_sha256: str
    people: int
    is_ordered: bool
    replaces: UUID | None = None


@dataclass(frozen=True, slots=True)
class RoundEnded(Event):
    """`outcome`: completed, declined, expired, failed (the document was replaced), cancelled or replaced."""

    type: ClassVar[str] = "signature.round_ended"
    case_id: UUID
    document_id: UUID
    round_id: UUID
    outcome: str


@dataclass(frozen=True, slots=True)
class SignatureAsked(Event):
    """The turn of this signer has come."""

    type: ClassVar[str] = "signature.asked"
    case_id: UUID
    document_id: UUID
    request_id: UUID
    signer_id: UUID


@dataclass(frozen=True, slots=True)
class SignatureReminded(Event):
    """The signer is reminded for the `number`-th time."""

    type: ClassVar[str] = "signature.reminded"
    case_id: UUID
    document_id: UUID
    request_id: UUID
    number: int


@dataclass(frozen=True, slots=True)
class SignatureApproved(Event):
    """An approver agrees to the document without signing it."""

    type: ClassVar[str] = "signature.approved"
    case_id: UUID
    document_id: UUID
    request_id: UUID


@dataclass(frozen=True, slots=True)
class SignatureDelegated(Event):
    """The signer lets his representative sign for him."""

    type: ClassVar[str] = "signature.delegated"
    case_id: UUID
    document_id: UUID
    request_id: UUID
    delegated_to_id: UUID
    power_id: UUID


@dataclass(frozen=True, slots=True)
class PublicNameChosen(Event):
    """A signer chose how the public page names him: `shows` is short, hidden or full."""

    type: ClassVar[str] = "signature.public_name_chosen"
    case_id: UUID
    document_id: UUID
    signer_id: UUID
    shows: str


@dataclass(frozen=True, slots=True)
class PaperHandedIn(Event):
    """A photo of the document signed by hand has come and waits for the check."""

    type: ClassVar[str] = "signature.paper_handed_in"
    case_id: UUID
    document_id: UUID
    request_id: UUID
    paper_id: UUID


@dataclass(frozen=True, slots=True)
class PaperRefused(Event):
    """The photo was not accepted; the reason is kept encrypted with it."""

    type: ClassVar[str] = "signature.paper_refused"
    case_id: UUID
    document_id: UUID
    request_id: UUID
    paper_id: UUID
