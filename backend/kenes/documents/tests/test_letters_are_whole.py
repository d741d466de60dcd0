"""A reader who knows only the letter can decide: to whom, on what grounds, what is owed, why, what is asked, what is enclosed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import pytest

from kenes.documents import catalogue
from kenes.documents.authoring import build
from kenes.documents.filling.docx_text import docx_text
from kenes.documents.filling.rendering import fill
from kenes.documents.letters import law_references, samples
from kenes.documents.letters.content import Enclosure
from kenes.documents.letters.printing import values_for

TO: Final = ("lender", "collector", "notary", "court", "ombudsman", "regulator", "bailiff")
LETTERS: Final = [
    code for code, kind in catalogue.kinds().items() if kind.from_ == "borrower" and kind.to in TO
]
# Annexes of another letter, and consents: they ask for nothing by themselves, and nothing is enclosed with them.
ANNEXES: Final = {"ASSET_LIST", "CREDITOR_LIST", "BANK_SECRECY_CONSENT"}
# It only sets rules for talking: nothing is to be proved by papers, and the sum does not matter.
NO_ENCLOSURES: Final = ANNEXES | {"COLLECTOR_CONTACT_RULES"}
PAPER: Final = "справка об образце"
TOTAL: Final = {"ru": "1 468 921,00", "kk": "1 468 921,00"}

ADDRESSEE: Final = {
    "lender": "Үлгі|Көмек", "collector": "Сары Дала", "notary": "отариус", "court": "(?i)суд|сот", "ombudsman": "(?i)омбудсман",
    "regulator": "(?i)агентств|агенттіг", "bailiff": "(?i)исполнител|орындаушы",
}  # fmt: skip
DEMAND: Final = re.compile(
    r"(?i)\bпрошу|\bтребую|\bпредлагаю|сұраймын|талап етемін|ұсынамын|сұрау|жоюды|тоқтатуды|қарсылық"
)
GROUNDS: Final = re.compile(r"(?i)закон|кодекс|заңы|кодексі|заңнам|Құқықтық негіз")
REASONS: Final = re.compile(
    r"(?i)причин|обстоятельств|так как|поскольку|потому|не согласен|нарушени|не получал|нужн[ыа]|чтобы|своими словами|"
    r"себеп|себебі|мән-жай|келіспеймін|бұзу|бұзыл|үшін|өз сөзім|негіз"
)


def printed(code: str, language: str) -> str:
    kind = catalogue.kinds()[code]
    template = (build.FOLDER / code / f"{language}.docx").read_bytes()
    content = replace(samples.sample_for(kind), attachments=(Enclosure(PAPER, PAPER),))
    return docx_text(fill(template, values_for(code, content, language))).replace("\u00a0", " ")


def dump(code: str, language: str) -> str:
    """The text of the template itself."""
    return (build.FOLDER / code / f"{language}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize("code", LETTERS)
def test_a_letter_says_all_that_its_reader_needs(code: str, language: str) -> None:
    kind, text = catalogue.kinds()[code], printed(code, language)
    head = "\n".join(text.splitlines()[:8])
    if code not in ANNEXES or kind.to == "lender":
        assert re.search(ADDRESSEE[kind.to], head), f"no addressee: {head}"
    assert "Әбілқасымов" in head or "870419300123" in text
    if "debt" in kind.needs:
        assert TOTAL[language] in text, "no sums of the debt"
    if "contract" in kind.needs:
        assert "4417/КР-2024" in text, "no contract"
    if code in ANNEXES:
        return
    assert DEMAND.search(text), "nothing is asked"
    # What no lawyer has confirmed yet is not printed; the place for it is there.
    waits = bool(kind.grounds) and set(kind.grounds) <= set(law_references.waiting_for_review())
    assert GROUNDS.search(text) or (waits and "doc.law_refs" in dump(code, language)), "no grounds"
    assert REASONS.search(text), "no reasons"
    if code not in NO_ENCLOSURES:
        assert PAPER in text, "no enclosures"


def test_every_letter_to_an_office_is_looked_at() -> None:
    assert len(LETTERS) > 20 and set(LETTERS) >= ANNEXES
