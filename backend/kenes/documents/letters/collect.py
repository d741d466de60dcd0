"""What a document says, gathered from the case as it is now."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings

from kenes.accounts import selectors as accounts
from kenes.cases.models import CaseDeadline
from kenes.cases.obligations.letter_facts import LetterFacts
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
    SmsAgreement,
)
from kenes.foundation import clock
from kenes.foundation.values import PhoneNumber

APPLICATION_RULE = "BORROWER_RELIEF_APPLICATION"


def content(
    debts: Sequence[LetterFacts],
    *,
    about: UUID | None,
    number: str = "",
    answers: Mapping[str, Any] | None = None,
) -> LetterContent:
    """The content of a document dated today: about the debt `about`, or about the whole case when it is None.

    `debts` are all debts of the case (at least one), see `letter_facts.debt_facts`.
    """
    whole, terms = debts[0], _last_days(debts)
    chosen = next((one for one in debts if one.obligation_id == about), None)
    return LetterContent(
        number=number,
        on_date=clock.today(),
        case_number=whole.case_number,
        case_on=None if whole.case_on is None else clock.almaty(whole.case_on).date(),
        borrower=Borrower(
            full_name=whole.borrower_name,
            iin=whole.borrower_iin,
            address=whole.borrower_address,
            phone=whole.borrower_phone,
            email=whole.borrower_email,
            language=whole.language,
        ),
        lender=None if chosen is None else _lender(chosen),
        contract=None if chosen is None else _contract(chosen),
        debt=None if chosen is None else _debt(chosen, terms),
        debts=tuple(
            OtherDebt(lender=_lender(one), contract=_contract(one), debt=_debt(one, terms)) for one in debts
        ),
        assets=tuple(
            Asset(kind=one["kind"], value_tiyn=one["value_tiyn"], pledged=one["pledged"])
            for one in whole.assets
        ),
        income=_income(whole),
        hardship=Hardship(code=whole.hardship_code, since=whole.hardship_since, text=whole.hardship_text),
        relief=Relief(
            kinds=whole.relief_kinds,
            defer_months=whole.defer_months,
            new_term_months=whole.new_term_months,
            new_rate_percent=whole.new_rate_percent,
            new_payment_tiyn=whole.new_payment_tiyn,
            comment=whole.relief_comment,
        ),
        sms_agreement=_sms_agreement(whole),
        platform=Platform(**settings.PLATFORM_REQUISITES),
        answers=dict(answers or {}),
    )


def _lender(facts: LetterFacts) -> Lender:
    # Where the registry has no Kazakh name it gives the Russian one; the letter then moves the legal form itself.
    own_kazakh = facts.creditor_name_kk if facts.creditor_name_kk != facts.creditor_name_ru else ""
    return Lender(
        kind=facts.creditor_type, name=facts.creditor_name_ru, name_kk=own_kazakh, bin=facts.creditor_bin
    )


def _contract(facts: LetterFacts) -> Contract:
    return Contract(
        number=facts.contract_number,
        signed_on=facts.contract_date,
        amount_tiyn=facts.original_amount_tiyn,
        term_months=facts.term_months,
        rate_percent=facts.rate_percent,
        monthly_payment_tiyn=facts.monthly_payment_tiyn,
        collateral=facts.collateral,
        apr_percent=facts.apr_percent,
        purpose=facts.purpose,
    )


def _last_days(debts: Sequence[LetterFacts]) -> dict[UUID, date]:
    """The last day to apply, by debt."""
    rows = CaseDeadline.objects.filter(
        obligation_id__in=[one.obligation_id for one in debts], rule_key=APPLICATION_RULE
    )
    return {debt: due for debt, due in rows.order_by("due").values_list("obligation_id", "due") if debt}


def _debt(facts: LetterFacts, terms: Mapping[UUID, date]) -> Debt:
    return Debt(
        principal_tiyn=facts.principal_tiyn,
        interest_tiyn=facts.interest_tiyn,
        penalty_tiyn=facts.penalty_tiyn,
        fees_tiyn=facts.fees_tiyn,
        overdue_tiyn=facts.overdue_tiyn,
        as_of=facts.as_of,
        overdue_since=facts.overdue_since,
        overdue_since_source=facts.overdue_since_source,
        apply_by=terms.get(facts.obligation_id),
    )


def _income(facts: LetterFacts) -> Income:
    told = facts.income
    return Income(
        source=told.source,
        monthly_now_tiyn=told.monthly_now_tiyn,
        monthly_before_tiyn=told.monthly_before_tiyn,
        avg12_tiyn=told.avg12_tiyn,
        avg2_tiyn=told.avg2_tiyn,
        dependents=told.dependents,
        disabled_dependents=told.disabled_dependents,
        targeted_social_aid=told.targeted_social_aid,
    )


def _sms_agreement(facts: LetterFacts) -> SmsAgreement | None:
    consent = accounts.consent_of(facts.borrower_id, "sms_agreement")
    if consent is None:
        return None
    return SmsAgreement(
        version=str(consent.version),
        accepted_on=clock.almaty(consent.accepted_at).date(),
        masked_phone=PhoneNumber(facts.borrower_phone).masked(),
    )
