"""Columns of the list as text and numbers for a file, in the reader's language. From presented rows, no queries."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kenes.cases.api import list_present
from kenes.cases.lists.listing import Row
from kenes.foundation import clock
from kenes.foundation.actor import Actor

Cell = str | Decimal | date | int | None
Json = dict[str, Any]


def _joined(rows: list[Json], *names: str) -> str:
    return "; ".join(": ".join(str(row[name]) for name in names) for row in rows)


def _sum(row: Json) -> Cell:
    return None if row["total_tiyn"] is None else Decimal(row["total_tiyn"]) / 100


def _day(at: datetime | None) -> Cell:
    return None if at is None else clock.almaty(at).date()


def _urgency(row: Json) -> Cell:
    words = (_("Very urgent"), _("Urgent"), _("Ordinary"), _("Not urgent"))
    return str(words[row["urgency"] - 1])


def _term(row: Json) -> str:
    term = row["next_deadline"] or row["missed_deadline"]
    return term["title"] if term else ""


def _term_day(row: Json) -> Cell:
    term = row["next_deadline"] or row["missed_deadline"]
    day: date | None = term["due"] if term else None
    return day


def _person(row: Json) -> Cell:
    return row["assignee"]["full_name"] if row["assignee"] else now("Nobody")


Column = tuple[str | Promise, Callable[[Json], Cell]]
# What stands first in every file.
_FIXED: Final[tuple[Column, ...]] = (
    (_("Number"), lambda row: row["number"] or ""),
    (_("Borrower"), lambda row: row["borrower_name"]),
    (_("ИИН"), lambda row: row["masked_iin"] or ""),
)
COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    "creditors": ((_("Creditors"), lambda row: "; ".join(row["creditors"])),),
    "amount": ((_("Debt, ₸"), _sum),),
    "status": (
        (_("Status"), lambda row: str(row["status_label"])),
        (_("What happens"), lambda row: str(row["headline"])),
    ),
    "urgency": ((_("Urgency"), _urgency),),
    "term": ((_("Next term"), _term_day), (_("What the term is for"), _term)),
    "assignee": ((_("Manager"), _person),),
    "updated": ((_("Changed"), lambda row: _day(row["updated_at"])),),
    "created": ((_("Begun"), lambda row: _day(row["created_at"])),),
    "submitted": ((_("Submitted"), lambda row: _day(row["submitted_at"])),),
    "language": ((_("Language"), lambda row: row["language"]),),
    "source": ((_("Source"), lambda row: str(row.get("source_label") or "")),),
    "tracks": ((_("Procedures"), lambda row: _joined(row["tracks"], "kind_label", "state_label")),),
    "queue": ((pgettext_lazy("list column", "Queue"), lambda row: row["queue"] or ""),),
    "tags": ((_("Tags"), lambda row: _joined(row["tags"], "name")),),
}


def _chosen(names: tuple[str, ...]) -> list[Column]:
    return [*_FIXED, *(column for name in names for column in COLUMNS.get(name, ()))]


def header(names: tuple[str, ...]) -> list[str]:
    """Names of the columns in the language in force."""
    return [str(title) for title, _value in _chosen(names)]


def values(actor: Actor, names: tuple[str, ...], shown: Row, lang: str) -> list[Cell]:
    """One line: what the actor sees of the case in the list, masked as it is there."""
    row = list_present.row(actor, shown, lang)
    return [value(row) for _title, value in _chosen(names)]


_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def formula_safe(text: str) -> str:
    """Text that a spreadsheet shows and does not run: what looks like a formula gets an apostrophe in front."""
    return f"'{text}" if text.startswith(_FORMULA) else text
