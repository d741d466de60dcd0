"""Between the last answer and the seal: a killed worker, two last answers at once. Sealed once in the end, never twice."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections

from kenes.accounts.selectors import actor_for
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.outbox import services as outbox
from kenes.signing.evidence.tests.samples import publish_agreement
from kenes.signing.models import Signature, SignerRole, SigningRound, VerificationRecord
from kenes.signing.services import answers, seals
from kenes.signing.tests import ways_of_signing as ways
from kenes.signing.tests.conftest import Esign
from kenes.signing.tests.factories import show
from kenes.signing.tests.rounds import Scene, make_scene, start, wish
from kenes.signing.tests.test_round_races import _at_once as at_once

pytestmark = pytest.mark.django_db(transaction=True)
# Where the worker dies: before it has done anything, with the seal in its hands, in the middle of writing it down.
MOMENTS = ("_seal", "_keep", "document_services")
CASES = [
    *((last, moment) for last in ("eds", "approval") for moment in MOMENTS),
    ("sms", "_keep"),
    ("paper", "_keep"),
]


@pytest.fixture
def scene(esign: Esign) -> Scene:
    publish_agreement()
    made = make_scene()
    ways.give_iins(made)
    return made


def _all_have_answered(esign: Esign, scene: Scene, last: str) -> None:
    """The borrower signs by key; then the co-borrower signs, or the manager approves."""
    role = SignerRole.APPROVER.value if last == "approval" else SignerRole.SIGNER.value
    second = scene.manager if last == "approval" else scene.co_borrower
    start(scene, wish(scene.borrower), wish(second, role, 2), is_ordered=True)
    ways.answer("eds", esign, scene, scene.borrower)
    if last == "approval":
        ways.approve(second, scene.request(second))
    else:
        ways.answer(last, esign, scene, second)


@pytest.mark.parametrize(("last", "moment"), CASES)
def test_a_worker_killed_before_the_seal_leaves_one_sealed_file(
    esign: Esign, scene: Scene, last: str, moment: str
) -> None:
    _all_have_answered(esign, scene, last)
    record = VerificationRecord.objects.get()
    connections.close_all()
    child = os.fork()
    if child == 0:  # pragma: no cover - the process ends by its own signal
        _die_at(moment)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    record.refresh_from_db()
    assert record.sealed_file_id is None, "it died too late to prove anything"
    assert not EventRow.objects.filter(type="document.sealed").exists()

    with clock.frozen(clock.now() + outbox.LEASE + timedelta(seconds=1)):
        while outbox.run_batch("documents"):
            pass

    done = ways.sealed(scene)
    assert (done.by_token.verdict, done.by_file.verdict) == ("valid", "valid")
    # Whatever runs again afterwards finds the seal and changes nothing.
    sealed_file_id = done.record.sealed_file_id
    seals.seal_document(signature_id=done.record.signature_id)
    seals.seal_after_approval(document_id=done.record.document_id)
    record.refresh_from_db()
    assert record.sealed_file_id == sealed_file_id
    ways.once_sealed(record)


def _die_at(moment: str) -> None:  # pragma: no cover - runs in the child
    class Gone:
        def __call__(self, *args: object, **kwargs: object) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

        attach_sealed = __call__

    setattr(seals, moment, Gone())
    try:
        outbox.run_batch("documents")
    finally:
        os._exit(0)


def _key(esign: Esign, scene: Scene, name: str) -> Callable[[], object]:
    """The person has read and signed the document: what is left is to hand the signature in."""
    person = getattr(scene, name)
    request = scene.request(person)
    show(actor_for(person), request)
    cms = ways.cms_of(esign, person, request.document)
    return lambda: ways.hand_in_cms(person, request, cms)


@pytest.mark.parametrize("attempt", range(3))
def test_two_last_keys_at_once_are_sealed_once(esign: Esign, scene: Scene, attempt: int) -> None:
    start(scene, wish(scene.borrower), wish(scene.co_borrower))

    outcomes = at_once(_key(esign, scene, "borrower"), _key(esign, scene, "co_borrower"))

    assert outcomes == {"done": 2}
    assert Signature.objects.count() == 2
    assert SigningRound.objects.get().status == "completed"
    assert EventRow.objects.filter(type="signature.signed", data__is_last=True).count() == 1
    done = ways.sealed(scene)
    assert len(done.by_file.signatures) == 2
    assert all(
        "".join(name.split()) in "".join(done.page.split())
        for name in (scene.borrower.full_name, scene.co_borrower.full_name)
    )


@pytest.mark.parametrize("attempt", range(3))
def test_a_signature_and_an_approval_at_once_are_sealed_once(
    esign: Esign, scene: Scene, attempt: int
) -> None:
    start(scene, wish(scene.borrower), wish(scene.manager, SignerRole.APPROVER.value))
    manager, approval = actor_for(scene.manager), scene.request(scene.manager)
    show(manager, approval)

    outcomes = at_once(
        _key(esign, scene, "borrower"), lambda: answers.approve(actor=manager, request_id=approval.pk)
    )

    assert outcomes == {"done": 2}
    done = ways.sealed(scene)
    assert len(done.by_file.signatures) == 1
    assert "".join(scene.manager.full_name.split()) in "".join(done.page.split())


def test_workers_side_by_side_after_the_last_answer_seal_once(esign: Esign, scene: Scene) -> None:
    _all_have_answered(esign, scene, "approval")
    record = VerificationRecord.objects.get()

    outcomes = at_once(
        *[lambda: seals.seal_document(signature_id=record.signature_id)] * 2,
        *[lambda: seals.seal_after_approval(document_id=record.document_id)] * 2,
        lambda: outbox.run_batch("documents"),
    )

    assert outcomes == {"done": 5}
    assert ways.sealed(scene).by_file.verdict == "valid"
