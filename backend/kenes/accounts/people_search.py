"""Which people staff find, and what a row and a page about a person show.

Names are encrypted, so search is exact: e-mail from its beginning, a whole phone number, a whole ИИН, an id, or whole
words of the name (`name_words`). Every page costs the same number of queries.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Max, Q, QuerySet
from django.utils.translation import get_language

from kenes.accounts import abilities, name_words
from kenes.accounts.errors import PersonNotFound
from kenes.accounts.models import DuplicateClaim, Membership, Role, RoleGrant, User
from kenes.accounts.people_rules import Subject
from kenes.foundation import clock, crypto
from kenes.foundation.values import Iin, PhoneNumber, ValueProblem

ACTIVE, DEACTIVATED, ERASED = "active", "deactivated", "erased"
STATUSES = (ACTIVE, DEACTIVATED, ERASED)
_SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as a list shows him, with what he holds now."""

    person: User
    grants: list[RoleGrant] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    has_second_factor: bool = False
    last_used: datetime | None = None

    @property
    def status(self) -> str:
        if self.person.erased_at is not None:
            return ERASED
        return ACTIVE if self.person.is_active else DEACTIVATED

    @property
    def last_seen_at(self) -> datetime | None:
        """When the person last used an open session, otherwise when he last signed in."""
        seen = [moment for moment in (self.person.last_login, self.last_used) if moment]
        return max(seen) if seen else None

    @property
    def masked_phone(self) -> str:
        return PhoneNumber.parse(self.person.phone).masked() if self.person.phone else ""

    @property
    def masked_iin(self) -> str:
        return Iin.parse(self.person.iin).masked() if self.person.iin else ""

    @property
    def roles(self) -> list[dict[str, str]]:
        return [
            {"code": grant.role, "label": str(Role(grant.role).label)} for grant in self.grants if grant.role
        ]

    @property
    def custom_roles(self) -> list[dict[str, Any]]:
        own = [grant.custom_role for grant in self.grants if grant.custom_role]
        return [{"id": role.pk, "name": role.name(language())} for role in own]

    @property
    def organisations(self) -> list[dict[str, Any]]:
        return [
            {"id": row.organisation_id, "name": organisation_name(row.organisation)}
            for row in self.memberships
        ]

    @property
    def subject(self) -> Subject:
        """The same person for the rules."""
        person = self.person
        custom = [code for grant in self.grants if grant.custom_role for code in grant.custom_role.abilities]
        return Subject(
            person_id=person.pk,
            abilities=abilities.of_roles([grant.role for grant in self.grants if grant.role], custom),
            is_active=person.is_active,
            is_merged=person.merged_into_id is not None,
            is_erased=person.erased_at is not None,
            is_service=person.is_service,
        )


def language() -> str:
    """Active language as a two-letter code."""
    return (get_language() or "ru")[:2]


def organisation_name(organisation: Any) -> str:
    """Name in the active language; the Russian one where there is no Kazakh one."""
    return (organisation.name_kk if language() == "kk" else "") or str(organisation.name)


def everybody() -> QuerySet[User]:
    """People with an account of their own: no programs, nobody whose number was never confirmed."""
    known = Q(phone_verified_at__isnull=False) | Q(email__isnull=False)
    return User.objects.filter(
        known | Q(erased_at__isnull=False) | Q(merged_into__isnull=False), is_service=False
    )


def search(
    *,
    query: str = "",
    roles: Iterable[str] = (),
    status: str | None = None,
    organisation_id: UUID | None = None,
) -> QuerySet[User]:
    """People who match all of it, to be ordered and cut into pages by the caller."""
    people = everybody()
    if query:
        people = people.filter(_matches(query))
    wanted = list(roles)
    if wanted:
        held = RoleGrant.objects.filter(role__in=wanted, revoked_at__isnull=True)
        people = people.filter(pk__in=held.values("user_id"))
    if status == ERASED:
        people = people.filter(erased_at__isnull=False)
    elif status is not None:
        people = people.filter(erased_at__isnull=True, is_active=status == ACTIVE)
    if organisation_id is not None:
        members = Membership.objects.filter(organisation_id=organisation_id, ended_at__isnull=True)
        people = people.filter(pk__in=members.values("user_id"))
    return people


def _matches(query: str) -> Q:
    for number, column in ((PhoneNumber, "phone_hash"), (Iin, "iin_hash")):
        try:
            return Q(**{f"{column}__in": crypto.lookup_hashes(str(number.parse(query)))})
        except ValueProblem:
            continue
    try:
        return Q(pk=UUID(query))
    except ValueError:
        pass
    if "@" in query:
        return Q(email__startswith=query.lower())
    words = name_words.any_of(query)
    found = Q()
    for hashes in words:
        found &= Q(name_words__overlap=hashes)
    return found if words else Q(pk__in=[])


def rows(people: Iterable[User]) -> list[PersonRow]:
    """Rows for these people in four queries, however many they are."""
    listed = list(people)
    ids = [person.pk for person in listed]
    grants: dict[UUID, list[RoleGrant]] = defaultdict(list)
    held = RoleGrant.objects.filter(
        user_id__in=ids, revoked_at__isnull=True, custom_role__archived_at__isnull=True
    ).select_related("custom_role", "granted_by")
    for grant in held.order_by("granted_at", "id"):
        grants[grant.user_id].append(grant)
    memberships: dict[UUID, list[Membership]] = defaultdict(list)
    joined = Membership.objects.filter(user_id__in=ids, ended_at__isnull=True).select_related("organisation")
    for membership in joined.order_by("since", "id"):
        memberships[membership.user_id].append(membership)
    protected = set(
        Authenticator.objects.filter(user_id__in=ids, type__in=_SECOND_FACTORS).values_list(
            "user_id", flat=True
        )
    )
    used = dict(
        UserSession.objects.filter(user_id__in=ids).values_list("user_id").annotate(last=Max("last_seen_at"))
    )
    return [
        PersonRow(
            person=person,
            grants=grants[person.pk],
            memberships=memberships[person.pk],
            has_second_factor=person.pk in protected,
            last_used=used.get(person.pk),
        )
        for person in listed
    ]


def get_row(person_id: UUID) -> PersonRow:
    """One person; PersonNotFound for programs, unconfirmed accounts and unknown ids."""
    person = everybody().filter(pk=person_id).first()
    if person is None:
        raise PersonNotFound
    return rows([person])[0]


def open_sessions(person_id: UUID) -> int:
    """How many sessions of the person still open the door."""
    alive = Session.objects.filter(expire_date__gt=clock.now()).values("session_key")
    return int(UserSession.objects.filter(user_id=person_id, session_key__in=alive).count())


def open_claims_of(person_id: UUID) -> list[DuplicateClaim]:
    """Open duplicates that name the person, newest first."""
    claims = DuplicateClaim.objects.filter(
        Q(claimant_id=person_id) | Q(holder_id=person_id), resolved_at__isnull=True
    )
    return list(claims.select_related("claimant", "holder").order_by("-created_at", "id"))
