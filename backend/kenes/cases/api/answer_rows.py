"""Answers, offers and papers as JSON shows them, for both sides."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from kenes.cases.answers import offer_replies, offer_terms
from kenes.cases.answers.answer_forms import debt_of
from kenes.cases.answers.offer_terms import Debt, Outcome, Terms
from kenes.cases.models import AnswerKind, CreditorAnswer, OfferReply, PaperCode, RefusalReason, ReplyKind
from kenes.files import selectors as files
from kenes.files.models import StoredFile
from kenes.foundation import clock

Json = dict[str, Any]
FILE_STATES = ("none", "checking", "ready", "refused")
_COLUMNS = ("number", "due", "payment_tiyn", "principal_tiyn", "interest_tiyn", "other_tiyn", "balance_tiyn")


def stored_files(answers: Iterable[CreditorAnswer]) -> dict[UUID, StoredFile]:
    """Files of the papers of these answers; one query."""
    wanted = {paper.file_id for answer in answers for paper in answer.papers.all() if paper.file_id}
    return {file.pk: file for file in StoredFile.objects.filter(pk__in=wanted)} if wanted else {}


def answer_row(
    answer: CreditorAnswer, known: dict[UUID, StoredFile], *, author: str, actions: Sequence[str] = ()
) -> Json:
    """One answer; `author` is what the reader is told of who gave it."""
    debt = debt_of(answer.obligation)
    terms = Terms.from_json(answer.terms) if answer.terms is not None else None
    rows = schedule_rows(answer.schedule or [])
    off = offer_terms.forgiven(debt, terms) if terms is not None else None
    reply = next(iter(answer.replies.all()), None)
    return {
        **{
            name: getattr(answer, name)
            for name in ("id", "version", "kind", "source", "words", "reason_code", "valid_until", "outgoing_number", "given_at")
        },
        "current": answer.superseded_at is None,
        "kind_label": AnswerKind(answer.kind).label,
        "reason_label": RefusalReason(answer.reason_code).label if answer.reason_code else "",
        "terms": terms_row(terms),
        "forgiven": None if off is None else dict(zip(("principal_tiyn", "interest_tiyn", "penalty_tiyn"), off, strict=True)),
        "before": offer_terms.outcome_as_it_is(debt, clock.almaty(answer.given_at).date()) if rows else None,
        "after": _outcome(debt, rows),
        "schedule": rows,
        "expired": answer.kind == AnswerKind.OFFER and offer_replies.is_over(answer, clock.today()),
        "has_file": answer.file_id is not None,
        "file_id": answer.file_id,
        "papers": [_paper(paper, known) for paper in sorted(answer.papers.all(), key=lambda row: row.position)],
        "reply": reply_row(reply, debt) if reply is not None else None,
        "given_by": author,
        "allowed_actions": list(actions),
    }  # fmt: skip


def schedule_rows(kept: Iterable[Sequence[Any]]) -> list[Json]:
    """Rows of a schedule from the form in which they are kept (`answers.row_json`)."""
    return [dict(zip(_COLUMNS, row, strict=True)) for row in kept]


def _outcome(debt: Debt, rows: list[Json]) -> Outcome | None:
    if not rows:
        return None
    total = sum(row["payment_tiyn"] for row in rows)
    first = next((row["payment_tiyn"] for row in rows if row["payment_tiyn"]), 0)
    return Outcome(first, total, total - debt.principal_tiyn, rows[-1]["due"], len(rows))


def terms_row(terms: Terms | None) -> Json | None:
    """Terms as JSON; the rate as a number."""
    if terms is None:
        return None
    return {name: getattr(terms, name) for name in Terms.__dataclass_fields__}


def reply_row(reply: OfferReply, debt: Debt) -> Json:
    """What the borrower said to an offer."""
    terms = Terms.from_json(reply.terms) if reply.terms is not None else None
    outcome = offer_terms.outcome_of(debt, offer_terms.schedule(debt, terms)) if terms is not None else None
    return {
        "id": reply.pk,
        "kind": reply.kind,
        "kind_label": ReplyKind(reply.kind).label,
        "round": reply.round,
        "terms": terms_row(terms),
        "outcome": outcome,
        "words": reply.words,
        "given_at": reply.given_at,
    }


def _paper(paper: Any, known: dict[UUID, StoredFile]) -> Json:
    file = known.get(paper.file_id) if paper.file_id else None
    return {
        "id": paper.pk,
        "code": paper.code,
        "label": PaperCode(paper.code).label,
        "text": paper.text,
        "file_id": paper.file_id,
        "file_name": file.name if file is not None else None,
        "file_state": file_state(file),
        "excuse": paper.excuse,
        "given_at": paper.given_at,
    }


def file_state(file: StoredFile | None) -> str:
    """Whether a file that somebody gave is there, checked for viruses or locked: one of FILE_STATES."""
    if file is None:
        return "none"
    if files.is_readable(file):
        return "ready"
    return "checking" if file.scan == StoredFile.Scan.PENDING else "refused"


def labels(choices: Iterable[tuple[Any, Any]]) -> list[Json]:
    """A list of codes with their words."""
    return [{"code": code, "label": label} for code, label in choices]
