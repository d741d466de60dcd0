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
    """The signer confirmed the document. `document_sha256` is the hash of the PDF that was shown."""

    type: ClassVar[str] = "signature.signed"
    case_id: UUID
    document_id: UUID
    request_id: UUID
    signature_id: UUID
    signer_id: UUID
    method: str
    document_sha256: str
    consent_id: UUID
    code_id: UUID


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
