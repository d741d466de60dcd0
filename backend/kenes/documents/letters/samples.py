"""A made-up case for previews and tests of templates: nobody's data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from kenes.documents.catalogue import Kind
from kenes.documents.letters import answers
from kenes.documents.letters.content import (
    Asset,
    Borrower,
    Contract,
    Debt,
    Hardship,
    Income,
    Lender,
    LetterContent,
    OtherDebt,
    Platform,
    Relief,
    Representative,
    SmsAgreement,
)

_BANK: Final = Lender(kind="BANK", name="АО «Банк Үлгі»", name_kk="«Үлгі Банкі» АҚ", bin="140940023346")
_MICRO: Final = Lender(kind="MFO", name="ТОО «МФО «Көмек»", name_kk="", bin="220140918424")
_AGENCY: Final = Lender(kind="COLLECTOR", name="ТОО «КА «Сары Дала Коллект»", name_kk="", bin="200340917562")
_CONTRACT: Final = Contract(
    number="4417/КР-2024",
    signed_on=date(2024, 5, 14),
    amount_tiyn=240000000,
    term_months=48,
    rate_percent=Decimal(34),
    monthly_payment_tiyn=9208600,
    collateral="",
    apr_percent=Decimal("41.2"),
    purpose="потребительские нужды",
)
_DEBT: Final = Debt(
    principal_tiyn=139136000,
    interest_tiyn=7387500,
    penalty_tiyn=248600,
    fees_tiyn=120000,
    as_of=date(2026, 11, 18),
    overdue_since=date(2026, 10, 22),
    overdue_since_source="borrower",
    apply_by=date(2026, 11, 23),
    overdue_tiyn=18417200,
)
_SECOND: Final = OtherDebt(
    lender=_MICRO,
    contract=replace(_CONTRACT, number="МК-88120", signed_on=date(2025, 2, 3), amount_tiyn=30000000),
    debt=replace(_DEBT, principal_tiyn=27500000, interest_tiyn=3100000, penalty_tiyn=0, fees_tiyn=0),
)
SAMPLE: Final = LetterContent(
    number="KH-2026-000123-01",
    on_date=date(2026, 11, 18),
    borrower=Borrower(
        full_name="Әбілқасымов Нұрлан Ғалымұлы",
        iin="870419300123",
        address="г. Алматы, мкр. 8, д. 41, кв. 12",
        phone="+77075551841",
        email="n.abilkasymov@example.com",
        language="ru",
    ),
    lender=_BANK,
    contract=_CONTRACT,
    debt=_DEBT,
    income=Income(
        source="пособие по потере работы",
        monthly_now_tiyn=9800000,
        monthly_before_tiyn=32000000,
        avg12_tiyn=30100000,
        avg2_tiyn=12100000,
        dependents=2,
        disabled_dependents=0,
        targeted_social_aid=True,
    ),
    hardship=Hardship(
        code="JOB_LOSS",
        since=date(2026, 9, 30),
        text="С 30 сентября сократили, склад закрылся.\nПрошу дать передышку, потом платить поменьше.",
    ),
    relief=Relief(
        kinds=("DEFERRAL", "TERM_EXTENDED", "RATE_CUT", "PENALTY_FORGIVEN"),
        defer_months=6,
        new_term_months=72,
        new_rate_percent=Decimal(24),
        new_payment_tiyn=6000000,
        comment="готов приехать для подписания соглашения",
    ),
    sms_agreement=SmsAgreement(version="1", accepted_on=date(2026, 11, 18), masked_phone="+7 ••• ••• 18 41"),
    case_number="KH-2026-000123",
    case_on=date(2026, 11, 16),
    debts=(OtherDebt(lender=_BANK, contract=_CONTRACT, debt=_DEBT), _SECOND),
    assets=(
        Asset(kind="flat", value_tiyn=2350000000, pledged=True),
        Asset(kind="car", value_tiyn=320000000, pledged=False),
    ),
    representative=Representative(
        full_name="Серікқызы Айгүл",
        iin="900512450321",
        power_number="1-2026",
        power_date=date(2026, 10, 1),
        valid_until=date(2027, 10, 1),
    ),
    platform=Platform(
        name="ТОО «Kenes Hub»",
        bin="240140012345",
        address="г. Алматы, пр. Абая, 1",
        bank="АО «Банк Үлгі»",
        bic="ULGIKZKX",
        iban="KZ86125KZT5004100100",
        kbe="17",
        head_name="Оспанова Динара Қайратқызы",
        basis="Устава",
    ),
)


def sample_for(kind: Kind, *, whole: bool = True) -> LetterContent:
    """Content for a kind: a lender that it is written to, and its sample answers; only the required ones unless `whole`."""
    lender = SAMPLE.lender
    if kind.to == "collector":
        lender = _AGENCY
    elif kind.lenders and "BANK" not in kind.lenders:
        lender = _MICRO
    told: dict[str, Any] = {}
    for field in kind.fields:
        if field.sample is not None and (whole or field.required):
            told[field.code] = answers.read(field, field.sample)
    return replace(SAMPLE, lender=lender, answers=told)
