"""Comments on a case: written for an audience, edited for a while, removed with a trace."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import User
from kenes.cases import permissions, selectors
from kenes.cases.collaboration import comment_files, comment_reading, mentions
from kenes.cases.errors.comments import CommentIsRemoved, CommentNotFound, EditTimeOver
from kenes.cases.events.cases import CommentAdded
from kenes.cases.events.comments import CommentEdited, CommentRemoved
from kenes.cases.models import Audience, Case, Comment, CommentVersion
from kenes.cases.search import index as search_index
from kenes.cases.tracks import progress
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden

EDIT_WITHIN: Final = timedelta(minutes=15)
RULES: Final = {
    Audience.PUBLIC: "case.comment",
    Audience.INTERNAL: "case.comment_internal",
    Audience.ORGANISATION: "case.comment_organisation",
}


@transaction.atomic
def add_comment(
    *, actor: Actor, case_id: UUID, text: str, audience: str, mention_ids: Sequence[UUID] = (),
    file_ids: Sequence[UUID] = (),
) -> Comment:  # fmt: skip
    """Write a comment for an audience, call people to it and attach files that the actor has uploaded here.

    A case that was merged meanwhile gets the comment in the kept one, so that no words are lost. Raises Forbidden when the
    actor may not write for this audience, FieldErrors (/text, /mentions, /files).
    """
    wanted = Audience(audience)
    case = selectors.get_case_for_update(
        actor=actor, case_id=case_id, follow=True, letters_too=wanted is Audience.ORGANISATION
    )
    permissions.require(actor, RULES[wanted], case)
    if not text and not file_ids:
        raise FieldErrors([FieldError("/text", "required", _("Write the comment or attach a file."))])
    acting = permissions.acting(actor, case)
    comment = Comment.objects.create(
        case=case, author=_author(actor), audience=wanted, text=text, created_at=clock.now(),
        organisation_id=_body(actor, case) if wanted is Audience.ORGANISATION else None,
    )  # fmt: skip
    comment_files.attach(actor=actor, comment=comment, file_ids=file_ids)
    called = mentions.add(actor=actor, comment=comment, case=case, person_ids=mention_ids)
    event_log.record(
        CommentAdded(
            case_id=case.pk, comment_id=comment.pk, audience=wanted.value, mentions=len(called),
            files=len(set(file_ids)),
        ),
        actor=acting,
    )  # fmt: skip
    _tell(case, comment)
    return comment


def _author(actor: Actor) -> User:
    if actor.user_id is None:
        raise Forbidden
    return account_selectors.get_person(actor.user_id)


def _body(actor: Actor, case: Case) -> UUID | None:
    return comment_reading.body_for_notes(actor, case, comment_reading.reading(actor, case))


def _tell(case: Case, comment: Comment) -> None:
    """The search follows, open pages look again. Nobody but its own side is told that a note of one organisation exists."""
    search_index.index_comment(comment)
    if comment.audience != Audience.ORGANISATION:
        progress.hint_changed(case)


@transaction.atomic
def edit_comment(
    *, actor: Actor, case_id: UUID, comment_id: UUID, text: str, mention_ids: Sequence[UUID] = ()
) -> Comment:
    """Change the words of one's own comment within 15 minutes; what they were is kept.

    Raises CommentNotFound, CommentIsRemoved, Forbidden for others' comments, EditTimeOver.
    """
    case, comment = _locked(actor, case_id, comment_id)
    if comment.author_id != actor.user_id:
        raise Forbidden
    if not can_be_edited(comment):
        raise EditTimeOver
    mentions.add(actor=actor, comment=comment, case=case, person_ids=mention_ids)
    if comment.text == text:
        return comment
    version = CommentVersion.objects.create(comment=comment, text=comment.text, replaced_at=clock.now())
    comment.text, comment.edited_at = text, version.replaced_at
    comment.save(update_fields=["text", "edited_at"])
    event_log.record(
        CommentEdited(case_id=case.pk, comment_id=comment.pk, version_id=version.pk),
        actor=permissions.acting(actor, case),
    )
    _tell(case, comment)
    return comment


def can_be_edited(comment: Comment) -> bool:
    """Whether its author may still change the words."""
    return comment.removed_at is None and clock.now() - comment.created_at < EDIT_WITHIN


@transaction.atomic
def remove_comment(*, actor: Actor, case_id: UUID, comment_id: UUID) -> Comment:
    """Take a comment back: the words and files go out of sight, that it was there stays.

    Its author may at any time; a supervisor may remove what others wrote for everyone or for staff.
    """
    case, comment = _locked(actor, case_id, comment_id)
    if not may_remove(actor, case, comment):
        raise Forbidden
    now = clock.now()
    CommentVersion.objects.create(comment=comment, text=comment.text, replaced_at=now)
    comment.text, comment.removed_at, comment.removed_by_id = "", now, actor.user_id
    comment.save(update_fields=["text", "removed_at", "removed_by"])
    comment_files.remove_all(comment)
    event_log.record(
        CommentRemoved(case_id=case.pk, comment_id=comment.pk), actor=permissions.acting(actor, case)
    )
    _tell(case, comment)
    return comment


def may_remove(actor: Actor, case: Case, comment: Comment) -> bool:
    """The author, and a supervisor for everything but notes of organisations. Files of words that were acted on stay known."""
    if comment.removed_at is not None:
        return False
    if comment.author_id == actor.user_id:
        return True
    moderates = permissions.allowed(actor, "case.moderate_comments", case)
    return moderates and comment.audience != Audience.ORGANISATION


def versions_of(*, actor: Actor, case_id: UUID, comment_id: UUID) -> list[CommentVersion]:
    """What a comment said before, oldest first, for who reads it; of a removed one only for a supervisor."""
    case = selectors.get_case(actor=actor, case_id=case_id)
    comment = comment_reading.comments_for(actor, case).filter(pk=comment_id).first()
    if comment is None:
        raise CommentNotFound
    moderates = permissions.allowed(actor, "case.moderate_comments", case)
    if comment.removed_at is not None and not moderates:
        raise CommentNotFound
    return list(comment.versions.order_by("replaced_at", "pk"))


def _locked(actor: Actor, case_id: UUID, comment_id: UUID) -> tuple[Case, Comment]:
    """The case, then the comment, locked in this order by everybody."""
    case = selectors.get_case_for_update(actor=actor, case_id=case_id, follow=True, letters_too=True)
    seen = comment_reading.comments_for(actor, case).select_for_update(of=("self",))
    comment = seen.filter(pk=comment_id).first()
    if comment is None:
        raise CommentNotFound
    if comment.removed_at is not None:
        raise CommentIsRemoved
    return case, comment
