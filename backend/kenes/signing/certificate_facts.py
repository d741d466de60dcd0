"""What the certificate page says. Times are aware; hashes are lower-case hex SHA-256. Nothing here knows Django."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kenes.signing.certificate_texts import PageLanguage

Method = Literal["sms", "eds", "egov_qr", "paper", "approval"]


@dataclass(frozen=True)
class CertificateOfKey:
    """The certificate behind an ЭЦП. ``role`` is a code of ``kzsign``; organisation and BIN are empty for a person's own."""

    algorithm: str
    serial: str
    organisation: str = ""
    bin: str = ""
    role: str = ""


@dataclass(frozen=True)
class SignerFacts:
    """One answer in the round. What is not of its method stays empty.

    SMS: ``masked_phone`` and the agreement. ЭЦП: ``certificate``, ``is_stamped`` when the moment comes from a trusted time
    stamp. Paper: who checked it and when. ``principal`` is whom a representative signed for.
    """

    name: str
    method: Method
    signed_at: datetime
    organisation: str = ""
    principal: str = ""
    masked_phone: str = ""
    agreement_version: str = ""
    agreement_accepted_at: datetime | None = None
    certificate: CertificateOfKey | None = None
    is_stamped: bool = False
    checked_by: str = ""
    checked_at: datetime | None = None


@dataclass(frozen=True)
class CertificateFacts:
    """Everything on the page. ``document_size`` is in bytes; ``has_time_stamp`` tells what the seal is going to carry."""

    document_title: str
    document_number: str
    document_sha256: str
    document_size: int
    document_pages: int
    signers: tuple[SignerFacts, ...]
    signature_id: str
    verify_url: str
    seal_subject: str
    seal_fingerprint: str
    has_time_stamp: bool = False
    language: PageLanguage = "ru"
