"""Words that stand for codes in a file: a person writes «Потеря работы», a program JOB_LOSS; both are understood."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kenes.accounts.models import Language
from kenes.cases.models import ConsentWay
from kenes.creditors.models import CreditorType

# The reasons that the form of application offers.
HARDSHIPS: Final = {
    "JOB_LOSS": _("Job loss"),
    "INCOME_DROP": _("Lower income"),
    "VULNERABLE_INCOME_DROP": _("Lower income, entitled to social support"),
    "EXPECTED_INCOME_DROP": _("Income will soon be lower"),
    "LONG_UNEMPLOYMENT": _("Long unemployment"),
    "BUSINESS_FAILURE": _("Business closed"),
    "ILLNESS": _("Illness"),
    "FAMILY_ILLNESS": _("Illness in the family"),
    "MATERNITY": _("A child was born"),
    "DIVORCE": _("Divorce"),
    "RETIREMENT_HEALTH": _("Retired for health reasons"),
}
RELIEFS: Final = {
    "DEFERRAL": _("Deferral of payments"),
    "TERM_EXTENDED": _("Extend the term"),
    "RATE_CUT": _("Cut the rate"),
    "SCHEDULE_CHANGED": _("Change the schedule"),
    "PENALTY_FORGIVEN": _("Waive the penalty"),
    "INTEREST_FORGIVEN": _("Waive the interest"),
    "PRINCIPAL_PARTLY_FORGIVEN": _("Waive a part of the principal"),
    "FORGIVENESS": _("Waive a part of the debt"),
    "CURRENCY_CHANGED": _("Change into tenge"),
    "COLLATERAL_SOLD_BY_BORROWER": _("Sell the pledge oneself"),
    "MEDIATED": _("Settle with a mediator"),
}
# By column; codes with the words for them.
CHOICES: Final[Mapping[str, Mapping[str, Any]]] = {
    "language": dict(Language.choices),
    "consent": dict(ConsentWay.choices),
    "creditor_type": dict(CreditorType.choices),
    "hardship": HARDSHIPS,
    "relief": RELIEFS,
}


def folded(words: str) -> str:
    """Words without what people type differently: case, spaces, underscores, hyphens, ё."""
    return re.sub(r"[\s_-]+", " ", words).strip().casefold().replace("ё", "е")


@cache
def _codes(column: str) -> Mapping[str, str]:
    known = {folded(code): code for code in CHOICES[column]}
    for lang in ("ru", "kk", "en"):
        with translation.override(lang):
            known |= {folded(str(words)): code for code, words in CHOICES[column].items()}
    return known


def code_of(column: str, words: str) -> str | None:
    """The code that is meant, written as a code or in words of any of the three languages; None when it is neither."""
    return _codes(column).get(folded(words))


def offered(column: str) -> str:
    """What may be written in this column, in words of the language in force."""
    return ", ".join(str(words) for words in CHOICES[column].values())
