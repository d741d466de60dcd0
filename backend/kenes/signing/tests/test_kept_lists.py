"""OCSP is silent and a list is asked instead: the list is the proof, kept with the signature and in the evidence."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from kenes.files import holds
from kenes.files import services as files
from kenes.files.errors_uploads import FileHeld
from kenes.files.models import StoredFile
from kenes.foundation import clock
from kenes.signing import tasks
from kenes.signing.eds import lists_kept
from kenes.signing.evidence import answers
from kenes.signing.evidence.tests.samples import package_of, publish_agreement, run_documents
from kenes.signing.models import EdsProof, RevocationList, Signature
from kenes.signing.tests import ways_of_signing as ways
from kenes.signing.tests.conftest import Esign
from kenes.signing.tests.rounds import Scene, make_scene, start, wish
from kzsign import Trust, evidence, evidence_files

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(esign: Esign, settings: Any, tmp_path: Path) -> Scene:
    """Two who sign by key; lists are at hand, and the authority is silent."""
    base = f"{esign.sandbox.url}/sandbox/esign/crl"
    settings.KZSIGN_LISTS_DIR = tmp_path / "lists"
    settings.CRL_URLS = tuple(f"{base}/{name}.crl" for name in ("nca_gost", "nca_d_gost", "root_gost"))
    publish_agreement()
    made = make_scene()
    ways.give_iins(made)
    assert tasks.refresh_lists() == 3
    esign.sandbox.switch(ocsp="down", crl="down")
    start(made, wish(made.borrower), wish(made.co_borrower, position=2), is_ordered=True)
    return made


def _both_sign(esign: Esign, scene: Scene) -> None:
    for person in (scene.borrower, scene.co_borrower):
        ways.answer("eds", esign, scene, person)
    run_documents()
    scene.document.refresh_from_db()


def _facts(data: bytes) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    found = evidence_files.from_zip(data)
    return found, [json.loads(found[place]) for place in json.loads(found["manifest.json"])["signatures"]]


def test_the_list_that_spoke_is_kept_once_and_held(esign: Esign, scene: Scene, settings: Any) -> None:
    _both_sign(esign, scene)

    at_hand = {path.read_bytes() for path in Path(settings.KZSIGN_LISTS_DIR).glob("*.crl")}
    proofs = list(EdsProof.objects.all())
    assert len(proofs) == 2
    for proof in proofs:
        assert proof.signature.ocsp_answer is None
        assert proof.signature.report["signers"][0]["revocation"]["source"] == "crl"
        rows = list(proof.lists.select_related("file"))
        assert rows
        assert {files.read(row.file) for row in rows if row.file is not None} <= at_hand
    # Two signatures rest on the same lists.
    kept = StoredFile.objects.filter(owner_kind=lists_kept.OWNER)
    assert RevocationList.objects.count() == kept.count()
    for file in kept:
        assert holds.is_held(file.pk)
        with pytest.raises(FileHeld):
            files.remove_content(file_id=file.pk)


def test_the_evidence_holds_what_was_known_at_signing_and_asks_for_nothing_else(
    esign: Esign, scene: Scene, settings: Any, tmp_path: Path
) -> None:
    _both_sign(esign, scene)
    # Afterwards the authority revokes the key; that is no word about the day of signing.
    settings.KZSIGN_LISTS_DIR = tmp_path / "gone"
    data = package_of(scene.borrower, scene.document)

    found, facts = _facts(data)
    report = evidence.verify_evidence(data, trust=None)
    own = Trust.from_folder(Path(settings.KZSIGN_ANCHORS_DIR))

    assert (report.verdict.value, report.reason) == ("valid", "")
    assert evidence.verify_evidence(data, trust=own).signers[0].verdict.value == "valid"
    for one in facts:
        assert one["ocsp"] is None
        assert one["lists"] and all(place in found for place in one["lists"])
        assert one["lists_left_out"] == []
    assert [one.revocation.source for one in report.signers] == ["crl", "crl"]
    # Without the lists nothing could be told.
    manifest = json.loads(found["manifest.json"])
    assert [one["path"] for one in manifest["files"] if one["path"].endswith(".crl")]


def test_a_list_too_large_for_the_package_is_named_instead(
    esign: Esign, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    _both_sign(esign, scene)
    monkeypatch.setattr(answers, "LARGEST_LIST", 100)
    data = package_of(scene.borrower, scene.document)

    _found, facts = _facts(data)
    for one in facts:
        assert one["lists"] == []
        assert [left["reason"] for left in one["lists_left_out"]] == ["too_large"] * len(
            one["lists_left_out"]
        )
        assert {left["sha256"] for left in one["lists_left_out"]} <= set(
            RevocationList.objects.values_list("sha256", flat=True)
        )
        assert one["lists_left_out"] and all(left["is_kept"] for left in one["lists_left_out"])
    report = evidence.verify_evidence(data, trust=None)
    assert (report.verdict.value, report.reason) == ("unknown", "revocation_unknown")


def test_a_list_too_large_to_keep_is_told_so(
    esign: Esign, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists_kept, "LARGEST", 100)
    _both_sign(esign, scene)
    assert Signature.objects.count() == 2
    assert not StoredFile.objects.filter(owner_kind=lists_kept.OWNER).exists()
    rows = list(RevocationList.objects.all())
    assert rows and all(row.file_id is None and row.size > 100 for row in rows)
    _found, facts = _facts(package_of(scene.borrower, scene.document))
    assert [left["is_kept"] for left in facts[0]["lists_left_out"]] == [False] * len(rows)


def test_answers_about_the_authorities_are_kept_as_well(esign: Esign, scene: Scene) -> None:
    esign.sandbox.switch(ocsp="ok")
    _both_sign(esign, scene)
    esign.sandbox.switch(ocsp="down")
    proof = EdsProof.objects.order_by("created_at")[0]
    assert proof.signature.ocsp_answer and proof.answers
    assert proof.signature.report["signers"][0]["revocation"]["source"] == "ocsp"
    report = evidence.verify_evidence(package_of(scene.borrower, scene.document), trust=None)
    assert (report.verdict.value, report.reason) == ("valid", "")


def test_the_same_list_at_once_is_kept_once() -> None:
    data, found = b"list of nobody" * 1000, []

    def work() -> None:
        try:
            found.append(lists_kept.keep([data])[0].pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4 and len(set(found)) == 1
    assert RevocationList.objects.count() == 1


def test_lists_on_which_nothing_rests_go(esign: Esign, scene: Scene) -> None:
    _both_sign(esign, scene)
    idle = lists_kept.keep([b"a list that nobody came to rest on"])[0]
    used = RevocationList.objects.count() - 1
    assert lists_kept.drop_unused(idle.kept_at) == 0, "not old enough"
    assert lists_kept.drop_unused(clock.now()) == 1
    assert RevocationList.objects.count() == used
