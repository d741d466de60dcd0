"""«Справка о ходе дела» as DOCX: parties, debts, procedures, terms and history in the reader's language."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt

from kenes.documents.authoring.layout import Letter
from kenes.documents.case_export_data import Told
from kenes.foundation import clock
from kenes.foundation.language.dates import format_date

_WIDTH: Final = 17.0


class Report(Letter):
    """A letter with tables of any shape. Nothing in it is filled in later: braces of people stay what they are."""

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float]) -> None:
        """A table whose head is repeated on each page; `shares` are parts of the width."""
        table = self._document.add_table(rows=0, cols=len(header), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        widths = [Cm(_WIDTH * share / sum(shares)) for share in shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for index, row in enumerate((header, *rows)):
            cells = table.add_row().cells
            for cell, text, width in zip(cells, row, widths, strict=True):
                cell.width = width
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(1)
                run = paragraph.add_run(text)
                run.font.size, run.bold = Pt(9.5), index == 0
        repeated = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
        self.gap()


def report(told: Told) -> bytes:
    """The report as DOCX, in the language that is active."""
    data = told.data
    number = data["number"] or ""
    page = Report(language=told.language, title=_("Report on case %(number)s") % {"number": number})
    page.title(_("Report on the course of the case"), f"№ {number}")
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
    page.footer(f"Kenes Hub · {number}", _("page "), _(" of "))
    return page.to_bytes()


def _people(page: Report, data: dict[str, Any]) -> None:
    page.heading(_("Participants"))
    rows = [(row["role"], row["name"]) for row in data["parties"]]
    if not any(name == data["borrower"] for _role, name in rows):
        rows = [(_("Borrower"), data["borrower"]), *rows]
    page.table((_("Role"), _("Name")), rows, (1, 3))


def _debts(page: Report, data: dict[str, Any]) -> None:
    if not data["debts"]:
        return
    page.heading(_("Debts"))
    rows = [
        (str(place), row["creditor"], row["contract"], row["total"], row["overdue_since_words"] or "—")
        for place, row in enumerate(data["debts"], start=1)
    ]
    page.table(("№", _("Creditor"), _("Contract"), _("Debt"), _("In delay since")), rows, (0.4, 3, 2, 2, 2))


def _procedures(page: Report, data: dict[str, Any]) -> None:
    if not data["procedures"]:
        return
    page.heading(_("Procedures"))
    rows = [(row["kind"], row["state"], str(row["debt"] or "—")) for row in data["procedures"]]
    page.table((_("Procedure"), _("State"), _("Debt №")), rows, (3, 3, 1))


def _terms(page: Report, data: dict[str, Any]) -> None:
    if not data["terms"]:
        return
    page.heading(_("Terms of the law"))
    mark = _("needs a lawyer's check")
    rows = [
        (f"{row['title']} ({mark})" if row["needs_review"] else row["title"], row["due_words"], row["status"])
        for row in data["terms"]
    ]
    page.table((_("Term"), _("Last day"), _("State")), rows, (4, 2, 2))


def _letters(page: Report, told: Told) -> None:
    if not told.data["letters"]:
        return
    page.heading(_("Letters"))
    rows = [(row["number"], row["title"], row["sha256"] or "—") for row in told.data["letters"]]
    page.table(("№", _("Letter"), "SHA-256"), rows, (1.4, 3, 3))


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
    page.table((_("When"), _("What"), _("Who")), rows, (1.6, 4, 1.8))
    if told.is_cut:
        page.text(_("Older events are left out: the history is too long for one report."))
