"""Two tabs, two signers, signing against taking back: every outcome is one of the right ones, whoever is faster."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection

from kenes.accounts import powers
from kenes.accounts.selectors import actor_for
from kenes.documents.models import Document
from kenes.event_log.models import EventRow
from kenes.foundation.errors import FieldErrors, KenesError
from kenes.outbox.models import OutboxRow
from kenes.signing.models import Signature, SignatureRequest, SigningRound, VerificationRecord
from kenes.signing.services import answers, confirmation, rounds
from kenes.signing.tests.factories import ORIGIN, last_code, send_code, show
from kenes.signing.tests.rounds import Scene, give_power, make_scene, start, two_in_order, wish

pytestmark = pytest.mark.django_db(transaction=True)
Work = Callable[[], object]


def _at_once(*works: Work) -> Counter[str]:
    """Run the works in threads that start together; counts the codes of the outcomes."""
    barrier, outcomes, lock = threading.Barrier(len(works)), Counter[str](), threading.Lock()

    def run(work: Work) -> None:
        barrier.wait()
        outcome = "crashed"
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

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def _ready(scene: Scene, person: object) -> Work:
    """The person has read the document and has his code: what is left is to answer with it."""
    actor, request = actor_for(person), scene.request(person)  # type: ignore[arg-type]
    show(actor, request)
    send_code(actor, request)
    digits = last_code(person)  # type: ignore[arg-type]
    return lambda: confirmation.confirm_signature(
        actor=actor, request_id=request.pk, digits=digits, origin=ORIGIN
    )


def _signed_once() -> None:
    assert VerificationRecord.objects.count() == 1
    assert EventRow.objects.filter(type="document.signed").count() == 1
    last = EventRow.objects.filter(type="signature.signed", data__is_last=True)
    assert last.count() == 1
    assert OutboxRow.objects.filter(
        handler__endswith="seal_signed_document", payload__event_id=str(last.get().pk)
    ).exists()


@pytest.mark.parametrize("attempt", range(5))
def test_two_signers_at_once_complete_the_round_once(attempt: int) -> None:
    scene = make_scene()
    start(scene, wish(scene.borrower), wish(scene.co_borrower))

    outcomes = _at_once(_ready(scene, scene.borrower), _ready(scene, scene.co_borrower))

    assert outcomes == {"done": 2}
    assert Signature.objects.count() == 2
    assert SigningRound.objects.get().status == "completed"
    _signed_once()


def test_one_signer_in_six_tabs_signs_once() -> None:
    scene = make_scene()
    start(scene, wish(scene.borrower), wish(scene.co_borrower))
    confirm = _ready(scene, scene.borrower)

    outcomes = _at_once(*[confirm] * 6)

    assert outcomes == {"done": 1, "signature.already_signed": 5}
    assert Signature.objects.count() == 1
    assert Document.objects.get(pk=scene.document.pk).status == "ready_to_sign"


@pytest.mark.parametrize("attempt", range(6))
def test_signing_and_taking_back_at_once_end_in_one_of_the_two(attempt: int) -> None:
    scene = make_scene()
    start(scene, wish(scene.borrower))
    confirm = _ready(scene, scene.borrower)
    manager = actor_for(scene.manager)

    outcomes = _at_once(confirm, lambda: rounds.cancel_round(actor=manager, document_id=scene.document.pk))

    assert outcomes["done"] == 1
    signing, signed = SigningRound.objects.get(), Signature.objects.count()
    if signed:
        assert (signing.status, outcomes["signing.round_closed"]) == ("completed", 1)
        _signed_once()
    else:
        assert (signing.status, outcomes["signing.request_closed"]) == ("cancelled", 1)
        assert not VerificationRecord.objects.exists()


@pytest.mark.parametrize("attempt", range(4))
def test_a_power_taken_back_at_the_moment_of_signing_counts_or_does_not(attempt: int) -> None:
    scene = make_scene()
    power = give_power(scene.borrower)
    start(scene, wish(scene.borrower))
    answers.delegate(
        actor=actor_for(scene.borrower),
        request_id=scene.request(scene.borrower).pk,
        person_id=power.representative_id,
    )
    confirm = _ready(scene, power.representative)
    principal = actor_for(scene.borrower)

    outcomes = _at_once(confirm, lambda: powers.revoke(actor=principal, power_id=power.pk))

    assert outcomes["done"] + outcomes["signing.power_ended"] == 2
    assert Signature.objects.count() == outcomes["done"] - 1


def test_declining_by_one_and_signing_by_the_other_at_once() -> None:
    scene = make_scene()
    start(scene, wish(scene.borrower), wish(scene.co_borrower))
    confirm, other = _ready(scene, scene.borrower), actor_for(scene.co_borrower)
    declined = scene.request(scene.co_borrower)

    _at_once(
        confirm,
        lambda: answers.decline_signature(actor=other, request_id=declined.pk, reason=""),
    )

    assert SigningRound.objects.get().status == "declined"
    assert not VerificationRecord.objects.exists()


def test_two_managers_choose_signers_at_once_and_one_round_stands() -> None:
    scene = make_scene()
    outcomes = _at_once(*[lambda: two_in_order(scene)] * 4)
    assert outcomes == {"done": 1, "signing.round_open": 3}
    assert SigningRound.objects.filter(status="open").count() == 1
    assert SignatureRequest.objects.count() == 2
