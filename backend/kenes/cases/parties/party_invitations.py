"""Invitations into a case by phone or e-mail: sent, looked at after signing in, accepted or declined, taken back.

The link proves nothing by itself: only the person whose confirmed number or e-mail it was sent to may look and accept. What
he is shown before he accepts is masked. Whoever answers for one debt (co-borrower, guarantor, pledgor) is invited to it alone.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kenes.accounts import allowances, specialists
from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import ConsentKind, Membership, Organisation, RoleGrant, User
from kenes.cases import permissions, selectors
from kenes.cases.errors.cases import (
    CaseTransitionNotAllowed,
    PersonalDataConsentWithdrawn,
)
from kenes.cases.errors.parties import (
    AlreadyTakesPart,
    InvitedAnother,
    PartRoleMissing,
    PartyInvitationCancelled,
    PartyInvitationExpired,
    PartyInvitationNotFound,
    PartyInvitationOpen,
    PartyInvitationUsed,
    PowerMissing,
)
from kenes.cases.events.cases import PartyAdded
from kenes.cases.events.parties import PartyInvitationDeclined, PartyInvitationTakenBack, PartyInvited
from kenes.cases.models import TIED_ROLES, Case, Obligation, Party, PartyInvitation, PartyRole
from kenes.cases.parties import parties, party_invitation_letters
from kenes.cases.tracks import progress
from kenes.event_log import services as event_log
from kenes.foundation import clock, crypto
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden

LIFETIME: Final = timedelta(days=14)
OPEN, ACCEPTED, DECLINED, CANCELLED, EXPIRED = "open", "accepted", "declined", "cancelled", "expired"
STATUSES: Final = (OPEN, ACCEPTED, DECLINED, CANCELLED, EXPIRED)


@dataclass(frozen=True, slots=True)
class PartyWish:
    """Whom to invite: exactly one of e-mail and phone (+7…); the debt for who answers for one.

    `borrower_agrees`: staff have written down that the borrower agrees to his data being passed to this person.
    """

    role: str
    email: str = ""
    phone: str = ""
    full_name: str = ""
    language: str = "ru"
    obligation_id: UUID | None = None
    borrower_agrees: bool = False


def status_of(row: PartyInvitation) -> str:
    """open, accepted, declined, cancelled or expired."""
    if row.accepted_at is not None:
        return ACCEPTED
    if row.declined_at is not None:
        return DECLINED
    if row.cancelled_at is not None:
        return CANCELLED
    return EXPIRED if row.expires_at <= clock.now() else OPEN


def invitations_of(*, actor: Actor, case_id: UUID) -> list[PartyInvitation]:
    """Invitations of a case that wait or have not been accepted, newest first, for who may send such ones."""
    case = selectors.get_case(actor=actor, case_id=case_id)
    roles = [role for role in parties.INVITED if permissions.may_add_party(actor, case, role)]
    rows = PartyInvitation.objects.filter(case=case, role__in=roles, accepted_at__isnull=True)
    return list(rows.select_related("obligation__creditor").order_by("-created_at", "-pk")[:100])


@transaction.atomic
def invite(*, actor: Actor, case_id: UUID, wish: PartyWish) -> PartyInvitation:
    """Invite somebody and queue the letter or SMS.

    Raises CaseNotFound, Forbidden, CaseTransitionNotAllowed, PersonalDataConsentWithdrawn, FieldErrors, AlreadyTakesPart,
    PartyInvitationOpen, ConflictOfInterest, Throttled.
    """
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require_add_party(actor, case, wish.role)
    if not parties.is_running(case):
        raise CaseTransitionNotAllowed(action="invite_party", current_status=case.status)
    consent = _require_agreement(actor, case, wish)
    debt = _debt(case, wish)
    _require_other_person(case, wish)
    allowances.spend("party_invitation", str(actor.user_id))
    contact = contact_of(wish.email, wish.phone)
    allowances.spend("party_invitation_contact", contact)
    _require_not_in(case, wish, debt)
    now, token = clock.now(), secrets.token_urlsafe(24)
    _close_expired(case, wish.role, debt, contact)
    try:
        with transaction.atomic():
            row = PartyInvitation.objects.create(
                case=case, role=wish.role, obligation=debt, full_name=wish.full_name, email=wish.email,
                phone=wish.phone, contact_hash=contact, language=wish.language, token_hash=_hash(token),
                invited_by=_signed_in(actor), created_at=now, sent_at=now, expires_at=now + LIFETIME,
            )  # fmt: skip
    except IntegrityError as problem:
        raise PartyInvitationOpen from problem
    party_invitation_letters.send(row, token=token)
    _record_sent(permissions.acting(actor, case), row, consent, again=False)
    progress.hint_changed(case)
    return row


def _require_agreement(actor: Actor, case: Case, wish: PartyWish) -> str:
    """The borrower's data go to a third person only as he agrees: by inviting himself, or as staff have written down."""
    if account_selectors.has_withdrawn(case.borrower_id, ConsentKind.PERSONAL_DATA):
        raise PersonalDataConsentWithdrawn
    if permissions.acts_as_borrower(actor, case):
        return "borrower"
    if not wish.borrower_agrees:
        text = _("Write down that the borrower agrees to show this person the case.")
        raise FieldErrors([FieldError("/borrower_agrees", "required", text)])
    return "recorded"


def _debt(case: Case, wish: PartyWish) -> Obligation | None:
    tied = wish.role in TIED_ROLES
    if not tied and wish.obligation_id is not None:
        text = _("Only who answers for a debt is invited to one.")
        raise FieldErrors([FieldError("/obligation_id", "not_wanted", text)])
    if not tied:
        return None
    debt = case.obligations.filter(pk=wish.obligation_id).first() if wish.obligation_id else None
    if debt is None:
        raise FieldErrors([FieldError("/obligation_id", "required", _("Choose the debt."))])
    return debt


def _require_other_person(case: Case, wish: PartyWish) -> None:
    own = case.borrower
    same_phone = wish.phone and own.phone == wish.phone
    same_email = wish.email and (own.email or "").lower() == wish.email
    if same_phone or same_email:
        pointer = "/phone" if same_phone else "/email"
        raise FieldErrors([FieldError(pointer, "borrower", _("This is the borrower."))])


def _require_not_in(case: Case, wish: PartyWish, debt: Obligation | None) -> None:
    people = _people_with(wish.email, wish.phone)
    if not people:
        return
    if case.parties.filter(user__in=people, role=wish.role, obligation=debt, removed_at=None).exists():
        raise AlreadyTakesPart
    for person in people:
        parties.require_no_conflict(person=person, role=wish.role, case=case)


def _people_with(email: str, phone: str) -> list[User]:
    if phone:
        return list(User.objects.filter(phone_hash__in=crypto.lookup_hashes(phone), is_active=True))
    return list(User.objects.filter(email=email, is_active=True))


def contact_of(email: str, phone: str) -> str:
    """Keyed hash of the e-mail or phone; the plain one never stands in a column that is searched."""
    return crypto.lookup_hash(f"party:{phone or email.lower()}")


def _contacts_of(person: User) -> set[str]:
    found: set[str] = set()
    if person.phone and person.phone_verified_at is not None:
        found |= set(crypto.lookup_hashes(f"party:{person.phone}"))
    if person.email and person.email_verified_at is not None:
        found |= set(crypto.lookup_hashes(f"party:{person.email.lower()}"))
    return found


@transaction.atomic
def resend(*, actor: Actor, case_id: UUID, invitation_id: UUID) -> PartyInvitation:
    """A new link for the full time; the old one stops working. Throttled within a minute."""
    case, row = _own(actor, case_id, invitation_id)
    if status_of(row) not in {OPEN, EXPIRED}:
        raise PartyInvitationUsed if row.cancelled_at is None else PartyInvitationCancelled
    allowances.spend("party_invitation_resend", str(row.pk))
    allowances.spend("party_invitation_contact", row.contact_hash)
    token, now = secrets.token_urlsafe(24), clock.now()
    row.token_hash, row.sent_at, row.expires_at = _hash(token), now, now + LIFETIME
    row.invited_by = _signed_in(actor)
    row.save(update_fields=["token_hash", "sent_at", "expires_at", "invited_by"])
    party_invitation_letters.send(row, token=token)
    consent = "borrower" if permissions.acts_as_borrower(actor, case) else "recorded"
    _record_sent(permissions.acting(actor, case), row, consent, again=True)
    return row


@transaction.atomic
def take_back(*, actor: Actor, case_id: UUID, invitation_id: UUID) -> None:
    """The link stops working. Twice changes nothing; an answered one raises PartyInvitationUsed."""
    case, row = _own(actor, case_id, invitation_id)
    if row.cancelled_at is not None:
        return
    if row.accepted_at is not None or row.declined_at is not None:
        raise PartyInvitationUsed
    row.cancelled_at = clock.now()
    row.save(update_fields=["cancelled_at"])
    event_log.record(
        PartyInvitationTakenBack(case_id=case.pk, invitation_id=row.pk, role=row.role),
        actor=permissions.acting(actor, case),
    )
    progress.hint_changed(case)


def _own(actor: Actor, case_id: UUID, invitation_id: UUID) -> tuple[Case, PartyInvitation]:
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    row = PartyInvitation.objects.select_for_update().filter(pk=invitation_id, case=case).first()
    if row is None or not permissions.may_add_party(actor, case, row.role):
        raise PartyInvitationNotFound
    return case, row


def look(*, actor: Actor, token: str) -> PartyInvitation:
    """The open invitation of a link, for the person to whom it was sent and for nobody else.

    Raises PartyInvitationNotFound, …Used, …Expired, …Cancelled, InvitedAnother, Throttled.
    """
    person = _signed_in(actor)
    allowances.spend("party_invitation_look", str(person.pk))
    rows = PartyInvitation.objects.select_related("case", "obligation__creditor", "invited_by")
    row = rows.filter(token_hash__in=_hashes(token)).first()
    if row is None:
        raise PartyInvitationNotFound
    _require_addressee(row, person)
    _require_open(row)
    return row


@transaction.atomic
def accept(*, actor: Actor, token: str) -> Party:
    """Take part. Everything is asked again at this moment: the link, the person, the inviter, roles and conflicts."""
    person = _signed_in(actor)
    case, row = _locked_by(token)
    _require_addressee(row, person)
    _require_open(row)
    if not parties.is_running(case):
        raise CaseTransitionNotAllowed(action="accept_party", current_status=case.status)
    if account_selectors.has_withdrawn(case.borrower_id, ConsentKind.PERSONAL_DATA):
        raise PartyInvitationCancelled
    _require_still_offered(case, row)
    _require_role(actor, person, row.role, case)
    parties.require_no_conflict(person=person, role=row.role, case=case)
    if case.parties.filter(user=person, role=row.role, obligation=row.obligation, removed_at=None).exists():
        raise AlreadyTakesPart
    now = clock.now()
    party = Party.objects.create(
        case=case, user=person, role=row.role, obligation=row.obligation, added_at=now
    )
    row.accepted_at, row.answered_by, row.party = now, person, party
    row.save(update_fields=["accepted_at", "answered_by", "party"])
    event_log.record(PartyAdded(case_id=case.pk, party_id=party.pk, role=row.role), actor=actor)
    progress.hint_changed(case)
    return party


@transaction.atomic
def decline(*, actor: Actor, token: str) -> None:
    """Not take part; the link is used up."""
    person = _signed_in(actor)
    case, row = _locked_by(token)
    _require_addressee(row, person)
    _require_open(row)
    row.declined_at, row.answered_by = clock.now(), person
    row.save(update_fields=["declined_at", "answered_by"])
    event_log.record(
        PartyInvitationDeclined(case_id=case.pk, invitation_id=row.pk, role=row.role), actor=actor
    )
    progress.hint_changed(case)


def _signed_in(actor: Actor) -> User:
    if actor.user_id is None:
        raise Forbidden
    return account_selectors.get_person(actor.user_id)


def _locked_by(token: str) -> tuple[Case, PartyInvitation]:
    """The case is locked before its invitation, as everywhere."""
    rows = PartyInvitation.objects.filter(token_hash__in=_hashes(token))
    case_id = rows.values_list("case_id", flat=True).first()
    case = Case.objects.select_for_update(of=("self",)).filter(pk=case_id).first() if case_id else None
    row = rows.select_for_update(of=("self",)).select_related("obligation").first()
    if case is None or row is None:
        raise PartyInvitationNotFound
    return case, row


def _require_addressee(row: PartyInvitation, person: User) -> None:
    if row.contact_hash not in _contacts_of(person):
        raise InvitedAnother(by="phone" if row.phone else "email")


def _require_open(row: PartyInvitation) -> None:
    match status_of(row):
        case "accepted" | "declined":
            raise PartyInvitationUsed
        case "cancelled":
            raise PartyInvitationCancelled
        case "expired":
            raise PartyInvitationExpired


def _require_still_offered(case: Case, row: PartyInvitation) -> None:
    """What somebody offered who has since lost the case or the right to offer it is no longer given."""
    inviter = row.invited_by
    acting = account_selectors.actor_for(inviter)
    if not inviter.is_active or not selectors.cases_visible_to(acting).filter(pk=case.pk).exists():
        raise PartyInvitationCancelled
    if not permissions.may_add_party(acting, case, row.role):
        raise PartyInvitationCancelled


def _require_role(actor: Actor, person: User, role: str, case: Case) -> None:
    """Specialists must be checked, an ombudsman's officer belong to an office with an agreement, a representative hold a power."""
    if role in parties.SPECIALISTS and not specialists.holds_role(person.pk, role):
        raise PartRoleMissing
    if role == PartyRole.OMBUDSMAN_OFFICER and not _is_ombudsman(person):
        raise PartRoleMissing
    if role == PartyRole.REPRESENTATIVE and not (
        actor.represents(case.borrower_id, "view") or actor.represents(case.borrower_id, "act")
    ):
        raise PowerMissing


def _is_ombudsman(person: User) -> bool:
    granted = RoleGrant.objects.filter(user=person, role=PartyRole.OMBUDSMAN_OFFICER, revoked_at=None)
    offices = Membership.objects.filter(
        user=person, ended_at__isnull=True, organisation__kind=Organisation.Kind.OMBUDSMAN,
        organisation__checked_at__isnull=False, organisation__closed_at__isnull=True,
    )  # fmt: skip
    return granted.exists() and offices.exists()


def _close_expired(case: Case, role: str, debt: Obligation | None, contact: str) -> None:
    """An invitation that has run out must not stand in the way of a new one."""
    PartyInvitation.objects.filter(
        case=case, role=role, obligation=debt, contact_hash=contact, accepted_at__isnull=True,
        declined_at__isnull=True, cancelled_at__isnull=True, expires_at__lte=clock.now(),
    ).update(cancelled_at=clock.now())  # fmt: skip


def _record_sent(actor: Actor, row: PartyInvitation, consent: str, *, again: bool) -> None:
    event_log.record(
        PartyInvited(
            case_id=row.case_id, invitation_id=row.pk, role=row.role, channel="sms" if row.phone else "email",
            consent=consent, again=again,
        ),
        actor=actor,
    )  # fmt: skip


def _hash(token: str) -> str:
    return crypto.lookup_hash(f"party-invitation:{token}")


def _hashes(token: str) -> list[str]:
    return crypto.lookup_hashes(f"party-invitation:{token}")
