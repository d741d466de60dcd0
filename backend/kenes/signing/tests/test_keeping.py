"""After the time of keeping nothing in signing names a person or proves his signature any more; before it, all does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from kenes.accounts.selectors import actor_for
from kenes.cases.models import Case
from kenes.files import services as files
from kenes.files.errors_uploads import FileHeld
from kenes.files.models import StoredFile
from kenes.foundation import clock
from kenes.signing import keeping, tasks
from kenes.signing.evidence.tests.samples import package_of, publish_agreement, run_documents
from kenes.signing.models import (
    EdsProof,
    EvidencePackage,
    RevocationList,
    Signature,
    SignatureRequest,
    SignedPaper,
)
from kenes.signing.services import answers, papers
from kenes.signing.tests import ways_of_signing as ways
from kenes.signing.tests.conftest import Esign
from kenes.signing.tests.rounds import Scene, make_scene, start, wish

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(esign: Esign, settings: Any, tmp_path: Any) -> Scene:
    """The borrower signs by key while OCSP is silent, the co-borrower on paper; all is sealed and its evidence made."""
    base = f"{esign.sandbox.url}/sandbox/esign/crl"
    settings.KZSIGN_LISTS_DIR = tmp_path / "lists"
    settings.CRL_URLS = tuple(f"{base}/{name}.crl" for name in ("nca_gost", "nca_d_gost", "root_gost"))
    tasks.refresh_lists()
    esign.sandbox.switch(ocsp="down", crl="down")
    publish_agreement()
    made = make_scene()
    ways.give_iins(made)
    start(made, wish(made.borrower), wish(made.co_borrower, position=2), is_ordered=True)
    ways.answer("eds", esign, made, made.borrower)
    ways.answer("paper", esign, made, made.co_borrower)
    run_documents()
    made.document.refresh_from_db()
    package_of(made.borrower, made.document)
    return made


def _end(scene: Scene, days: int) -> None:
    Case.objects.filter(pk=scene.case.pk).update(
        status="archived", closed_at=clock.now() - timedelta(days=days)
    )


def _is_gone(file_id: Any) -> bool:
    return StoredFile.objects.get(pk=file_id).content_removed_at is not None


def _dump(model: Any) -> str:
    return str([{field.name: getattr(row, field.name) for field in row._meta.fields if not field.is_relation}
                for row in model.objects.all()])  # fmt: skip


def test_before_the_term_everything_is_held(scene: Scene) -> None:
    _end(scene, days=5)
    assert keeping.mask_old(clock.now() - timedelta(days=1095)) == 0
    proof = EdsProof.objects.select_related("signature", "stamped_file").get()
    assert proof.certificates and proof.signature.certificate_iin == scene.borrower.iin
    held = [
        proof.signature.cms_file_id,
        proof.stamped_file_id,
        *SignedPaper.objects.values_list("file", flat=True),
    ]
    for file_id in held:
        assert file_id is not None
        with pytest.raises(FileHeld):
            files.remove_content(file_id=file_id)


def test_after_the_term_nothing_names_the_signer(scene: Scene, run_outbox: Any) -> None:
    proof = EdsProof.objects.select_related("signature").get()
    bytes_of = [
        proof.signature.cms_file_id, proof.stamped_file_id, EvidencePackage.objects.get().file_id,
        *SignedPaper.objects.values_list("file", flat=True), *RevocationList.objects.values_list("file", flat=True),
    ]  # fmt: skip
    kept = list(
        Signature.objects.order_by("pk").values_list("method", "signed_at", "document_sha256", "signer")
    )
    value = proof.value_sha256
    _end(scene, days=2000)

    with clock.frozen(clock.now() + timedelta(minutes=1)):
        assert keeping.mask_old(clock.now()) == 2
        run_outbox()
        run_documents()

    told = "".join(_dump(model) for model in (Signature, SignatureRequest, EdsProof, SignedPaper))
    names = [
        scene.borrower.full_name,
        scene.co_borrower.full_name,
        scene.borrower.iin,
        "ДОСЫМОВ",
        "203.0.113.7",
    ]
    assert not [name for name in names if name and name in told]
    fresh = EdsProof.objects.select_related("signature").get()
    assert (fresh.certificates, fresh.answers, fresh.lists.count()) == ([], None, 0)
    assert (fresh.signature.certificate_serial, fresh.signature.report, fresh.signature.time_stamp) == (
        "",
        None,
        None,
    )
    assert all(_is_gone(file_id) for file_id in bytes_of)
    assert not EvidencePackage.objects.exists()
    assert not RevocationList.objects.exists()
    # What was signed, when, how and by which account stays; the same signature is known again.
    assert (
        list(Signature.objects.order_by("pk").values_list("method", "signed_at", "document_sha256", "signer"))
        == kept
    )
    assert fresh.value_sha256 == value
    assert keeping.mask_old(clock.now()) == 0


def test_papers_and_words_of_those_who_did_not_sign_go_as_well(esign: Esign) -> None:
    scene = make_scene()
    start(scene, wish(scene.borrower), wish(scene.co_borrower))
    request = scene.request(scene.borrower)
    papers.hand_in(actor=actor_for(scene.borrower), request_id=request.pk, data=ways.a_png(), name="a.png")
    papers.refuse(actor=actor_for(scene.manager), request_id=request.pk, reason="Это паспорт Досымова")
    answers.decline_signature(
        actor=actor_for(scene.co_borrower), request_id=scene.request(scene.co_borrower).pk, reason="Я не Алия"
    )
    photo = SignedPaper.objects.get().file_id
    _end(scene, days=2000)

    assert keeping.mask_old(clock.now()) == 2
    run_documents()

    assert not SignatureRequest.objects.filter(emptied_at__isnull=True).exists()
    assert [row.decline_reason for row in SignatureRequest.objects.all()] == ["", ""]
    assert SignedPaper.objects.get().reason == ""
    assert _is_gone(photo)


def test_nobody_else_changes_what_a_certificate_says(scene: Scene) -> None:
    signature = Signature.objects.get(method="eds")
    changes: tuple[dict[str, str], ...] = ({"certificate_serial": ""}, {"certificate_bin": "990140000018"})
    for values in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            Signature.objects.filter(pk=signature.pk).update(**values)
    signature.refresh_from_db()
    assert signature.certificate_serial
