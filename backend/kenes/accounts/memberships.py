"""People of organisations: joining, leaving, and the roles that follow from it.

Only creditors' people get a role by joining: administrator → creditor_admin, everybody else → creditor_officer. A law
office, a mediation centre or the ombudsman's office gives none (a licence or an administrator does); the platform's
own people get their roles by `administration.give_role`.
"""

from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from kenes.accounts import session_ends
from kenes.accounts.errors_people import AlreadyMember
from kenes.accounts.events import RoleGranted, RoleRevoked
from kenes.accounts.events_people import JoinedOrganisation, LeftOrganisation, MembershipChanged
from kenes.accounts.models import Membership, Organisation, Role, RoleGrant, User
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor

_CREDITOR_ROLES: Final = (Role.CREDITOR_OFFICER, Role.CREDITOR_ADMIN)


def administers(actor: Actor, organisation_id: UUID) -> bool:
    """Whether the actor may invite to and remove from this organisation, asked of the database now."""
    return actor.can("organisation.edit") or is_own_administrator(actor, organisation_id)


def is_own_administrator(actor: Actor, organisation_id: UUID) -> bool:
    """Whether he is an administrator of exactly this organisation, and it is checked and open."""
    return actor.can("organisation.own") and own_of(actor).filter(organisation_id=organisation_id).exists()


def own_of(actor: Actor) -> QuerySet[Membership]:
    """Memberships by which the actor administers organisations."""
    if actor.user_id is None:
        return Membership.objects.none()
    return Membership.objects.filter(
        user_id=actor.user_id, is_administrator=True, ended_at__isnull=True,
        organisation__checked_at__isnull=False, organisation__closed_at__isnull=True,
    )  # fmt: skip


@transaction.atomic
def join(
    *, actor: Actor, user: User, organisation: Organisation, post: str, is_administrator: bool,
    granted_by_id: UUID | None,
) -> Membership:  # fmt: skip
    """The person acts for the organisation from now on. AlreadyMember when he does already."""
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                user=user, organisation=organisation, post=post, is_administrator=is_administrator
            )
    except IntegrityError as problem:
        raise AlreadyMember from problem
    event_log.record(
        JoinedOrganisation(
            person_id=user.pk, organisation_id=organisation.pk, membership_id=membership.pk,
            is_administrator=is_administrator,
        ),
        actor=actor,
    )  # fmt: skip
    follow_roles(actor=actor, user_id=user.pk, granted_by_id=granted_by_id)
    return membership


@transaction.atomic
def change(*, actor: Actor, membership: Membership, post: str, is_administrator: bool) -> Membership:
    """Change post or administratorship of a locked membership; who loses rights is signed out."""
    if (membership.post, membership.is_administrator) == (post, is_administrator):
        return membership
    membership.post, membership.is_administrator = post, is_administrator
    membership.save(update_fields=["post", "is_administrator"])
    event_log.record(
        MembershipChanged(
            person_id=membership.user_id, organisation_id=membership.organisation_id,
            membership_id=membership.pk, is_administrator=is_administrator,
        ),
        actor=actor,
    )  # fmt: skip
    follow_roles(actor=actor, user_id=membership.user_id, granted_by_id=actor.user_id)
    return membership


@transaction.atomic
def leave(*, actor: Actor, membership: Membership) -> None:
    """End a locked membership: its roles and every session of the person end."""
    membership.ended_at = clock.now()
    membership.save(update_fields=["ended_at"])
    event_log.record(
        LeftOrganisation(
            person_id=membership.user_id, organisation_id=membership.organisation_id,
            membership_id=membership.pk,
        ),
        actor=actor,
    )  # fmt: skip
    follow_roles(actor=actor, user_id=membership.user_id, granted_by_id=actor.user_id)
    session_ends.end_all_of([membership.user_id])


def follow_roles(*, actor: Actor, user_id: UUID, granted_by_id: UUID | None) -> None:
    """Make the roles of a creditor's people what their open memberships say; a lost role ends the sessions."""
    joined = Membership.objects.filter(
        user_id=user_id, ended_at__isnull=True, organisation__kind=Organisation.Kind.CREDITOR,
        organisation__closed_at__isnull=True,
    )  # fmt: skip
    administrator = list(joined.values_list("is_administrator", flat=True))
    wanted = (
        {Role.CREDITOR_ADMIN if any(administrator) else Role.CREDITOR_OFFICER} if administrator else set()
    )
    held = RoleGrant.objects.filter(user_id=user_id, role__in=_CREDITOR_ROLES, revoked_at__isnull=True)
    has = {Role(role) for role in held.values_list("role", flat=True)}
    for role in sorted(wanted - has):
        RoleGrant.objects.create(user_id=user_id, role=role, granted_by_id=granted_by_id)
        event_log.record(RoleGranted(person_id=user_id, role=role), actor=actor)
    for role in sorted(has - wanted):
        held.filter(role=role).update(revoked_at=clock.now(), revoked_by_id=actor.user_id)
        event_log.record(RoleRevoked(person_id=user_id, role=role), actor=actor)
    if has - wanted:
        session_ends.end_all_of([user_id])
