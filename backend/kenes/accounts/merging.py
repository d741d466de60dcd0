"""Two accounts of one person become one: everything of the account that closes moves to the one that stays.

Apps that keep rows of people register what they have (`register`); a test walks every table and finds what nobody has
registered. Nothing is lost: each part is counted before and after, and the merge is undone when the counts differ.
What a rule of the database lets only one account have (a draft, a consent of one version) stays with the closed
account or is ended, with a warning before the merge. Signatures stay where they are: they prove who signed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from kenes.accounts import administration, memberships, people_rules, people_search, remarks, session_ends
from kenes.accounts.errors_people import ClaimNotFound, ClaimResolved, MergeRefused
from kenes.accounts.events import RoleGranted, RoleRevoked
from kenes.accounts.events_people import (
    DuplicateDismissed,
    PersonMerged,
    PersonMergedAway,
)
from kenes.accounts.models import DuplicateClaim, RoleGrant, User
from kenes.accounts.people_search import PersonRow
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors
from kenes.foundation.values import PhoneNumber

Count = Callable[[UUID], int]
Move = Callable[[UUID, UUID], None]
Warn = Callable[[UUID, UUID], list[str]]


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of rows: how many a person has, how they move from the closing account to the staying one."""

    code: str
    label: Promise | str
    count: Count
    move: Move
    warn: Warn | None = None


_sections: Final[dict[str, Section]] = {}


class RowsLost(Exception):
    """The counts after a merge differ from those before: a mistake in a section. Nothing was changed."""


def register(code: str, *, label: Promise | str, count: Count, move: Move, warn: Warn | None = None) -> None:
    """Say how rows of people move: `count(person_id)`, `move(gone_id, kept_id)`, `warn(gone_id, kept_id)`."""
    _sections[code] = Section(code, label, count, move, warn)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would move, and what is to be known before."""

    sections: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def preview(*, actor: Actor, claim_id: UUID, keep: UUID) -> Preview:
    """Counts of the account that would close, and warnings. Raises ClaimNotFound, ClaimResolved, FieldErrors (/keep)."""
    claim = _claim(claim_id)
    gone_id = _gone(claim, keep)
    gone, kept = people_search.rows([_other(claim, gone_id), _other(claim, keep)])
    sections: list[dict[str, Any]] = [
        {"code": section.code, "label": section.label, "count": count}
        for section in _sections.values()
        if (count := section.count(gone_id))
    ]
    warnings = [
        text for section in _sections.values() if section.warn for text in section.warn(gone_id, keep)
    ]
    return Preview(sections, [*_account_warnings(actor, gone, kept), *warnings])


@transaction.atomic
def merge(*, actor: Actor, claim_id: UUID, keep: UUID, reason: str) -> User:
    """Merge and close the other account. Raises ClaimNotFound, ClaimResolved, MergeRefused, Forbidden, FieldErrors."""
    gone_id = _gone(_claim(claim_id), keep)
    # People before claims and in one order: two merges of the same people must not wait for each other.
    list(User.objects.select_for_update().filter(pk__in=[gone_id, keep]).order_by("pk").only("pk"))
    _claim(claim_id, lock=True)
    gone, kept = administration.locked_row(gone_id), administration.locked_row(keep)
    people_rules.require(actor, "merge", gone.subject)
    _require_mergeable(actor, gone, kept)
    codes = sorted(_sections)
    before = tuple(_sections[code].count(gone_id) + _sections[code].count(keep) for code in codes)
    for code in codes:
        _sections[code].move(gone_id, keep)
    stayed = tuple(_sections[code].count(gone_id) for code in codes)
    after = tuple(_sections[code].count(keep) + left for code, left in zip(codes, stayed, strict=True))
    if before != after:
        raise RowsLost(dict(zip(codes, zip(before, after, strict=True), strict=True)))
    identity = _move_identity(gone.person, kept.person)
    _move_roles(actor, gone, kept)
    _close(gone.person, keep)
    _resolve(actor, gone_id, keep)
    remark_id = remarks.write(actor=actor, subject_id=keep, text=reason)
    event_log.record(PersonMergedAway(person_id=gone_id, kept_id=keep, remark_id=remark_id), actor=actor)
    event_log.record(
        PersonMerged(
            person_id=keep, gone_id=gone_id, remark_id=remark_id, sections=tuple(codes), before=before,
            after=after, stayed=stayed, identity=identity,
        ),
        actor=actor,
    )  # fmt: skip
    return kept.person


@transaction.atomic
def dismiss(*, actor: Actor, claim_id: UUID, reason: str) -> None:
    """They are different people: the duplicate leaves the list. Raises ClaimNotFound, ClaimResolved."""
    claim = _claim(claim_id, lock=True)
    people_rules.require(actor, "merge", people_search.rows([claim.claimant])[0].subject)
    claim.resolved_at, claim.resolved_by_id = clock.now(), actor.user_id
    claim.resolution = DuplicateClaim.Resolution.DISMISSED
    claim.save(update_fields=["resolved_at", "resolved_by", "resolution"])
    remark_id = remarks.write(actor=actor, subject_id=claim.claimant_id, text=reason)
    event = DuplicateDismissed(person_id=claim.claimant_id, claim_id=claim.pk, remark_id=remark_id)
    event_log.record(event, actor=actor)


def _claim(claim_id: UUID, *, lock: bool = False) -> DuplicateClaim:
    rows = DuplicateClaim.objects.select_related("claimant", "holder")
    if lock:
        rows = rows.select_for_update(of=("self",))
    claim = rows.filter(pk=claim_id).first()
    if claim is None:
        raise ClaimNotFound
    if claim.resolved_at is not None:
        raise ClaimResolved
    return claim


def _gone(claim: DuplicateClaim, keep: UUID) -> UUID:
    if keep not in (claim.claimant_id, claim.holder_id):
        raise FieldErrors([FieldError("/keep", "invalid", _("Choose one of the two accounts."))])
    return claim.holder_id if keep == claim.claimant_id else claim.claimant_id


def _other(claim: DuplicateClaim, person_id: UUID) -> User:
    return claim.claimant if claim.claimant_id == person_id else claim.holder


def _refusal(actor: Actor, gone: PersonRow, kept: PersonRow) -> str:
    if actor.user_id in (gone.person.pk, kept.person.pk):
        return "own"
    if not gone.subject.is_active or not kept.subject.is_active:
        return "closed"
    return "staff" if people_rules.over_others(gone.subject.abilities) else ""


def _require_mergeable(actor: Actor, gone: PersonRow, kept: PersonRow) -> None:
    # A second pair of eyes: nobody merges his own accounts, and rights of staff never move by merging.
    if reason := _refusal(actor, gone, kept):
        raise MergeRefused(reason=reason)


def _account_warnings(actor: Actor, gone: PersonRow, kept: PersonRow) -> list[str]:
    warnings = [str(MergeRefused.detail)] if _refusal(actor, gone, kept) else []
    if gone.person.phone and kept.person.phone:
        number = PhoneNumber.parse(gone.person.phone).masked()
        warnings.append(now("The number %(number)s will no longer sign in.") % {"number": number})
    if gone.person.email and kept.person.email:
        warnings.append(now("The e-mail of the closed account will no longer sign in."))
    if gone.person.full_name and kept.person.full_name and gone.person.full_name != kept.person.full_name:
        warnings.append(now("The names differ. The name of the account that stays is kept."))
    return warnings


_IDENTITY: Final = (
    ("iin", "iin_hash", "iin_confirmed_at"),
    ("phone", "phone_hash", "phone_verified_at"),
    ("email", "email_verified_at"),
)
_DATA: Final = ("full_name", "full_name_kk", "photo_file_id", "profile")


def _move_identity(gone: User, kept: User) -> tuple[str, ...]:
    """What only one account can have, and what the staying one lacks; names of what moved.

    The ИИН comes first, because it may stand only on an account with a confirmed number.
    """
    moved = [group for group in _IDENTITY if getattr(gone, group[0]) and not getattr(kept, group[0])]
    for column in (column for group in moved for column in group):
        setattr(kept, column, getattr(gone, column))
        setattr(gone, column, None)
    given_up = [column for group in moved for column in group]
    if given_up:
        gone.save(update_fields=given_up)
    filled = [name for name in _DATA if getattr(gone, name) and not getattr(kept, name)]
    for name in filled:
        setattr(kept, name, getattr(gone, name))
    if given_up or filled:
        kept.save(update_fields=[*given_up, *filled])
    return (*(group[0] for group in moved), *filled)


def _close(gone: User, kept_id: UUID) -> None:
    gone.is_active, gone.deactivated_at, gone.merged_into_id = False, clock.now(), kept_id
    gone.save(update_fields=["is_active", "deactivated_at", "merged_into"])
    session_ends.end_all_of([gone.pk])


def _move_roles(actor: Actor, gone: PersonRow, kept: PersonRow) -> None:
    """What the person is (borrower, representative, specialist) goes on with the staying account."""
    has = {grant.role for grant in kept.grants}
    for grant in gone.grants:
        grant.revoked_at, grant.revoked_by_id = clock.now(), actor.user_id
        grant.save(update_fields=["revoked_at", "revoked_by_id"])
        event_log.record(RoleRevoked(person_id=gone.person.pk, role=grant.role), actor=actor)
        if grant.role not in has:
            RoleGrant.objects.create(user=kept.person, role=grant.role, granted_by_id=actor.user_id)
            event_log.record(RoleGranted(person_id=kept.person.pk, role=grant.role), actor=actor)
    memberships.follow_roles(actor=actor, user_id=kept.person.pk, granted_by_id=actor.user_id)


def _resolve(actor: Actor, gone_id: UUID, keep: UUID) -> None:
    """Every open duplicate of these two is decided; others of the closed account go on with the one that stays."""
    pair = DuplicateClaim.objects.filter(
        claimant_id__in=[gone_id, keep], holder_id__in=[gone_id, keep], resolved_at__isnull=True
    )
    pair.update(
        resolved_at=clock.now(), resolved_by_id=actor.user_id, resolution=DuplicateClaim.Resolution.MERGED
    )
