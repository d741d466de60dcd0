"""What goes along with a letter: chosen papers, one PDF with a table of contents, the e-mail, the sheet of proof."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from kenes.accounts.models import User
from kenes.cases import testing as cases
from kenes.cases.models import Case, CaseStory, MissingPaper
from kenes.cases.tracks import paper_checklists
from kenes.cases.tracks.paper_checklists import Circumstances
from kenes.documents import services
from kenes.documents.models import Dispatch, Document, DocumentPackage
from kenes.documents.packages import making as package_making
from kenes.documents.packages import services as packages
from kenes.documents.packages.merging_pdf import NotMergeable, Part, merge, picture_pdf
from kenes.documents.sending import dispatching
from kenes.documents.tests.conftest import SYSTEM, TODAY
from kenes.files import pages
from kenes.files import services as files
from kenes.files.converter import Pool, converter_pool
from kenes.files.models import StoredFile
from kenes.foundation import clock
from kenes.foundation.providers import Temporary
from kenes.messaging.models import Message
from kenes.outbox.models import OutboxRow

pytestmark = pytest.mark.django_db
Api = Callable[[User], Any]


def picture(colour: str = "white", size: tuple[int, int] = (600, 800)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def give(
    case: Case, title: str, data: bytes, mime: str, *, scan: str = "clean", code: str = ""
) -> MissingPaper:
    """A paper that staff asked for and the borrower has brought, checked for viruses."""
    file = files.store(
        data=data, name="paper", mime=mime, origin="generated", owner_kind="missing_paper", owner_id=case.pk
    )
    StoredFile.objects.filter(pk=file.pk).update(scan=scan)
    now = clock.now()
    return MissingPaper.objects.create(
        case=case, title=title, code=code, asked_at=now, received_at=now, file_id=file.pk
    )


def seal(document: Document) -> Document:
    """Sign and seal: the sealed file is the PDF of the letter itself."""
    services.mark_signed(actor=SYSTEM, document_id=document.pk, signed_at=clock.now())
    file = files.store(
        data=files.read(document.pdf_file), name="sealed.pdf", mime="application/pdf", origin="generated",
        owner_kind="document", owner_id=document.pk,
    )  # fmt: skip
    return services.attach_sealed(actor=SYSTEM, document_id=document.pk, file_id=file.pk, sha256=file.sha256)


@pytest.fixture
def papers(letter: Document) -> list[str]:
    """Places of a scanned picture, a PDF and a table that no page is made of."""
    pdf = files.read(letter.translations.get().pdf_file)
    rows = [
        give(letter.case, "Справка о доходах", picture(), "image/jpeg"),
        give(letter.case, "Выписка", pdf, "application/pdf"),
        give(
            letter.case, "Таблица", b"PK", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        ),
    ]
    return [f"paper:{row.pk}" for row in rows]


@pytest.fixture
def own(letter: Document, api_for: Api) -> Any:
    return api_for(letter.case.borrower)


def arrive(letter: Document, run_outbox: Callable[[], int]) -> Dispatch:
    """The lender's mail server has taken the letter."""
    run_outbox()
    dispatch = Dispatch.objects.get(document=letter)
    assert dispatch.status in {"queued", "accepted"} and dispatch.message_id is not None
    # Beside a mail server it has been accepted already; saying it twice changes nothing.
    dispatching.accepted(message_id=dispatch.message_id, on=TODAY)
    run_outbox()
    dispatch.refresh_from_db()
    return dispatch


def choose(api: Any, letter: Document, places: list[str]) -> Any:
    version = api.call("get", f"/documents/{letter.pk}/package/").json()["version"]
    return api.call("post", f"/documents/{letter.pk}/package/", {"papers": places, "version": version})


def test_the_borrower_chooses_papers_and_sees_one_pdf_with_a_table_of_contents(
    letter: Document, papers: list[str], own: Any, run_outbox: Callable[[], int]
) -> None:
    before = own.call("get", f"/documents/{letter.pk}/package/").json()
    assert before["status"] == "choosing" and [row["place"] for row in before["papers"]] == papers
    assert own.call("get", f"/documents/{letter.pk}/package/file/").status_code == 404
    answer = choose(own, letter, [papers[1], papers[0], papers[2]])
    assert (answer.status_code, answer.json()["status"]) == (202, "preparing")
    run_outbox()
    shown = own.call("get", f"/documents/{letter.pk}/package/").json()
    assert shown["status"] == "ready" and not shown["has_proof"]
    kinds = [part["kind"] for part in shown["parts"]]
    assert kinds == ["cover", "cover", "letter", "translation", "enclosure", "enclosure", "enclosure"]
    assert shown["parts"][-1]["pages"] == 0 and shown["parts"][-1]["title"] == "Приложение 3. Таблица"
    pdf = own.call("get", f"/documents/{letter.pk}/package/file/").content
    assert hashlib.sha256(pdf).hexdigest() == shown["sha256"]
    reader = PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) == shown["pages"] == len(shown["preview_pages"])
    contents = [(str(one.title), reader.get_destination_page_number(one) + 1) for one in reader.outline]
    assert contents == [(part["title"], part["first"]) for part in shown["parts"] if part["pages"]]
    assert reader.page_labels[0] == "1.1" and reader.page_labels[shown["parts"][2]["first"] - 1] == "3.1"
    text = pages.pdf_text(pdf)
    assert "СОПРОВОДИТЕЛЬНОЕ ПИСЬМО" in text and "ІЛЕСПЕ ХАТ" in text
    assert letter.sha256[:16] in text.replace("\n", "").replace(" ", "")
    assert "Приложение 1. Выписка" in " ".join(text.split())
    png = own.call("get", f"/documents/{letter.pk}/package/pages/1/").content
    assert png.startswith(b"\x89PNG")
    assert own.call("get", f"/documents/{letter.pk}/package/pages/99/").status_code == 404


def test_a_letter_that_is_written_when_papers_have_come_names_them_and_takes_them_along(
    letter: Document, own: Any, run_outbox: Callable[[], int]
) -> None:
    papers_to_come = "Документы, подтверждающие изложенное, представлю по запросу"
    assert papers_to_come in letter.text and letter.content["attachments"] == []
    story = CaseStory.objects.get(case=letter.case)
    told = Circumstances.of(story.income, story.hardship)
    code = paper_checklists.needed(letter.track.kind, told)[0].code
    given = give(letter.case, "Справка", picture(), "image/jpeg", code=code)
    title = {language: paper_checklists.words(code, language)["title"] for language in ("ru", "kk")}
    renewed = services.regenerate(actor=SYSTEM, document_id=letter.pk)
    run_outbox()
    renewed.refresh_from_db()
    kazakh = renewed.translations.get()
    assert f"1) {title['ru']}." in renewed.text and papers_to_come not in renewed.text
    assert f"1) {title['kk']}." in kazakh.text
    # Not chosen, but the text that is signed names it.
    assert choose(own, renewed, []).status_code == 202
    assert DocumentPackage.objects.get(document=renewed).papers == [f"paper:{given.pk}"]


def test_the_zip_holds_every_paper_as_it_was_given(
    letter: Document, papers: list[str], own: Any, run_outbox: Callable[[], int]
) -> None:
    choose(own, letter, papers)
    run_outbox()
    packed = b"".join(own.call("get", f"/documents/{letter.pk}/package/file/?form=zip").streaming_content)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = archive.namelist()
        assert archive.read("enclosure-01.jpg") == picture()
        assert archive.read("enclosure-03.xlsx") == b"PK"
        for line in archive.read("SHA256SUMS").decode().splitlines():
            digest, name = line.split("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
    assert {"package.pdf", "1_cover.pdf"} <= set(names)


def test_the_letter_leaves_with_its_package_and_the_proof_comes_after(
    letter: Document, papers: list[str], own: Any, run_outbox: Callable[[], int]
) -> None:
    choose(own, letter, papers[:2])
    sealed = seal(letter)
    # It waits for the package that holds its sealed copy.
    dispatching.send(dispatch_id=sealed.dispatch.pk)
    assert not Message.objects.filter(kind="creditor_letter").exists()
    dispatch = arrive(letter, run_outbox)
    message = Message.objects.get(pk=dispatch.message_id)
    attached = [row.file for row in message.attachments.select_related("file")]
    package = DocumentPackage.objects.get(document=letter)
    assert [file.pk for file in attached[:2]] == [
        sealed.sealed_file_id,
        letter.translations.get().pdf_file_id,
    ]
    assert len(attached) == 3 and attached[2].mime == "application/pdf"
    # What was signed is attached byte for byte.
    assert hashlib.sha256(files.read(attached[0])).hexdigest() == sealed.sealed_file.sha256
    assert "пакет документов одним файлом" in message.body["text"]
    assert "бір файлға жиналған құжаттар" in message.body["text"]
    assert dispatch.status == "accepted" and package.proof_file_id is not None
    proof = pages.pdf_text(files.read(package.proof_file))
    assert "ЛИСТ ДОСТАВКИ" in proof and dispatch.address in proof
    assert sealed.sealed_file.sha256[:16] in proof.replace("\n", "").replace(" ", "")
    shown = own.call("get", f"/documents/{letter.pk}/package/").json()
    assert shown["has_proof"] and shown["parts"][-1]["kind"] == "proof" and not shown["can_change"]
    # The file that was sent is still there, though a newer package took its place.
    assert attached[2].pk != package.pdf_file_id
    assert files.read(StoredFile.objects.get(pk=attached[2].pk)).startswith(b"%PDF")
    gone = choose(own, letter, papers)
    assert (gone.status_code, gone.json()["code"]) == (409, "document.package_already_sent")


def test_a_package_that_cannot_be_made_holds_no_letter_back(
    letter: Document, run_outbox: Callable[[], int]
) -> None:
    seal(letter)
    package = DocumentPackage.objects.get(document=letter)
    dead = Pool(
        addresses=("127.0.0.1:9",),
        leases=converter_pool().leases,
        wait_seconds=0.1,
        prefix="kenes:converter-test:none",
    )
    with pytest.raises(Temporary):
        package_making.make(package_id=package.pk, version=package.version, last_try=False, pool=dead)
    assert packages.holds_back(letter.pk)
    package_making.make(package_id=package.pk, version=package.version, last_try=True, pool=dead)
    package_making.let_leave(package_id=package.pk, version=package.version)
    OutboxRow.objects.filter(handler="documents.package").update(status="done")
    run_outbox()
    dispatch = Dispatch.objects.get(document=letter)
    assert dispatch.status in {"queued", "accepted"}
    message = Message.objects.get(pk=dispatch.message_id)
    assert message.attachments.count() == 2 and "пакет документов" not in message.body["text"]


def test_a_letter_leaves_though_the_maker_of_its_package_was_killed_before_it_let_it_go(
    letter: Document, run_outbox: Callable[[], int]
) -> None:
    seal(letter)
    package = DocumentPackage.objects.get(document=letter)
    package_making.make(package_id=package.pk, version=package.version, last_try=False, pool=converter_pool())
    assert Dispatch.objects.get(document=letter).status == "waiting_address"
    run_outbox()
    assert Dispatch.objects.get(document=letter).status in {"queued", "accepted"}


def test_too_large_a_package_stays_behind_and_the_letter_says_so(
    letter: Document, own: Any, run_outbox: Callable[[], int]
) -> None:
    seal(letter)
    OutboxRow.objects.filter(handler="documents.dispatch").delete()
    package = DocumentPackage.objects.get(document=letter)
    package_making.make(package_id=package.pk, version=package.version, last_try=False, pool=converter_pool())
    package.refresh_from_db()
    StoredFile.objects.filter(pk=package.pdf_file_id).update(size=11 * 1024 * 1024)
    dispatching.send(dispatch_id=Dispatch.objects.get(document=letter).pk)
    message = Message.objects.get(kind="creditor_letter")
    assert message.attachments.count() == 2
    assert "слишком велики" in message.body["text"] and "тым үлкен" in message.body["text"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"papers": ["paper:00000000-0000-4000-8000-000000000000"], "version": 1}, 400, "validation"),
        ({"papers": ["../../etc"], "version": 1}, 400, "validation"),
        ({"papers": [], "version": 7}, 409, "document.package_changed"),
        ({"papers": "all", "version": 1}, 400, "validation"),
        ({"papers": [], "version": 10**30}, 409, "document.package_changed"),
        ({"papers": [], "version": -1}, 400, "validation"),
    ],
)
def test_a_wrong_choice_changes_nothing(
    letter: Document, own: Any, body: dict[str, Any], status: int, code: str
) -> None:
    answer = own.call("post", f"/documents/{letter.pk}/package/", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not OutboxRow.objects.filter(handler="documents.package").exists()


def test_a_paper_of_another_case_or_one_that_is_being_checked_does_not_go_along(
    letter: Document, own: Any, stranger: User, today: Any
) -> None:
    foreign = give(cases.make_case(stranger), "Чужая справка", picture(), "image/jpeg")
    unchecked = give(letter.case, "Справка", picture(), "image/jpeg", scan="pending")
    for row, code in ((foreign, "unknown"), (unchecked, "not_ready")):
        answer = choose(own, letter, [f"paper:{row.pk}"])
        assert answer.status_code == 400 and answer.json()["errors"][0]["code"] == code
        assert answer.json()["errors"][0]["pointer"] == "/papers/0"
    assert "Чужая" not in str(own.call("get", f"/documents/{letter.pk}/package/").json())


def test_others_see_and_choose_no_package(
    letter: Document, papers: list[str], stranger: User, manager: User, api_for: Api
) -> None:
    for person in (stranger, manager):
        api = api_for(person)
        assert api.call("get", f"/documents/{letter.pk}/package/").status_code == 404
        body = {"papers": papers[:1], "version": 1}
        assert api.call("post", f"/documents/{letter.pk}/package/", body).status_code == 404
        assert api.call("get", f"/documents/{letter.pk}/package/file/?form=zip").status_code == 404
    assert not DocumentPackage.objects.filter(document=letter).exists()
    # A translation has no package of its own.
    translation = letter.translations.get()
    assert (
        api_for(letter.case.borrower).call("get", f"/documents/{translation.pk}/package/").status_code == 404
    )


def test_broken_and_locked_papers_are_listed_without_pages() -> None:
    good = picture_pdf(picture())
    merged = merge([Part("Письмо", good), Part("Сломан", b"%PDF-1.4 broken"), Part("Нет", None)], title="т")
    assert [(one.first, one.pages) for one in merged.places] == [(1, 1), (0, 0), (0, 0)]
    assert [one.title for one in PdfReader(io.BytesIO(merged.pdf)).outline] == ["Письмо"]
    with pytest.raises(NotMergeable):
        picture_pdf(b"not a picture")


def test_a_merged_copy_carries_no_field_of_a_signature() -> None:
    writer = PdfWriter(io.BytesIO(picture_pdf(picture())))
    field = DictionaryObject(
        {NameObject("/Subtype"): NameObject("/Widget"), NameObject("/FT"): NameObject("/Sig")}
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(field)])
    out = io.BytesIO()
    writer.write(out)
    merged = PdfReader(io.BytesIO(merge([Part("а", out.getvalue())], title="т").pdf))
    assert not merged.pages[0].get("/Annots") and "/AcroForm" not in merged.trailer["/Root"]


def test_nobody_is_asked_what_a_cover_a_proof_and_a_report_can_tell(
    letter: Document, supervisor: User, api_for: Api, run_outbox: Callable[[], int]
) -> None:
    seal(letter)
    arrive(letter, run_outbox)
    debt = letter.obligation_id
    for code, about in (("COVER_LETTER", debt), ("DISPATCH_PROOF", debt), ("CASE_REPORT", None)):
        body = {"code": code, "obligation_id": str(about) if about else None}
        draft = api_for(supervisor).call("post", f"/cases/{letter.case_id}/document-drafts/", body).json()
        assert draft["missing"] == [], (code, draft["missing"])
        made = api_for(supervisor).call("post", f"/document-drafts/{draft['id']}/generate/", {})
        assert made.status_code == 201, made.json()
    run_outbox()
    report = Document.objects.get(code="CASE_REPORT", language="ru")
    assert letter.number in report.text and "Что дальше" in report.text
    proof = Document.objects.get(code="DISPATCH_PROOF", language="ru")
    assert Dispatch.objects.get(document=letter).address in proof.text
