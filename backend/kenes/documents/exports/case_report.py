"""«Справка о ходе дела» as DOCX: parties, debts, procedures, terms and history in the reader's language."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from kenes.documents.authoring.layout import Letter
from kenes.documents.authoring.markup import Row
from kenes.documents.exports.case_export_data import Told
from kenes.foundation import clock
from kenes.foundation.language.dates import format_date


class Report(Letter):
    """A letter with tables of many shapes. Nothing in it is filled in later: braces of people stay what they are."""

    def grid(self, header: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float]) -> None:
        """A table whose head is repeated on each page; `shares` are parts of the width."""
        self.table([Row(tuple(row)) for row in (header, *rows)], shares)


def report(told: Told) -> bytes:
    """The report as DOCX, in the language that is active."""
    data = told.data
    number = data["number"] or ""
    page = Report(language=told.language, title=_("Report on case %(number)s") % {"number": number})
    page.title(_("Report on the course of the case"), 14)
    page.title(f"№ {number}", 12)
    made = clock.almaty(data["made_at"])
    page.text(
        _("State of the case: %(status)s. Made on %(day)s at %(time)s (Almaty).")
        % {
            "status": data["headline"] or data["status"],
            "day": format_date(made.date(), told.language),
            "time": f"{made:%H:%M}",
        }
    )
    _people(page, data)
    _debts(page, data)
    _procedures(page, data)
    _terms(page, data)
    _letters(page, told)
    _history(page, told)
    page.footer([f"Kenes Hub · {number} · ", _("page "), "{page}", _(" of "), "{pages}"])
    return page.to_bytes()


def _people(page: Report, data: dict[str, Any]) -> None:
    page.heading(_("Participants"))
    rows = [(row["role"], row["name"]) for row in data["parties"]]
    if not any(name == data["borrower"] for _role, name in rows):
        rows = [(_("Borrower"), data["borrower"]), *rows]
    page.grid((_("Role"), _("Name")), rows, (1, 3))


def _debts(page: Report, data: dict[str, Any]) -> None:
    if not data["debts"]:
        return
    page.heading(_("Debts"))
    rows = [
        (str(place), row["creditor"], row["contract"], row["total"], row["overdue_since_words"] or "—")
        for place, row in enumerate(data["debts"], start=1)
    ]
    page.grid(("№", _("Creditor"), _("Contract"), _("Debt"), _("In delay since")), rows, (0.4, 3, 2, 2, 2))


def _procedures(page: Report, data: dict[str, Any]) -> None:
    if not data["procedures"]:
        return
    page.heading(_("Procedures"))
    rows = [(row["kind"], row["state"], str(row["debt"] or "—")) for row in data["procedures"]]
    page.grid((_("Procedure"), _("State"), _("Debt №")), rows, (3, 3, 1))


def _terms(page: Report, data: dict[str, Any]) -> None:
    if not data["terms"]:
        return
    page.heading(_("Terms of the law"))
    mark = _("needs a lawyer's check")
    rows = [
        (f"{row['title']} ({mark})" if row["needs_review"] else row["title"], row["due_words"], row["status"])
        for row in data["terms"]
    ]
    page.grid((_("Term"), _("Last day"), _("State")), rows, (4, 2, 2))


def _letters(page: Report, told: Told) -> None:
    if not told.data["letters"]:
        return
    page.heading(_("Letters"))
    rows = [(row["number"], row["title"], row["sha256"] or "—") for row in told.data["letters"]]
    page.grid(("№", _("Letter"), "SHA-256"), rows, (1.4, 3, 3))


def _history(page: Report, told: Told) -> None:
    page.heading(_("History"))
    rows = []
    for item in reversed(told.lines):
        at = clock.almaty(item.at)
        words = [item.entry.title, item.entry.text]
        words += [f"{one.label}: {one.old or '—'} → {one.new or '—'}" for one in item.changes]
        who = ", ".join(part for part in (item.actor_label, item.on_behalf_label) if part)
        rows.append(
            (f"{format_date(at.date(), told.language)} {at:%H:%M}", "\n".join(filter(None, words)), who)
        )
    page.grid((_("When"), _("What"), _("Who")), rows, (1.6, 4, 1.8))
    if told.is_cut:
        page.text(_("Older events are left out: the history is too long for one report."))
