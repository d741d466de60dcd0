"""Names of the fields of a case as people read them in its history and where two versions are compared."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: Final[dict[str, Promise]] = {
    "email": _("E-mail for letters"),
    "address": _("Home address"),
    "assets": _("Property of the borrower"),
    "income/source": _("Where the income comes from"),
    "income/monthly_now_tiyn": _("Monthly income now"),
    "income/monthly_before_tiyn": _("Monthly income before"),
    "income/avg12_tiyn": _("Average income of twelve months"),
    "income/avg2_tiyn": _("Average income of two months"),
    "income/dependents": _("Dependants"),
    "income/disabled_dependents": _("Dependants with a disability"),
    "income/targeted_social_aid": _("Targeted social aid"),
    "hardship/code": _("Kind of hardship"),
    "hardship/since": _("Hardship since"),
    "hardship/text": _("What happened"),
    "relief/kinds": _("What is asked for"),
    "relief/defer_months": _("Months of deferral"),
    "relief/new_term_months": _("New term in months"),
    "relief/new_rate_percent": _("New rate"),
    "relief/new_payment_tiyn": _("New monthly payment"),
    "relief/comment": _("Comment for the creditor"),
}


def label_of(field: str) -> str:
    """The name of a field of the story; the code itself for any other."""
    return str(LABELS.get(field, field))
