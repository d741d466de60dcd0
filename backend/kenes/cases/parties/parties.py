"""Specialists of a case: lawyers, mediators, notaries. They see its content from being added until they are removed."""

from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.accounts import allowances, specialists
from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import Membership, User
from kenes.cases import permissions, selectors
from kenes.cases.errors.cases import CaseTransitionNotAllowed, ConflictOfInterest, PartyNotFound
from kenes.cases.events.cases import PartyAdded, PartyRemoved
from kenes.cases.models import Case, Party, PartyRole
from kenes.cases.parties import conflicts
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.cases.tracks import progress
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden
from kenes.foundation.language.names import initials
from kenes.foundation.values import PhoneNumber

INVITED: Final = tuple(role for role in PartyRole.values if role != PartyRole.BORROWER)
SPECIALISTS: Final = (PartyRole.LAWYER.value, PartyRole.MEDIATOR.value, PartyRole.NOTARY.value)


def parties_of(*, actor: Actor, case_id: UUID) -> dict[str, Any]:
    """Who takes part, with the buttons of the reader; three queries. CaseNotFound, Forbidden.

    Who sees only what was sent to the own organisation sees nobody; in the common list the borrower is initials.
    """
    case = selectors.get_case(actor=actor, case_id=case_id)
    if permissions.sees_sent_only(actor, case):
        return {"items": [], "allowed_actions": []}
    rows = list(
        Party.objects.filter(case=case, removed_at__isnull=True)
        .select_related("user")
        .order_by("added_at", "id")
    )
    offices = _offices_of([row.user_id for row in rows if row.role in SPECIALISTS])
    masked = not permissions.allowed(actor, "case.view_content", case)
    items = [
        {
            "id": row.pk,
            "person_name": _name(case, row, masked=masked),
            "role": row.role,
            "role_label": PartyRole(row.role).label,
            "organisation_name": offices.get(row.user_id),
            "obligation_id": row.obligation_id,
            "added_at": row.added_at,
            "allowed_actions": _row_actions(actor, case, row),
        }
        for row in rows
    ]
    return {"items": items, "allowed_actions": _add_actions(actor, case)}


def _name(case: Case, row: Party, *, masked: bool) -> str:
    if row.role != PartyRole.BORROWER:
        return str(row.user.full_name)
    name = case.borrower_name or row.user.full_name
    return initials(name) if masked and name else name


def _offices_of(person_ids: list[UUID]) -> dict[UUID, str]:
    members = Membership.objects.filter(
        user_id__in=person_ids, ended_at__isnull=True, organisation__checked_at__isnull=False,
        organisation__closed_at__isnull=True,
    ).order_by("since", "id")  # fmt: skip
    return dict(members.values_list("user_id", "organisation__name"))


def _add_actions(actor: Actor, case: Case) -> list[str]:
    if not is_running(case):
        return []
    adds = [f"add_{role}" for role in SPECIALISTS if permissions.may_add_party(actor, case, role)]
    return adds + [f"invite_{role}" for role in INVITED if permissions.may_add_party(actor, case, role)]


def _row_actions(actor: Actor, case: Case, row: Party) -> list[str]:
    if row.role == PartyRole.BORROWER:
        return []
    if row.user_id == actor.user_id:
        return ["leave"]
    return ["remove"] if permissions.may_add_party(actor, case, row.role) else []


def is_running(case: Case) -> bool:
    return case.status not in FINAL and case.status != CaseStatus.DRAFT


@transaction.atomic
def add_party(
    *, actor: Actor, case_id: UUID, role: str, email: str = "", phone: PhoneNumber | None = None
) -> Party:
    """Bring a specialist into the case; one who takes part already is left as he is.

    Found among the people who hold the role now. Raises CaseNotFound, Forbidden, CaseTransitionNotAllowed (draft or ended
    case), FieldErrors (/email or /phone), ConflictOfInterest, Throttled.
    """
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require_add_party(actor, case, role)
    if not is_running(case):
        raise CaseTransitionNotAllowed(action="add_party", current_status=case.status)
    allowances.spend("party_lookup", str(actor.user_id))
    person = _find(role, email, phone)
    known = Party.objects.filter(case=case, user=person, role=role, removed_at__isnull=True).first()
    if known is not None:
        return known
    if conflicts.grounds(_candidate(person, role, case), _sides(case)):
        raise ConflictOfInterest
    party = Party.objects.create(case=case, user=person, role=role, added_at=clock.now())
    acting = permissions.acting(actor, case)
    event_log.record(PartyAdded(case_id=case.id, party_id=party.pk, role=role), actor=acting)
    progress.hint_changed(case)
    return party


def _find(role: str, email: str, phone: PhoneNumber | None) -> User:
    pointer = "/phone" if phone is not None else "/email"
    people = User.objects.filter(is_active=True)
    found = (
        account_selectors.find_active_by_phone(phone)
        if phone is not None
        else people.filter(email=email.strip().lower()).first()
    )
    if found is None or not specialists.holds_role(found.pk, role):
        detail = _("No checked specialist of this kind has this address or number.")
        raise FieldErrors([FieldError(pointer, "unknown", detail)])
    return found


def _candidate(person: User, role: str, case: Case) -> conflicts.Candidate:
    live = Party.objects.filter(user=person, removed_at__isnull=True)
    elsewhere = live.filter(case__borrower_id=case.borrower_id).exclude(case=case)
    belongs = Membership.objects.filter(user=person, ended_at__isnull=True)
    powers = account_selectors.actor_for(person).powers
    return conflicts.Candidate(
        person_id=person.pk,
        role=role,
        organisation_ids=frozenset(belongs.values_list("organisation_id", flat=True)),
        roles_here=frozenset(live.filter(case=case).values_list("role", flat=True)),
        roles_elsewhere=frozenset(elsewhere.exclude(case__status__in=FINAL).values_list("role", flat=True)),
        represents_borrower=any(power.principal_id == case.borrower_id for power in powers),
    )


def _sides(case: Case) -> conflicts.Sides:
    lenders = case.obligations.filter(creditor__organisation__isnull=False)
    ids = lenders.values_list("creditor__organisation_id", flat=True)
    return conflicts.Sides(case.borrower_id, frozenset(one for one in ids if one is not None))


def require_no_conflict(*, person: User, role: str, case: Case) -> None:
    """ConflictOfInterest when the person may not serve in this case in this role."""
    if conflicts.grounds(_candidate(person, role, case), _sides(case)):
        raise ConflictOfInterest


@transaction.atomic
def let_in(*, actor: Actor, case: Case, person: User, role: str) -> Party:
    """Let a specialist whom the borrower has chosen take part; the case is locked, the caller has checked who chooses.

    Raises ConflictOfInterest, FieldErrors (/proposal_id) when the person no longer works as one.
    """
    if not person.is_active or not specialists.holds_role(person.pk, role):
        detail = _("This person does not work as such a specialist any more.")
        raise FieldErrors([FieldError("/proposal_id", "unknown", detail)])
    known = Party.objects.filter(case=case, user=person, role=role, removed_at__isnull=True).first()
    if known is not None:
        return known
    require_no_conflict(person=person, role=role, case=case)
    party = Party.objects.create(case=case, user=person, role=role, added_at=clock.now())
    event_log.record(PartyAdded(case_id=case.id, party_id=party.pk, role=role), actor=actor)
    progress.hint_changed(case)
    return party


@transaction.atomic
def remove_party(*, actor: Actor, case_id: UUID, party_id: UUID) -> None:
    """Take anybody but the borrower out of the case, or leave it oneself; he sees nothing of it from now on.

    Raises CaseNotFound, PartyNotFound (unknown, removed before, or the borrower), Forbidden.
    """
    case = selectors.get_case_for_update(actor=actor, case_id=case_id, letters_too=True)
    if permissions.sees_sent_only(actor, case) and not case.reader_ties:
        raise Forbidden
    live = Party.objects.select_for_update().filter(case=case, removed_at__isnull=True, role__in=INVITED)
    party = live.filter(pk=party_id).first()
    if party is None:
        raise PartyNotFound
    if party.user_id != actor.user_id:
        permissions.require_add_party(actor, case, party.role)
    party.removed_at = clock.now()
    party.save(update_fields=["removed_at"])
    acting = permissions.acting(actor, case)
    event_log.record(PartyRemoved(case_id=case.id, party_id=party.pk, role=party.role), actor=acting)
    progress.hint_changed(case)
