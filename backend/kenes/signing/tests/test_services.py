from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError

from kenes.accounts.models import Consent, OneTimeCode, Role
from kenes.accounts.selectors import actor_for
from kenes.documents.models import Document
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldErrors, Forbidden, NotFound, Throttled
from kenes.messaging.models import Message
from kenes.signing.errors import (
    AgreementMissing,
    AlreadySigned,
    DocumentChanged,
    DocumentNotReady,
    SignatureCodeExpired,
    SignatureRequestClosed,
    SignatureRequestNotFound,
    SignatureTriesSpent,
)
from kenes.signing.models import Signature, SignatureRequest, VerificationRecord
from kenes.signing.services import answers, confirmation, requests
from kenes.signing.services.locking import bound_hash
from kenes.signing.states import RequestStatus
from kenes.signing.tests.factories import (
    ORIGIN,
    SESSION,
    last_code,
    make_borrower,
    make_document,
    make_person,
    request_with_code,
    send_code,
    sign,
    wrong,
)

pytestmark = pytest.mark.django_db(transaction=True)


def _confirm(actor: Actor, request: SignatureRequest, digits: str) -> SignatureRequest:
    return confirmation.confirm_signature(actor=actor, request_id=request.pk, digits=digits, origin=ORIGIN)


def test_a_second_request_for_the_same_document_is_the_first_one() -> None:
    borrower = make_borrower()
    document = make_document(borrower)

    first = requests.request_signature(actor=actor_for(borrower), document_id=document.pk)
    second = requests.request_signature(actor=actor_for(borrower), document_id=document.pk)

    assert first.pk == second.pk
    assert first.document_sha256 == document.sha256


def test_signing_keeps_who_what_when_how_and_on_what_ground() -> None:
    borrower = make_borrower()
    document = make_document(borrower)

    request = sign(borrower, document)

    signature = Signature.objects.get(request=request)
    assert request.status == RequestStatus.SIGNED
    assert signature.signer_id == borrower.pk
    assert signature.signer_name == borrower.full_name
    assert signature.document_sha256 == document.sha256
    assert signature.method == "sms"
    assert signature.phone == borrower.phone
    assert (signature.ip, signature.user_agent) == (ORIGIN.ip, ORIGIN.user_agent)
    assert signature.code is not None
    assert signature.code.closed_as == OneTimeCode.Closed.CONFIRMED
    assert signature.code.bound_hash == bound_hash(request)
    assert signature.consent == Consent.objects.get(person=borrower)
    document.refresh_from_db()
    assert document.status == Document.Status.SIGNED
    record = VerificationRecord.objects.get(signature=signature)
    assert record.original_sha256 == document.sha256
    assert len(record.token) >= 22  # 128 bits in base64


def test_signing_records_one_event_with_ids_and_hashes_and_no_personal_data() -> None:
    borrower = make_borrower()
    document = make_document(borrower)

    sign(borrower, document)

    event = EventRow.objects.get(type="signature.signed")
    assert event.data["document_sha256"] == document.sha256
    assert event.stream.subject_id == document.case_id
    kept = str(list(EventRow.objects.values_list("data", "actor")))
    assert borrower.phone not in kept
    assert "Досымов" not in kept


def test_the_code_is_in_the_message_alone_and_the_message_is_sensitive() -> None:
    borrower = make_borrower()
    document = make_document(borrower)
    request_with_code(actor_for(borrower), document)

    message = Message.objects.get(person_id=borrower.pk, kind="signature")

    assert message.sensitive
    assert document.number in message.body["text"]
    code = OneTimeCode.objects.get(purpose="signature")
    assert last_code(borrower) not in f"{code.code_hash}{code.bound_hash}"


def test_a_wrong_code_is_counted_and_five_wrong_ones_close_the_code() -> None:
    borrower = make_borrower()
    actor = actor_for(borrower)
    request = request_with_code(actor, make_document(borrower))
    bad = wrong(last_code(borrower))

    left = []
    for _ in range(4):
        with pytest.raises(FieldErrors) as caught:
            _confirm(actor, request, bad)
        left.append((caught.value.errors[0].extra or {})["tries_left"])
    assert left == [4, 3, 2, 1]
    with pytest.raises(SignatureTriesSpent):
        _confirm(actor, request, bad)
    with pytest.raises(SignatureTriesSpent):
        _confirm(actor, request, last_code(borrower))
    assert not Signature.objects.exists()


def test_after_spent_tries_a_new_code_signs() -> None:
    borrower = make_borrower()
    actor = actor_for(borrower)
    document = make_document(borrower)
    request = request_with_code(actor, document)
    bad = wrong(last_code(borrower))
    for _ in range(5):
        with pytest.raises((FieldErrors, SignatureTriesSpent)):
            _confirm(actor, request, bad)

    send_code(actor, request)

    assert _confirm(actor, request, last_code(borrower)).status == RequestStatus.SIGNED


def test_a_code_ends_after_five_minutes() -> None:
    borrower = make_borrower()
    actor = actor_for(borrower)
    request = request_with_code(actor, make_document(borrower))
    digits = last_code(borrower)

    with clock.frozen(clock.now() + timedelta(minutes=5, seconds=1)), pytest.raises(SignatureCodeExpired):
        _confirm(actor, request, digits)

    assert not Signature.objects.exists()


def test_a_replaced_code_does_not_sign() -> None:
    borrower = make_borrower()
    actor = actor_for(borrower)
    document = make_document(borrower)
    request = request_with_code(actor, document)
    first = last_code(borrower)
    with clock.frozen(clock.now() + timedelta(seconds=40)):
        send_code(actor, request)
        if first != last_code(borrower):
            with pytest.raises(FieldErrors):
                _confirm(actor, request, first)


def test_the_code_is_not_sent_again_before_its_time() -> None:
    borrower = make_borrower()
    actor = actor_for(borrower)
    document = make_document(borrower)
    request = request_with_code(actor, document)

    with pytest.raises(Throttled) as caught:
        send_code(actor, request)

    assert 0 < caught.value.extra["retry_after"] <= 30


def test_a_code_for_one_document_does_not_sign_another() -> None:
    borrower = make_borrower()
    actor = actor_for(borrower)
    first, second = make_document(borrower), make_document(borrower)
    request_with_code(actor, first)
    digits = last_code(borrower)
    other = request_with_code(actor, second)
    if digits != last_code(borrower):
        with pytest.raises(FieldErrors):
            _confirm(actor, other, digits)

    assert not Signature.objects.exists()


def test_without_the_agreement_no_code_is_sent_and_nothing_is_signed() -> None:
    borrower = make_person()
    actor = actor_for(borrower)
    document = make_document(borrower)
    request = requests.request_signature(actor=actor, document_id=document.pk)

    with pytest.raises(AgreementMissing):
        send_code(actor, request)

    assert not Message.objects.exists()


def test_an_agreement_withdrawn_after_the_code_stops_the_signature() -> None:
    borrower = make_borrower()
    actor = actor_for(borrower)
    request = request_with_code(actor, make_document(borrower))
    Consent.objects.update(withdrawn_at=clock.now())

    with pytest.raises(AgreementMissing):
        _confirm(actor, request, last_code(borrower))


def test_another_hash_than_the_one_on_the_screen_is_refused() -> None:
    borrower = make_borrower()
    actor = actor_for(borrower)
    request = requests.request_signature(actor=actor, document_id=make_document(borrower).pk)

    with pytest.raises(DocumentChanged):
        requests.send_code(actor=actor, request_id=request.pk, document_sha256="0" * 64, session=SESSION)


def test_a_document_replaced_after_the_code_is_not_signed_and_the_request_fails() -> None:
    borrower = make_borrower()
    actor = actor_for(borrower)
    document = make_document(borrower)
    request = request_with_code(actor, document)
    Document.objects.filter(pk=document.pk).update(sha256="1" * 64)

    with pytest.raises(DocumentChanged):
        _confirm(actor, request, last_code(borrower))

    request.refresh_from_db()
    assert request.status == RequestStatus.FAILED
    assert OneTimeCode.objects.get(purpose="signature").closed_as == OneTimeCode.Closed.CANCELLED
    assert not Signature.objects.exists()
    fresh = requests.request_signature(actor=actor, document_id=document.pk)
    assert (fresh.pk, fresh.document_sha256) != (request.pk, request.document_sha256)


def test_a_document_that_does_not_wait_for_a_signature_cannot_be_asked_for() -> None:
    borrower = make_borrower()
    document = make_document(borrower)
    Document.objects.filter(pk=document.pk).update(status=Document.Status.PREPARING)

    with pytest.raises(DocumentNotReady):
        requests.request_signature(actor=actor_for(borrower), document_id=document.pk)


def test_signing_twice_is_already_signed_everywhere() -> None:
    borrower = make_borrower()
    actor = actor_for(borrower)
    document = make_document(borrower)
    request = sign(borrower, document)

    with pytest.raises(AlreadySigned):
        _confirm(actor, request, "000000")
    with pytest.raises(AlreadySigned):
        requests.request_signature(actor=actor, document_id=document.pk)
    with pytest.raises(AlreadySigned):
        send_code(actor, request)
    with pytest.raises(AlreadySigned):
        answers.decline_signature(actor=actor, request_id=request.pk, reason="")

    assert Signature.objects.count() == 1


def test_declining_keeps_the_reason_encrypted_and_stops_the_code() -> None:
    borrower = make_borrower()
    actor = actor_for(borrower)
    document = make_document(borrower)
    request = request_with_code(actor, document)
    digits = last_code(borrower)

    declined = answers.decline_signature(actor=actor, request_id=request.pk, reason="Сумма указана неверно")

    assert declined.status == RequestStatus.DECLINED
    assert SignatureRequest.objects.get(pk=request.pk).decline_reason == "Сумма указана неверно"
    assert "Сумма" not in str(list(EventRow.objects.values_list("data", flat=True)))
    with pytest.raises(SignatureRequestClosed):
        _confirm(actor, request, digits)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR, Role.ADMIN])
def test_staff_can_neither_ask_nor_confirm(role: str) -> None:
    borrower = make_borrower()
    document = make_document(borrower)
    staff = actor_for(make_person(role=role))
    request = request_with_code(actor_for(borrower), document)

    with pytest.raises((Forbidden, NotFound)):
        requests.request_signature(actor=staff, document_id=document.pk)
    with pytest.raises(SignatureRequestNotFound):
        send_code(staff, request)
    with pytest.raises(SignatureRequestNotFound):
        _confirm(staff, request, last_code(borrower))


def test_another_borrower_does_not_see_the_request() -> None:
    borrower, stranger = make_borrower(), make_borrower()
    document = make_document(borrower)
    request = request_with_code(actor_for(borrower), document)

    with pytest.raises(NotFound):
        requests.request_signature(actor=actor_for(stranger), document_id=document.pk)
    with pytest.raises(SignatureRequestNotFound):
        _confirm(actor_for(stranger), request, last_code(borrower))


def test_a_helper_acting_on_behalf_of_the_borrower_cannot_sign() -> None:
    borrower = make_borrower()
    request = request_with_code(actor_for(borrower), make_document(borrower))
    helper = Actor(user_id=borrower.pk, roles=frozenset({"borrower"}), on_behalf_of=borrower.pk)

    with pytest.raises(Forbidden):
        _confirm(helper, request, last_code(borrower))


def test_a_request_nobody_answered_ends_after_thirty_days() -> None:
    borrower = make_borrower()
    actor = actor_for(borrower)
    document = make_document(borrower)
    request = requests.request_signature(actor=actor, document_id=document.pk)

    assert requests.expire_requests() == 0
    with clock.frozen(clock.now() + timedelta(days=30, seconds=1)):
        assert requests.expire_requests() == 1
        fresh = requests.request_signature(actor=actor, document_id=document.pk)

    request.refresh_from_db()
    assert request.status == RequestStatus.EXPIRED
    assert fresh.pk != request.pk


def test_a_signature_and_its_public_record_cannot_be_changed_or_deleted() -> None:
    borrower = make_borrower()
    sign(borrower, make_document(borrower))

    for change in (
        lambda: Signature.objects.update(document_sha256="0" * 64),
        lambda: Signature.objects.update(signed_at=clock.now()),
        lambda: VerificationRecord.objects.update(original_sha256="0" * 64),
        lambda: VerificationRecord.objects.update(token="guessable"),
        lambda: VerificationRecord.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError):
            change()


def test_a_replaced_letter_closes_its_request_and_its_code() -> None:
    borrower = make_borrower()
    document = make_document(borrower)
    request = request_with_code(actor_for(borrower), document)

    assert requests.close_requests_of(document_id=document.pk) == 1
    assert requests.close_requests_of(document_id=document.pk) == 0

    request.refresh_from_db()
    assert request.status == RequestStatus.FAILED
    assert OneTimeCode.objects.get(purpose="signature").closed_as == OneTimeCode.Closed.CANCELLED


def test_a_translation_is_not_signed() -> None:
    borrower = make_borrower()
    document = make_document(borrower)
    original = make_document(borrower)
    Document.objects.filter(pk=document.pk).update(translation_of=original)

    with pytest.raises(DocumentNotReady):
        requests.request_signature(actor=actor_for(borrower), document_id=document.pk)
