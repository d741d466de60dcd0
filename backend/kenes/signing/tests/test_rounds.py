"""Several signers: order, roles, endings, delegation. Each refusal is looked at for what it kept from happening."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kenes.accounts.selectors import actor_for
from kenes.cases.models import Case, PartyRole
from kenes.documents.models import Document
from kenes.event_log.models import EventRow
from kenes.files.models import StoredFile
from kenes.files.testing import a_png
from kenes.foundation import clock
from kenes.foundation.errors import Forbidden, Throttled
from kenes.messaging.models import Message
from kenes.outbox.models import OutboxRow
from kenes.signing import round_selectors, selectors
from kenes.signing.errors import (
    AlreadySigned,
    DocumentChanged,
    DocumentNotReady,
    NotYourTurn,
    OtherSession,
    RoundClosed,
    RoundOpen,
    SignatureCodeExpired,
    SignatureRequestClosed,
    SignatureRequestNotFound,
    TextNotShown,
    WrongWay,
)
from kenes.signing.models import Signature, SignatureRequest, SigningRound, VerificationRecord
from kenes.signing.services import answers, confirmation, papers, reminders, requests, rounds
from kenes.signing.services.recording import Origin
from kenes.signing.states import RequestStatus, RoundStatus
from kenes.signing.tests.factories import (
    ORIGIN,
    SESSION,
    last_code,
    make_borrower,
    send_code,
    show,
)
from kenes.signing.tests.rounds import (
    Scene,
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


def test_two_sign_in_order_and_the_document_is_signed_once(scene: Scene) -> None:
    signing = two_in_order(scene)
    sign_by_sms(scene.borrower, scene.request(scene.borrower))

    assert _status(scene) == "ready_to_sign"
    assert not VerificationRecord.objects.exists()
    assert (
        not OutboxRow.objects.filter(handler__endswith="seal_signed_document")
        .filter(
            payload__event_id__in=list(
                EventRow.objects.filter(data__is_last=True).values_list("pk", flat=True)
            )
        )
        .exists()
    )

    sign_by_sms(scene.co_borrower, scene.request(scene.co_borrower))

    signing.refresh_from_db()
    assert (_status(scene), signing.status) == ("signed", RoundStatus.COMPLETED)
    made = selectors.signatures_of(scene.document.pk)
    assert [one.signer_id for one in made] == [scene.borrower.pk, scene.co_borrower.pk]
    assert VerificationRecord.objects.get().signature_id == made[-1].pk
    assert EventRow.objects.filter(type="document.signed").count() == 1
    assert [
        row.data["is_last"] for row in EventRow.objects.filter(type="signature.signed").order_by("seq")
    ] == [
        False,
        True,
    ]


WAYS = ("send_code", "confirm", "paper", "delegate")


@pytest.mark.parametrize("way", WAYS)
def test_nobody_signs_before_his_turn(scene: Scene, way: str) -> None:
    two_in_order(scene)
    request, actor = scene.request(scene.co_borrower), actor_for(scene.co_borrower)
    power = give_power(scene.co_borrower)
    show(actor, request)
    tries = {
        "send_code": lambda: send_code(actor, request),
        "confirm": lambda: confirmation.confirm_signature(
            actor=actor, request_id=request.pk, digits="000000", origin=ORIGIN
        ),
        "paper": lambda: papers.hand_in(actor=actor, request_id=request.pk, data=PHOTO, name="a.png"),
        "delegate": lambda: answers.delegate(
            actor=actor, request_id=request.pk, person_id=power.representative_id
        ),
    }

    with pytest.raises(NotYourTurn):
        tries[way]()

    assert not Signature.objects.exists()
    assert not Message.objects.filter(kind="signature").exists()
    assert not StoredFile.objects.filter(owner_kind="signed_paper").exists()
    request.refresh_from_db()
    assert request.status == RequestStatus.PENDING


def test_an_approver_waits_for_his_turn_and_signs_nothing(scene: Scene) -> None:
    start(scene, wish(scene.borrower), wish(scene.co_borrower, "approver", 2), is_ordered=True)
    request, actor = scene.request(scene.co_borrower), actor_for(scene.co_borrower)
    show(actor, request)
    with pytest.raises(NotYourTurn):
        answers.approve(actor=actor, request_id=request.pk)
    sign_by_sms(scene.borrower, scene.request(scene.borrower))
    with pytest.raises(WrongWay):
        send_code(actor, request)
    with pytest.raises(WrongWay):
        papers.hand_in(actor=actor, request_id=request.pk, data=PHOTO, name="a.png")
    assert _status(scene) == "ready_to_sign"

    approved = answers.approve(actor=actor, request_id=request.pk)

    assert approved.status == RequestStatus.APPROVED
    assert _status(scene) == "signed"
    assert Signature.objects.count() == 1
    with pytest.raises(AlreadySigned):
        answers.approve(actor=actor, request_id=request.pk)


def test_a_signer_does_not_just_approve(scene: Scene) -> None:
    two_in_order(scene)
    request, actor = scene.request(scene.borrower), actor_for(scene.borrower)
    show(actor, request)
    with pytest.raises(WrongWay):
        answers.approve(actor=actor, request_id=request.pk)
    assert not SignatureRequest.objects.filter(status=RequestStatus.APPROVED).exists()


def test_without_order_anybody_may_be_first(scene: Scene) -> None:
    start(scene, wish(scene.borrower), wish(scene.co_borrower, position=2))

    sign_by_sms(scene.co_borrower, scene.request(scene.co_borrower))

    assert _status(scene) == "ready_to_sign"
    sign_by_sms(scene.borrower, scene.request(scene.borrower))
    assert _status(scene) == "signed"


def test_a_link_that_was_passed_on_opens_nothing(scene: Scene) -> None:
    two_in_order(scene)
    request = scene.request(scene.co_borrower)
    for other in (scene.borrower, scene.manager, make_borrower()):
        actor = actor_for(other)
        for attempt in (
            lambda actor=actor: selectors.get_request(actor=actor, request_id=request.pk),
            lambda actor=actor: send_code(actor, request),
            lambda actor=actor: answers.decline_signature(actor=actor, request_id=request.pk, reason=""),
            lambda actor=actor: show(actor, request),
        ):
            with pytest.raises(SignatureRequestNotFound):
                attempt()
    request.refresh_from_db()
    assert (request.status, request.text_shown_at) == (RequestStatus.PENDING, None)


def test_the_code_is_taken_only_where_it_was_asked_for(scene: Scene) -> None:
    two_in_order(scene)
    request, actor = scene.request(scene.borrower), actor_for(scene.borrower)
    show(actor, request)
    send_code(actor, request)
    elsewhere = Origin(ip="203.0.113.9", user_agent="Other", session="9" * 64)

    for _ in range(6):
        with pytest.raises(OtherSession):
            confirmation.confirm_signature(
                actor=actor, request_id=request.pk, digits=last_code(scene.borrower), origin=elsewhere
            )
    assert not Signature.objects.exists()

    # The tries were not spent either.
    confirmation.confirm_signature(
        actor=actor, request_id=request.pk, digits=last_code(scene.borrower), origin=ORIGIN
    )
    assert Signature.objects.count() == 1


def test_the_code_ends_with_the_number_it_went_to(scene: Scene) -> None:
    two_in_order(scene)
    request, actor = scene.request(scene.borrower), actor_for(scene.borrower)
    show(actor, request)
    send_code(actor, request)
    digits = last_code(scene.borrower)
    scene.borrower.phone = "+77019999999"
    scene.borrower.save(update_fields=["phone"])

    with pytest.raises(SignatureCodeExpired):
        confirmation.confirm_signature(actor=actor, request_id=request.pk, digits=digits, origin=ORIGIN)

    assert not Signature.objects.exists()


def test_what_was_not_shown_is_not_signed(scene: Scene) -> None:
    two_in_order(scene)
    request, actor = scene.request(scene.borrower), actor_for(scene.borrower)
    send_code(actor, request)
    with pytest.raises(TextNotShown):
        confirmation.confirm_signature(
            actor=actor, request_id=request.pk, digits=last_code(scene.borrower), origin=ORIGIN
        )
    with pytest.raises(DocumentChanged):
        answers.note_shown(actor=actor, request_id=request.pk, document_sha256="0" * 64, session=SESSION)
    request.refresh_from_db()
    assert (Signature.objects.count(), request.text_shown_at) == (0, None)


def test_declining_ends_the_round_for_everybody_and_says_why(scene: Scene) -> None:
    signing = two_in_order(scene)
    sign_by_sms(scene.borrower, scene.request(scene.borrower))
    request = scene.request(scene.co_borrower)

    answers.decline_signature(actor=actor_for(scene.co_borrower), request_id=request.pk, reason="Сумма не та")

    signing.refresh_from_db()
    assert signing.status == RoundStatus.DECLINED
    assert _status(scene) == "ready_to_sign"
    assert selectors.signatures_of(scene.document.pk) == []
    seen = round_selectors.round_of_document(actor=actor_for(scene.borrower), document_id=scene.document.pk)
    assert [one.reason for one in seen.signers] == ["", "Сумма не та"]
    assert "Сумма" not in str(list(EventRow.objects.values_list("data", flat=True)))


def test_cancelling_closes_what_waits_and_only_who_began_it_or_staff_may(scene: Scene) -> None:
    signing = two_in_order(scene)
    with pytest.raises(Forbidden):
        rounds.cancel_round(actor=actor_for(scene.borrower), document_id=scene.document.pk)
    signing.refresh_from_db()
    assert signing.status == RoundStatus.OPEN

    rounds.cancel_round(actor=actor_for(scene.manager), document_id=scene.document.pk)

    assert set(SignatureRequest.objects.values_list("status", flat=True)) == {"cancelled"}
    with pytest.raises(SignatureRequestClosed):
        send_code(actor_for(scene.borrower), scene.request(scene.borrower))
    with pytest.raises(RoundClosed):
        rounds.cancel_round(actor=actor_for(scene.manager), document_id=scene.document.pk)


def test_a_completed_round_cannot_be_taken_back(scene: Scene) -> None:
    start(scene, wish(scene.borrower))
    sign_by_sms(scene.borrower, scene.request(scene.borrower))
    with pytest.raises(RoundClosed):
        rounds.cancel_round(actor=actor_for(scene.manager), document_id=scene.document.pk)
    assert SigningRound.objects.get().status == RoundStatus.COMPLETED


def test_choosing_anew_keeps_what_was_signed(scene: Scene) -> None:
    first = two_in_order(scene)
    sign_by_sms(scene.borrower, scene.request(scene.borrower))
    guarantor = join(scene.document, PartyRole.GUARANTOR, "Ким Ольга")

    second = rounds.replace_round(
        actor=actor_for(scene.manager), document_id=scene.document.pk, is_ordered=False,
        wishes=[wish(scene.borrower), wish(guarantor)],
    )  # fmt: skip

    first.refresh_from_db()
    assert (first.status, second.replaces_id) == (RoundStatus.REPLACED, first.pk)
    with pytest.raises(SignatureRequestClosed):
        send_code(actor_for(scene.co_borrower), scene.request(scene.co_borrower))
    sign_by_sms(guarantor, scene.request(guarantor))
    assert _status(scene) == "signed"
    assert {one.signer_id for one in selectors.signatures_of(scene.document.pk)} == {
        scene.borrower.pk,
        guarantor.pk,
    }


def test_a_replaced_version_fails_the_round(scene: Scene) -> None:
    signing = two_in_order(scene)
    sign_by_sms(scene.borrower, scene.request(scene.borrower))

    requests.close_requests_of(document_id=scene.document.pk)

    signing.refresh_from_db()
    assert signing.status == RoundStatus.FAILED
    assert scene.request(scene.co_borrower).status == RequestStatus.FAILED
    assert scene.request(scene.borrower).status == RequestStatus.SIGNED
    with pytest.raises(SignatureRequestClosed):
        send_code(actor_for(scene.co_borrower), scene.request(scene.co_borrower))


def test_one_whose_time_is_over_ends_the_round(scene: Scene) -> None:
    signing = start(scene, wish(scene.borrower, days=2), wish(scene.co_borrower, days=30))
    with clock.frozen(clock.now() + timedelta(days=2, seconds=1)):
        with pytest.raises(SignatureRequestClosed):
            send_code(actor_for(scene.borrower), scene.request(scene.borrower))
        assert requests.expire_requests() == 1

    signing.refresh_from_db()
    assert signing.status == RoundStatus.EXPIRED
    assert scene.request(scene.borrower).status == RequestStatus.EXPIRED
    assert scene.request(scene.co_borrower).status == RequestStatus.FAILED


def test_the_quick_way_finds_its_place_in_a_round_and_makes_none_beside_it(scene: Scene) -> None:
    two_in_order(scene)
    quick = requests.request_signature(actor=actor_for(scene.borrower), document_id=scene.document.pk)
    assert quick.pk == scene.request(scene.borrower).pk
    rounds.cancel_round(actor=actor_for(scene.manager), document_id=scene.document.pk)
    start(scene, wish(scene.co_borrower))
    with pytest.raises(RoundOpen):
        requests.request_signature(actor=actor_for(scene.borrower), document_id=scene.document.pk)
    assert SigningRound.objects.filter(status="open").count() == 1


def test_a_quick_request_that_was_only_looked_at_makes_way(scene: Scene) -> None:
    quick = requests.request_signature(actor=actor_for(scene.borrower), document_id=scene.document.pk)
    two_in_order(scene)
    quick.refresh_from_db()
    assert quick.status == RequestStatus.CANCELLED

    with pytest.raises(RoundOpen):
        two_in_order(scene)
    assert SigningRound.objects.filter(status="open").count() == 1


def test_nobody_signs_in_a_case_that_has_ended(scene: Scene) -> None:
    two_in_order(scene)
    Case.objects.filter(pk=scene.case.pk).update(status="cancelled")
    actor, request = actor_for(scene.borrower), scene.request(scene.borrower)
    for attempt in (
        lambda: show(actor, request),
        lambda: send_code(actor, request),
        lambda: papers.hand_in(actor=actor, request_id=request.pk, data=PHOTO, name="a.png"),
    ):
        with pytest.raises(DocumentNotReady):
            attempt()
    assert not StoredFile.objects.filter(owner_kind="signed_paper").exists()


def test_reminding_by_hand_is_limited_and_for_who_keeps_the_round(scene: Scene) -> None:
    two_in_order(scene)
    first, second = scene.request(scene.borrower), scene.request(scene.co_borrower)
    manager = actor_for(scene.manager)
    with pytest.raises(Throttled):
        reminders.remind(actor=manager, request_id=first.pk)
    with clock.frozen(clock.now() + timedelta(days=1, seconds=1)):
        with pytest.raises(NotYourTurn):
            reminders.remind(actor=manager, request_id=second.pk)
        with pytest.raises((Forbidden, SignatureRequestNotFound)):
            reminders.remind(actor=actor_for(scene.co_borrower), request_id=first.pk)
        reminders.remind(actor=manager, request_id=first.pk)
        with pytest.raises(Throttled):
            reminders.remind(actor=manager, request_id=first.pk)
    assert EventRow.objects.filter(type="signature.reminded").count() == 1
