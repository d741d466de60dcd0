"""Fields of a case in words: what an edited field is called, and how its old and new value read.

`FieldChange.field` is a path: `obligations/1/overdue_since`, `income/monthly_now_tiyn`, `urgency`. Its last part names the
field; an app above adds names of its own by `name_field`. Paths that begin with a word and a colon (`move:close`) hold the
words that went with a step and are told by its own line.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from kenes.cases.history import field_labels
from kenes.cases.models import FieldChange
from kenes.event_log.events import Recorded
from kenes.foundation.language.dates import format_date
from kenes.foundation.language.money import format_money

_NAMES: Final[dict[str, Promise]] = {
    "overdue_since": _("Delay since"),
    "overdue_since_source": _("Who says when the delay began"),
    "principal_tiyn": _("Principal"),
    "interest_tiyn": _("Interest"),
    "penalty_tiyn": _("Penalty"),
    "fees_tiyn": _("Fees"),
    "overdue_tiyn": _("Overdue sum"),
    "original_amount_tiyn": _("Sum of the contract"),
    "monthly_payment_tiyn": _("Monthly payment"),
    "rate_percent": _("Rate"),
    "term_months": _("Term in months"),
    "contract_number": _("Contract number"),
    "contract_date": _("Contract date"),
    "kind": _("Kind of contract"),
    "contract_kind": _("Kind of contract"),
    "apr_percent": _("Annual effective rate"),
    "upfront_fees_tiyn": _("Fees taken when the loan was given"),
    "purpose": _("Purpose of the loan"),
    "guarantors": _("Guarantors and co-borrowers"),
    "currency": _("Currency"),
    "collateral": _("Collateral"),
    "creditor": _("Creditor"),
    "creditor_id": _("Creditor"),
    "email": _("E-mail"),
    "address": _("Address"),
    "language": _("Language of the case"),
    "urgency": _("Urgency"),
    "raised_urgency": _("Urgency"),
    "assignee": _("Manager"),
    "queue": _("Queue"),
    "monthly_now_tiyn": _("Income now"),
    "monthly_before_tiyn": _("Income before"),
    "avg12_tiyn": _("Average income of 12 months"),
    "avg2_tiyn": _("Average income of 2 months"),
    "dependents": _("Dependants"),
    "disabled_dependents": _("Dependants with a disability"),
    "hardship": _("What happened"),
    "kinds": _("What is asked for"),
    "comment": _("Words of the borrower"),
    "text": _("Words of the borrower"),
    "since": _("Since when"),
    "on": _("Day"),
    "due": _("Last day"),
    "reason": _("Reason"),
    "state": _("State"),
}
_DAY: Final = re.compile(r"^\d{4}-\d{2}-\d{2}$")
# What a borrower says against the closing of his case.
_CLOSING: Final = "closing"
_DEBT: Final = re.compile(r"^obligations/(\d{1,3})/")
LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Change:
    """One edited field: what it is called, and its values in words; `hidden` when the reader may not see them."""

    field: str
    label: str
    old: str
    new: str
    hidden: bool = False


def name_field(name: str, label: Promise) -> None:
    """Give a field that can be edited its name in the history."""
    _NAMES.setdefault(name, label)


def is_words(path: str) -> bool:
    """Whether the row holds words that went with a step, not an edited field."""
    return ":" in path.split("/")[0] or path == _CLOSING


def label_of(path: str) -> str:
    """What the field is called, with the place of the debt it belongs to."""
    name = path.rsplit("/", 1)[-1]
    # A field of the story is named as its own form and the window of two versions name it.
    label = str(field_labels.LABELS.get(path) or _NAMES.get(name, _("Data of the case")))
    debt = _DEBT.match(path)
    return (
        now("Debt %(place)s: %(field)s") % {"place": int(debt[1]) + 1, "field": label.lower()}
        if debt
        else label
    )


def value_of(path: str, value: str, language: str) -> str:
    """A stored value as people read it: days, sums and percents by the language, codes in words."""
    name = path.rsplit("/", 1)[-1]
    if (
        path in field_labels.LABELS
        and (told := field_labels.value_in_words(path, value, language)) is not None
    ):
        return told
    if _DAY.match(value):
        return format_date(date.fromisoformat(value), language)
    if name.endswith("_tiyn") and re.fullmatch(r"-?\d{1,18}", value):
        return format_money(int(value), language)
    if name.endswith("_percent") and value:
        return f"{field_labels.plain_number(value, language)} %"
    return value[:LONGEST]


def changes_of(
    events: Sequence[Recorded[Any]], language: str, *, masked: bool
) -> Mapping[UUID, list[Change]]:
    """What changed, by the id of the event that tells of it; one query for a page of the history.

    `masked` hides the values: the reader sees the case without its content.
    """
    wanted: dict[UUID, UUID] = {}
    for event in events:
        for change_id in _ids_of(event.data):
            wanted[change_id] = event.id
    found: dict[UUID, list[Change]] = {}
    if not wanted:
        return found
    for row in FieldChange.objects.filter(pk__in=wanted).order_by("created_at", "pk"):
        if is_words(row.field):
            continue
        old, new = ("", "") if masked else (row.old, row.new)
        change = Change(
            field=row.field, label=label_of(row.field), old=value_of(row.field, old, language),
            new=value_of(row.field, new, language), hidden=masked,
        )  # fmt: skip
        found.setdefault(wanted[row.pk], []).append(change)
    return found


def _ids_of(data: Any) -> list[UUID]:
    one, many = getattr(data, "change_id", None), getattr(data, "change_ids", ())
    return [*([one] if isinstance(one, UUID) else []), *many]
