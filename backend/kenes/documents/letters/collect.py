"""What a letter says, gathered from the case as it is now."""

from kenes.accounts import selectors as accounts
from kenes.cases import selectors as cases
from kenes.cases.models import CaseDeadline, Obligation
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
from kenes.foundation import clock
from kenes.foundation.values import PhoneNumber

APPLICATION_RULE = "BORROWER_RELIEF_APPLICATION"


def letter_content(facts: cases.LetterFacts, *, number: str) -> LetterContent:
    """The content of the restructuring letter numbered `number`, dated today."""
    return LetterContent(
        number=number,
        on_date=clock.today(),
        borrower=Borrower(
            full_name=facts.borrower_name,
            iin=facts.borrower_iin,
            address=facts.borrower_address,
            phone=facts.borrower_phone,
            email=facts.borrower_email,
            language=facts.language,
        ),
        lender=_lender(facts),
        contract=Contract(
            number=facts.contract_number,
            signed_on=facts.contract_date,
            amount_tiyn=facts.original_amount_tiyn,
            term_months=facts.term_months,
            rate_percent=facts.rate_percent,
            monthly_payment_tiyn=facts.monthly_payment_tiyn,
            collateral=facts.collateral,
        ),
        debt=_debt(facts),
        income=_income(facts),
        hardship=Hardship(code=facts.hardship_code, since=facts.hardship_since, text=facts.hardship_text),
        relief=Relief(
            kinds=facts.relief_kinds,
            defer_months=facts.defer_months,
            new_term_months=facts.new_term_months,
            new_rate_percent=facts.new_rate_percent,
            new_payment_tiyn=facts.new_payment_tiyn,
            comment=facts.relief_comment,
        ),
        sms_agreement=_sms_agreement(facts),
    )


def _lender(facts: cases.LetterFacts) -> Lender:
    # Where the registry has no Kazakh name it gives the Russian one; the letter then moves the legal form itself.
    own_kazakh = facts.creditor_name_kk if facts.creditor_name_kk != facts.creditor_name_ru else ""
    return Lender(
        kind=facts.creditor_type, name=facts.creditor_name_ru, name_kk=own_kazakh, bin=facts.creditor_bin
    )


def _debt(facts: cases.LetterFacts) -> Debt:
    source = Obligation.objects.values_list("overdue_since_source", flat=True).get(pk=facts.obligation_id)
    apply_by = (
        CaseDeadline.objects.filter(obligation_id=facts.obligation_id, rule_key=APPLICATION_RULE)
        .order_by("-due")
        .values_list("due", flat=True)
        .first()
    )
    return Debt(
        principal_tiyn=facts.principal_tiyn,
        interest_tiyn=facts.interest_tiyn,
        penalty_tiyn=facts.penalty_tiyn,
        as_of=facts.as_of,
        overdue_since=facts.overdue_since,
        overdue_since_source=source,
        apply_by=apply_by,
    )


def _income(facts: cases.LetterFacts) -> Income:
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


def _sms_agreement(facts: cases.LetterFacts) -> SmsAgreement | None:
    consent = accounts.consent_of(facts.borrower_id, "sms_agreement")
    if consent is None:
        return None
    return SmsAgreement(
        version=str(consent.version),
        accepted_on=clock.almaty(consent.accepted_at).date(),
        masked_phone=PhoneNumber(facts.borrower_phone).masked(),
    )
