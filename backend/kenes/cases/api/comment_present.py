"""Comments as JSON: for their own list, for the history and for calls."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from kenes.accounts import duplicates
from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import RoleGrant
from kenes.cases import permissions
from kenes.cases.collaboration import comments
from kenes.cases.history import timeline_people
from kenes.cases.models import Audience, Case, Comment, CommentFile, CommentMention
from kenes.files.models import StoredFile
from kenes.foundation.actor import STAFF_ROLES, Actor

Json = dict[str, Any]
EXCERPT = 240
_STATES = {
    StoredFile.Scan.NOT_NEEDED: "ready",
    StoredFile.Scan.PENDING: "checking",
    StoredFile.Scan.CLEAN: "ready",
    StoredFile.Scan.INFECTED: "infected",
    StoredFile.Scan.UNSCANNABLE: "not_checkable",
    StoredFile.Scan.FAILED: "failed",
}


def file_item(row: CommentFile) -> Json:
    """A file with what the virus check has said so far."""
    file = row.file
    state = _STATES[StoredFile.Scan(file.scan)]
    if file.released_by is not None and state in {"not_checkable", "failed"}:
        state = "ready"
    if file.content_removed_at is not None:
        state = "removed"
    return {
        "id": row.pk,
        "file_id": file.pk,
        "name": file.name,
        "size": file.size,
        "mime": file.mime,
        "state": state,
    }


def comment_item(
    comment: Comment, *, actor: Actor, case: Case, author_label: str, hidden: bool = False
) -> Json:
    """One comment with files and mentions loaded; `hidden` leaves out words and files that are masked in the pool."""
    removed = comment.removed_at is not None
    own = comment.author_id == actor.user_id and actor.viewed_by is None
    edits = own and comments.can_be_edited(comment)
    body = comment.organisation
    return {
        "id": comment.pk,
        "audience": comment.audience,
        "audience_label": Audience(comment.audience).label,
        "organisation_name": body.name if body is not None else None,
        "text": "" if hidden else comment.text,
        "author_label": author_label,
        "own": own,
        "created_at": comment.created_at,
        "edited_at": comment.edited_at,
        "removed_at": comment.removed_at,
        "edit_until": comment.created_at + comments.EDIT_WITHIN if edits else None,
        "mentions": [] if removed else _mentioned(comment, actor, case),
        "files": [] if removed or hidden else [file_item(row) for row in comment.files.all()],
        "allowed_actions": _actions(comment, actor, case, edits=edits),
    }


def _mentioned(comment: Comment, actor: Actor, case: Case) -> list[Json]:
    names = permissions.allowed(actor, "case.view_internal", case)
    names = names or comment.audience == Audience.ORGANISATION
    return [
        {"id": row.person_id, "name": row.person.full_name}
        for row in comment.mentions.all()
        if names or row.person_id in {actor.user_id, case.borrower_id}
    ]


def _actions(comment: Comment, actor: Actor, case: Case, *, edits: bool) -> list[str]:
    if actor.viewed_by is not None:
        return []
    moderates = permissions.allowed(actor, "case.moderate_comments", case)
    had_others = comment.edited_at is not None or comment.removed_at is not None
    shows = had_others and (comment.removed_at is None or moderates)
    may = {"edit": edits, "remove": comments.may_remove(actor, case, comment), "versions": shows}
    return [name for name, allowed in may.items() if allowed]


def comment_items(rows: Sequence[Comment], *, actor: Actor, case: Case) -> list[Json]:
    """A page of comments with files, mentions, author and organisation loaded; two queries for the names."""
    borrower_ids = duplicates.accounts_of(case.borrower_id)
    labels = author_labels(rows, actor=actor, case=case, borrower_ids=borrower_ids)
    content = permissions.allowed(actor, "case.view_content", case)
    return [
        comment_item(
            row, actor=actor, case=case, author_label=labels[row.pk],
            hidden=row.audience == Audience.PUBLIC and not content,
        )
        for row in rows
    ]  # fmt: skip


def author_labels(
    rows: Iterable[Comment], *, actor: Actor, case: Case, borrower_ids: frozenset[UUID]
) -> dict[UUID, str]:
    """Who wrote each comment, as this reader may know it."""
    sees_internal = permissions.allowed(actor, "case.view_internal", case)
    people = account_selectors.person_names({row.author_id for row in rows})
    if sees_internal:
        return {row.pk: people.get(row.author_id, "") for row in rows}
    authors = _authors(rows, case)
    return {
        row.pk: people.get(row.author_id, "")
        if row.audience == Audience.ORGANISATION
        else timeline_people.who(authors[row.author_id], borrower_ids, people, sees_internal=False)
        for row in rows
    }


def _authors(rows: Iterable[Comment], case: Case) -> dict[UUID, Actor]:
    """Authors as far as their side is told to people outside the platform: two queries."""
    ids = {row.author_id for row in rows}
    roles: dict[UUID, set[str]] = {}
    for user_id, role in case.parties.filter(user_id__in=ids).values_list("user_id", "role"):
        roles.setdefault(user_id, set()).add(role)
    staff = RoleGrant.objects.filter(user_id__in=ids, role__in=STAFF_ROLES, revoked_at__isnull=True)
    ours = set(staff.values_list("user_id", flat=True))
    # Neither of the platform nor a party: somebody who acts for the borrower by a power of attorney.
    return {
        pk: Actor(
            user_id=pk,
            roles=frozenset(roles.get(pk, ())),
            on_behalf_of=None if pk in ours or pk in roles else case.borrower_id,
        )
        for pk in ids
    }


def mention_item(row: CommentMention, *, author_label: str) -> Json:
    """A call with the beginning of the words."""
    comment = row.comment
    text = comment.text
    return {
        "id": row.pk,
        "comment_id": comment.pk,
        "case_id": comment.case_id,
        "case_number": comment.case.number,
        "audience": comment.audience,
        "author_label": author_label,
        "text": text if len(text) <= EXCERPT else f"{text[:EXCERPT].rstrip()}…",
        "created_at": row.created_at,
        "seen_at": row.seen_at,
    }
