"""Signing by SMS only with the agreement that covers it, and what is left of a signature after its term."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, connection, transaction

from kenes.accounts import consents
from kenes.accounts.selectors import actor_for
from kenes.cases.models import Case
from kenes.foundation import clock
from kenes.foundation.errors import KenesError
from kenes.signing import keeping
from kenes.signing.errors import AgreementMissing
from kenes.signing.models import Signature, VerificationRecord
from kenes.signing.services import confirmation, requests

from .factories import ORIGIN, last_code, make_borrower, make_document, request_with_code, send_code

AGREEMENT = "sms_agreement"
pytestmark = pytest.mark.django_db


def asked(borrower: Any) -> tuple[Any, Any]:
    actor, document = actor_for(borrower), make_document(borrower)
    return actor, request_with_code(actor, document)


def test_a_right_code_does_not_sign_after_the_agreement_was_withdrawn() -> None:
    borrower = make_borrower()
    actor, request = asked(borrower)
    digits = last_code(borrower)
    consents.withdraw(actor=actor, kind=AGREEMENT, reason="")
    with pytest.raises(AgreementMissing):
        confirmation.confirm_signature(actor=actor, request_id=request.pk, digits=digits, origin=ORIGIN)
    assert not Signature.objects.exists()


def test_no_code_is_sent_after_the_agreement_was_withdrawn() -> None:
    borrower = make_borrower()
    actor, document = actor_for(borrower), make_document(borrower)
    request = requests.request_signature(actor=actor, document_id=document.pk)
    consents.withdraw(actor=actor, kind=AGREEMENT, reason="")
    with pytest.raises(AgreementMissing):
        send_code(actor, request)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_signing_and_withdrawing_at_the_same_moment_end_in_one_of_the_two(attempt: int) -> None:
    borrower = make_borrower()
    actor, request = asked(borrower)
    digits = last_code(borrower)
    gate = threading.Barrier(2)
    outcomes: list[str] = []

    def act(work: Any) -> None:
        try:
            gate.wait(5)
            work()
            outcomes.append("done")
        except KenesError as problem:
            outcomes.append(problem.code)
        finally:
            connection.close()

    def sign() -> None:
        confirmation.confirm_signature(actor=actor, request_id=request.pk, digits=digits, origin=ORIGIN)

    def withdraw() -> None:
        consents.withdraw(actor=actor, kind=AGREEMENT, reason="")

    threads = [threading.Thread(target=act, args=(work,)) for work in (sign, withdraw)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    signature = Signature.objects.select_related("consent").first()
    if signature is None:
        assert sorted(outcomes) == ["done", "signing.agreement_missing"]
    else:
        assert outcomes == ["done", "done"]
        assert signature.consent.withdrawn_at is not None
        assert signature.consent.withdrawn_at >= signature.signed_at


def test_after_its_term_a_signature_names_nobody_and_still_proves_what_was_signed(api: Any) -> None:
    borrower = make_borrower()
    actor, request = asked(borrower)
    confirmation.confirm_signature(
        actor=actor, request_id=request.pk, digits=last_code(borrower), origin=ORIGIN
    )
    signature = Signature.objects.get()
    moment = clock.now()
    assert keeping.mask_old(moment + timedelta(days=1)) == 0  # the case is open
    Case.objects.update(status="closed", outcome="WITHDRAWN", closed_at=moment)
    assert keeping.mask_old(moment) == 0
    assert keeping.mask_old(moment + timedelta(seconds=1)) == 1
    assert keeping.mask_old(moment + timedelta(seconds=1)) == 0
    left = Signature.objects.get()
    assert (left.signer_name, left.phone, left.ip, left.user_agent) == ("", "", "", "")
    assert (left.document_sha256, left.signed_at) == (signature.document_sha256, signature.signed_at)
    with pytest.raises(Error), transaction.atomic():
        Signature.objects.update(document_sha256="0" * 64)
    token = VerificationRecord.objects.get().token
    assert api.call("get", f"/verify/{token}/").status_code == 200
