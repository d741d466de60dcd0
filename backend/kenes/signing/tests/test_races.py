"""Double clicks, parallel windows and crashes: exactly one signature, exactly one sealed file."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, connections

from kenes.accounts.models import OneTimeCode
from kenes.accounts.selectors import actor_for
from kenes.event_log.models import EventRow
from kenes.files.models import StoredFile
from kenes.foundation import clock
from kenes.foundation.errors import FieldErrors, KenesError
from kenes.outbox import services as outbox
from kenes.outbox.models import OutboxRow
from kenes.signing.models import Signature, SignatureRequest, VerificationRecord
from kenes.signing.services import answers, confirmation, requests, seals
from kenes.signing.tests.factories import (
    ORIGIN,
    last_code,
    make_borrower,
    make_document,
    request_with_code,
    sign,
    wrong,
)

pytestmark = pytest.mark.django_db(transaction=True)


def _at_once(count: int, work: Callable[[], object]) -> Counter[str]:
    """Run `work` in threads that start together; counts the codes of the outcomes."""
    barrier, outcomes, lock = threading.Barrier(count), Counter[str](), threading.Lock()

    def run() -> None:
        barrier.wait()
        try:
            work()
            outcome = "done"
        except FieldErrors as problem:
            outcome = problem.errors[0].code
        except KenesError as problem:
            outcome = problem.code
        finally:
            connection.close()
        with lock:
            outcomes[outcome] += 1

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_parallel_right_codes_give_one_signature_and_the_others_hear_already_signed() -> None:
    borrower = make_borrower()
    actor = actor_for(borrower)
    request = request_with_code(actor, make_document(borrower))
    digits = last_code(borrower)

    outcomes = _at_once(
        6,
        lambda: confirmation.confirm_signature(
            actor=actor, request_id=request.pk, digits=digits, origin=ORIGIN
        ),
    )

    assert outcomes == {"done": 1, "signature.already_signed": 5}
    assert Signature.objects.count() == VerificationRecord.objects.count() == 1
    assert EventRow.objects.filter(type="signature.signed").count() == 1
    assert OutboxRow.objects.filter(handler__endswith="seal_signed_document").count() == 1


def test_parallel_wrong_codes_never_get_more_than_five_tries() -> None:
    borrower = make_borrower()
    actor = actor_for(borrower)
    request = request_with_code(actor, make_document(borrower))
    bad = wrong(last_code(borrower))

    outcomes = _at_once(
        8,
        lambda: confirmation.confirm_signature(actor=actor, request_id=request.pk, digits=bad, origin=ORIGIN),
    )

    assert outcomes == {"incorrect_code": 4, "signing.tries_spent": 4}
    assert OneTimeCode.objects.get(purpose="signature").tries_used == 5


def test_parallel_requests_for_one_document_open_one() -> None:
    borrower = make_borrower()
    actor = actor_for(borrower)
    document = make_document(borrower)

    _at_once(6, lambda: requests.request_signature(actor=actor, document_id=document.pk))

    assert SignatureRequest.objects.count() == 1


def test_confirming_and_declining_at_once_end_in_one_of_the_two() -> None:
    borrower = make_borrower()
    actor = actor_for(borrower)
    request = request_with_code(actor, make_document(borrower))
    digits = last_code(borrower)
    turn = iter([True, False])

    def act() -> None:
        if next(turn):
            confirmation.confirm_signature(actor=actor, request_id=request.pk, digits=digits, origin=ORIGIN)
        else:
            answers.decline_signature(actor=actor, request_id=request.pk, reason="")

    outcomes = _at_once(2, act)

    assert outcomes["done"] == 1
    request.refresh_from_db()
    assert Signature.objects.count() == (1 if request.status == "signed" else 0)


def test_parallel_sealing_attaches_one_file() -> None:
    borrower = make_borrower()
    document = make_document(borrower)
    signature = Signature.objects.get(request=sign(borrower, document))

    outcomes = _at_once(4, lambda: seals.seal_document(signature_id=signature.pk))

    assert outcomes == {"done": 4}
    record = VerificationRecord.objects.get()
    document.refresh_from_db()
    assert document.sealed_file_id == record.sealed_file_id
    assert EventRow.objects.filter(type="document.sealed").count() == 1


@pytest.mark.parametrize("moment", ["before_sealing", "after_storing"])
def test_a_worker_killed_on_the_way_leaves_exactly_one_sealed_file(moment: str) -> None:
    borrower = make_borrower()
    document = make_document(borrower)
    sign(borrower, document)
    connections.close_all()
    child = os.fork()
    if child == 0:  # pragma: no cover - the process ends by its own signal
        _die_at(moment)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert not VerificationRecord.objects.filter(sealed_file_id__isnull=False).exists()

    with clock.frozen(clock.now() + outbox.LEASE + timedelta(seconds=1)):
        while outbox.run_batch("documents"):
            pass

    record = VerificationRecord.objects.get()
    document.refresh_from_db()
    assert record.sealed_file_id is not None
    assert document.sealed_file_id == record.sealed_file_id
    assert StoredFile.objects.get(pk=record.sealed_file_id).sha256 == record.sealed_sha256
    assert EventRow.objects.filter(type="document.sealed").count() == 1


def _die_at(moment: str) -> None:  # pragma: no cover - runs in the child
    def die(*args: object, **kwargs: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    name = "_seal" if moment == "before_sealing" else "_keep"
    setattr(seals, name, die)
    try:
        outbox.run_batch("documents")
    finally:
        os._exit(0)
