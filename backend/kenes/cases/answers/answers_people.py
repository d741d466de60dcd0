"""Answers of creditors and people: two accounts that become one, data that a person asks for, cases made anonymous."""

from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.accounts import merging
from kenes.cases.models import Case, CreditorAnswer, IncomingLetter, OfferReply, RequestedPaper
from kenes.files import services as files

_NAMED: Final[tuple[tuple[Any, str], ...]] = (
    (IncomingLetter, "registered_by"),
    (IncomingLetter, "assignee"),
    (CreditorAnswer, "given_by"),
    (OfferReply, "given_by"),
)


def connect() -> None:
    """Register what names a person; called when the app starts."""
    merging.register(
        "creditor_answers", label=_("Letters and answers of creditors"), count=_count, move=_move
    )


def _rows(person_id: UUID) -> list[tuple[QuerySet[Any], str]]:
    return [(model.objects.filter(**{f"{name}_id": person_id}), name) for model, name in _NAMED]


def _count(person_id: UUID) -> int:
    return sum(rows.count() for rows, _name in _rows(person_id))


def _move(gone_id: UUID, kept_id: UUID) -> None:
    for rows, name in _rows(gone_id):
        rows.update(**{f"{name}_id": kept_id})


def copy_of(case: Case) -> list[dict[str, Any]]:
    """Answers about the debts of a case and what the borrower said to them, for the copy of a person's data."""
    rows = CreditorAnswer.objects.filter(case=case).select_related("creditor")
    return [
        {
            "creditor": answer.creditor.name("ru"),
            **{
                name: getattr(answer, name)
                for name in ("kind", "words", "reason_code", "terms", "valid_until", "given_at")
            },
            "papers": [
                {"code": paper.code, "text": paper.text, "excuse": paper.excuse}
                for paper in answer.papers.all()
            ],
            "replies": [
                {"kind": reply.kind, "words": reply.words, "terms": reply.terms}
                for reply in answer.replies.all()
            ],
        }
        for answer in rows.prefetch_related("papers", "replies").order_by("given_at")
    ]


def forget(case: Case) -> None:
    """Take words and files out of the answers of a locked case; sums and codes stay."""
    for answer in CreditorAnswer.objects.filter(case=case):
        _drop(answer.file_id)
        answer.words, answer.file_id = "", None
        answer.save(update_fields=["words", "file_id"])
    for paper in RequestedPaper.objects.filter(answer__case=case):
        _drop(paper.file_id)
        paper.text, paper.excuse, paper.file_id = "", "", None
        paper.save(update_fields=["text", "excuse", "file_id"])
    for reply in OfferReply.objects.filter(answer__case=case):
        reply.words = ""
        reply.save(update_fields=["words"])


def _drop(file_id: UUID | None) -> None:
    if file_id is not None:
        files.request_removal_of(file_id=file_id)
