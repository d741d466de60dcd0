"""Facts of letters for tests: one person with a bank loan, changed where a test needs it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from kenes.documents.letters.content import (
    Borrower,
    Contract,
    Debt,
    Hardship,
    Income,
    Lender,
    LetterContent,
    Relief,
    SmsAgreement,
)

BANK_LETTER = LetterContent(
    number="KH-2026-000123-01",
    on_date=date(2026, 11, 18),
    borrower=Borrower(
        full_name="Досымов Кайрат Ануарович",
        iin="870419390122",
        address="г. Алматы, мкр. 8, д. 41, кв. 12",
        phone="+77075551841",
        email="k.dosymov@example.com",
        language="ru",
    ),
    lender=Lender(kind="BANK", name="АО «Банк ЦентрКредит»", name_kk="", bin="980640000093"),
    contract=Contract(
        number="4417/КР-2024",
        signed_on=date(2024, 5, 14),
        amount_tiyn=240000000,
        term_months=48,
        rate_percent=Decimal(34),
        monthly_payment_tiyn=9208600,
        collateral="",
    ),
    debt=Debt(
        principal_tiyn=139136000,
        interest_tiyn=7387500,
        penalty_tiyn=248600,
        as_of=date(2026, 11, 18),
        overdue_since=date(2026, 10, 22),
        overdue_since_source="borrower",
        apply_by=date(2026, 11, 23),
    ),
    income=Income(
        source="пособие по потере работы",
        monthly_now_tiyn=9800000,
        monthly_before_tiyn=32000000,
        avg12_tiyn=30100000,
        avg2_tiyn=12100000,
        dependents=2,
        disabled_dependents=0,
        targeted_social_aid=False,
    ),
    hardship=Hardship(
        code="JOB_LOSS",
        since=date(2026, 9, 30),
        text="С 30 сентября сократили, склад закрылся.\nПрошу дать передышку, потом платить поменьше.",
    ),
    relief=Relief(
        kinds=("DEFERRAL", "TERM_EXTENDED"), defer_months=6, new_term_months=72, new_payment_tiyn=6000000
    ),
    sms_agreement=SmsAgreement(version="1", accepted_on=date(2026, 11, 18), masked_phone="+7 ••• ••• 18 41"),
)

MICRO_LETTER = replace(
    BANK_LETTER,
    borrower=replace(
        BANK_LETTER.borrower, full_name="Есенұлы Бақытжан", iin="920803397822", language="kk", email=""
    ),
    lender=Lender(kind="MFO", name="ТОО «МФО «Айқын Қаржы»", name_kk="", bin="220140918424"),
    hardship=Hardship(
        code="INCOME_DROP", since=date(2026, 9, 15), text="Көлігім сынды, табысым екі есе азайды."
    ),
    relief=Relief(kinds=("SCHEDULE_CHANGED", "PENALTY_FORGIVEN"), new_term_months=12),
)


def changed(facts: LetterContent, part: str, **values: Any) -> LetterContent:
    """The same facts with some values of one part replaced: `changed(BANK_LETTER, "debt", penalty_tiyn=0)`."""
    return replace(facts, **{part: replace(getattr(facts, part), **values)})
