"""What goes into the evidence package of a document: facts of every signature and the files that prove them."""

import hashlib
import json
import unicodedata
from typing import Any, Final
from uuid import UUID

from cryptography.hazmat.primitives import serialization
from django.conf import settings
from django.utils import translation

from kenes.accounts.models import Consent, OneTimeCode
from kenes.documents import kinds
from kenes.documents.models import Document
from kenes.files import selectors as file_selectors
from kenes.files import services as files
from kenes.files.models import StoredFile
from kenes.foundation.values import PhoneNumber
from kenes.messaging.models import Message
from kenes.signing import organisation_seal
from kenes.signing.evidence import chain, key_parts, stamping
from kenes.signing.evidence.chain import ChainPart
from kenes.signing.evidence.parts import Contents, iso
from kenes.signing.models import Signature, VerificationRecord
from kenes.signing.states import COUNTING
from kzsign import trust

LANGUAGES: Final = ("ru", "kk", "en")


def signatures_of(document: Document) -> list[Signature]:
    """Signatures that count for a document, in the order they were made, with all that proves them."""
    rows = Signature.objects.filter(document=document, request__round__status__in=COUNTING).select_related(
        "request", "code", "consent__text", "consent__code", "paper__file", "organisation", "principal", "cms_file", "eds_proof__stamped_file"
    )  # fmt: skip
    return list(rows.order_by("signed_at", "pk"))


def fingerprint(document: Document, signatures: list[Signature], part: ChainPart, checker: bytes) -> str:
    """SHA-256 (hex) over everything a package is made of: equal as long as a new one would say the same."""
    messages = _messages(signatures)
    facts = {
        "checker": hashlib.sha256(checker).hexdigest(),
        "document": [
            document.sha256,
            str(document.sealed_file_id),
            str(document.docx_file_id),
            str(_archive_id(document)),
        ],
        "signatures": [[str(one.pk), _stamped_id(one)] for one in signatures],
        "stamp": stamping.is_wanted(),
        "names": [one.signer_name for one in signatures],
        "messages": {str(key): [one.status, str(one.status_at)] for key, one in messages.items()},
        "head": part.head,
        "anchor": None if part.proof is None else [str(part.proof.anchor.day), _stamped(part)],
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _stamped_id(signature: Signature) -> str:
    """The CMS with a time stamp may come after the signature."""
    proof = getattr(signature, "eds_proof", None)
    return str(proof.stamped_file_id) if proof is not None else ""


def _archive_id(document: Document) -> UUID | None:
    return (
        VerificationRecord.objects.filter(document=document).values_list("archive_file_id", flat=True).first()
    )


def _stamped(part: ChainPart) -> bool:
    return part.proof is not None and hasattr(part.proof.anchor, "stamp")


def gather(document: Document, signatures: list[Signature], part: ChainPart) -> Contents:
    """Read all files and facts. Raises what `files.read` raises for a file that is lost."""
    contents = Contents(document, {}, [], part)
    _add_document(contents)
    messages = _messages(signatures)
    places = []
    for number, signature in enumerate(signatures, start=1):
        folder = f"signatures/{number:02d}"
        facts = _signature(contents, signature, folder, messages)
        contents.signatures.append(facts)
        places.append(contents.add_json(f"{folder}/signature.json", facts))
    contents.index["signatures"] = places
    contents.index["events"] = contents.add_json(
        "events/chain.json", {"stream": part.stream, "events": part.events}
    )
    contents.index["anchor"] = _add_anchor(contents, part)
    contents.index["anchors"] = _add_trust(contents)
    return contents


def _add_document(contents: Contents) -> None:
    document = contents.document
    titles = {}
    for language in LANGUAGES:
        with translation.override(language):
            titles[language] = str(kinds.title(document.code))
    assert document.pdf_file is not None  # held by a constraint for signed documents
    shown: dict[str, Any] = {
        "id": str(document.pk), "number": document.number, "titles": titles, "language": document.language,
        "pages": document.pages, "sha256": document.sha256,
        "original": contents.add("document/original.pdf", files.read(document.pdf_file)),
        "source": None, "sealed": None,
    }  # fmt: skip
    if document.docx_file is not None:
        shown["source"] = contents.add("document/source.docx", files.read(document.docx_file))
    if document.sealed_file is not None:
        shown["sealed"] = contents.add("document/sealed.pdf", files.read(document.sealed_file))
    later = _sealed_with_time(document)
    if later is not None:
        shown["sealed_with_time"] = contents.add("document/sealed-with-time.pdf", files.read(later))
    contents.index["document"] = shown


def _sealed_with_time(document: Document) -> StoredFile | None:
    """The copy of the sealed file that got its time stamp later; None where the seal had it at once or waits for it."""
    archive_id = _archive_id(document)
    return file_selectors.get_file(archive_id) if archive_id is not None else None


def _messages(signatures: list[Signature]) -> dict[Any, Message]:
    codes = [one.code for one in signatures if one.code is not None]
    codes += [one.consent.code for one in signatures if one.consent is not None and one.consent.code]
    ids = [code.message_id for code in codes if code.message_id]
    return Message.objects.prefetch_related("attempts").in_bulk(ids)


def _signature(
    contents: Contents, signature: Signature, folder: str, messages: dict[Any, Message]
) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "id": str(signature.pk), "request_id": str(signature.request_id), "method": signature.method,
        "signer_name": signature.signer_name, "party_role": signature.request.party_role,
        "organisation": signature.organisation.name if signature.organisation else "",
        "represents": signature.principal.full_name if signature.principal else "",
        "document_sha256": signature.document_sha256,
        "signed_at": iso(signature.signed_at), "time_source": signature.time_source,
        "sms": None, "agreement": None, "cms": None, "cms_received": None, "certificates": [], "answers": [],
        "lists": [], "lists_left_out": [], "ocsp": None, "time_stamp": None, "paper": None,
        "certificate": None,
    }  # fmt: skip
    if signature.code is not None:
        facts["sms"] = contents.add_json(f"{folder}/sms.json", _code(signature.code, messages))
    if signature.consent is not None:
        facts["agreement"] = _add_agreement(contents, signature.consent, folder, messages)
    if signature.cms_file is not None:
        key_parts.add(contents, signature, signature.cms_file, folder, facts)
    if signature.paper is not None:
        ending = {"application/pdf": "pdf", "image/png": "png", "image/webp": "webp"}
        file = signature.paper.file
        name = f"{folder}/paper.{ending.get(file.mime, 'jpg')}"
        facts["paper"] = contents.add(name, files.read(file))
    return facts


def _add_agreement(contents: Contents, consent: Consent, folder: str, messages: dict[Any, Message]) -> str:
    text = consent.text
    shown = unicodedata.normalize("NFC", f"{text.title}\n\n{text.body}").encode()
    agreement = {
        "id": str(consent.pk), "kind": consent.kind, "version": consent.version, "language": text.language,
        "title": text.title, "text": contents.add(f"{folder}/agreement.txt", shown), "sha256": text.sha256,
        "accepted_at": iso(consent.accepted_at),
        "withdrawn_at": iso(consent.withdrawn_at) if consent.withdrawn_at else None,
        "code": _code(consent.code, messages) if consent.code else None,
    }  # fmt: skip
    return contents.add_json(f"{folder}/agreement.json", agreement)


def _code(code: OneTimeCode, messages: dict[Any, Message]) -> dict[str, Any]:
    """A code without its digits: what it confirmed, when it lived, and how the message with it travelled."""
    return {
        "id": str(code.pk), "purpose": code.purpose, "bound_sha256": code.bound_hash,
        "phone": _masked(code.phone), "created_at": iso(code.created_at), "expires_at": iso(code.expires_at),
        "closed_at": iso(code.closed_at) if code.closed_at else None, "closed_as": code.closed_as,
        "tries_used": code.tries_used, "tries_limit": code.tries_limit,
        "message": _message(messages.get(code.message_id)),
    }  # fmt: skip


def _message(message: Message | None) -> dict[str, Any] | None:
    if message is None:
        return None
    return {
        "id": str(message.pk), "channel": message.channel, "provider": message.provider,
        "provider_id": message.provider_id, "status": message.status,
        "created_at": iso(message.created_at),
        "accepted_at": iso(message.accepted_at) if message.accepted_at else None,
        "delivered_at": iso(message.delivered_at) if message.delivered_at else None,
        "attempts": [
            {
                "number": one.number, "started_at": iso(one.started_at),
                "ended_at": iso(one.ended_at) if one.ended_at else None, "outcome": one.outcome,
                "reason": one.reason,
            }
            for one in message.attempts.all()
        ],
    }  # fmt: skip


def _masked(phone: str) -> str:
    return PhoneNumber.parse(phone).masked() if phone else ""


def _add_anchor(contents: Contents, part: ChainPart) -> str | None:
    if part.proof is None:
        return None
    proof, anchor = part.proof, part.proof.anchor
    stamp = None
    if _stamped(part):
        stamp = contents.add("events/anchor.tst", bytes(anchor.stamp.token))
    return contents.add_json(
        "events/anchor.json",
        {
            "day": anchor.day.isoformat(), "root": anchor.root, "previous": anchor.previous,
            "stream": proof.stream, "seq": proof.seq, "hash": proof.hash,
            "steps": [list(step) for step in proof.steps], "stamp": stamp,
        },
    )  # fmt: skip


def _add_trust(contents: Contents) -> list[dict[str, str]]:
    """The certificates a reader may rest on: of our seal, and of the certification authorities as installed here."""
    found = [
        ("seal", authority.public_bytes(serialization.Encoding.DER))
        for authority in organisation_seal.authorities()
    ]
    store = trust.load(settings.KZSIGN_ANCHORS_DIR, allow_test=settings.KZSIGN_TEST_ANCHORS)
    found += [("signature", certificate.raw) for certificate in store.trust.anchors]
    found += [("intermediate", certificate.raw) for certificate in store.trust.intermediates]
    return [
        {"path": contents.add(f"anchors/{number:02d}-{purpose}.cer", data), "purpose": purpose}
        for number, (purpose, data) in enumerate(found, start=1)
    ]


def chain_of(document: Document) -> ChainPart:
    """The part of the event chain that concerns the document."""
    return chain.of_document(case_id=document.case_id, document_id=document.pk)
