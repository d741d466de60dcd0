"""Signing goes on after a round that ended, and nobody signs twice in one, without a name, or after his time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kenes.accounts.models import User
from kenes.accounts.selectors import actor_for
from kenes.documents.errors import DocumentNotFound
from kenes.documents.models import Document
from kenes.files.testing import a_png
from kenes.foundation import clock
from kenes.foundation.errors import FieldErrors, KenesError
from kenes.signing import merging, selectors
from kenes.signing.eds.errors import NameMissing
from kenes.signing.errors import AlreadySigned, SignatureRequestClosed
from kenes.signing.evidence import people
from kenes.signing.methods import Method, ways
from kenes.signing.models import Signature, SignatureRequest, SignedPaper
from kenes.signing.services import answers, confirmation, papers, requests, rounds
from kenes.signing.states import RequestStatus, RoundStatus
from kenes.signing.tests.factories import ORIGIN, last_code, send_code, show
from kenes.signing.tests.rounds import Scene, give_power, make_scene, sign_by_sms, start, wish

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def _declined(scene: Scene) -> None:
    request = scene.request(scene.co_borrower)
    answers.decline_signature(actor=actor_for(scene.co_borrower), request_id=request.pk, reason="Сумма")


def _taken_back(scene: Scene) -> None:
    rounds.cancel_round(actor=actor_for(scene.manager), document_id=scene.document.pk)


def _late(scene: Scene) -> None:
    request = scene.request(scene.co_borrower)
    SignatureRequest.objects.filter(pk=request.pk).update(expires_at=clock.now() - timedelta(minutes=1))
    requests.expire_requests()


ENDINGS = pytest.mark.parametrize("end", [_declined, _taken_back, _late])


@ENDINGS
def test_who_has_signed_in_a_round_that_ended_signs_again(scene: Scene, end: Callable[[Scene], None]) -> None:
    start(scene, wish(scene.borrower), wish(scene.co_borrower))
    sign_by_sms(scene.borrower, scene.request(scene.borrower))
    end(scene)
    assert selectors.signatures_of(scene.document.pk) == []

    again = start(scene, wish(scene.borrower), wish(scene.co_borrower))
    for person in (scene.borrower, scene.co_borrower):
        sign_by_sms(person, scene.request(person))

    again.refresh_from_db()
    assert again.status == RoundStatus.COMPLETED
    made = selectors.signatures_of(scene.document.pk)
    assert [one.signer_id for one in made] == [scene.borrower.pk, scene.co_borrower.pk]
    # The first one is kept as it was made.
    assert Signature.objects.filter(signer=scene.borrower).count() == 2


@ENDINGS
def test_the_quick_way_is_open_after_a_round_that_ended(scene: Scene, end: Callable[[Scene], None]) -> None:
    start(scene, wish(scene.borrower), wish(scene.co_borrower))
    sign_by_sms(scene.borrower, scene.request(scene.borrower))
    actor = actor_for(scene.borrower)
    with pytest.raises(AlreadySigned):
        requests.request_signature(actor=actor, document_id=scene.document.pk)
    end(scene)
    sign_by_sms(scene.borrower, requests.request_signature(actor=actor, document_id=scene.document.pk))
    assert Document.objects.values_list("status", flat=True).get(pk=scene.document.pk) == "signed"


def test_a_signature_that_does_not_count_opens_no_evidence(scene: Scene) -> None:
    start(scene, wish(scene.borrower), wish(scene.co_borrower))
    sign_by_sms(scene.co_borrower, scene.request(scene.co_borrower))
    _taken_back(scene)
    scene.case.parties.filter(user=scene.co_borrower).update(removed_at=clock.now())
    sign_by_sms(
        scene.borrower,
        requests.request_signature(actor=actor_for(scene.borrower), document_id=scene.document.pk),
    )
    with pytest.raises(DocumentNotFound):
        people.get_document(actor=actor_for(scene.co_borrower), document_id=scene.document.pk)
    assert people.get_document(actor=actor_for(scene.borrower), document_id=scene.document.pk)


@pytest.mark.parametrize("has_signed", [False, True])
def test_nobody_is_named_twice_by_delegation(scene: Scene, has_signed: bool) -> None:
    representative = give_power(scene.borrower).representative
    start(scene, wish(scene.borrower), wish(representative), wish(scene.co_borrower))
    if has_signed:
        sign_by_sms(representative, scene.request(representative))
    own = scene.request(scene.borrower)
    with pytest.raises(FieldErrors) as refused:
        answers.delegate(actor=actor_for(scene.borrower), request_id=own.pk, person_id=representative.pk)
    assert [(one.pointer, one.code) for one in refused.value.errors] == [("/person_id", "already_named")]
    own.refresh_from_db()
    assert own.status == RequestStatus.PENDING
    assert SignatureRequest.objects.filter(signer=representative).count() == 1


def test_a_signature_without_a_name_is_not_made(scene: Scene) -> None:
    User.objects.filter(pk=scene.borrower.pk).update(full_name=" ")
    actor = actor_for(scene.borrower)
    request = requests.request_signature(actor=actor, document_id=scene.document.pk)
    show(actor, request)
    found = ways(SignatureRequest.objects.get(pk=request.pk))
    assert {one.reason_code for one in found} == {"signing.name_missing"}
    assert {one.method for one in found} == set(Method)
    with pytest.raises(NameMissing):
        send_code(actor, request)
    with pytest.raises(NameMissing):
        papers.hand_in(actor=actor, request_id=request.pk, data=a_png(), name="a.png")
    assert not SignedPaper.objects.exists()
    # He writes it, and signs.
    User.objects.filter(pk=scene.borrower.pk).update(full_name="Досымов Кайрат")
    sign_by_sms(scene.borrower, request)
    assert Signature.objects.get().signer_name == "Досымов Кайрат"


def test_nobody_without_a_name_approves(scene: Scene) -> None:
    start(scene, wish(scene.borrower), wish(scene.co_borrower, "approver"))
    User.objects.filter(pk=scene.co_borrower.pk).update(full_name="")
    request, actor = scene.request(scene.co_borrower), actor_for(scene.co_borrower)
    show(actor, request)
    with pytest.raises(NameMissing):
        answers.approve(actor=actor, request_id=request.pk)
    request.refresh_from_db()
    assert request.status == RequestStatus.PENDING


def test_after_his_time_nobody_is_told_that_the_document_changed(scene: Scene) -> None:
    actor = actor_for(scene.borrower)
    request = requests.request_signature(actor=actor, document_id=scene.document.pk)
    show(actor, request)
    send_code(actor, request)
    digits = last_code(scene.borrower)
    SignatureRequest.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    power = give_power(scene.borrower)
    tries: list[Callable[[], object]] = [
        lambda: show(actor, request),
        lambda: send_code(actor, request),
        lambda: papers.hand_in(actor=actor, request_id=request.pk, data=a_png(), name="a.png"),
        lambda: answers.delegate(actor=actor, request_id=request.pk, person_id=power.representative_id),
        lambda: confirmation.confirm_signature(
            actor=actor, request_id=request.pk, digits=digits, origin=ORIGIN
        ),
    ]
    for late in tries:
        with pytest.raises(KenesError) as refused:
            late()
        assert isinstance(refused.value, SignatureRequestClosed)
        assert refused.value.extra["current_status"] == "expired"
    request.refresh_from_db()
    assert request.status == RequestStatus.EXPIRED
    assert not Signature.objects.exists()


def test_of_two_accounts_of_one_person_one_answers_in_a_round(scene: Scene) -> None:
    start(scene, wish(scene.borrower), wish(scene.co_borrower))
    sign_by_sms(scene.borrower, scene.request(scene.borrower))
    merging._move(scene.co_borrower.pk, scene.borrower.pk)
    assert scene.request(scene.co_borrower).signer_id == scene.co_borrower.pk
