"""Calling somebody to a comment: who can be called, the list of one's own calls, and which of them were seen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import Membership, Role, RoleGrant, User
from kenes.cases import permissions, selectors
from kenes.cases.collaboration import comment_reading
from kenes.cases.models import Audience, Case, Comment, CommentMention, Party, PartyRole
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors
from kenes.realtime import services as realtime

MOST: Final = 10
_OFFERED: Final = 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be called to a comment; `name` is what the reader may know of him."""

    id: UUID
    name: str
    role: str


def candidates(*, actor: Actor, case: Case, audience: str) -> list[Candidate]:
    """People to offer behind «@» for this audience, without the actor; a constant number of queries.

    The case was loaded for the actor, who may write for this audience (callers check).
    """
    if audience == Audience.ORGANISATION:
        return _colleagues(actor, case)
    people = _staff_of(case)
    if audience == Audience.PUBLIC:
        people = [*_taking_part(case), *people]
    shows_names = permissions.allowed(actor, "case.view_internal", case)
    seen: dict[UUID, Candidate] = {}
    for user, role, is_staff in people:
        if user.pk == actor.user_id or user.pk in seen or not user.is_active:
            continue
        # People outside the platform read of its staff what they are, not who.
        name = user.full_name if shows_names or not is_staff else role
        seen[user.pk] = Candidate(user.pk, name, role)
    return list(seen.values())[:_OFFERED]


def _taking_part(case: Case) -> list[tuple[User, str, bool]]:
    rows = Party.objects.filter(case=case, removed_at__isnull=True).select_related("user")
    known = {PartyRole.BORROWER, PartyRole.LAWYER, PartyRole.MEDIATOR, PartyRole.NOTARY}
    return [
        (row.user, str(PartyRole(row.role).label), False)
        for row in rows.order_by("added_at", "pk")
        if row.role in known
    ]


def _staff_of(case: Case) -> list[tuple[User, str, bool]]:
    """The manager of the case (or all of them while it waits in the pool) and everybody who works on all cases."""
    pool = case.assignee_id is None and case.status in permissions.POOL_STATUSES
    roles = [Role.SUPERVISOR, *([Role.MANAGER] if pool else [])]
    wide = RoleGrant.objects.filter(
        Q(role__in=roles) | Q(custom_role__abilities__contains=["case.work_all"]), revoked_at__isnull=True
    )
    people = User.objects.filter(
        Q(pk__in=wide.values("user_id")) | Q(pk=case.assignee_id), is_active=True
    ).order_by("pk")
    heads = set(
        RoleGrant.objects.filter(role=Role.SUPERVISOR, revoked_at__isnull=True).values_list(
            "user_id", flat=True
        )
    )
    labelled = [
        (user, str((Role.SUPERVISOR if user.pk in heads else Role.MANAGER).label), True) for user in people
    ]
    return sorted(labelled, key=lambda row: (row[0].pk != case.assignee_id, row[0].full_name))


def _colleagues(actor: Actor, case: Case) -> list[Candidate]:
    reader = comment_reading.reading(actor, case)
    body = comment_reading.body_for_notes(actor, case, reader)
    if body is None:
        return []
    members = Membership.objects.filter(
        organisation_id=body, ended_at__isnull=True, user__is_active=True
    ).exclude(user_id__in=[actor.user_id])
    if not permissions.sees_sent_only(actor, case):
        taking_part = Party.objects.filter(case=case, removed_at__isnull=True)
        members = members.filter(user_id__in=taking_part.values("user_id"))
    rows = members.select_related("user").order_by("pk")[:_OFFERED]
    return [Candidate(row.user_id, row.user.full_name, now("Colleague")) for row in rows]


def add(*, actor: Actor, comment: Comment, case: Case, person_ids: Iterable[UUID]) -> list[UUID]:
    """Call these people to a comment that was just written or edited; who was called before stays called.

    Raises FieldErrors (/mentions) when one of them would not see the comment. Call it in the transaction of the comment.
    """
    known = set(comment.mentions.values_list("person_id", flat=True))
    new = [pk for pk in dict.fromkeys(person_ids) if pk not in known and pk != actor.user_id]
    if not new:
        return []
    people = User.objects.filter(pk__in=new, is_active=True).in_bulk()
    if len(people) != len(new) or not all(_sees(people[pk], case, comment) for pk in new):
        text = _("This person does not see such comments and cannot be mentioned in it.")
        raise FieldErrors([FieldError("/mentions", "may_not_see", text)])
    moment = clock.now()
    CommentMention.objects.bulk_create(
        [CommentMention(comment=comment, person_id=pk, created_at=moment) for pk in new]
    )
    for pk in new:
        realtime.hint(f"user:{pk}", "mention.added", comment.pk)
    return new


def _sees(person: User, case: Case, comment: Comment) -> bool:
    """Whether this person would see the comment: the same doors as when he comes himself."""
    actor = account_selectors.actor_for(person)
    seen = selectors.cases_visible_to(actor).filter(pk=case.pk).first()
    if seen is None:
        return False
    selectors.load_reader(actor, [seen])
    return comment_reading.reading(actor, seen).sees(comment)


def mentions_of(actor: Actor) -> QuerySet[CommentMention]:
    """Calls of this person in cases that he still sees; pages by ("-created_at", "id")."""
    return CommentMention.objects.filter(
        person_id=actor.user_id,
        comment__removed_at__isnull=True,
        comment__case__in=selectors.cases_visible_to(actor),
    ).select_related("comment__case", "comment__author")


def readable(actor: Actor, rows: Sequence[CommentMention]) -> list[CommentMention]:
    """Those of a page whose comment the person still may read; rights may have gone since the call."""
    cases = {row.comment.case_id: row.comment.case for row in rows}
    selectors.load_reader(actor, cases.values())
    readers = {case_id: comment_reading.reading(actor, case) for case_id, case in cases.items()}
    return [row for row in rows if readers[row.comment.case_id].sees(row.comment)]


def unseen_count(actor: Actor) -> int:
    """How many calls the person has not seen yet, for the badge."""
    return mentions_of(actor).filter(seen_at__isnull=True).count()


@transaction.atomic
def mark_seen(*, actor: Actor, mention_ids: Sequence[UUID] = (), case_id: UUID | None = None) -> int:
    """The person has seen these calls, or all of a case, or with neither all of his; how many were new."""
    rows = CommentMention.objects.filter(person_id=actor.user_id, seen_at__isnull=True)
    if mention_ids:
        rows = rows.filter(pk__in=mention_ids)
    if case_id is not None:
        rows = rows.filter(comment__case_id=case_id)
    count = rows.update(seen_at=clock.now())
    if count and actor.user_id is not None:
        realtime.hint(f"user:{actor.user_id}", "mention.seen", actor.user_id)
    return count
