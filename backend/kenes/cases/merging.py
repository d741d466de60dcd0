"""Cases of a person whose two accounts become one: what moves, and what one person may have only once."""

from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from kenes.accounts import merging
from kenes.cases.models import (
    Case,
    CaseEvent,
    Comment,
    CommentFile,
    CommentMention,
    EligibilityCheck,
    FieldChange,
    MissingPaper,
    Party,
    PartyRole,
    RecordedConsent,
    SearchEntry,
)
from kenes.cases.states.case import CaseAction, CaseStatus
from kenes.cases.tracks import progress
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor

MERGING: Final[Actor] = SystemActor("merging")


def connect() -> None:
    """Register everything of a case that names a person; called when the app starts."""
    merging.register(
        "cases",
        label=_("Cases and drafts"),
        count=lambda person_id: Case.objects.filter(borrower_id=person_id).count(),
        move=_move_cases,
        warn=_warn_cases,
    )
    merging.register(
        "parts_in_cases",
        label=_("Parts in cases"),
        count=lambda person_id: Party.objects.filter(user_id=person_id).count(),
        move=_move_parties,
        warn=_warn_parties,
    )
    merging.register(
        "words_in_cases",
        label=_("Facts and notes in cases"),
        count=lambda person_id: sum(rows.count() for rows in _written(person_id)),
        move=_move_words,
    )


def _drafts(*person_ids: UUID) -> list[Case]:
    drafts = Case.objects.filter(borrower_id__in=person_ids, status=CaseStatus.DRAFT)
    return list(drafts.select_for_update(of=("self",)).order_by("pk"))


def _move_cases(gone_id: UUID, kept_id: UUID) -> None:
    drafts = {draft.borrower_id: draft for draft in _drafts(gone_id, kept_id)}
    if len(drafts) == 2:  # one draft per borrower: that of the account that stays goes on
        draft = drafts[gone_id]
        progress.change_status(MERGING, draft, CaseAction.CANCEL)
        draft.closed_at = clock.now()
        progress.save_progress(draft)
    moving = list(Case.objects.filter(borrower_id=gone_id).select_for_update(of=("self",)).order_by("pk"))
    Case.objects.filter(pk__in=[case.pk for case in moving]).update(borrower_id=kept_id)
    RecordedConsent.objects.filter(person_id=gone_id).update(person_id=kept_id)
    for case in moving:
        progress.hint_changed(case)


def _warn_cases(gone_id: UUID, kept_id: UUID) -> list[str]:
    drafts = Case.objects.filter(borrower_id__in=[gone_id, kept_id], status=CaseStatus.DRAFT)
    text = now("Both have a draft. The draft of the closed account is cancelled, with its answers kept.")
    return [text] if drafts.count() == 2 else []


def _move_parties(gone_id: UUID, kept_id: UUID) -> None:
    part = ("case_id", "role", "obligation_id")
    theirs = set(Party.objects.filter(user_id=kept_id, removed_at=None).values_list(*part))
    mine = Party.objects.filter(user_id=gone_id, removed_at=None).values_list("pk", *part)
    twice = [pk for pk, *same in mine if tuple(same) in theirs]
    Party.objects.filter(pk__in=twice).update(removed_at=clock.now())
    Party.objects.filter(user_id=gone_id).update(user_id=kept_id)


def _warn_parties(gone_id: UUID, kept_id: UUID) -> list[str]:
    crossed = Q(user_id=kept_id, case__borrower_id=gone_id) | Q(user_id=gone_id, case__borrower_id=kept_id)
    other_side = Party.objects.filter(crossed, removed_at=None).exclude(role=PartyRole.BORROWER)
    text = now("One account takes part in a case of the other one. Look at the participants afterwards.")
    return [text] if other_side.exists() else []


def _written(person_id: UUID) -> tuple[QuerySet[Comment], QuerySet[CaseEvent], QuerySet[FieldChange]]:
    return (
        Comment.objects.filter(author_id=person_id),
        CaseEvent.objects.filter(recorded_by_id=person_id),
        FieldChange.objects.filter(changed_by_id=person_id),
    )


def _move_words(gone_id: UUID, kept_id: UUID) -> None:
    comments, facts, changes = _written(gone_id)
    comments.update(author_id=kept_id)
    SearchEntry.objects.filter(writer_id=gone_id).update(writer_id=kept_id)
    CommentFile.objects.filter(uploaded_by_id=gone_id).update(uploaded_by_id=kept_id)
    called = CommentMention.objects.filter(person_id=kept_id).values("comment_id")
    CommentMention.objects.filter(person_id=gone_id).exclude(comment_id__in=called).update(person_id=kept_id)
    RecordedConsent.objects.filter(recorded_by_id=gone_id).update(recorded_by_id=kept_id)
    MissingPaper.objects.filter(asked_by_id=gone_id).update(asked_by_id=kept_id)
    MissingPaper.objects.filter(settled_by_id=gone_id).update(settled_by_id=kept_id)
    EligibilityCheck.objects.filter(answered_by_id=gone_id).update(answered_by_id=kept_id)
    facts.update(recorded_by_id=kept_id)
    changes.update(changed_by_id=kept_id)
