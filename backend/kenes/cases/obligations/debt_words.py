"""Words of the checks of debts: verdicts, reasons, steps and what goes into them; and figures as people read them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenes.cases.debts.rows_text import LineProblem
from kenes.cases.debts.trace import Line, Unit, Value
from kenes.cases.obligations.debt_checks import Check
from kenes.foundation.language.dates import format_date, format_length
from kenes.foundation.language.money import format_money, format_number
from kenes.law import rates as law_rates
from kenes.law.rates import RateInForce

NBSP: Final = "\u00a0"

TITLES: Final[dict[str, Promise]] = {
    "overdue": _("Delay"),
    "penalty": _("Penalty against the limits of the law"),
    "effective_rate": _("Annual effective rate against the cap"),
    "affordability": _("What payment can be borne"),
    "comparison": _("Old and new terms"),
}
VERDICTS: Final[dict[str, Promise]] = {
    "overdue/none": _("There is no delay."),
    "overdue/late": _("Payments are in delay."),
    "penalty/none": _("No penalty is charged."),
    "penalty/within": _("The penalty is within the limits."),
    "penalty/above": _("The penalty is higher than allowed. A recalculation can be asked for."),
    "penalty/cannot_tell": _("It cannot be said yet whether the penalty is higher than allowed."),
    "effective_rate/within": _("The rate is within the cap."),
    "effective_rate/above": _("The rate is above the cap that was in force on the day of the contract."),
    "effective_rate/cannot_tell": _("The rate cannot be compared with the cap yet."),
    "affordability/bearable": _("The present payments can be borne."),
    "affordability/heavy": _("The present payments are heavier than the income bears."),
    "affordability/nothing_left": _("After the minimum for living nothing is left for payments."),
    "affordability/cannot_tell": _("Not enough is known to say which payment can be borne."),
}
REASONS: Final[dict[str, Promise]] = {
    "delay_unknown": _("It is not known when the delay began."),
    "cap_unknown": _("For that day there is no figure of the law here."),
    "loan_unknown": _("The sum of the loan is not known, so the limit by years was not applied."),
    "overdue_is_bound": _(
        "The overdue sum is not known; the whole debt was taken instead, in the creditor's favour."
    ),
    "at_least": _("The excess is at least this much; with the overdue sum it may be larger."),
    "payments_unknown": _("Not all payments are known."),
    "nothing_given": _("The sum of the loan is not larger than the fees."),
    "no_rate": _("No rate follows from these payments."),
    "differs_from_stated": _("The rate by the payments differs from the one that the contract states."),
    "payments_assumed": _("There is no schedule of the contract; monthly payments were taken by its terms."),
    "kind_assumed": _("The kind of contract is not told; it was taken by the creditor and the pledge."),
    "not_short": _(
        "By sum or term this is no short microcredit; the cap of ordinary microcredits was taken."
    ),
    "fees_unknown": _("Fees taken when the loan was given are not known; with them the rate is higher."),
    "daily_above": _("The cost a day is above the cap of short microcredits."),
    "income_unknown": _("The income is not known."),
    "income_below_minimum": _("The income is below the minimum for the family."),
    "below_minimum_after_payments": _("After the payments less than the minimum for living is left."),
    "over_burden_limit": _("Payments are more than the limit of the debt burden."),
}
STEPS: Final[dict[str, Promise]] = {
    "overdue_days": _("Days of delay: calendar days from the day after the missed payment"),
    "penalty_by_days": _("Largest penalty for a missed payment, by days"),
    "penalty_sum": _("Largest penalty for all missed payments"),
    "penalty_limit": _("Limit for the years of the contract that have begun"),
    "penalty_allowed": _("Allowed: the smaller of the two"),
    "penalty_excess": _("Charged above what is allowed"),
    "rate_received": _("Received: the loan without the fees taken at once"),
    "rate_payments": _("All payments by the contract"),
    "rate_found": _("The rate at which received and paid are equal; d are days from the day of the contract"),
    "rate_stated": _("The rate as the contract states it"),
    "rate_over_cap": _("Rate above the cap"),
    "rate_daily": _("Cost of the loan a day"),
    "rate_daily_over_cap": _("Cost a day above the cap"),
    "afford_kept": _(
        "What stays with the family: the borrower, dependants with a disability, other dependants"
    ),
    "afford_left": _("Income without what stays with the family"),
    "afford_limit": _("Largest payment by the limit of the debt burden"),
    "afford_bearable": _("Payment that can be borne: the smaller of the two"),
    "afford_burden": _("Present debt burden"),
    "compare_owed": _("Owed today: principal, interest, penalty, fees"),
    "compare_left": _("Owed after what is forgiven"),
    "compare_monthly": _("Change of the monthly payment"),
    "compare_total": _("Change of everything to be paid"),
    "compare_overpaid": _("Change of the overpayment"),
    "compare_months": _("Change of the number of payments"),
    "early_saved": _("Interest saved: all interest before and after"),
}
LINES: Final[dict[str, Promise]] = {
    "too_many": _("There are more lines than a schedule may have."),
    "date": _("There is no date at the beginning of the line."),
    "sum": _("One of the sums cannot be read."),
    "sums_differ": _("Principal and interest together are not the payment."),
    "order": _("This payment is not after the one before it."),
}
FIGURES: Final[dict[str, Promise]] = {
    "days": _("Days of delay"),
    "accrued": _("Charged"),
    "allowed": _("Allowed"),
    "excess": _("Above what is allowed"),
    "rate": _("Rate"),
    "cap": _("Cap"),
    "income": _("Income a month"),
    "kept": _("Stays with the family"),
    "left": _("Left for payments"),
    "payments": _("Asked a month now"),
    "bearable": _("Can be borne a month"),
    "burden": _("Debt burden"),
}


def number(value: Decimal | int, lang: str) -> str:
    """46,5 in Russian and Kazakh, 46.5 in English; the minus is the typographic one."""
    text = f"{value:f}" if isinstance(value, Decimal) else format_number(value)
    text = text.replace("-", "−")
    return text if lang == "en" else text.replace(".", ",")


def shown(value: Value, lang: str) -> str:
    """A figure with its unit in the language."""
    amount = value.amount
    if isinstance(amount, date):
        return format_date(amount, lang)
    match value.unit:
        case Unit.MONEY:
            return format_money(int(amount), lang)
        case Unit.PERCENT:
            return f"{number(law_rates.plain(Decimal(amount)), lang)}{'' if lang == 'en' else NBSP}%"
        case Unit.DAYS:
            return _length(int(amount), "D", lang)
        case Unit.MONTHS:
            return _length(int(amount), "M", lang)
        case Unit.YEARS:
            return _length(int(amount), "Y", lang)
        case _:
            return number(amount, lang)


def _length(amount: int, unit: str, lang: str) -> str:
    text = format_length(abs(amount), unit, lang)
    return f"−{text}" if amount < 0 else text


class _Inputs(dict[str, str]):
    """Names of a formula; one that was not given stays as it stands."""

    def __missing__(self, name: str) -> str:
        return name


def line(step: Line, lang: str) -> dict[str, Any]:
    """One step: its words, the formula with the figures in it, the result."""
    figures = _Inputs({name: shown(value, lang) for name, value in step.inputs.items()})
    return {
        "code": step.code,
        "label": str(STEPS.get(step.code, step.code)),
        "expression": step.formula.format_map(figures),
        "result": shown(step.result, lang),
        "rates": [value.rate for value in step.inputs.values() if value.rate],
    }


def rate(found: RateInForce, lang: str) -> dict[str, Any]:
    """A rate of the law with its source."""
    return {
        "code": found.code,
        "label": law_rates.label(found.code, lang),
        "value": str(found.value),
        "unit": found.unit,
        "valid_from": found.valid_from,
        "source": law_rates.sources(found, lang),
        "needs_review": found.needs_review,
    }


def figures(values: Mapping[str, Value], lang: str) -> list[dict[str, Any]]:
    """Figures of a check with their names."""
    return [
        {
            "code": code,
            "label": str(FIGURES.get(code, code)),
            "text": shown(value, lang),
            "tiyn": value.amount if value.unit is Unit.MONEY else None,
        }
        for code, value in values.items()
    ]


def check(found: Check, lang: str) -> dict[str, Any]:
    """A check as the API shows it."""
    return {
        "code": found.code,
        "title": str(TITLES[found.code]),
        "verdict": found.verdict,
        "verdict_text": str(VERDICTS[f"{found.code}/{found.verdict}"]),
        "reasons": [{"code": code, "text": str(REASONS.get(code, code))} for code in found.reasons],
        "figures": figures(found.figures, lang),
        "trace": [line(step, lang) for step in found.lines],
        "rates": [rate(row, lang) for row in found.rates],
        "needs_review": found.needs_review,
    }


def line_problem(found: LineProblem) -> str:
    """What is wrong in a line of a pasted table."""
    words = LINES[found.code]
    return str(_("Line %(line)s. %(words)s")) % {"line": found.line, "words": words}
