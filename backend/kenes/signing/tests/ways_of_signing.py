"""Every way to answer a request, as people do it: code, key, paper, approval; and what a finished round leaves behind."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from dataclasses import dataclass
from typing import Any

import pypdf

from kenes.accounts.models import User
from kenes.accounts.selectors import actor_for
from kenes.documents.models import Document
from kenes.event_log.models import EventRow
from kenes.files import services as files
from kenes.files.models import StoredFile
from kenes.files.testing import a_png
from kenes.foundation import crypto
from kenes.signing import selectors, verification
from kenes.signing.eds import signing
from kenes.signing.evidence.tests.samples import package_of, run_documents
from kenes.signing.models import SignatureRequest, VerificationRecord
from kenes.signing.services import answers, papers
from kenes.signing.tests.conftest import Esign
from kenes.signing.tests.factories import ORIGIN, show
from kenes.signing.tests.rounds import Scene, sign_by_sms
from kzsign import evidence, evidence_files
from kzsign.evidence import EvidenceReport
from kzsign.testing import sign_cms

IINS = {"borrower": "870419390122", "co_borrower": "900101300017"}


def give_iins(scene: Scene) -> None:
    """The people of the scene have the ИИН that their keys name."""
    for name, iin in IINS.items():
        person: User = getattr(scene, name)
        User.objects.filter(pk=person.pk).update(iin=iin, iin_hash=crypto.lookup_hash(iin))
        person.refresh_from_db()


def cms_of(esign: Esign, person: User, document: Document) -> bytes:
    """The document signed by a key of this person, as NCALayer gives it."""
    assert document.pdf_file is not None
    last, first, patronymic = [*person.full_name.upper().split(), "", ""][:3]
    key = esign.authority.individual(iin=person.iin, name=f"{last} {first}", patronymic=patronymic)
    return sign_cms(files.read(document.pdf_file), key, detached=True)


def sign_by_key(esign: Esign, person: User, request: SignatureRequest) -> bytes:
    """Sign by ЭЦП; the CMS that was handed in."""
    cms = cms_of(esign, person, request.document)
    show(actor_for(person), request)
    hand_in_cms(person, request, cms)
    return cms


def hand_in_cms(person: User, request: SignatureRequest, cms: bytes) -> SignatureRequest:
    return signing.sign(
        actor=actor_for(person), request_id=request.pk, cms=base64.b64encode(cms).decode(),
        document_sha256=request.document_sha256, origin=ORIGIN,
    )  # fmt: skip


def sign_on_paper(scene: Scene, person: User, request: SignatureRequest) -> None:
    """Hand in a photo, which the manager of the case confirms."""
    papers.hand_in(actor=actor_for(person), request_id=request.pk, data=a_png(), name="photo.png")
    StoredFile.objects.filter(owner_kind="signed_paper").update(scan=StoredFile.Scan.CLEAN)
    papers.confirm(actor=actor_for(scene.manager), request_id=request.pk)


def approve(person: User, request: SignatureRequest) -> None:
    show(actor_for(person), request)
    answers.approve(actor=actor_for(person), request_id=request.pk)


def answer(way: str, esign: Esign, scene: Scene, person: User) -> bytes:
    """Sign the person's request in this way; the CMS where there is one."""
    request = scene.request(person)
    if way == "eds":
        return sign_by_key(esign, person, request)
    if way == "paper":
        sign_on_paper(scene, person, request)
    else:
        sign_by_sms(person, request)
    return b""


@dataclass(frozen=True)
class Sealed:
    """A finished round: the sealed file, its last pages, and what each of the ways to verify says."""

    record: VerificationRecord
    original: bytes
    data: bytes
    page: str
    by_token: verification.Verification
    by_file: verification.Verification


def sealed(scene: Scene) -> Sealed:
    """Let the seal be made; there is exactly one."""
    run_documents()
    record = VerificationRecord.objects.select_related("document__pdf_file", "document__sealed_file").get()
    document = record.document
    assert document.pdf_file is not None and document.sealed_file is not None
    original, data = files.read(document.pdf_file), files.read(document.sealed_file)
    pages = pypdf.PdfReader(io.BytesIO(data)).pages[document.pages :]
    once_sealed(record)
    assert data.startswith(original)
    assert hashlib.sha256(data).hexdigest() == record.sealed_sha256
    return Sealed(
        record, original, data, " ".join(page.extract_text() for page in pages),
        verification.verify_token(record.token), verification.verify_file(data),
    )  # fmt: skip


def once_sealed(record: VerificationRecord) -> None:
    """One record, one sealed file that the document has as well, one event of each."""
    assert VerificationRecord.objects.count() == 1
    assert record.sealed_file_id is not None
    assert Document.objects.get(pk=record.document_id).sealed_file_id == record.sealed_file_id
    for kind in ("document.signed", "document.sealed"):
        assert EventRow.objects.filter(type=kind).count() == 1, kind


def package(person: User, document: Document) -> tuple[EvidenceReport, list[dict[str, Any]]]:
    """What the checker finds in the package of evidence, and the facts of each signature in it."""
    document.refresh_from_db()
    data = package_of(person, document)
    found = evidence_files.from_zip(data)
    places = json.loads(found["manifest.json"])["signatures"]
    return evidence.verify_evidence(data, trust=None), [json.loads(found[place]) for place in places]


def made(document: Document) -> list[tuple[str, str]]:
    """Method and moment of every signature that counts, in the order they were made."""
    rows = selectors.signatures_of(document.pk)
    return [(row.method, row.signed_at.isoformat(timespec="microseconds")) for row in rows]
