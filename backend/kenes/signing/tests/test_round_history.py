"""Requests of a former release become rounds of one; rounds follow a person whose two accounts become one; data of people."""

from __future__ import annotations

import importlib
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import transaction

from kenes.accounts.selectors import actor_for
from kenes.cases.models import Case
from kenes.files.models import StoredFile
from kenes.files.testing import a_png
from kenes.foundation import clock
from kenes.foundation.personal_data import Subject
from kenes.signing import keeping, merging, personal_data
from kenes.signing.models import Signature, SignatureRequest, SignedPaper, SigningRound
from kenes.signing.services import answers, locking, papers, requests
from kenes.signing.tests.factories import make_borrower, make_document, make_person, sign
from kenes.signing.tests.rounds import give_power, make_scene, start, two_in_order, wish

pytestmark = pytest.mark.django_db(transaction=True)


def _of_a_former_release(status: str = "pending") -> SignatureRequest:
    borrower = make_borrower()
    document = make_document(borrower)
    return SignatureRequest.objects.create(
        document=document, signer=borrower, document_sha256=document.sha256, status=status,
        expires_at=clock.now() + timedelta(days=30),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "of_round"),
    [("pending", "open"), ("in_progress", "open"), ("signed", "completed"), ("declined", "declined"),
     ("expired", "expired"), ("failed", "failed")],
)  # fmt: skip
def test_the_migration_gives_every_request_a_round(status: str, of_round: str) -> None:
    request = _of_a_former_release(status)
    migration = importlib.import_module("kenes.signing.migrations.0004_rounds_of_requests")

    migration.make_rounds(apps, None)
    migration.make_rounds(apps, None)

    signing = SigningRound.objects.get()
    request.refresh_from_db()
    assert (request.round_id, signing.status, signing.document_sha256) == (
        signing.pk,
        of_round,
        request.document_sha256,
    )


def test_a_request_made_while_the_release_changes_is_answered_like_any_other() -> None:
    request = _of_a_former_release()
    borrower, document = request.signer, request.document

    assert requests.request_signature(actor=actor_for(borrower), document_id=document.pk).pk == request.pk
    assert sign(borrower, document).pk == request.pk

    assert SigningRound.objects.get().status == "completed"


def test_what_waits_goes_over_when_two_accounts_become_one() -> None:
    scene = make_scene()
    power = give_power(scene.borrower)
    two_in_order(scene)
    answers.delegate(
        actor=actor_for(scene.borrower),
        request_id=scene.request(scene.borrower).pk,
        person_id=power.representative_id,
    )
    kept = make_person()

    merging._move(scene.borrower.pk, kept.pk)
    merging._move(scene.manager.pk, kept.pk)

    assert SignatureRequest.objects.get(signer=power.representative).principal_id == kept.pk
    assert SigningRound.objects.get().created_by_id == kept.pk
    assert SignatureRequest.objects.get(status="delegated").signer_id == scene.borrower.pk


def test_papers_stand_in_the_copy_and_words_go_with_an_erasure() -> None:
    scene = make_scene()
    start(scene, wish(scene.borrower))
    request = scene.request(scene.borrower)
    papers.hand_in(actor=actor_for(scene.borrower), request_id=request.pk, data=a_png(), name="a.png")
    papers.refuse(actor=actor_for(scene.manager), request_id=request.pk, reason="Не видно подписи")
    subject = Subject(scene.borrower.pk, "", "")

    given = str(personal_data.copy(subject))
    assert "Не видно подписи" in given

    with transaction.atomic():
        assert personal_data.erase(subject) == 1
        assert personal_data.erase(subject) == 0
    assert SignedPaper.objects.get().reason == ""


def test_after_their_time_photos_go_and_the_signature_stays() -> None:
    scene = make_scene()
    start(scene, wish(scene.borrower))
    request = scene.request(scene.borrower)
    papers.hand_in(actor=actor_for(scene.borrower), request_id=request.pk, data=a_png(), name="a.png")
    StoredFile.objects.filter(owner_kind="signed_paper").update(scan=StoredFile.Scan.CLEAN)
    papers.confirm(actor=actor_for(scene.manager), request_id=request.pk)
    Case.objects.filter(pk=scene.case.pk).update(
        status="cancelled", closed_at=clock.now() - timedelta(days=1)
    )

    assert keeping.mask_old(clock.now()) == 1
    assert keeping.mask_old(clock.now()) == 0

    signature = Signature.objects.get()
    assert (signature.signer_name, signature.document_sha256) == ("", scene.document.sha256)
    assert SignedPaper.objects.get().file.content_removed_at is not None


def test_a_closed_request_without_a_round_gets_a_closed_one() -> None:
    request = _of_a_former_release("declined")
    with transaction.atomic():
        locked = locking.lock_any(request.pk)
    assert (locked.round.status, locked.case.pk) == ("failed", request.document.case_id)
