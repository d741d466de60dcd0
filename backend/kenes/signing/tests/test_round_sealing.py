"""A round of several signers ends in one sealed file; its page, the public check and the evidence all say the same."""

from __future__ import annotations

import pytest

from kenes.accounts.selectors import actor_for
from kenes.cases.models import PartyRole
from kenes.documents.models import Document
from kenes.event_log.models import EventRow
from kenes.files import services as files
from kenes.foundation.language.names import initials
from kenes.signing import selectors, verification
from kenes.signing.errors import WrongWay
from kenes.signing.evidence.errors import NothingSigned
from kenes.signing.evidence.tests.samples import package_of, publish_agreement, run_documents
from kenes.signing.models import Signature, SignerRole, VerificationRecord
from kenes.signing.services import answers
from kenes.signing.tests import ways_of_signing as ways
from kenes.signing.tests.conftest import Esign
from kenes.signing.tests.rounds import Scene, join, make_scene, start, wish

pytestmark = pytest.mark.django_db(transaction=True)
_ORDERS = [
    ("borrower", "co_borrower", "manager"),
    ("manager", "co_borrower", "borrower"),
    ("borrower", "manager", "co_borrower"),
]
_HOW = {"eds": "НУЦ РК (NCALayer)", "sms": "код из SMS", "paper": "От руки на бумаге"}


@pytest.fixture
def scene(esign: Esign) -> Scene:
    publish_agreement()
    made = make_scene()
    ways.give_iins(made)
    return made


def _squeezed(text: str) -> str:
    """Without the ends of lines that the page puts into long words."""
    return "".join(text.split())


@pytest.mark.parametrize(
    ("first", "second"), [("eds", "eds"), ("eds", "sms"), ("sms", "eds"), ("paper", "eds"), ("eds", "paper")]
)
def test_two_signers_are_sealed_once_and_everything_says_the_same(
    esign: Esign, scene: Scene, first: str, second: str
) -> None:
    start(scene, wish(scene.borrower), wish(scene.co_borrower, position=2), is_ordered=True)
    people = (scene.borrower, scene.co_borrower)
    handed_in = {
        person.pk: ways.answer(way, esign, scene, person)
        for way, person in zip((first, second), people, strict=True)
    }

    done = ways.sealed(scene)

    # By time: a time stamp knows whole seconds only, so one made in the same second may come first.
    rows = selectors.signatures_of(scene.document.pk)
    assert {(row.signer_id, row.method) for row in rows} == {
        (person.pk, way) for person, way in zip(people, (first, second), strict=True)
    }
    # The page names each of them, how he signed, and the file that was signed.
    for row in rows:
        assert _squeezed(row.signer_name) in _squeezed(done.page)
        assert _squeezed(_HOW[row.method]) in _squeezed(done.page)
        assert row.certificate_serial.upper() in _squeezed(done.page).upper().replace(":", "")
    assert done.record.original_sha256 in _squeezed(done.page)
    # What came is kept, byte for byte.
    kept = {row.signer_id: files.read(row.cms_file) if row.cms_file is not None else b"" for row in rows}
    assert kept == handed_in
    # Anybody may verify: by the address, by the sealed file, by the file that was signed.
    original = verification.verify_file(done.original)
    for found in (done.by_token, done.by_file, original):
        assert found.verdict == "valid", found.reason_code
        assert [(one.signer, one.method, one.signed_at) for one in found.signatures] == [
            (initials(row.signer_name), row.method, row.signed_at) for row in rows
        ]
    report, facts = ways.package(scene.borrower, scene.document)
    assert [(one["method"], one["signed_at"]) for one in facts] == ways.made(scene.document)
    assert [one["signer_name"] for one in facts] == [row.signer_name for row in rows]
    assert [one.signed_at for one in report.signers] == [row.signed_at for row in rows]
    # A program cannot tell whose hand it is: that alone stays open.
    expected = ("unknown", "handwriting") if "paper" in (first, second) else ("valid", "")
    assert (report.verdict.value, report.reason) == expected


@pytest.mark.parametrize("order", _ORDERS)
def test_a_last_answer_that_approves_ends_in_one_seal(
    esign: Esign, scene: Scene, order: tuple[str, ...]
) -> None:
    people = [getattr(scene, name) for name in order]
    wishes = [
        wish(person, SignerRole.APPROVER.value if person == scene.manager else SignerRole.SIGNER.value, place)
        for place, person in enumerate(people, start=1)
    ]
    start(scene, *wishes, is_ordered=True)
    for person in people:
        run_documents()
        assert not VerificationRecord.objects.exists(), "sealed before everybody has answered"
        if person == scene.manager:
            ways.approve(person, scene.request(person))
        else:
            ways.answer("eds", esign, scene, person)

    done = ways.sealed(scene)

    page = _squeezed(done.page)
    assert all(_squeezed(person.full_name) in page for person in people)
    assert _squeezed("Согласовано без подписи") in page
    assert len(done.by_file.signatures) == len(done.by_token.signatures) == 2
    report, facts = ways.package(scene.borrower, scene.document)
    assert (report.verdict.value, report.reason, len(facts)) == ("valid", "", 2)


def test_who_gets_a_copy_signs_nothing_and_reads_the_sealed_file(esign: Esign, scene: Scene) -> None:
    lawyer = join(scene.document, PartyRole.LAWYER, "Сарсенова Гульнара")
    start(scene, wish(scene.borrower), wish(lawyer, SignerRole.COPY.value))
    assert scene.request(lawyer).status == "copy"
    ways.answer("eds", esign, scene, scene.borrower)

    done = ways.sealed(scene)

    assert scene.request(lawyer).status == "copy"
    assert _squeezed(lawyer.full_name) not in _squeezed(done.page)
    assert len(done.by_file.signatures) == 1
    assert EventRow.objects.filter(type="signature.signed").count() == 1
    mine = selectors.get_request(actor=actor_for(lawyer), request_id=scene.request(lawyer).pk)
    assert mine.document.sealed_file_id == done.record.sealed_file_id
    with pytest.raises(WrongWay):
        answers.decline_signature(actor=actor_for(lawyer), request_id=mine.pk, reason="")


@pytest.mark.parametrize("way", ["eds", "sms", "paper"])
def test_declining_after_the_first_signature_seals_nothing(esign: Esign, scene: Scene, way: str) -> None:
    start(scene, wish(scene.borrower), wish(scene.co_borrower, position=2), is_ordered=True)
    cms = ways.answer(way, esign, scene, scene.borrower)
    answers.decline_signature(
        actor=actor_for(scene.co_borrower), request_id=scene.request(scene.co_borrower).pk, reason="Нет"
    )
    run_documents()

    document = Document.objects.select_related("pdf_file").get(pk=scene.document.pk)
    assert (document.status, document.sealed_file_id) == ("ready_to_sign", None)
    assert not VerificationRecord.objects.exists()
    assert selectors.signatures_of(document.pk) == []
    # What he signed is kept, as evidence of what happened; it signs nothing any more.
    kept = Signature.objects.select_related("cms_file").get()
    assert kept.cms_file is None or files.read(kept.cms_file) == cms
    assert document.pdf_file is not None
    found = verification.verify_file(files.read(document.pdf_file))
    assert (found.verdict, found.signatures) == ("unknown", [])
    with pytest.raises(NothingSigned):
        package_of(scene.borrower, document)
