"""A borrower who may sign, and a letter that waits for the signature."""

from __future__ import annotations

import hashlib
import itertools
import re
from datetime import date, timedelta

from kenes.accounts.models import Consent, ConsentKind, ConsentText, OneTimeCode, Role, RoleGrant, User
from kenes.accounts.selectors import actor_for
from kenes.cases.models import Case, Obligation, Party, PartyRole, Track
from kenes.cases.states.case import CaseStatus
from kenes.cases.states.track import TrackKind, TrackState
from kenes.creditors.models import Creditor, CreditorType
from kenes.documents.deliveries import Delivery
from kenes.documents.models import Document, TemplateVersion
from kenes.files import services as files
from kenes.files.models import StoredFile
from kenes.foundation import clock, crypto
from kenes.foundation.actor import Actor
from kenes.foundation.identifiers import new_id
from kenes.messaging.models import Message
from kenes.signing.models import SignatureRequest
from kenes.signing.reading import deliveries
from kenes.signing.services import answers, confirmation, requests
from kenes.signing.services.recording import Origin
from kenes.signing.tests.pdf_samples import letter_pdf

_numbers = itertools.count(1)
SESSION = "5" * 64
ORIGIN = Origin(ip="203.0.113.7", user_agent="Phone browser", session=SESSION)


def make_person(*, full_name: str = "Досымов Кайрат Ануарович", role: str = Role.BORROWER) -> User:
    phone = f"+7701{next(_numbers):07d}"
    user = User.objects.create(
        full_name=full_name,
        phone=phone,
        phone_hash=crypto.lookup_hash(phone),
        phone_verified_at=clock.now(),
    )
    RoleGrant.objects.create(user=user, role=role)
    return user


def accept_agreement(user: User) -> Consent:
    text, _ = ConsentText.objects.get_or_create(
        kind=ConsentKind.SMS_AGREEMENT,
        version=1,
        language="ru",
        defaults={"title": "Соглашение", "body": "Текст", "sha256": "a" * 64, "needs_lawyer_review": True},
    )
    now = clock.now()
    code = OneTimeCode.objects.create(
        person=user,
        purpose=OneTimeCode.Purpose.SMS_AGREEMENT,
        bound_hash=text.sha256,
        code_hash="0" * 64,
        phone=user.phone,
        tries_limit=5,
        created_at=now - timedelta(hours=1),
        expires_at=now,
        resend_at=now,
        closed_at=now,
        closed_as=OneTimeCode.Closed.CONFIRMED,
    )
    return Consent.objects.create(person=user, text=text, kind=text.kind, version=text.version, code=code)


def make_borrower() -> User:
    user = make_person()
    accept_agreement(user)
    return user


def make_case(borrower: User) -> Case:
    number, now = next(_numbers), clock.now()
    case = Case.objects.create(
        number=f"KH-2026-{number:06d}",
        status=CaseStatus.ACTIVE,
        borrower=borrower,
        borrower_name=borrower.full_name,
        submitted_at=now,
        created_at=now,
        updated_at=now,
    )
    Party.objects.create(case=case, user=borrower, role=PartyRole.BORROWER, added_at=now)
    return case


def make_track(case: Case) -> Track:
    number, now = next(_numbers), clock.now()
    creditor = Creditor.objects.create(
        type=CreditorType.BANK, name_ru=f"АО «Банк {number}»", name_keys=[f"bank {number}"]
    )
    obligation = Obligation.objects.create(
        case=case,
        position=0,
        creditor=creditor,
        contract_number="A-1",
        contract_date=date(2025, 1, 10),
        principal_tiyn=100_000_00,
    )
    return Track.objects.create(
        case=case,
        obligation=obligation,
        kind=TrackKind.RESTRUCTURING,
        # Ahead of the letter: its own steps are passed over, so that these tests need no law data.
        state=TrackState.SIGNED,
        created_at=now,
        opened_at=now,
        updated_at=now,
    )


def make_document(borrower: User, *, pdf: bytes | None = None, language: str = "ru") -> Document:
    """A letter that is ready to sign, with its kept PDF."""
    case = make_case(borrower)
    track = make_track(case)
    data = pdf or letter_pdf(word=f"Letter {next(_numbers)}")
    template, _ = TemplateVersion.objects.get_or_create(
        code="RESTRUCT_BANK",
        language=language,
        version=1,
        defaults={
            "sha256": "b" * 64,
            "docx": b"docx",
            "effective_from": date(2026, 1, 1),
            "created_at": clock.now(),
        },
    )
    return Document.objects.create(
        case=case,
        track=track,
        obligation=track.obligation,
        code="RESTRUCT_BANK",
        language=language,
        number=f"{case.number}-1",
        group=new_id(),
        status=Document.Status.READY_TO_SIGN,
        template=template,
        content={},
        text="Прошу изменить график платежей.",
        docx_file=_stored(case, b"docx", "docx"),
        pdf_file=_stored(case, data, "pdf"),
        sha256=hashlib.sha256(data).hexdigest(),
        sizes=[[800, 1131]] * 3,
        created_at=clock.now(),
        ready_at=clock.now(),
    )


def _stored(case: Case, data: bytes, extension: str) -> StoredFile:
    return files.store(
        data=data,
        name=f"letter.{extension}",
        mime="application/pdf",
        origin="generated",
        owner_kind="document",
        owner_id=case.pk,
    )


def last_code(user: User) -> str:
    """Digits of the newest code in the queued message."""
    message = Message.objects.filter(person_id=user.pk, kind="signature").order_by("-created_at").first()
    assert message is not None
    found = re.search(r"\b(\d{6})\b", message.body["text"])
    assert found
    return found.group(1)


def wrong(digits: str) -> str:
    return f"{(int(digits) + 1) % 1_000_000:06d}"


def request_with_code(actor: Actor, document: Document) -> SignatureRequest:
    request = requests.request_signature(actor=actor, document_id=document.pk)
    show(actor, request)
    return send_code(actor, request)


def read(actor: Actor, request: SignatureRequest, session: str = SESSION) -> None:
    """The server has given the text to the signer in this session."""
    assert actor.user_id is not None
    deliveries.note(Delivery(request.document_id, actor.user_id, session, "text"))


def show(actor: Actor, request: SignatureRequest) -> SignatureRequest:
    """The signer's screen has shown the document to its end."""
    read(actor, request)
    return answers.note_shown(
        actor=actor, request_id=request.pk, document_sha256=request.document_sha256, session=SESSION
    )


def send_code(actor: Actor, request: SignatureRequest, session: str = SESSION) -> SignatureRequest:
    read(actor, request, session)
    return requests.send_code(
        actor=actor, request_id=request.pk, document_sha256=request.document_sha256, session=session
    )


def sign(user: User, document: Document) -> SignatureRequest:
    actor = actor_for(user)
    request = request_with_code(actor, document)
    return confirmation.confirm_signature(
        actor=actor, request_id=request.pk, digits=last_code(user), origin=ORIGIN
    )
