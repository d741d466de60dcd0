"""Which debts a dated fact is about."""

from datetime import date

import pytest

from kenes.cases.tracks.facts import Debt, debts_of
from kenes.creditors.names import latin_key

BANK = Debt("BANK", (latin_key("АО «ForteBank»"), latin_key("Форте Банк")), "FB-55120", date(2026, 1, 1))
OTHER = Debt("BANK", (latin_key("АО «Нурбанк»"),), "КД-33/611", date(2026, 1, 1))
MFO = Debt("MFO", (latin_key("ТОО «МФО «Айқын Қаржы»"),), "МК-20881", None)
COLLECTOR = Debt("COLLECTOR", (latin_key("ТОО «КА «ДолгКонтроль Азия»"),), "MK-4410/25", date(2025, 1, 1))


@pytest.mark.parametrize(
    ("kind", "text", "given", "debts", "expected"),
    [
        ("REFUSED", "что угодно", 1, (BANK, OTHER), (1,)),
        ("REFUSED", "", None, (BANK,), (0,)),
        ("LAST_PAYMENT", "ForteBank", None, (BANK, OTHER), ()),
        ("REFUSED", "ForteBank отказал", None, (BANK, OTHER), (0,)),
        ("REFUSED", "Письмо Нурбанка с отказом", None, (BANK, OTHER), (1,)),
        ("REFUSED", "отказ по договору кд-33/611", None, (BANK, OTHER), (1,)),
        ("REFUSED", "Форте отказал", None, (BANK, OTHER), (0,)),
        ("REFUSED", "Айкын Каржы жауап бермеді", None, (BANK, MFO), (1,)),
        ("NO_REPLY", "МФО не ответили", None, (BANK, MFO), (1,)),
        ("REFUSED", "Банктен бас тарту келді", None, (BANK, MFO), (0,)),
        ("ASSIGNMENT", "Договор уступки между МФО и агентством", None, (MFO, COLLECTOR), (1,)),
        ("COLLECTOR_CONTACT", "Пять звонков за день", None, (BANK, COLLECTOR), (1,)),
        ("COLLECTOR_CONTACT", "звонили", None, (BANK, MFO), (0,)),
        ("REFUSED", "отказали", None, (BANK, OTHER, MFO), (0, 1)),
        ("REFUSED", "отказали", None, (MFO, MFO), (0, 1)),
        ("REFUSED", "", None, (), ()),
    ],
)
def test_fact_finds_its_debts(
    kind: str, text: str, given: int | None, debts: tuple[Debt, ...], expected: tuple[int, ...]
) -> None:
    assert debts_of(kind, text, given, debts) == expected
