"""Organisations and their people: added and checked by staff, filled by their own administrators.

Roles of an organisation work only while it is checked and open. A changed name or БИН has to be checked again.
Two organisations never see one another: an own administrator reaches exactly the organisations that he administers.
"""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.accounts import invitations, memberships, people_search, remarks
from kenes.accounts.errors_people import (
    ChangedMeanwhile,
    InvitationNotFound,
    MembershipNotFound,
    OrganisationClosed,
    OrganisationNotFound,
    OwnRights,
)
from kenes.accounts.events_people import OrganisationAdded, OrganisationChanged, OrganisationChecked
from kenes.accounts.events_people import OrganisationClosed as OrganisationClosedEvent
from kenes.accounts.models import Invitation, Membership, Organisation, User
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden

OPEN, UNCHECKED, CLOSED = "open", "unchecked", "closed"
STATUSES = (OPEN, UNCHECKED, CLOSED)
_BY_OWN_ADMINISTRATOR: Final = frozenset({"address", "email", "phone"})
_NEEDS_CHECK: Final = frozenset({"name", "name_kk", "bin"})


def status_of(organisation: Organisation) -> str:
    """open, unchecked or closed."""
    if organisation.closed_at is not None:
        return CLOSED
    return OPEN if organisation.checked_at is not None else UNCHECKED


def visible_to(actor: Actor) -> QuerySet[Organisation]:
    """All for staff who see organisations; exactly the administered ones for own administrators."""
    if actor.can("organisation.see") or actor.can("organisation.edit"):
        return Organisation.objects.all()
    if actor.can("organisation.own"):
        return Organisation.objects.filter(pk__in=memberships.own_of(actor).values("organisation_id"))
    return Organisation.objects.none()


def search(*, actor: Actor, kind: str = "", status: str = "", query: str = "") -> QuerySet[Organisation]:
    """Visible organisations with their number of people; `query` is part of a name or a whole БИН."""
    rows = visible_to(actor)
    if kind:
        rows = rows.filter(kind=kind)
    match status:
        case "closed":
            rows = rows.filter(closed_at__isnull=False)
        case "unchecked":
            rows = rows.filter(closed_at__isnull=True, checked_at__isnull=True)
        case "open":
            rows = rows.filter(closed_at__isnull=True, checked_at__isnull=False)
    if query:
        rows = rows.filter(Q(name__icontains=query) | Q(name_kk__icontains=query) | Q(bin=query[:12]))
    return with_people_count(rows)


def with_people_count(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Each row gets `people_count`: who acts for it now."""
    now = Count("memberships", filter=Q(memberships__ended_at__isnull=True))
    return rows.annotate(people_count=now)


def get_visible(*, actor: Actor, organisation_id: UUID) -> Organisation:
    """The organisation with its people count; OrganisationNotFound for who may not see it."""
    found = (
        with_people_count(visible_to(actor)).select_related("checked_by").filter(pk=organisation_id).first()
    )
    if found is None:
        raise OrganisationNotFound
    return found


def allowed_actions(actor: Actor, organisation: Organisation) -> list[str]:
    """Actions to offer on the page of a visible organisation."""
    if organisation.closed_at is not None or actor.viewed_by:
        return []
    everything = actor.can("organisation.edit")
    own = not everything and not actor.can("organisation.see")
    rules = {
        "edit": everything or own,
        "edit_register": everything,
        "check": actor.can("organisation.check") and organisation.checked_at is None,
        "close": everything,
        "invite": everything or own,
        "manage_people": everything or own,
    }
    return [action for action, allowed in rules.items() if allowed]


@transaction.atomic
def create(*, actor: Actor, kind: str, name: str, **values: Any) -> Organisation:
    """A new organisation, not checked yet. FieldErrors (/bin) when another one has the БИН."""
    _require(actor, "organisation.edit")
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(kind=kind, name=name, **_clean(values))
    except IntegrityError as problem:
        raise _bin_taken() from problem
    event_log.record(OrganisationAdded(organisation_id=organisation.pk, kind=kind), actor=actor)
    return organisation


@transaction.atomic
def change(*, actor: Actor, organisation_id: UUID, version: int, **values: Any) -> None:
    """Change data. Its own administrators change address, e-mail and phone; names and БИН take the check away.

    Raises OrganisationNotFound, ChangedMeanwhile, OrganisationClosed, Forbidden, FieldErrors (/bin).
    """
    organisation = _locked_visible(actor, organisation_id)
    if not actor.can("organisation.edit"):
        _require_own(actor, organisation_id)
        if not _BY_OWN_ADMINISTRATOR.issuperset(values):
            raise Forbidden
    _require_open(organisation)
    if organisation.version != version:
        raise ChangedMeanwhile
    cleaned = _clean(values)
    changed = sorted(name for name, value in cleaned.items() if getattr(organisation, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(organisation, name, cleaned[name])
    unchecked = not _NEEDS_CHECK.isdisjoint(changed) and organisation.checked_at is not None
    if unchecked:
        organisation.checked_at, organisation.checked_by = None, None
    organisation.version += 1
    try:
        with transaction.atomic():
            organisation.save(update_fields=[*changed, "checked_at", "checked_by", "version"])
    except IntegrityError as problem:
        raise _bin_taken() from problem
    event = OrganisationChanged(organisation_id=organisation.pk, fields=tuple(changed), unchecked=unchecked)
    event_log.record(event, actor=actor)


@transaction.atomic
def check(*, actor: Actor, organisation_id: UUID, note: str) -> None:
    """Register entry and БИН were checked: the roles of its people work from now on. Checking twice changes nothing."""
    organisation = _locked_visible(actor, organisation_id)
    _require(actor, "organisation.check")
    _require_open(organisation)
    if organisation.checked_at is not None:
        return
    members = Membership.objects.filter(organisation=organisation, ended_at__isnull=True)
    if actor.user_id in set(members.values_list("user_id", flat=True)):
        raise OwnRights  # nobody vouches for the organisation that he acts for
    organisation.checked_at, organisation.checked_by_id = clock.now(), actor.user_id
    organisation.version += 1
    organisation.save(update_fields=["checked_at", "checked_by", "version"])
    remark_id = remarks.write(actor=actor, subject_id=organisation.pk, text=note)
    event_log.record(OrganisationChecked(organisation_id=organisation.pk, remark_id=remark_id), actor=actor)


@transaction.atomic
def close(*, actor: Actor, organisation_id: UUID, reason: str) -> None:
    """End the organisation here: people leave it and are signed out, open invitations are taken back."""
    organisation = _locked_visible(actor, organisation_id)
    _require(actor, "organisation.edit")
    if organisation.closed_at is not None:
        return
    organisation.closed_at = clock.now()
    organisation.version += 1
    organisation.save(update_fields=["closed_at", "version"])
    people = _locked_people(organisation.pk)
    for membership in people:
        memberships.leave(actor=actor, membership=membership)
    for invitation in invitations.of_organisation(organisation.pk):
        invitations.take_back(actor=actor, invitation=invitation)
    remark_id = remarks.write(actor=actor, subject_id=organisation.pk, text=reason)
    event = OrganisationClosedEvent(organisation_id=organisation.pk, remark_id=remark_id, people=len(people))
    event_log.record(event, actor=actor)


@dataclass(frozen=True, slots=True)
class PersonOfOrganisation:
    """Somebody who acts for an organisation, as its administrators see him."""

    membership: Membership
    roles: list[dict[str, str]]

    @property
    def masked_email(self) -> str:
        return mask_email(self.membership.user.email or "")


def people_of(*, actor: Actor, organisation_id: UUID) -> tuple[list[PersonOfOrganisation], list[Invitation]]:
    """Who acts for a visible organisation and who is invited, oldest first; OrganisationNotFound. Constant queries."""
    organisation = get_visible(actor=actor, organisation_id=organisation_id)
    joined = list(
        Membership.objects.filter(organisation=organisation, ended_at__isnull=True)
        .select_related("user")
        .order_by("since", "id")
    )
    held = {row.person.pk: row.roles for row in people_search.rows([item.user for item in joined])}
    everybody = actor.can("organisation.see") or actor.can("organisation.edit")
    shown = [PersonOfOrganisation(item, _shown_roles(held[item.user_id], everybody)) for item in joined]
    return shown, list(invitations.of_organisation(organisation.pk).order_by("created_at", "id"))


def _shown_roles(roles: list[dict[str, str]], everybody: bool) -> list[dict[str, str]]:
    # What somebody is elsewhere (a borrower with debts!) is no business of his employer.
    return roles if everybody else [role for role in roles if role["code"].startswith("creditor_")]


@transaction.atomic
def invite(*, actor: Actor, organisation_id: UUID, email: str, **values: Any) -> Invitation:
    """Invite somebody to act for the organisation. OrganisationNotFound, Forbidden, and as `invitations.invite`."""
    organisation = _locked_visible(actor, organisation_id)
    require_administrator(actor, organisation.pk)
    _require_open(organisation)
    wanted = invitations.Wanted(email=email, organisation_id=organisation.pk, **values)
    return invitations.invite(actor=actor, wanted=wanted)


@transaction.atomic
def change_person(*, actor: Actor, organisation_id: UUID, membership_id: UUID, **values: Any) -> Membership:
    """Change post or administratorship of one of its people. Raises MembershipNotFound, OwnRights."""
    membership = _locked_membership(actor, organisation_id, membership_id)
    wants_other = values.get("is_administrator", membership.is_administrator) != membership.is_administrator
    if wants_other and membership.user_id == actor.user_id:
        raise OwnRights
    return memberships.change(
        actor=actor,
        membership=membership,
        post=values.get("post", membership.post),
        is_administrator=values.get("is_administrator", membership.is_administrator),
    )


@transaction.atomic
def remove_person(*, actor: Actor, organisation_id: UUID, membership_id: UUID) -> None:
    """The person no longer acts for the organisation and is signed out. Raises MembershipNotFound, OwnRights."""
    membership = _locked_membership(actor, organisation_id, membership_id)
    if membership.user_id == actor.user_id:
        raise OwnRights
    memberships.leave(actor=actor, membership=membership)


def get_invitation(*, actor: Actor, organisation_id: UUID, invitation_id: UUID) -> Invitation:
    """An open invitation of an organisation that the actor administers; InvitationNotFound, OrganisationNotFound."""
    get_visible(actor=actor, organisation_id=organisation_id)
    require_administrator(actor, organisation_id)
    found = invitations.of_organisation(organisation_id).filter(pk=invitation_id).first()
    if found is None:
        raise InvitationNotFound
    return found


def require_administrator(actor: Actor, organisation_id: UUID) -> None:
    """Forbidden unless the actor edits organisations or administers exactly this one now."""
    if not memberships.administers(actor, organisation_id):
        raise Forbidden


def mask_email(email: str) -> str:
    """`a•••@bank.kz`: enough to recognise an address that one knows."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}" if domain else ""


def _locked_membership(actor: Actor, organisation_id: UUID, membership_id: UUID) -> Membership:
    """A current membership of a visible organisation. The organisation is locked first, so of two administrators who
    remove each other only one still has the right when his turn comes."""
    _locked_visible(actor, organisation_id)
    require_administrator(actor, organisation_id)
    membership = next((item for item in _locked_people(organisation_id) if item.pk == membership_id), None)
    if membership is None:
        raise MembershipNotFound
    return membership


def _locked_people(organisation_id: UUID) -> list[Membership]:
    rows = Membership.objects.filter(organisation_id=organisation_id, ended_at__isnull=True)
    people = list(rows.select_for_update().order_by("pk"))
    list(
        User.objects.filter(pk__in=[item.user_id for item in people])
        .select_for_update()
        .order_by("pk")
        .only("pk")
    )
    return people


def _locked_visible(actor: Actor, organisation_id: UUID) -> Organisation:
    organisation = Organisation.objects.select_for_update().filter(pk=organisation_id).first()
    # Asked under the lock: a right that was just taken no longer counts.
    if organisation is None or not visible_to(actor).filter(pk=organisation_id).exists():
        raise OrganisationNotFound
    return organisation


def _require(actor: Actor, ability: str) -> None:
    if not (actor.can(ability) or actor.is_system):
        raise Forbidden


def _require_own(actor: Actor, organisation_id: UUID) -> None:
    if not memberships.is_own_administrator(actor, organisation_id):
        raise Forbidden


def _require_open(organisation: Organisation) -> None:
    if organisation.closed_at is not None:
        raise OrganisationClosed


def _clean(values: dict[str, Any]) -> dict[str, Any]:
    return values | ({"bin": values["bin"] or None} if "bin" in values else {})


def _bin_taken() -> FieldErrors:
    return FieldErrors([FieldError("/bin", "taken", _("Another organisation has this BIN."))])
