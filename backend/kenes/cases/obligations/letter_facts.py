"""Facts of a case for letters, decrypted, one group for each debt."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from kenes.cases.errors.cases import TrackNotFound
from kenes.cases.models import Case, Obligation, Track
from kenes.cases.story.story import Income
from kenes.foundation import clock


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """Everything a letter about one obligation needs, decrypted. Sums in tiyn; rates in percent a year."""

    case_id: UUID
    case_number: str
    case_on: datetime | None
    obligation_id: UUID
    obligation_position: int
    language: str
    borrower_id: UUID
    borrower_name: str
    borrower_iin: str
    borrower_phone: str
    borrower_email: str
    borrower_address: str
    creditor_id: UUID
    creditor_type: str
    creditor_name_ru: str
    creditor_name_kk: str
    creditor_name_en: str
    creditor_bin: str
    creditor_verified: bool
    contract_number: str
    contract_date: date
    original_amount_tiyn: int | None
    rate_percent: Decimal | None
    apr_percent: Decimal | None
    purpose: str
    term_months: int | None
    monthly_payment_tiyn: int | None
    collateral: str
    principal_tiyn: int
    interest_tiyn: int
    penalty_tiyn: int
    fees_tiyn: int
    overdue_tiyn: int | None
    total_tiyn: int
    as_of: date
    overdue_since: date | None
    overdue_since_source: str
    income: Income
    drop_percent: Decimal | None
    assets: tuple[dict[str, Any], ...]
    hardship_code: str
    hardship_since: date
    hardship_text: str
    relief_kinds: tuple[str, ...]
    defer_months: int | None
    new_term_months: int | None
    new_rate_percent: Decimal | None
    new_payment_tiyn: int | None
    relief_comment: str


def letter_facts(track_id: UUID) -> LetterFacts:
    """Facts for the letter of a track. TrackNotFound when the track is unknown or concerns no single obligation.

    No permission is checked: this is for preparing documents, whose own selectors decide who reads them.
    """
    track = Track.objects.filter(pk=track_id, obligation__isnull=False).first()
    if track is None or track.obligation_id is None:
        raise TrackNotFound
    return next(one for one in debt_facts(track.case_id) if one.obligation_id == track.obligation_id)


def debt_facts(case_id: UUID) -> list[LetterFacts]:
    """Facts for documents, one for each debt of the case in its order. No permission is checked, as for `letter_facts`."""
    case = Case.objects.select_related("borrower", "story").get(pk=case_id)
    debts = case.obligations.select_related("creditor").prefetch_related("splits").order_by("position", "pk")
    return [_debt_facts(case, debt) for debt in debts]


def _debt_facts(case: Case, debt: Obligation) -> LetterFacts:
    creditor, borrower = debt.creditor, case.borrower
    return LetterFacts(
        case_id=case.id, case_number=case.number or "", case_on=case.submitted_at, obligation_id=debt.id,
        obligation_position=debt.position, language=case.language,
        borrower_id=borrower.pk, borrower_name=case.borrower_name, borrower_iin=borrower.iin or _told_iin(case),
        borrower_phone=borrower.phone or "", borrower_email=case.story.email, borrower_address=case.story.address,
        creditor_id=creditor.id, creditor_type=creditor.type, creditor_name_ru=creditor.name_ru,
        creditor_name_kk=creditor.name("kk"), creditor_name_en=creditor.name("en"),
        creditor_bin=creditor.bin or "", creditor_verified=creditor.is_verified,
        contract_number=debt.contract_number, contract_date=debt.contract_date,
        original_amount_tiyn=debt.original_amount_tiyn, rate_percent=debt.rate_percent,
        apr_percent=debt.apr_percent, purpose=debt.purpose,
        term_months=debt.term_months, monthly_payment_tiyn=debt.monthly_payment_tiyn, collateral=debt.collateral,
        principal_tiyn=debt.principal_tiyn, interest_tiyn=debt.interest_tiyn, penalty_tiyn=debt.penalty_tiyn,
        fees_tiyn=debt.fees_tiyn, overdue_tiyn=debt.overdue_tiyn,
        total_tiyn=debt.total_tiyn, as_of=_day_of_sums(case, debt), overdue_since=debt.overdue_since,
        overdue_since_source=debt.overdue_since_source,
        **_story_facts(case),
    )  # fmt: skip


def _day_of_sums(case: Case, debt: Obligation) -> date:
    """The day of the newest split of a debt; that of the application while nobody has told anything since."""
    standing = [split.as_of for split in debt.splits.all() if split.superseded_at is None]
    newest = max(standing, default=None)
    return newest or case.debts_as_of or clock.today()


def _told_iin(case: Case) -> str:
    """The ИИН that a borrower told the manager who gave the case in, while his number is not confirmed."""
    told = case.recorded_consents.order_by("-recorded_at").first()
    return told.told_iin if told is not None else ""


def _story_facts(case: Case) -> dict[str, Any]:
    told = case.story
    income = Income(**told.income)
    relief, hardship = told.relief, told.hardship
    return {
        "income": income,
        "drop_percent": income.drop_percent,
        "assets": tuple(told.assets),
        "hardship_code": hardship["code"],
        "hardship_since": date.fromisoformat(hardship["since"]),
        "hardship_text": hardship["text"],
        "relief_kinds": tuple(relief["kinds"]),
        "defer_months": relief["defer_months"],
        "new_term_months": relief["new_term_months"],
        "new_rate_percent": None
        if relief["new_rate_percent"] is None
        else Decimal(relief["new_rate_percent"]),
        "new_payment_tiyn": relief["new_payment_tiyn"],
        "relief_comment": relief["comment"] or "",
    }
