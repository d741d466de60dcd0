"""Names of the fields of a case as people read them in its history and where two versions are compared."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from kenes.cases.lists.import_choices import HARDSHIPS, RELIEFS
from kenes.foundation.language.money import format_money

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


_CODES: Final[Mapping[str, Mapping[str, Any]]] = {"relief/kinds": RELIEFS, "hardship/code": HARDSHIPS}


def plain_number(value: str, language: str) -> str:
    """A decimal number as it is read: 18.500 is «18,5» in Russian and Kazakh."""
    if not re.fullmatch(r"-?\d+(\.\d+)?", value):
        return value
    short = value.rstrip("0").rstrip(".") if "." in value else value
    return short if language == "en" else short.replace(".", ",")


def value_in_words(path: str, value: str, language: str) -> str | None:
    """A value of the story that is stored as a code, a list or a flag, in words; None for one that is words already."""
    if path in _CODES:
        codes = _parsed(value) if value.startswith("[") else [value]
        return "; ".join(str(_CODES[path].get(code, code)) for code in codes if code)
    if path == "assets":
        return "; ".join(format_money(row["value_tiyn"], language) for row in _parsed(value))
    if value in {"true", "false"}:
        return now("Yes") if value == "true" else now("No")
    return None


def _parsed(value: str) -> list[Any]:
    """A stored list; empty when nothing was stored, or when it was stored as something else once."""
    try:
        found = json.loads(value) if value else []
    except ValueError:
        return []
    return found if isinstance(found, list) else []
