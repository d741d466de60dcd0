from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pypdf
import pytest
from reportlab.pdfbase import pdfmetrics

from kenes.signing import certificate_page
from kenes.signing.certificate_facts import CertificateOfKey, SignerFacts
from kenes.signing.certificate_page import draw_certificate_page
from kenes.signing.certificate_texts import TEXTS
from kenes.signing.tests.pdf_samples import NOW, VERIFY_URL, facts_for, identity_of, letter_pdf, signer_facts


def _text(*, sheets: int = 1, **changes: object) -> str:
    page = draw_certificate_page(facts_for(letter_pdf(), identity_of("ours"), **changes))
    pages = pypdf.PdfReader(io.BytesIO(page)).pages
    assert len(pages) == sheets
    return " ".join(word for found in pages for word in found.extract_text().split())


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
    text = _text(signers=(signer_facts(signed_at=datetime(2026, 12, 31, 19, 30, tzinfo=UTC)),))

    assert "01.01.2027 00:30:00" in text
    assert "31.12.2026 19:30:00 UTC" in text


def test_fonts_have_every_kazakh_letter_and_the_tenge_sign() -> None:
    certificate_page._register_fonts()
    for name in certificate_page._FONT_FILES:
        face = pdfmetrics.getFont(name).face
        missing = [letter for letter in "әғқңөұүһіӘҒҚҢӨҰҮҺІ₸«»№•·—" if ord(letter) not in face.charToGlyph]
        assert not missing


def test_very_long_names_wrap_and_stay_on_the_page() -> None:
    text = _text(document_title="Заявление " * 25, signers=(signer_facts(name="Оченьдлиннаяфамилия " * 8),))

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
            lambda name: draw_certificate_page(
                facts_for(letter, identity, signers=(signer_facts(name=name),))
            ),
            names * 2,
        )

    for name, page in zip(names * 2, pages, strict=True):
        assert name in pypdf.PdfReader(io.BytesIO(page)).pages[0].extract_text()


def _round() -> tuple[SignerFacts, ...]:
    bank = CertificateOfKey("ГОСТ 34.10-2015, 512", "44a1c0ffee", "АО «Банк»", "990140000018", "head")
    plain = {"masked_phone": "", "agreement_accepted_at": None}
    return (
        signer_facts(),
        signer_facts(**plain, name="Досымов Кайрат", method="eds", certificate=bank, is_stamped=True),
        signer_facts(
            **plain,
            name="Ибраева Мадина",
            method="egov_qr",
            principal="Ибраев Серик",
            certificate=CertificateOfKey("ГОСТ 34.10-2015, 512", "77aabb"),
        ),
        signer_facts(
            **plain, name="Петров Пётр", method="paper", checked_by="Серікова Айгүл", checked_at=NOW
        ),
        signer_facts(**plain, name="Согласующий Иван", method="approval"),
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "ru",
            "Подпись 4 из 4|Согласование|первый руководитель|БИН 990140000018|время по метке времени|От имени: Ибраев Серик"
            "|От руки на бумаге|проверил(а) Серікова Айгүл|(eGov mobile)|Сертификат № 77AABB|Согласовано без подписи",
        ),
        (
            "kk",
            "4-қолтаңба, барлығы 4|Келісу|бірінші басшы|БСН 990140000018|уақыт белгісі бойынша|Ибраев Серик атынан"
            "|Қағазға қолмен|тексерген: Серікова Айгүл|(eGov mobile)|Сертификат № 77AABB|Қол қоймай келісті",
        ),
    ],
)
def test_every_way_to_answer_is_told_with_what_proves_it(language: str, words: str) -> None:
    text = _text(sheets=2, language=language, signers=_round())

    for word in words.split("|"):
        assert word in text, word


def test_many_signers_go_on_to_further_sheets_and_nobody_is_lost() -> None:
    people = tuple(signer_facts(name=f"Подписант Номер{number:02}") for number in range(23))
    page = draw_certificate_page(facts_for(letter_pdf(), identity_of("ours"), signers=people))
    sheets = [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(page)).pages]

    assert len(sheets) > 2
    assert "лист 2 из" in sheets[1]
    for number in range(23):
        assert sum(f"Номер{number:02}" in sheet for sheet in sheets) == 1
    assert "Подписанный файл" in sheets[-1]
    assert VERIFY_URL in sheets[0]


def test_the_page_says_whether_the_seal_carries_a_time_stamp() -> None:
    assert "PAdES B-B: без метки времени" in _text()
    assert "PAdES B-LTA: с меткой времени" in _text(has_time_stamp=True)
