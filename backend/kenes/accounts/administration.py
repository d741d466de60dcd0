"""Changes of people by staff: data, roles, state of the account, second factor, unmasking. Rules: `people_rules`."""

from typing import Final
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import connection, transaction

from kenes.accounts import abilities, notices, people_rules, people_search, reads, remarks, session_ends
from kenes.accounts import roles as custom_roles
from kenes.accounts.errors import PersonNotFound
from kenes.accounts.errors_people import (
    AccountClosed,
    BeyondOwnRights,
    CannotReactivate,
    GrantNotFound,
    LastAdministrator,
    RoleNotByHand,
)
from kenes.accounts.events import RoleGranted, RoleRevoked
from kenes.accounts.events_people import (
    CustomRoleGranted,
    CustomRoleRevoked,
    PersonClosed,
    PersonCorrected,
    PersonReactivated,
    PersonRevealed,
    PersonSessionsEnded,
    SecondFactorReset,
)
from kenes.accounts.models import CustomRole, DataRead, Role, RoleGrant, User
from kenes.accounts.people_search import PersonRow
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden

# Number of the lock; any constant that nothing else uses.
_ADMINISTRATORS: Final = 7321
REVEALABLE: Final = ("iin", "phone")


def locked_row(person_id: UUID) -> PersonRow:
    """The person with what he holds, locked until the transaction ends; PersonNotFound."""
    if not User.objects.select_for_update().filter(pk=person_id).exists():
        raise PersonNotFound
    return people_search.get_row(person_id)


@transaction.atomic
def correct(
    *,
    actor: Actor,
    person_id: UUID,
    full_name: str | None = None,
    full_name_kk: str | None = None,
    language: str | None = None,
) -> None:
    """Correct names or language; None leaves a value. The event names the changed fields only."""
    row = locked_row(person_id)
    people_rules.require(actor, "edit", row.subject)
    person = row.person
    given = {"full_name": full_name, "full_name_kk": full_name_kk, "language": language}
    changed = [name for name, value in given.items() if value is not None and value != getattr(person, name)]
    if not changed:
        return
    for name in changed:
        setattr(person, name, given[name])
    person.save(update_fields=changed)
    event_log.record(PersonCorrected(person_id=person.pk, fields=tuple(changed)), actor=actor)


@transaction.atomic
def give_role(*, actor: Actor, person_id: UUID, role: str = "", custom_role_id: UUID | None = None) -> None:
    """Give a built-in or a custom role; one that is held already is left as it is.

    Raises OwnRights, BeyondOwnRights, RoleNotByHand, AccountClosed, CustomRoleNotFound.
    """
    row = locked_row(person_id)
    if not row.person.is_active and actor.can("role.grant"):
        raise AccountClosed
    people_rules.require(actor, "grant_role", row.subject)
    custom = _checked_role(actor, role, custom_role_id)
    if any(grant.role == role and grant.custom_role == custom for grant in row.grants):
        return
    RoleGrant.objects.create(
        user=row.person, role=Role(role) if role else "", custom_role=custom, granted_by_id=actor.user_id
    )
    if custom is not None:
        event_log.record(CustomRoleGranted(person_id=person_id, custom_role_id=custom.pk), actor=actor)
    else:
        event_log.record(RoleGranted(person_id=person_id, role=role), actor=actor)


def _checked_role(actor: Actor, role: str, custom_role_id: UUID | None) -> CustomRole | None:
    """The custom role, None for a built-in one; the actor may give it."""
    custom = custom_roles.get_active([custom_role_id])[0] if custom_role_id else None
    require_may_give(actor, [role] if role else [], [custom] if custom else [])
    return custom


def require_may_give(actor: Actor, roles: list[str], custom: list[CustomRole]) -> None:
    """RoleNotByHand and BeyondOwnRights when the actor may not give one of these roles."""
    if not people_rules.BY_HAND.issuperset(roles):
        raise RoleNotByHand
    wanted = abilities.of_roles(roles, [code for role in custom for code in role.abilities])
    if not people_rules.may_give(actor, wanted):
        raise BeyondOwnRights


@transaction.atomic
def take_role(*, actor: Actor, person_id: UUID, grant_id: UUID) -> None:
    """Take a role away: it stops counting and every session of the person ends.

    Raises OwnRights, BeyondOwnRights, GrantNotFound, RoleNotByHand (leave the organisation, suspend the licence),
    LastAdministrator.
    """
    one_administrator_change_at_a_time()
    require_still(actor, "role.grant")
    row = locked_row(person_id)
    people_rules.require(actor, "revoke_role", row.subject)
    grant = next((grant for grant in row.grants if grant.pk == grant_id), None)
    if grant is None:
        raise GrantNotFound
    if grant.role and grant.role not in people_rules.BY_HAND:
        raise RoleNotByHand
    if grant.role == Role.ADMIN:
        require_another_administrator(person_id)
    grant.revoked_at, grant.revoked_by_id = clock.now(), actor.user_id
    grant.save(update_fields=["revoked_at", "revoked_by_id"])
    session_ends.end_all_of([person_id])
    if grant.custom_role_id is not None:
        event_log.record(
            CustomRoleRevoked(person_id=person_id, custom_role_id=grant.custom_role_id), actor=actor
        )
    else:
        event_log.record(RoleRevoked(person_id=person_id, role=grant.role), actor=actor)


@transaction.atomic
def deactivate(*, actor: Actor, person_id: UUID, reason: str) -> None:
    """Close the account: sessions and tokens end, codes and passwords no longer sign in. Roles stay for a return.

    Raises OwnRights, BeyondOwnRights, LastAdministrator. A closed account is left as it is.
    """
    one_administrator_change_at_a_time()
    require_still(actor, "person.deactivate")
    row = locked_row(person_id)
    if not row.person.is_active and actor.can("person.deactivate"):
        return
    people_rules.require(actor, "deactivate", row.subject)
    if any(grant.role == Role.ADMIN for grant in row.grants):
        require_another_administrator(person_id)
    person = row.person
    person.is_active, person.deactivated_at = False, clock.now()
    person.save(update_fields=["is_active", "deactivated_at"])
    session_ends.end_all_of([person_id])
    remark_id = remarks.write(actor=actor, subject_id=person_id, text=reason)
    event_log.record(PersonClosed(person_id=person_id, remark_id=remark_id), actor=actor)


@transaction.atomic
def reactivate(*, actor: Actor, person_id: UUID, reason: str) -> None:
    """Open a closed account again, with the roles it had. CannotReactivate for merged and erased ones."""
    row = locked_row(person_id)
    subject = row.subject
    if actor.can("person.deactivate") and not subject.can_come_back:
        if row.person.is_active:
            return
        raise CannotReactivate
    people_rules.require(actor, "reactivate", subject)
    person = row.person
    person.is_active, person.deactivated_at = True, None
    person.save(update_fields=["is_active", "deactivated_at"])
    remark_id = remarks.write(actor=actor, subject_id=person_id, text=reason)
    event_log.record(PersonReactivated(person_id=person_id, remark_id=remark_id), actor=actor)


@transaction.atomic
def end_sessions(*, actor: Actor, person_id: UUID) -> None:
    """End every session and token of the person; he signs in again."""
    row = locked_row(person_id)
    people_rules.require(actor, "end_sessions", row.subject)
    session_ends.end_all_of([person_id])
    event_log.record(PersonSessionsEnded(person_id=person_id), actor=actor)


@transaction.atomic
def reset_second_factor(*, actor: Actor, person_id: UUID, reason: str) -> None:
    """Remove all second factors of somebody who has lost them; sessions end, staff set up a new one at sign-in."""
    row = locked_row(person_id)
    people_rules.require(actor, "reset_second_factor", row.subject)
    removed, _by_type = Authenticator.objects.filter(user_id=person_id).delete()
    session_ends.end_all_of([person_id])
    notices.tell(row.person, notices.Notice.FACTOR_REMOVED)
    remark_id = remarks.write(actor=actor, subject_id=person_id, text=reason)
    event = SecondFactorReset(person_id=person_id, remark_id=remark_id, removed=removed)
    event_log.record(event, actor=actor)


@transaction.atomic
def reveal(*, actor: Actor, person_id: UUID, fields: list[str], reason: str) -> dict[str, str]:
    """Unmasked ИИН and phone; the reading is kept with its reason and shown to the person."""
    row = locked_row(person_id)
    people_rules.require(actor, "reveal", row.subject)
    wanted = tuple(sorted(set(fields)))
    read = reads.record(
        actor=actor, person_id=person_id, kind=DataRead.Kind.REVEAL, fields=wanted, reason=reason
    )
    event_log.record(PersonRevealed(person_id=person_id, read_id=read.pk, fields=wanted), actor=actor)
    values = {"iin": row.person.iin or "", "phone": row.person.phone or ""}
    return {name: values[name] for name in wanted}


def one_administrator_change_at_a_time() -> None:
    """Until the transaction ends. Two administrators who remove each other would each still see the other one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADMINISTRATORS])


def require_still(actor: Actor, ability: str) -> None:
    """Forbidden when the right was taken from the actor after his request began. Call it under the lock."""
    if actor.user_id is None:
        return
    person = User.objects.filter(pk=actor.user_id, is_active=True).first()
    if person is None or ability not in people_search.rows([person])[0].subject.abilities:
        raise Forbidden


def require_another_administrator(person_id: UUID) -> None:
    """LastAdministrator when nobody else is an active administrator. Call it under the lock."""
    others = RoleGrant.objects.filter(role=Role.ADMIN, revoked_at__isnull=True, user__is_active=True)
    if not others.exclude(user_id=person_id).exists():
        raise LastAdministrator
