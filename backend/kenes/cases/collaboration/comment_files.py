"""Files of comments: uploaded first, checked for viruses, then sent along with the words."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.cases import permissions, selectors
from kenes.cases.collaboration import comment_reading
from kenes.cases.errors.comments import CommentFileNotFound, TooManyFiles
from kenes.cases.models import Audience, Case, Comment, CommentFile
from kenes.files import services as files
from kenes.files.models import StoredFile
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden

OWNER_KIND: Final = "case_comments"
MOST: Final = 10
MAX_BYTES: Final = 10 * 1024 * 1024
FORGOTTEN_AFTER: Final = timedelta(days=1)


def upload(*, actor: Actor, case_id: UUID, data: bytes, name: str) -> CommentFile:
    """Keep a file for a comment that is being written. It can be opened once the virus check has passed it.

    Raises Forbidden for who may write nothing here, TooManyFiles, and what `files.store` refuses.
    """
    case = require_writer(actor=actor, case_id=case_id)
    waiting = CommentFile.objects.filter(case=case, uploaded_by_id=actor.user_id, comment__isnull=True)
    if waiting.count() >= MOST:
        raise TooManyFiles(limit=MOST)
    stored = files.store(
        data=data, name=name, mime="", origin="uploaded", owner_kind=OWNER_KIND, owner_id=case.pk
    )
    return _keep(actor, case.pk, stored)


@transaction.atomic
def _keep(actor: Actor, case_id: UUID, stored: StoredFile) -> CommentFile:
    if actor.user_id is None:
        raise Forbidden
    case = selectors.get_case_for_update(actor=actor, case_id=case_id, follow=True, letters_too=True)
    return CommentFile.objects.create(
        case=case, file=stored, uploaded_by_id=actor.user_id, created_at=clock.now()
    )


def require_writer(*, actor: Actor, case_id: UUID) -> Case:
    """The case, for who may write a comment of some audience on it. CaseNotFound, Forbidden."""
    case = selectors.get_case(actor=actor, case_id=case_id)
    names = ("case.comment", "case.comment_internal", "case.comment_organisation")
    if actor.user_id is None or not any(permissions.allowed(actor, name, case) for name in names):
        raise Forbidden
    return case


def waiting_for(*, actor: Actor, case_id: UUID) -> list[CommentFile]:
    """Own files on this case that are not sent yet, oldest first."""
    case = require_writer(actor=actor, case_id=case_id)
    rows = CommentFile.objects.filter(case=case, uploaded_by_id=actor.user_id, comment__isnull=True)
    return list(rows.select_related("file").order_by("created_at", "pk"))


def attach(*, actor: Actor, comment: Comment, file_ids: Sequence[UUID]) -> None:
    """Send own waiting files along with a comment, in its transaction. FieldErrors (/files) for any other id."""
    wanted = set(file_ids)
    if not wanted:
        return
    rows = CommentFile.objects.select_for_update().filter(
        pk__in=wanted, case_id=comment.case_id, uploaded_by_id=actor.user_id, comment__isnull=True
    )
    if len(list(rows)) != len(wanted):
        text = _("One of the files is not here any more. Choose it again.")
        raise FieldErrors([FieldError("/files", "unknown", text)])
    rows.update(comment=comment)


def get_file(*, actor: Actor, case_id: UUID, file_id: UUID) -> StoredFile:
    """A file to open: who reads the comment may, and who has uploaded it before it is sent. CommentFileNotFound."""
    case = selectors.get_case(actor=actor, case_id=case_id)
    row = CommentFile.objects.select_related("comment", "file").filter(pk=file_id, case=case).first()
    if row is None or not _may_open(actor, case, row):
        raise CommentFileNotFound
    return row.file


def _may_open(actor: Actor, case: Case, row: CommentFile) -> bool:
    if row.comment is None:
        return row.uploaded_by_id == actor.user_id and actor.viewed_by is None
    reads = comment_reading.reading(actor, case).sees(row.comment) and row.comment.removed_at is None
    # In the pool words of people are masked, and so are their files.
    masked = row.comment.audience == Audience.PUBLIC and not permissions.allowed(
        actor, "case.view_content", case
    )
    return reads and not masked


@transaction.atomic
def remove_waiting(*, actor: Actor, case_id: UUID, file_id: UUID) -> None:
    """Take back a file that was not sent yet. CommentFileNotFound for every other one."""
    case = selectors.get_case(actor=actor, case_id=case_id)
    row = CommentFile.objects.select_for_update().filter(
        pk=file_id, case=case, uploaded_by_id=actor.user_id, comment__isnull=True
    )
    found = row.first()
    if found is None:
        raise CommentFileNotFound
    _drop(found)


def remove_all(comment: Comment) -> None:
    """Lock the files of a removed comment away; that they were there stays known by their rows."""
    for row in comment.files.all():
        files.request_removal_of(file_id=row.file_id)


def forget_old() -> int:
    """Remove files that nobody has sent within a day; how many."""
    old = CommentFile.objects.filter(comment__isnull=True, created_at__lt=clock.now() - FORGOTTEN_AFTER)
    taken = 0
    for pk in list(old.values_list("pk", flat=True)[:500]):
        with transaction.atomic():
            row = old.select_for_update(skip_locked=True).filter(pk=pk).first()
            if row is not None:
                _drop(row)
                taken += 1
    return taken


def _drop(row: CommentFile) -> None:
    file_id = row.file_id
    row.delete()
    files.request_removal_of(file_id=file_id)
