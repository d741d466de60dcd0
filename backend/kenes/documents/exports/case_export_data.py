"""What a file about a case holds: everything its reader may see, asked through the same doors as the pages."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kenes.cases import card, permissions
from kenes.cases import selectors as cases
from kenes.cases.collaboration import comment_reading
from kenes.cases.history import timeline
from kenes.cases.history.timeline import TimelineItem
from kenes.cases.models import Case, CaseDeadline, CommentFile, Party, PartyRole
from kenes.cases.states.case import CaseStatus
from kenes.cases.states.track import TrackKind, TrackState
from kenes.documents import kinds, selectors
from kenes.documents.models import Document
from kenes.files.models import StoredFile
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.language.dates import format_date
from kenes.foundation.language.money import format_money
from kenes.foundation.values import Iin

# A history beyond this is cut with a word about it: a file has to end somewhere.
MOST_LINES: Final = 2000
_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Paper:
    """A stored file that goes along; `folder` is where it stands in the ZIP."""

    folder: str
    name: str
    file: StoredFile


@dataclass(frozen=True, slots=True)
class Told:
    """A case for one reader: words for the report, the same as data, and the files."""

    case: Case
    language: str
    data: dict[str, Any]
    lines: list[TimelineItem]
    is_cut: bool
    papers: list[Paper]


def gather(*, actor: Actor, case_id: UUID, language: str, files: bool) -> Told:
    """Read the case as this actor sees it, in the language that is active. CaseNotFound when it is hidden by now."""
    case = cases.get_case_with_everything(actor=actor, case_id=case_id)
    lines, is_cut = _history(actor, case, language)
    documents = _documents(actor, case)
    data = {
        **_head(case),
        "parties": _parties(case),
        "debts": [
            _debt(row, language) for row in permissions.shown_debts(actor, case, case.obligations.all())
        ],
        "procedures": [
            {
                "kind": str(TrackKind(row.kind).label),
                "state": str(TrackState(row.state).label),
                "debt": _place(case, row.obligation_id),
            }
            for row in permissions.shown_tracks(actor, case, case.tracks.all())
        ],
        "terms": [
            _term(row, language) for row in permissions.shown_deadlines(actor, case, case.deadlines.all())
        ],
        "letters": [_letter(row) for row in documents],
        "history": [_line(item) for item in lines],
        "history_is_cut": is_cut,
    }
    papers = [*_letter_files(documents), *_comment_files(actor, case)] if files else []
    return Told(case, language, data, lines, is_cut, papers)


def _head(case: Case) -> dict[str, Any]:
    iin = case.borrower.iin
    return {
        "number": case.number,
        "status": str(CaseStatus(case.status).label),
        "headline": card.headline(case, case.tracks.all()),
        "borrower": case.borrower_name or case.borrower.full_name,
        "iin_masked": Iin(iin).masked() if iin else "",
        "submitted_at": case.submitted_at,
        "made_at": clock.now(),
    }


def _parties(case: Case) -> list[dict[str, str]]:
    rows = Party.objects.filter(case=case, removed_at__isnull=True).select_related("user")
    return [
        {"role": str(PartyRole(row.role).label), "name": row.user.full_name}
        for row in rows.order_by("added_at", "pk")
    ]


def _debt(row: Any, language: str) -> dict[str, Any]:
    return {
        "creditor": row.creditor.name(language), "contract": row.contract_number,
        "contract_date": row.contract_date, "principal_tiyn": row.principal_tiyn,
        "interest_tiyn": row.interest_tiyn, "penalty_tiyn": row.penalty_tiyn, "total_tiyn": row.total_tiyn,
        "total": format_money(row.total_tiyn, language), "overdue_since": row.overdue_since,
        "overdue_since_words": format_date(row.overdue_since, language) if row.overdue_since else "",
    }  # fmt: skip


def _place(case: Case, obligation_id: UUID | None) -> int | None:
    return next((row.position + 1 for row in case.obligations.all() if row.pk == obligation_id), None)


def _term(row: CaseDeadline, language: str) -> dict[str, Any]:
    return {
        "title": row.rule.title(language),
        "due": row.due,
        "due_words": format_date(row.due, language),
        "status": _term_words(row, language),
        "explanation": card.explanation(row, language),
        "needs_review": row.rule.needs_review,
    }


def _term_words(row: CaseDeadline, language: str) -> str:
    words = {
        "met": _("kept"),
        "missed": _("missed"),
        "today": _("ends today"),
        "running": pgettext("term", "running"),
        "suspended": pgettext("term", "suspended"),
        "passed": pgettext("term", "over"),
    }
    told = words.get(card.deadline_status(row, clock.today()), "")
    return f"{told}, {format_date(row.met_on, language)}" if row.met_on else told


def _documents(actor: Actor, case: Case) -> list[Document]:
    _case, rows = selectors.documents_of_case(actor=actor, case_id=case.pk)
    return rows


def _letter(row: Document) -> dict[str, Any]:
    dispatch = selectors.dispatch_of(row)
    return {
        "number": row.number, "title": kinds.title(row.code), "language": row.language, "status": row.status,
        "sha256": row.sha256, "created_at": row.created_at, "signed_at": row.signed_at,
        "sent": None if dispatch is None else {
            "channel": dispatch.channel, "status": dispatch.status, "accepted_at": dispatch.accepted_at,
            "delivered_at": dispatch.delivered_at,
        },
    }  # fmt: skip


def _letter_files(rows: list[Document]) -> list[Paper]:
    """The sealed text where there is one, else the signed or shown one; nothing of what was never finished."""
    papers = []
    for row in rows:
        file = row.sealed_file or row.pdf_file
        if file is not None:
            papers.append(Paper("letters", f"{row.number}_{row.language}.pdf", file))
    return papers


def _comment_files(actor: Actor, case: Case) -> list[Paper]:
    seen = comment_reading.comments_for(actor, case).filter(removed_at__isnull=True)
    rows = CommentFile.objects.filter(comment__in=seen).select_related("file").order_by("created_at", "pk")
    return [Paper("attachments", row.file.name, row.file) for row in rows]


def _history(actor: Actor, case: Case, language: str) -> tuple[list[TimelineItem], bool]:
    lines: list[TimelineItem] = []
    cursor: str | None = None
    while len(lines) < MOST_LINES:
        page, cursor = timeline.page_of(actor=actor, case=case, language=language, limit=_PAGE, before=cursor)
        lines += page
        if cursor is None:
            return lines, False
    return lines, True


def _line(item: TimelineItem) -> dict[str, Any]:
    return {
        "at": item.at, "title": item.entry.title, "text": item.entry.text, "who": item.actor_label,
        "on_behalf": item.on_behalf_label, "case": item.source_number,
        "changes": [{"field": one.label, "old": one.old, "new": one.new} for one in item.changes],
    }  # fmt: skip


def plain(value: Any) -> Any:
    """What JSON does not know: days, moments, ids and translated words."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
