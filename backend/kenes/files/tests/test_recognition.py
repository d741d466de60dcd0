"""Reading of uploaded papers with the real poppler and the real Tesseract."""

import io
import time
import uuid
import zipfile

import pillow_heif
import pytest
from django.db import connection
from docx import Document
from PIL import Image

from kenes.event_log.models import EventRow
from kenes.files import recognition, recognition_docx, services, texts
from kenes.files import recognition_programs as programs
from kenes.files.errors import FileContentLost, FileNotReady
from kenes.files.models import StoredFile
from kenes.files.sample_scans import a_scan, a_scanned_pdf
from kenes.files.texts_models import FileText, FileTextPage
from kenes.foundation.providers import Rejected, Temporary
from kenes.foundation.rotation import stores
from kenes.outbox.models import OutboxRow

KIND = "paper_of_a_test"
RUSSIAN = """ТОО «МФО «Айқын Қаржы»
СПРАВКА О ЗАДОЛЖЕННОСТИ
По договору о предоставлении микрокредита № МК-2024/118
от 25.03.2024 года по состоянию на 10 ноября 2026 года:
Основной долг: 1 250 000,50 тенге
Вознаграждение: 125 300 тенге
Неустойка (пеня): 12 500 тенге"""
KAZAKH = """БЕРЕШЕК ТУРАЛЫ АНЫҚТАМА
2024 жылғы 25 наурыздағы № МК-2024/118 микрокредит беру
туралы шарт бойынша 2026 жылғы 10 қарашадағы жағдай бойынша:
Негізгі борыш: 850 000 теңге
Тұрақсыздық айыбы (өсімпұл): 12 500 теңге
Құрметпен, бөлім басшысы Әлия Жұмағұлова. Һарип, ілім, үй"""


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "_kinds", {KIND})


def upload(data: bytes, name: str = "бумага", kind: str = KIND) -> StoredFile:
    """An upload that the virus check has passed."""
    file = services.store(
        data=data, name=name, mime="", origin="uploaded", owner_kind=kind, owner_id=uuid.uuid4()
    )
    StoredFile.objects.filter(pk=file.pk).update(scan="clean")
    return StoredFile.objects.get(pk=file.pk)


def read_through(file: StoredFile) -> FileText:
    """Every step that the outbox asks for, one after another."""
    assert recognition.begin(file.pk)
    while (
        row := OutboxRow.objects.filter(handler=recognition.HANDLER, status="pending").order_by("id").first()
    ):
        recognition.step(file_id=uuid.UUID(row.payload["file_id"]), page=row.payload["page"])
        row.delete()
    return FileText.objects.get(file=file)


def words_of(text: str) -> set[str]:
    return set(text.split())


@pytest.mark.parametrize("turn", [0, 90, 180])
def test_a_kazakh_scan_keeps_its_letters_whichever_way_it_lies(turn: int) -> None:
    page = programs.picture_page(a_scan(KAZAKH, turn=turn, specks=15_000))
    wanted = words_of(KAZAKH)
    assert len(words_of(page.text) & wanted) >= 0.9 * len(wanted), page.text
    for letter in "әғқңөұүһі":
        assert letter in page.text.lower(), letter
    assert "Тұрақсыздық айыбы (өсімпұл):" in page.text
    # Figures of the row stand behind its words.
    assert any("борыш" in line and "850 000" in line for line in page.text.splitlines()), page.text


def test_words_stand_where_they_are_on_the_page_as_shown() -> None:
    upright = programs.picture_page(a_scan(RUSSIAN))
    turned = programs.picture_page(a_scan(RUSSIAN, turn=90))
    first = next(word for word in upright.words if word.text.startswith("СПРАВКА"))
    other = next(word for word in turned.words if word.text.startswith("СПРАВКА"))
    assert (first.left, first.top) == (pytest.approx(0.085, abs=0.02), pytest.approx(0.092, abs=0.02))
    # The upper left corner of the upright page is the upper right one of a page turned by 90° clockwise.
    assert other.left + other.width == pytest.approx(1 - first.top, abs=0.02)
    assert other.top == pytest.approx(first.left, abs=0.02)
    assert other.height > other.width


def test_a_phone_picture_is_turned_by_what_it_tells() -> None:
    sideways = a_scan(RUSSIAN, turn=90, exif=8)
    page = programs.picture_page(sideways)
    assert "Основной долг: 1 250 000,50 тенге" in page.text
    first = next(word for word in page.words if word.text.startswith("СПРАВКА"))
    assert first.left < 0.2 and first.top < 0.2


def test_a_heic_photo_is_read() -> None:
    pillow_heif.register_heif_opener()
    output = io.BytesIO()
    Image.open(io.BytesIO(a_scan(RUSSIAN))).convert("RGB").save(output, "HEIF", quality=80)
    assert "Основной долг: 1 250 000,50 тенге" in programs.picture_page(output.getvalue()).text


@pytest.mark.django_db
def test_a_scanned_pdf_is_read_page_by_page_and_each_page_once() -> None:
    file = upload(a_scanned_pdf(RUSSIAN, KAZAKH), "скан.pdf")
    assert recognition.begin(file.pk)
    assert not recognition.begin(file.pk)
    recognition.step(file_id=file.pk, page=0)
    row = FileText.objects.get(file=file)
    assert (row.state, row.waiting) == ("preparing", [1, 2])
    recognition.step(file_id=file.pk, page=1)
    kept = FileTextPage.objects.get(of=row, page=1)
    started = time.monotonic()
    # A step that was killed before its row of the outbox was marked runs again: it finds the page and reads nothing.
    recognition.step(file_id=file.pk, page=1)
    recognition.step(file_id=file.pk, page=0)
    assert time.monotonic() - started < 0.5
    assert FileTextPage.objects.get(of=row, page=1).pk == kept.pk
    assert texts.state_of(file) == "preparing"
    recognition.step(file_id=file.pk, page=2)
    assert texts.state_of(file) == "ready"
    pages = texts.pages_of(file)
    assert [page.page for page in pages] == [1, 2]
    assert "Основной долг: 1 250 000,50 тенге" in pages[0].text
    assert "Негізгі борыш: 850 000 теңге" in pages[1].text
    assert EventRow.objects.filter(type="file.text_read", data__file_id=str(file.pk)).count() == 1
    keys = list(OutboxRow.objects.filter(handler=recognition.HANDLER).values_list("key", flat=True))
    assert len(keys) == len(set(keys)) == 3


@pytest.mark.django_db
def test_a_document_of_words_says_its_text_itself() -> None:
    document = _docx("Справка о доходах", [("Месяц", "Доход"), ("Октябрь", "250 000")])
    row = read_through(upload(document, "справка.docx"))
    assert row.state == "ready"
    text = texts.pages_of(row.file)[0].text
    assert "Справка о доходах" in text
    assert "Октябрь  250 000" in text


@pytest.mark.django_db
def test_a_hostile_picture_costs_its_time_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "OCR_SECONDS", 1)
    noise = Image.effect_noise((5000, 5000), 120)
    output = io.BytesIO()
    noise.save(output, "PNG")
    file = upload(output.getvalue(), "шум.png")
    started = time.monotonic()
    row = read_through(file)
    assert time.monotonic() - started < 2 * programs.PICTURE_SECONDS + 10
    assert (row.state, row.problem) == ("none", "timeout")
    monkeypatch.setattr(programs, "OCR_SECONDS", 75)
    other = read_through(upload(a_scan(RUSSIAN), "скан.jpg"))
    assert (other.state, other.problem) == ("ready", "")


def test_a_picture_of_a_hundred_million_points_is_not_even_opened() -> None:
    bomb = io.BytesIO()
    Image.new("1", (12_000, 9_000)).save(bomb, "PNG")
    started = time.monotonic()
    with pytest.raises(Rejected):
        programs.picture_page(bomb.getvalue())
    assert time.monotonic() - started < 5
    for rubbish in (b"", b"\x89PNG\r\n\x1a\n" + b"x" * 2000, b"GIF89a"):
        with pytest.raises(Rejected):
            programs.picture_page(rubbish)


def test_programs_are_stopped_by_their_time() -> None:
    started = time.monotonic()
    with pytest.raises(Temporary):
        programs._run(1, "sleep", "30")
    assert time.monotonic() - started < 5


@pytest.mark.django_db
def test_text_goes_with_the_file_and_is_encrypted() -> None:
    file = upload(a_scan(RUSSIAN), "скан.jpg")
    row = read_through(file)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM files_filetextpage")
        raw = bytes(cursor.fetchone()[0])
    assert "долг".encode() not in raw
    # Its key is changed with those of all others.
    assert any(store.name.startswith("files.FileTextPage") for store in stores())
    services.request_removal_of(file_id=file.pk)
    assert not FileText.objects.filter(pk=row.pk).exists()
    assert FileTextPage.objects.count() == 0
    # A step that comes late finds nothing to do.
    recognition.step(file_id=file.pk, page=1)
    assert FileText.objects.count() == 0
    with pytest.raises(FileContentLost):
        texts.pages_of(StoredFile.objects.get(pk=file.pk))


@pytest.mark.django_db
def test_only_checked_files_of_registered_owners_are_read() -> None:
    unchecked = services.store(
        data=a_scan("текст"), name="x.jpg", mime="", origin="uploaded", owner_kind=KIND, owner_id=uuid.uuid4()
    )
    assert not recognition.begin(unchecked.pk)
    with pytest.raises(FileNotReady):
        texts.pages_of(unchecked)
    assert not recognition.begin(upload(a_scan("текст"), "x.jpg", kind="photo").pk)
    assert not recognition.begin(uuid.uuid4())


def test_documents_that_are_none_give_no_text() -> None:
    assert recognition_docx.text_of(b"PK\x03\x04 nothing") == ""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    assert recognition_docx.text_of(output.getvalue()) == ""


def _docx(paragraph: str, table: list[tuple[str, str]]) -> bytes:
    document = Document()
    document.add_paragraph(paragraph)
    rows = document.add_table(rows=0, cols=2)
    for left, right in table:
        cells = rows.add_row().cells
        cells[0].text, cells[1].text = left, right
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()
