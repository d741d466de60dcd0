"""No letter says how it is signed before it is: by ЭЦП, by a code or by hand, each signer in his own way. The sheet in the file says it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

import pytest

from kenes.documents import catalogue, kinds
from kenes.documents.authoring import build
from kenes.documents.filling.docx_text import docx_text
from kenes.documents.filling.rendering import fill
from kenes.documents.letters import samples
from kenes.documents.letters.printing import values_for
from kenes.documents.models import Document
from kenes.documents.packages import texts as package_texts

TEMPLATES: Final = [
    (code, language) for code, kind in catalogue.kinds().items() for language in kind.templates
]
WAYS: Final = {
    "code": re.compile(r"SMS"),
    "key": re.compile(r"ЭЦП|ЭЦҚ|(?i:электронн\w+ цифров|электрондық цифрлық)"),
    "hand": re.compile(r"(?i)собственноруч|на бумаге|от руки|өз қолы|қолмен|қағазда"),
}
SIGNS: Final = re.compile(r"(?i)подписыва|подписан[аоы]?\b|подписал|подпиш|қол қо[йя]")
# What is said of one way alone holds only where that way was taken.
ONLY_IF: Final = re.compile(r"(?i)\bесли\b|\bиначе\b|при подписании|қойылса\b|қолданылса\b|болсам?\b|әйтпесе")
SENTENCES: Final = re.compile(r"(?<=[.;:])\s+|\n")
# The agreement that makes a code a signature speaks of codes.
ABOUT_CODES: Final = frozenset({"ESIGN_AGREEMENT"})


def named(text: str) -> set[str]:
    return {way for way, words in WAYS.items() if words.search(text)}


def one_sided(text: str) -> list[str]:
    """Sentences that say of some ways, not of all, that the document is signed so, whatever the signer does."""
    return [
        sentence
        for sentence in SENTENCES.split(text)
        if SIGNS.search(sentence) and 0 < len(named(sentence)) < len(WAYS) and not ONLY_IF.search(sentence)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Документ подписывается одноразовым кодом из SMS, направленным на мой номер. Основание: соглашение.",
        "Подписано ЭЦП заявителя.",
        "Расталған нөмірге SMS арқылы жіберілетін бір реттік кодпен қол қойылады.",
    ],
)
def test_a_sentence_that_knows_one_way_alone_is_found(text: str) -> None:
    assert len(one_sided(text)) == 1


@pytest.mark.parametrize(("code", "language"), TEMPLATES)
def test_no_template_names_one_way_of_signing_as_the_only_one(code: str, language: str) -> None:
    text = (build.FOLDER / code / f"{language}.txt").read_text(encoding="utf-8")
    if code in ABOUT_CODES:
        assert "SMS" in text
    else:
        assert one_sided(text) == []


@pytest.mark.parametrize(("code", "language"), TEMPLATES)
def test_a_letter_that_a_code_may_sign_names_every_way_and_another_names_no_code(
    code: str, language: str
) -> None:
    kind = catalogue.kinds()[code]
    template = (build.FOLDER / code / f"{language}.docx").read_bytes()
    text = docx_text(fill(template, values_for(code, samples.sample_for(kind), language)))
    assert one_sided(text) == [] or code in ABOUT_CODES
    if "S" in kind.signature:
        assert named(text) == set(WAYS)
        assert "+7 ••• ••• 18 41" in text.replace("\u00a0", " ")
    elif code not in ABOUT_CODES:
        assert "code" not in named(text)


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_cover_letter_says_when_and_leaves_who_and_how_to_the_sheet(language: str) -> None:
    # 20:00 UTC is the next day in Almaty.
    letter = Document(number="KH-2026-000001-01", signed_at=datetime(2026, 11, 17, 20, tzinfo=UTC))
    text = package_texts.signed_words(letter, language)
    assert text is not None and "KH-2026-000001-01" in text and re.search(r"18.(ноября|қараша)", text)
    assert named(text) == set() and re.search(r"листе подписи|қолтаңба парағы", text)
    assert package_texts.signed_words(Document(number="1"), language) is None


@pytest.mark.parametrize(
    ("code", "ways"),
    [
        ("DEBT_STATEMENT_REQUEST", ("S", "E", "P")),
        ("RESTRUCT_BANK", ("S", "E", "P")),
        ("INSCRIPTION_OBJECTION", ("E", "P")),
        ("REGULATOR_COMPLAINT", ("E",)),
        ("BANKR_EXTRAJUD", ()),
        ("A_KIND_OF_LONG_AGO", ("S", "E", "P")),
    ],
)
def test_a_stronger_way_is_always_taken(code: str, ways: tuple[str, ...]) -> None:
    assert kinds.signature(code) == ways
