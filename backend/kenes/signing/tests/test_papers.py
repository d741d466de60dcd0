"""Signed by hand: the photo is kept and held, the manager of the case confirms or says why not, never his own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from kenes.accounts.models import Role
from kenes.accounts.selectors import actor_for
from kenes.cases.models import Case
from kenes.documents.models import Document
from kenes.event_log.models import EventRow
from kenes.files import access, holds
from kenes.files import services as files
from kenes.files.errors import FileNotReady, StoredFileNotFound
from kenes.files.errors_uploads import FileHeld
from kenes.files.models import StoredFile
from kenes.files.testing import a_png
from kenes.foundation import clock
from kenes.foundation.errors import Forbidden
from kenes.signing import selectors
from kenes.signing.errors import PaperNotFound, SignatureRequestNotFound
from kenes.signing.models import Signature, SignatureRequest, SignedPaper
from kenes.signing.services import papers, requests
from kenes.signing.tests.factories import make_borrower, make_person
from kenes.signing.tests.rounds import Scene, make_scene, sign_by_sms, start, two_in_order, wish

pytestmark = pytest.mark.django_db(transaction=True)
PHOTO = a_png()


@pytest.fixture
def scene() -> Scene:
    scene = make_scene()
    start(scene, wish(scene.borrower))
    return scene


def _hand_in(scene: Scene, *, is_clean: bool = True) -> SignatureRequest:
    request = papers.hand_in(
        actor=actor_for(scene.borrower),
        request_id=scene.request(scene.borrower).pk,
        data=PHOTO,
        name="photo.png",
    )
    if is_clean:
        StoredFile.objects.filter(owner_kind="signed_paper").update(scan=StoredFile.Scan.CLEAN)
    return request


def test_a_confirmed_paper_is_a_signature_and_the_photo_is_held(scene: Scene) -> None:
    request = _hand_in(scene)
    assert request.status == "on_check"
    assert Document.objects.get(pk=scene.document.pk).status == "ready_to_sign"

    papers.confirm(actor=actor_for(scene.manager), request_id=request.pk)

    signature = Signature.objects.get()
    paper = SignedPaper.objects.get()
    assert (signature.method, signature.paper_id, signature.phone, signature.code_id) == (
        "paper",
        paper.pk,
        "",
        None,
    )
    assert (paper.status, paper.checked_by_id) == ("confirmed", scene.manager.pk)
    assert Document.objects.get(pk=scene.document.pk).status == "signed"
    assert holds.is_held(paper.file_id)
    with pytest.raises(FileHeld):
        files.remove_content(file_id=paper.file_id)


def test_before_the_virus_check_nothing_is_confirmed(scene: Scene) -> None:
    request = _hand_in(scene, is_clean=False)
    with pytest.raises(FileNotReady):
        papers.confirm(actor=actor_for(scene.manager), request_id=request.pk)
    assert not Signature.objects.exists()


def test_a_paper_that_came_in_time_is_not_late_while_it_is_checked(scene: Scene) -> None:
    request = _hand_in(scene)
    with clock.frozen(clock.now() + timedelta(days=31)):
        assert requests.expire_requests() == 0
        papers.confirm(actor=actor_for(scene.manager), request_id=request.pk)
    assert Signature.objects.get().ip == ""


def test_a_refused_paper_says_why_and_another_way_is_open(scene: Scene) -> None:
    request = _hand_in(scene)

    papers.refuse(actor=actor_for(scene.manager), request_id=request.pk, reason="Не видно подписи")

    view = selectors.view_of(selectors.get_request(actor=actor_for(scene.borrower), request_id=request.pk))
    assert (view.status, view.paper.reason if view.paper else "") == ("pending", "Не видно подписи")
    assert "подписи" not in str(list(EventRow.objects.values_list("data", flat=True)))
    assert holds.is_held(SignedPaper.objects.get().file_id)
    with pytest.raises(PaperNotFound):
        papers.confirm(actor=actor_for(scene.manager), request_id=request.pk)
    sign_by_sms(scene.borrower, scene.request(scene.borrower))
    assert Signature.objects.get().method == "sms"


def test_a_better_photo_takes_the_place_of_the_first(scene: Scene) -> None:
    _hand_in(scene)
    request = _hand_in(scene)
    assert sorted(SignedPaper.objects.values_list("status", flat=True)) == ["replaced", "waiting"]

    papers.confirm(actor=actor_for(scene.manager), request_id=request.pk)

    assert Signature.objects.count() == 1


@pytest.mark.parametrize("who", ["the signer", "a stranger", "another manager", "the co-borrower"])
def test_only_who_works_on_the_case_checks_papers(scene: Scene, who: str) -> None:
    request = _hand_in(scene)
    person = {
        "the signer": lambda: scene.borrower,
        "a stranger": make_borrower,
        "another manager": lambda: make_person(role=Role.MANAGER),
        "the co-borrower": lambda: scene.co_borrower,
    }[who]()

    for attempt in (
        lambda: papers.confirm(actor=actor_for(person), request_id=request.pk),
        lambda: papers.refuse(actor=actor_for(person), request_id=request.pk, reason="x"),
    ):
        with pytest.raises((Forbidden, SignatureRequestNotFound)):
            attempt()
    assert SignedPaper.objects.get().status == "waiting"
    assert not Signature.objects.exists()


def test_a_manager_does_not_confirm_his_own_paper() -> None:
    scene = make_scene()
    Document.objects.filter(pk=scene.document.pk).update(code="SERVICE_CONTRACT")
    start(scene, wish(scene.borrower), wish(scene.manager))
    request = papers.hand_in(
        actor=actor_for(scene.manager),
        request_id=scene.request(scene.manager).pk,
        data=PHOTO,
        name="photo.png",
    )
    StoredFile.objects.filter(owner_kind="signed_paper").update(scan=StoredFile.Scan.CLEAN)
    with pytest.raises(Forbidden):
        papers.confirm(actor=actor_for(scene.manager), request_id=request.pk)
    assert not Signature.objects.exists()


def test_a_paper_of_a_second_signer_is_not_confirmed_before_the_first() -> None:
    scene = make_scene()
    two_in_order(scene)
    second = scene.request(scene.co_borrower)
    # As if the order had been changed while the photo waited.
    SignatureRequest.objects.filter(pk=second.pk).update(position=1)
    SignatureRequest.objects.filter(pk=scene.request(scene.borrower).pk).update(position=2)
    papers.hand_in(actor=actor_for(scene.co_borrower), request_id=second.pk, data=PHOTO, name="photo.png")
    StoredFile.objects.filter(owner_kind="signed_paper").update(scan=StoredFile.Scan.CLEAN)
    SignatureRequest.objects.filter(pk=second.pk).update(position=3)

    with pytest.raises(Exception) as caught:
        papers.confirm(actor=actor_for(scene.manager), request_id=second.pk)
    assert getattr(caught.value, "code", "") == "signing.not_your_turn"
    assert not Signature.objects.exists()


def test_the_photo_is_read_by_its_signer_and_the_manager(scene: Scene) -> None:
    _hand_in(scene)
    file_id = SignedPaper.objects.get().file_id
    for reader in (scene.borrower, scene.manager):
        assert access.get_file(actor=actor_for(reader), file_id=file_id).pk == file_id
    for other in (scene.co_borrower, make_borrower(), make_person(role=Role.MANAGER)):
        with pytest.raises(StoredFileNotFound):
            access.get_file(actor=actor_for(other), file_id=file_id)


def test_a_file_that_is_no_picture_is_refused(scene: Scene) -> None:
    with pytest.raises(Exception) as caught:
        papers.hand_in(
            actor=actor_for(scene.borrower),
            request_id=scene.request(scene.borrower).pk,
            data=b"just words",
            name="photo.txt",
        )
    assert "type" in str(getattr(caught.value, "code", ""))
    assert not SignedPaper.objects.exists()


def test_a_case_that_changes_hands_changes_who_checks(scene: Scene) -> None:
    request = _hand_in(scene)
    next_one: Any = make_person(role=Role.MANAGER)
    Case.objects.filter(pk=scene.case.pk).update(assignee=next_one)
    with pytest.raises((Forbidden, SignatureRequestNotFound)):
        papers.confirm(actor=actor_for(scene.manager), request_id=request.pk)
    papers.confirm(actor=actor_for(next_one), request_id=request.pk)
    assert Signature.objects.count() == 1
