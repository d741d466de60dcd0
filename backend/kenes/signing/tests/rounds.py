"""People around a document that several sign: co-borrower, representative with a power, manager of the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from kenes.accounts.models import (
    Consent,
    ConsentText,
    PowerOfAttorney,
    PowerScope,
    Role,
    RoleGrant,
    User,
)
from kenes.accounts.selectors import actor_for
from kenes.cases.models import Case, Party, PartyRole
from kenes.documents.models import Document
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.signing.models import SignatureRequest, SignerRole, SigningRound
from kenes.signing.services import confirmation, rounds
from kenes.signing.services.rounds import SignerWish
from kenes.signing.tests.factories import (
    ORIGIN,
    accept_agreement,
    last_code,
    make_borrower,
    make_document,
    make_person,
    send_code,
    show,
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A letter of a borrower with his co-borrower and the manager of the case; both may sign by SMS."""

    borrower: User
    co_borrower: User
    manager: User
    document: Document

    @property
    def case(self) -> Case:
        return self.document.case

    def request(self, person: User) -> SignatureRequest:
        return SignatureRequest.objects.filter(signer=person, document=self.document).latest("created_at")


def make_scene() -> Scene:
    borrower = make_borrower()
    document = make_document(borrower)
    co_borrower = join(document, PartyRole.CO_BORROWER)
    manager = make_person(full_name="Иманов Арман", role=Role.MANAGER)
    Case.objects.filter(pk=document.case_id).update(assignee=manager)
    document.case.refresh_from_db()
    return Scene(borrower, co_borrower, manager, document)


def join(document: Document, role: str, name: str = "Досымова Алия") -> User:
    """Somebody takes part in the case of the document, and may sign by SMS."""
    specialist = role in (PartyRole.LAWYER, PartyRole.MEDIATOR, PartyRole.NOTARY)
    person = make_person(full_name=name)
    accept_agreement(person)
    Party.objects.create(
        case=document.case, user=person, role=role, added_at=clock.now(),
        obligation=None if specialist else document.obligation,
    )  # fmt: skip
    return person


def accept(person: User, kind: str) -> Consent:
    """The person agrees to a text that asks for no code."""
    text, _ = ConsentText.objects.get_or_create(
        kind=kind, version=1, language="ru",
        defaults={"title": "Согласие", "body": "Текст", "sha256": "c" * 64, "needs_lawyer_review": True},
    )  # fmt: skip
    return Consent.objects.create(person=person, text=text, kind=text.kind, version=text.version)


def give_power(
    principal: User, scope: tuple[str, ...] = (PowerScope.VIEW, PowerScope.SIGN)
) -> PowerOfAttorney:
    """A power in force, to somebody who may sign by SMS."""
    representative = make_person(full_name="Сейтова Дана", role=Role.REPRESENTATIVE)
    accept_agreement(representative)
    RoleGrant.objects.get_or_create(user=representative, role=Role.REPRESENTATIVE)
    return PowerOfAttorney.objects.create(
        principal=principal, representative=representative, scope=list(scope), number="17", issued_by="Нотариус",
        valid_from=clock.today() - timedelta(days=1), valid_until=clock.today() + timedelta(days=100),
        status=PowerOfAttorney.Status.ACTIVE, created_by=principal,
    )  # fmt: skip


def wish(person: User, role: str = SignerRole.SIGNER.value, position: int = 1, days: int = 30) -> SignerWish:
    return SignerWish(person.pk, role, position, days)


def start(
    scene: Scene, *wishes: SignerWish, is_ordered: bool = False, by: User | None = None
) -> SigningRound:
    return rounds.start_round(
        actor=actor_for(by or scene.manager), document_id=scene.document.pk, is_ordered=is_ordered, wishes=wishes
    )  # fmt: skip


def two_in_order(scene: Scene) -> SigningRound:
    """The borrower signs, then the co-borrower."""
    return start(scene, wish(scene.borrower), wish(scene.co_borrower, position=2), is_ordered=True)


def sign_by_sms(person: User, request: SignatureRequest) -> SignatureRequest:
    actor = actor_for(person)
    show(actor, request)
    send_code(actor, request)
    return confirmation.confirm_signature(
        actor=actor, request_id=request.pk, digits=last_code(person), origin=ORIGIN
    )


def actor(person: User) -> Actor:
    return actor_for(person)
