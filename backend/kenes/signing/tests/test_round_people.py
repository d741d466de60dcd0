"""Who signs: people of the case as the kind allows, representatives by a power that holds, copies at the end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kenes.accounts import powers
from kenes.accounts.models import ConsentKind, Membership, Organisation, PowerOfAttorney, Role, User
from kenes.accounts.selectors import actor_for
from kenes.cases.models import Party, PartyRole
from kenes.creditors.models import Creditor
from kenes.documents import selectors as documents
from kenes.documents.errors import DocumentNotFound
from kenes.documents.models import Document
from kenes.files.testing import a_png
from kenes.foundation import clock
from kenes.foundation.errors import FieldErrors, Forbidden
from kenes.signing import round_selectors
from kenes.signing.errors import (
    NotASigner,
    PowerEnded,
    SignatureCodeExpired,
    SignatureRequestClosed,
    WrongWay,
)
from kenes.signing.models import Signature, SignatureRequest, SigningRound
from kenes.signing.services import answers, confirmation, papers
from kenes.signing.states import RequestStatus
from kenes.signing.tests.factories import (
    ORIGIN,
    last_code,
    make_borrower,
    make_person,
    send_code,
    show,
)
from kenes.signing.tests.rounds import (
    Scene,
    accept,
    give_power,
    join,
    make_scene,
    sign_by_sms,
    start,
    two_in_order,
    wish,
)

pytestmark = pytest.mark.django_db(transaction=True)
PHOTO = a_png()


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def _status(scene: Scene) -> str:
    return Document.objects.values_list("status", flat=True).get(pk=scene.document.pk)


def test_a_code_of_one_request_does_not_answer_another_of_the_same_document(scene: Scene) -> None:
    """A representative who signs for himself and for the borrower needs a code for each."""
    power = give_power(scene.borrower)
    start(scene, wish(scene.borrower))
    given = answers.delegate(
        actor=actor_for(scene.borrower),
        request_id=scene.request(scene.borrower).pk,
        person_id=power.representative_id,
    )
    actor = actor_for(power.representative)
    show(actor, given)
    send_code(actor, given)
    digits = last_code(power.representative)
    SignatureRequest.objects.filter(pk=given.pk).update(status=RequestStatus.CANCELLED)
    again = SignatureRequest.objects.get(pk=given.pk)
    again.pk, again.status, again.delegated_from = None, RequestStatus.IN_PROGRESS, None
    again.save(force_insert=True)

    with pytest.raises(SignatureCodeExpired):
        confirmation.confirm_signature(actor=actor, request_id=again.pk, digits=digits, origin=ORIGIN)
    assert not Signature.objects.exists()


def test_a_representative_signs_by_his_power(scene: Scene) -> None:
    power = give_power(scene.borrower)
    two_in_order(scene)
    own = scene.request(scene.borrower)

    given = answers.delegate(
        actor=actor_for(scene.borrower), request_id=own.pk, person_id=power.representative_id
    )

    own.refresh_from_db()
    assert own.status == RequestStatus.DELEGATED
    with pytest.raises(SignatureRequestClosed):
        send_code(actor_for(scene.borrower), own)
    with pytest.raises(WrongWay):
        answers.delegate(
            actor=actor_for(power.representative), request_id=given.pk, person_id=scene.co_borrower.pk
        )
    sign_by_sms(power.representative, given)
    signature = Signature.objects.get()
    assert (signature.signer_id, signature.principal_id, signature.power_id) == (
        power.representative_id,
        scene.borrower.pk,
        power.pk,
    )
    sign_by_sms(scene.co_borrower, scene.request(scene.co_borrower))
    assert _status(scene) == "signed"


@pytest.mark.parametrize("end", ["revoked", "expired"])
def test_a_power_that_ended_after_the_delegation_signs_nothing(scene: Scene, end: str) -> None:
    power = give_power(scene.borrower)
    start(scene, wish(scene.borrower))
    given = answers.delegate(
        actor=actor_for(scene.borrower),
        request_id=scene.request(scene.borrower).pk,
        person_id=power.representative_id,
    )
    actor = actor_for(power.representative)
    show(actor, given)
    send_code(actor, given)
    if end == "revoked":
        powers.revoke(actor=actor_for(scene.borrower), power_id=power.pk)
    else:
        PowerOfAttorney.objects.update(valid_until=clock.today() - timedelta(days=1))

    with pytest.raises(PowerEnded):
        confirmation.confirm_signature(
            actor=actor, request_id=given.pk, digits=last_code(power.representative), origin=ORIGIN
        )

    assert not Signature.objects.exists()
    with pytest.raises(DocumentNotFound):
        documents.get_document(actor=actor_for(power.representative), document_id=scene.document.pk)


@pytest.mark.parametrize("scope", [("view",), ("view", "act")])
def test_a_power_without_signing_is_not_enough(scene: Scene, scope: tuple[str, ...]) -> None:
    power = give_power(scene.borrower, scope)
    start(scene, wish(scene.borrower))
    with pytest.raises(FieldErrors):
        answers.delegate(
            actor=actor_for(scene.borrower),
            request_id=scene.request(scene.borrower).pk,
            person_id=power.representative_id,
        )
    assert SignatureRequest.objects.count() == 1


def test_who_has_left_the_case_signs_and_reads_nothing(scene: Scene) -> None:
    two_in_order(scene)
    sign_by_sms(scene.borrower, scene.request(scene.borrower))
    documents.get_document(actor=actor_for(scene.co_borrower), document_id=scene.document.pk)
    Party.objects.filter(user=scene.co_borrower).update(removed_at=clock.now())

    with pytest.raises(NotASigner):
        send_code(actor_for(scene.co_borrower), scene.request(scene.co_borrower))
    with pytest.raises(DocumentNotFound):
        documents.get_document(actor=actor_for(scene.co_borrower), document_id=scene.document.pk)


def test_a_copy_is_given_when_everybody_has_signed(scene: Scene) -> None:
    start(scene, wish(scene.borrower), wish(scene.co_borrower, "copy"))
    reader, request = actor_for(scene.co_borrower), scene.request(scene.co_borrower)
    with pytest.raises(DocumentNotFound):
        documents.get_document(actor=reader, document_id=scene.document.pk)
    with pytest.raises(WrongWay):
        answers.decline_signature(actor=reader, request_id=request.pk, reason="")
    assert not round_selectors.mine(actor=reader, state="all").exists()

    sign_by_sms(scene.borrower, scene.request(scene.borrower))

    assert documents.get_document(actor=reader, document_id=scene.document.pk)
    assert round_selectors.mine(actor=reader, state="done").get().pk == request.pk


def test_only_people_of_the_case_can_be_named_and_only_as_the_kind_allows(scene: Scene) -> None:
    stranger = make_borrower()
    lawyer = join(scene.document, PartyRole.LAWYER, "Ахметов Юрий")
    for wishes, pointer in (
        ([wish(stranger)], "/signers/0/person_id"),
        ([wish(scene.borrower), wish(lawyer)], "/signers/1/role"),
        ([wish(scene.borrower), wish(scene.borrower)], "/signers/1/person_id"),
        ([wish(scene.borrower, "approver")], "/signers"),
    ):
        with pytest.raises(FieldErrors) as caught:
            start(scene, *wishes)
        assert caught.value.errors[0].pointer == pointer
    assert not SigningRound.objects.exists()
    Document.objects.filter(pk=scene.document.pk).update(code="ADDENDUM_RESTRUCT")
    start(scene, wish(scene.borrower), wish(lawyer))
    assert SignatureRequest.objects.count() == 2


def _lender(scene: Scene) -> User:
    """An officer of the lender of this document; his organisation is checked."""
    organisation = Organisation.objects.create(
        kind="creditor", name="АО «Банк»", bin="990440000004", checked_at=clock.now()
    )
    assert scene.document.obligation is not None
    Creditor.objects.filter(pk=scene.document.obligation.creditor_id).update(organisation=organisation)
    officer = make_person(full_name="Касымов Ерлан", role=Role.CREDITOR_OFFICER)
    Membership.objects.create(user=officer, organisation=organisation)
    return officer


def test_an_officer_of_the_lender_is_named_by_staff_for_documents_of_both_sides_alone(scene: Scene) -> None:
    officer = _lender(scene)
    with pytest.raises(FieldErrors):
        start(scene, wish(scene.borrower), wish(officer))
    Document.objects.filter(pk=scene.document.pk).update(code="ADDENDUM_RESTRUCT")
    with pytest.raises(FieldErrors):
        start(scene, wish(scene.borrower), wish(officer))
    accept(scene.borrower, ConsentKind.CREDITOR_TRANSFER)
    with pytest.raises(FieldErrors):
        start(scene, wish(scene.borrower), wish(officer), by=scene.borrower)

    start(scene, wish(scene.borrower), wish(officer))

    request = scene.request(officer)
    assert (request.party_role, request.organisation_id is not None) == ("creditor", True)
    assert documents.get_document(actor=actor_for(officer), document_id=scene.document.pk)
    Membership.objects.update(ended_at=clock.now())
    with pytest.raises(DocumentNotFound):
        documents.get_document(actor=actor_for(officer), document_id=scene.document.pk)
    with pytest.raises(NotASigner):
        papers.hand_in(actor=actor_for(officer), request_id=request.pk, data=PHOTO, name="a.png")


def test_who_does_not_keep_the_case_chooses_nobody(scene: Scene) -> None:
    with pytest.raises((Forbidden, DocumentNotFound)):
        start(scene, wish(scene.borrower), by=scene.co_borrower)
    with pytest.raises(DocumentNotFound):
        start(scene, wish(scene.borrower), by=make_borrower())
    assert not SigningRound.objects.exists()
