from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pypdf
import pytest
from reportlab.pdfbase import pdfmetrics

from kenes.signing import certificate_page
from kenes.signing.certificate_page import draw_certificate_page
from kenes.signing.certificate_texts import TEXTS
from kenes.signing.tests.pdf_samples import VERIFY_URL, facts_for, identity_of, letter_pdf


def _text(**changes: object) -> str:
    page = draw_certificate_page(facts_for(letter_pdf(), identity_of("ours"), **changes))
    pages = pypdf.PdfReader(io.BytesIO(page)).pages
    assert len(pages) == 1
    return " ".join(pages[0].extract_text().split())


def test_page_says_who_signed_what_when_and_how() -> None:
    facts = facts_for(letter_pdf(), identity_of("ours"))
    text = _text()

    assert "Әбдірахманова Гүлнәр Қайратқызы" in text
    assert "№ KH-2026-000123-01" in text
    assert "25.11.2026 19:12:05" in text
    assert "25.11.2026 14:12:05 UTC" in text
    assert "+7 ••• ••• 45 67" in text
    assert facts.document_sha256 in text.replace(" ", "")
    assert VERIFY_URL in text


@pytest.mark.parametrize(("language", "first", "second"), [("ru", "ru", "kk"), ("kk", "kk", "ru")])
def test_both_languages_stand_on_the_page_the_document_language_first(
    language: str, first: str, second: str
) -> None:
    text = _text(language=language)

    assert text.index(TEXTS[first].title) < text.index(TEXTS[second].title)  # type: ignore[index]
    for texts in TEXTS.values():
        for label in (
            texts.document,
            texts.signer,
            texts.when,
            texts.how,
            texts.ground,
            texts.file,
            texts.seal,
        ):
            assert label in text


def test_time_is_shown_in_almaty_and_universal_across_midnight() -> None:
    text = _text(signed_at=datetime(2026, 12, 31, 19, 30, tzinfo=UTC))

    assert "01.01.2027 00:30:00" in text
    assert "31.12.2026 19:30:00 UTC" in text


def test_fonts_have_every_kazakh_letter_and_the_tenge_sign() -> None:
    certificate_page._register_fonts()
    for name in certificate_page._FONT_FILES:
        face = pdfmetrics.getFont(name).face
        missing = [letter for letter in "әғқңөұүһіӘҒҚҢӨҰҮҺІ₸«»№•·—" if ord(letter) not in face.charToGlyph]
        assert not missing


def test_very_long_names_wrap_and_stay_on_the_page() -> None:
    text = _text(document_title="Заявление " * 25, signer_name="Оченьдлиннаяфамилия " * 8)

    assert text.count("Заявление") == 25
    assert text.count("Оченьдлиннаяфамилия") == 8


def test_pages_drawn_by_many_threads_at_once_are_right() -> None:
    identity, letter = identity_of("ours"), letter_pdf()
    names = [
        f"{first} {second}"
        for first in ("Әсел", "Ғани", "Һалида")
        for second in ("Ұлы", "Үкі", "Щукин", "Ёлкина")
    ]

    with ThreadPoolExecutor(6) as pool:
        pages = pool.map(
            lambda name: draw_certificate_page(facts_for(letter, identity, signer_name=name)), names * 2
        )

    for name, page in zip(names * 2, pages, strict=True):
        assert name in pypdf.PdfReader(io.BytesIO(page)).pages[0].extract_text()
