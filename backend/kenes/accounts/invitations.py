"""Invitations by e-mail: as staff, as a borrower, or to act for an organisation. The link works once, for seven days.

The token is kept as a keyed hash. It proves that the e-mail is the person's own, so an account made by it has a
verified address; somebody who has an account with that address already must be signed in with it.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.accounts import (
    administration,
    allowances,
    invitation_letters,
    memberships,
    password_rules,
    people_search,
)
from kenes.accounts import roles as custom_roles
from kenes.accounts.errors_people import (
    AlreadyMember,
    BeyondOwnRights,
    InvitationCancelled,
    InvitationExpired,
    InvitationNotFound,
    InvitationOpenAlready,
    InvitationUsed,
    InvitedSomebodyElse,
    OrganisationClosed,
    OrganisationNotFound,
    RoleNotByHand,
    SignInToAccept,
)
from kenes.accounts.events import RoleGranted
from kenes.accounts.events_people import (
    CustomRoleGranted,
    InvitationAccepted,
    InvitationSent,
    InvitationTakenBack,
)
from kenes.accounts.models import CustomRole, Invitation, Membership, Organisation, Role, RoleGrant, User
from kenes.event_log import services as event_log
from kenes.foundation import clock, crypto
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden

LIFETIME: Final = timedelta(days=7)
OPEN, ACCEPTED, CANCELLED, EXPIRED = "open", "accepted", "cancelled", "expired"
STATUSES = (OPEN, ACCEPTED, CANCELLED, EXPIRED)
_ACCEPTING: Final = SystemActor("invitation")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an invitation offers."""

    email: str
    full_name: str
    language: str
    roles: tuple[str, ...] = ()
    custom_role_ids: tuple[UUID, ...] = ()
    organisation_id: UUID | None = None
    post: str = ""
    is_administrator: bool = False


def status_of(invitation: Invitation) -> str:
    """open, accepted, cancelled or expired."""
    if invitation.accepted_at is not None:
        return ACCEPTED
    if invitation.cancelled_at is not None:
        return CANCELLED
    return EXPIRED if invitation.expires_at <= clock.now() else OPEN


def visible_to(actor: Actor) -> QuerySet[Invitation]:
    """Invitations that the actor may see: all with `person.see`, otherwise those he sent himself."""
    rows = Invitation.objects.select_related("organisation", "invited_by").prefetch_related("custom_roles")
    if actor.can("person.see"):
        return rows
    return rows.filter(invited_by_id=actor.user_id, organisation__isnull=True)


def of_organisation(organisation_id: UUID) -> QuerySet[Invitation]:
    """Invitations into one organisation that wait for an answer or have run out; the caller has checked the right to see it."""
    rows = Invitation.objects.filter(
        organisation_id=organisation_id, accepted_at__isnull=True, cancelled_at__isnull=True
    )
    return rows.select_related("organisation", "invited_by").prefetch_related("custom_roles")


@transaction.atomic
def invite(*, actor: Actor, wanted: Wanted) -> Invitation:
    """Invite and queue the letter. The caller of an organisation has been let in by `organisations.require_administrator`.

    Raises Forbidden, RoleNotByHand, BeyondOwnRights, FieldErrors, CustomRoleNotFound, OrganisationClosed,
    AlreadyMember, InvitationOpenAlready, Throttled.
    """
    custom = custom_roles.get_active(wanted.custom_role_ids)
    _require_may_offer(actor, wanted, custom)
    if wanted.organisation_id is not None:
        if not memberships.administers(actor, wanted.organisation_id):
            raise Forbidden
        _require_free_place(wanted.organisation_id, wanted.email)
    allowances.spend("invitation_letters", wanted.email)
    now, token = clock.now(), secrets.token_urlsafe(32)
    _close_expired(wanted)
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                email=wanted.email, full_name=wanted.full_name, language=wanted.language,
                roles=sorted(set(wanted.roles)), organisation_id=wanted.organisation_id, post=wanted.post,
                is_administrator=wanted.is_administrator, token_hash=_hash(token), invited_by_id=actor.user_id,
                created_at=now, expires_at=now + LIFETIME,
            )  # fmt: skip
    except IntegrityError as problem:
        raise InvitationOpenAlready from problem
    invitation.custom_roles.set(custom)
    invitation_letters.send(invitation, token=token)
    _record_sent(actor, invitation, custom, again=False)
    return invitation


@transaction.atomic
def resend(*, actor: Actor, invitation: Invitation) -> Invitation:
    """A new link for seven more days; the old one stops working. Throttled within a minute of the last letter."""
    locked = _locked(invitation.pk)
    _require_open(locked, but_expired=True)
    allowances.spend("invitation_resend", str(locked.pk))
    allowances.spend("invitation_letters", locked.email)
    token = secrets.token_urlsafe(32)
    locked.token_hash, locked.expires_at = _hash(token), clock.now() + LIFETIME
    # Whoever sends it again answers for it: the first sender may have left meanwhile.
    locked.invited_by_id = actor.user_id
    locked.save(update_fields=["token_hash", "expires_at", "invited_by"])
    invitation_letters.send(locked, token=token)
    _record_sent(actor, locked, list(locked.custom_roles.all()), again=True)
    return locked


@transaction.atomic
def take_back(*, actor: Actor, invitation: Invitation) -> None:
    """The link stops working. Taking back twice changes nothing; an accepted invitation raises InvitationUsed."""
    locked = _locked(invitation.pk)
    if locked.cancelled_at is not None:
        return
    if locked.accepted_at is not None:
        raise InvitationUsed
    locked.cancelled_at = clock.now()
    locked.save(update_fields=["cancelled_at"])
    event_log.record(InvitationTakenBack(invitation_id=locked.pk), actor=actor)


def get_visible(*, actor: Actor, invitation_id: UUID) -> Invitation:
    """The invitation for its sender and for staff who see people; InvitationNotFound for everybody else."""
    found = visible_to(actor).filter(pk=invitation_id).first()
    if found is None:
        raise InvitationNotFound
    return found


def require_may_change(actor: Actor, invitation: Invitation) -> None:
    """Forbidden when the actor could not send this invitation himself."""
    custom = list(invitation.custom_roles.all())
    _require_may_offer(actor, _offer_of(invitation), custom)


def look(token: str) -> Invitation:
    """The open invitation of a token, for whoever has it. Raises InvitationNotFound, …Used, …Expired, …Cancelled."""
    rows = Invitation.objects.select_related("organisation").prefetch_related("custom_roles")
    invitation = rows.filter(token_hash__in=_hashes(token)).first()
    if invitation is None:
        raise InvitationNotFound
    _require_open(invitation)
    return invitation


def has_account(invitation: Invitation) -> bool:
    """Whether the invited address belongs to an account, which must then be signed in to accept."""
    return User.objects.filter(email=invitation.email, is_active=True).exists()


def check_password(token: str, password: str) -> None:
    """FieldErrors (/password) when the new password is too short, too common or too like the invited person.

    SignInToAccept when there is an account already. Outside the transaction of `accept`, because it takes a moment.
    """
    invitation = look(token)
    if has_account(invitation):
        raise SignInToAccept
    if not password:
        raise FieldErrors([FieldError("/password", "required", _("Choose a password."))])
    password_rules.require_good(password, User(email=invitation.email, full_name=invitation.full_name))


@transaction.atomic
def accept(*, actor: Actor, token: str, full_name: str, password: str) -> User:
    """Accept once: make the account (or take the signed-in one), give what was offered, join the organisation.

    `password` is already checked. Raises as `look`, SignInToAccept when an account with the address exists and
    somebody else or nobody is signed in, InvitedSomebodyElse, AlreadyMember, and BeyondOwnRights when whoever
    invited has lost the right to do so.
    """
    found = Invitation.objects.filter(token_hash__in=_hashes(token)).values_list("pk", flat=True).first()
    if found is None:
        raise InvitationNotFound
    invitation = _locked(found)
    if invitation.token_hash not in _hashes(token):
        raise InvitationNotFound  # sent again meanwhile
    _require_open(invitation)
    custom = list(invitation.custom_roles.filter(archived_at__isnull=True))
    _require_still_offered(invitation, custom)
    user = _account(actor, invitation, full_name, password)
    invitation.accepted_at, invitation.accepted_by = clock.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    _give(user, invitation, custom)
    event_log.record(InvitationAccepted(person_id=user.pk, invitation_id=invitation.pk), actor=_ACCEPTING)
    return user


def _account(actor: Actor, invitation: Invitation, full_name: str, password: str) -> User:
    known = User.objects.select_for_update().filter(email=invitation.email).first()
    if known is not None:
        if not known.is_active:
            raise InvitationNotFound
        if actor.user_id is None:
            raise SignInToAccept
    if actor.user_id is not None:
        if known is None or known.pk != actor.user_id:
            raise InvitedSomebodyElse
        if known.email_verified_at is None:
            known.email_verified_at = clock.now()
            known.save(update_fields=["email_verified_at"])
        return known
    if not password:
        text = _("Choose a password.")
        raise FieldErrors([FieldError("/password", "required", text)])
    try:
        with transaction.atomic():
            return User.objects.create_user(
                invitation.email,
                password,
                full_name=full_name,
                language=invitation.language,
                email_verified_at=clock.now(),
            )
    except IntegrityError as problem:
        raise SignInToAccept from problem


def _give(user: User, invitation: Invitation, custom: list[CustomRole]) -> None:
    inviter = invitation.invited_by_id
    held = RoleGrant.objects.filter(user=user, revoked_at__isnull=True)
    has = set(held.values_list("role", flat=True))
    has_custom = set(held.values_list("custom_role_id", flat=True))
    for role in invitation.roles:
        if role not in has:
            RoleGrant.objects.create(user=user, role=Role(role), granted_by_id=inviter)
            event_log.record(RoleGranted(person_id=user.pk, role=role), actor=_ACCEPTING)
    for own in custom:
        if own.pk not in has_custom:
            RoleGrant.objects.create(user=user, custom_role=own, granted_by_id=inviter)
            event_log.record(CustomRoleGranted(person_id=user.pk, custom_role_id=own.pk), actor=_ACCEPTING)
    if invitation.organisation is not None:
        memberships.join(
            actor=_ACCEPTING, user=user, organisation=invitation.organisation, post=invitation.post,
            is_administrator=invitation.is_administrator, granted_by_id=inviter,
        )  # fmt: skip


def _require_may_offer(actor: Actor, wanted: Wanted, custom: list[CustomRole]) -> None:
    """Whether the actor may offer this: organisations are checked by the caller, roles here."""
    if wanted.organisation_id is not None and not wanted.roles and not custom:
        return
    if not wanted.roles and not custom:
        text = _("Choose a role or an organisation.")
        raise FieldErrors([FieldError("/roles", "required", text)])
    borrower_only = set(wanted.roles) == {Role.BORROWER} and not custom
    if not actor.can("person.invite_borrower" if borrower_only else "person.invite_staff"):
        raise Forbidden
    if not borrower_only:
        administration.require_may_give(actor, list(wanted.roles), custom)


def _require_still_offered(invitation: Invitation, custom: list[CustomRole]) -> None:
    """What somebody offered who has since lost the right to offer it is no longer given."""
    if invitation.organisation is not None and invitation.organisation.closed_at is not None:
        raise OrganisationClosed
    if invitation.invited_by_id is None:
        return
    inviter = User.objects.filter(pk=invitation.invited_by_id, is_active=True).first()
    if inviter is None:
        raise InvitationCancelled
    row = people_search.rows([inviter])[0]
    acting = Actor(inviter.pk, abilities=row.subject.abilities)
    if invitation.organisation is not None and not memberships.administers(
        acting, invitation.organisation.pk
    ):
        raise InvitationCancelled
    try:
        _require_may_offer(acting, _offer_of(invitation), custom)
    except (Forbidden, BeyondOwnRights, RoleNotByHand, FieldErrors) as problem:
        raise InvitationCancelled from problem


def _offer_of(invitation: Invitation) -> Wanted:
    return Wanted(
        email=invitation.email, full_name="", language=invitation.language, roles=tuple(invitation.roles),
        organisation_id=invitation.organisation_id,
    )  # fmt: skip


def _require_free_place(organisation_id: UUID, email: str) -> None:
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    if organisation is None:
        raise OrganisationNotFound
    if organisation.closed_at is not None:
        raise OrganisationClosed
    joined = Membership.objects.filter(
        organisation_id=organisation_id, ended_at__isnull=True, user__email=email
    )
    if joined.exists():
        raise AlreadyMember


def _close_expired(wanted: Wanted) -> None:
    """An invitation that has run out must not stand in the way of a new one."""
    Invitation.objects.filter(
        Q(organisation_id=wanted.organisation_id) if wanted.organisation_id else Q(organisation__isnull=True),
        email=wanted.email, accepted_at__isnull=True, cancelled_at__isnull=True, expires_at__lte=clock.now(),
    ).update(cancelled_at=clock.now())  # fmt: skip


def _require_open(invitation: Invitation, *, but_expired: bool = False) -> None:
    match status_of(invitation):
        case "accepted":
            raise InvitationUsed
        case "cancelled":
            raise InvitationCancelled
        case "expired" if not but_expired:
            raise InvitationExpired


def _locked(invitation_id: UUID) -> Invitation:
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("organisation")
    invitation = locked.filter(pk=invitation_id).first()
    if invitation is None:
        raise InvitationNotFound
    return invitation


def _record_sent(actor: Actor, invitation: Invitation, custom: list[CustomRole], *, again: bool) -> None:
    sent = InvitationSent(
        invitation_id=invitation.pk, roles=tuple(invitation.roles),
        custom_role_ids=tuple(role.pk for role in custom), organisation_id=invitation.organisation_id, again=again,
    )  # fmt: skip
    event_log.record(sent, actor=actor)


def _hash(token: str) -> str:
    return crypto.lookup_hash(f"invitation:{token}")


def _hashes(token: str) -> list[str]:
    return crypto.lookup_hashes(f"invitation:{token}")
