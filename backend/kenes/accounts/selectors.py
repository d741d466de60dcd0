"""Questions about people: who is this, what may they do, what did they accept."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from rest_framework.request import Request

from kenes.accounts import abilities, proofs, representation, viewing
from kenes.accounts.errors import PersonNotFound
from kenes.accounts.models import (
    ORGANISATION_ROLES,
    Consent,
    ConsentText,
    Membership,
    Role,
    RoleGrant,
    User,
)
from kenes.accounts.scopes import TokenGrant
from kenes.foundation import crypto
from kenes.foundation.actor import Actor, GuestActor
from kenes.foundation.values import Iin, PhoneNumber

DEFAULT_LANGUAGE = "ru"
# Administrators of any organisation manage its people; lenders' ones have the role beside.
_LEADS = {"is_administrator": True}
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def actor_for(user: User) -> Actor:
    """What the person may do, whatever the way in. A deactivated person is a guest.

    One query; one more for people of organisations, for specialists, and for representatives.
    """
    return _actor_and_factor(user)[0]


def _actor_and_factor(user: User) -> tuple[Actor, bool]:
    """The actor, and whether the person has a second factor."""
    if not user.is_active:
        return GuestActor(), False
    factor = Authenticator.objects.filter(user_id=OuterRef("user_id"), type__in=SECOND_FACTORS)
    held = (
        RoleGrant.objects.filter(user=user, revoked_at__isnull=True, custom_role__archived_at__isnull=True)
        .annotate(
            has_factor=Exists(factor), leads=Exists(_working().filter(**_LEADS, user=OuterRef("user_id")))
        )
        .values_list("role", "custom_role__abilities", "has_factor", "leads")
    )
    grants = list(held)
    granted = frozenset(role for role, *_rest in grants if role)
    roles = representation.without_lapsed(granted, user.pk)
    rights = abilities.of_roles(roles, [code for _role, own, *_rest in grants for code in own or ()])
    leads = (
        any(leads for *_rest, leads in grants) if grants else _working().filter(**_LEADS, user=user).exists()
    )
    if leads:
        rights |= {"organisation.own"}
    actor = Actor(
        user_id=user.pk,
        roles=roles,
        abilities=rights,
        organisation_ids=_organisations_of(user) if leads or roles & ORGANISATION_ROLES else frozenset(),
        powers=representation.powers_of(user.pk) if Role.REPRESENTATIVE in roles else (),
    )
    return actor, any(has_factor for _role, _own, has_factor, _leads in grants)


def _working() -> QuerySet[Membership]:
    """Memberships that count now: not ended, in checked organisations that are not closed."""
    return Membership.objects.filter(
        ended_at__isnull=True,
        organisation__checked_at__isnull=False,
        organisation__closed_at__isnull=True,
    )


def _organisations_of(user: User) -> frozenset[UUID]:
    """Organisations for which the person acts now."""
    return frozenset(_working().filter(user=user).values_list("organisation_id", flat=True))


def signed_in_actor(user: User) -> Actor:
    """The actor of somebody who has signed in: the rights of staff are held back until there is a second factor.

    allauth asks everybody who has a factor for it at sign-in, so having one is enough here.
    """
    actor, has_factor = _actor_and_factor(user)
    if has_factor or not abilities.is_staff(actor.abilities):
        return actor
    return replace(actor, abilities=abilities.without_staff(actor.abilities), held_back="second_factor")


def actor_for_request(request: Request) -> Actor:
    """The actor of a request by its session or its access token (settings.KENES_ACTOR_FACTORY)."""
    user = request.user
    if not isinstance(user, User):
        return GuestActor()
    actor = replace(signed_in_actor(user), is_fresh=proofs.is_fresh(request._request))
    grant = request.auth
    if isinstance(grant, TokenGrant):
        if grant.scopes is not None:
            # A member of staff can let a program in to what is his own, never to what others have told the platform.
            actor = replace(actor, abilities=abilities.without_staff(actor.abilities))
        return replace(actor, channel=grant.channel, client_id=grant.client_id, scopes=grant.scopes)
    return _through_eyes(actor, request)


def _through_eyes(staff: Actor, request: Request) -> Actor:
    """The actor while a member of staff looks through another person's eyes: the person's, read-only."""
    seen = viewing.current(request._request)
    if seen is None:
        return staff
    return viewing.through_eyes(staff=staff, person=actor_for(seen.person), viewing=seen)


def get_person(person_id: UUID) -> User:
    """The person, active or not; PersonNotFound when there is none."""
    person = User.objects.filter(pk=person_id).first()
    if person is None:
        raise PersonNotFound
    return person


def find_by_phone(phone: PhoneNumber) -> User | None:
    return User.objects.filter(phone_hash__in=crypto.lookup_hashes(str(phone))).first()


def find_active_by_phone(phone: PhoneNumber) -> User | None:
    return User.objects.filter(phone_hash__in=crypto.lookup_hashes(str(phone)), is_active=True).first()


def id_by_email(email: str) -> UUID | None:
    """Id of the person with this e-mail, active or not; None when there is none."""
    return User.objects.filter(email=email).values_list("pk", flat=True).first()


def find_ids(*, phone: PhoneNumber | None = None, iin: Iin | None = None) -> list[UUID]:
    """Ids of people with exactly this phone or this ИИН (for search by staff)."""
    people = User.objects.none()
    if phone is not None:
        people = people | User.objects.filter(phone_hash__in=crypto.lookup_hashes(str(phone)))
    if iin is not None:
        people = people | User.objects.filter(iin_hash__in=crypto.lookup_hashes(str(iin)))
    return list(people.values_list("pk", flat=True))


def person_names(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Full names of many people in one query, for lists. Unknown ids are left out."""
    people = User.objects.filter(pk__in=set(person_ids)).only("pk", "full_name")
    return {person.pk: person.full_name for person in people}


def people_with_role(*roles: str) -> QuerySet[User]:
    """Active people who hold one of the roles now."""
    granted = RoleGrant.objects.filter(role__in=roles, revoked_at__isnull=True)
    return User.objects.filter(is_active=True, pk__in=granted.values("user_id"))


def active_managers() -> list[User]:
    """People a case can be assigned to, by name."""
    return sorted(people_with_role(Role.MANAGER), key=lambda person: (person.full_name, str(person.pk)))


def get_active_manager(user_id: UUID) -> User:
    """The manager; PersonNotFound when there is no such active manager."""
    person = people_with_role(Role.MANAGER).filter(pk=user_id).first()
    if person is None:
        raise PersonNotFound
    return person


def current_texts(language: str) -> list[ConsentText]:
    """The newest version of every text, in the language (Russian where a translation is missing), by kind."""
    newest = ConsentText.objects.filter(kind=OuterRef("kind")).order_by("-version").values("version")[:1]
    texts = ConsentText.objects.filter(version=Subquery(newest), language__in={language, DEFAULT_LANGUAGE})
    chosen = {text.kind: text for text in sorted(texts, key=lambda text: text.language == language)}
    return [chosen[kind] for kind in sorted(chosen)]


def text_titles(language: str) -> dict[tuple[str, int], str]:
    """Titles of all published texts in the language, by kind and version."""
    texts = ConsentText.objects.filter(language=language).values_list("kind", "version", "title")
    return {(kind, version): title for kind, version, title in texts}


def current_version(kind: str) -> int | None:
    return (
        ConsentText.objects.filter(kind=kind).order_by("-version").values_list("version", flat=True).first()
    )


def consents_of(person_id: UUID) -> list[Consent]:
    """What the person has accepted and not withdrawn, newest first."""
    accepted = Consent.objects.filter(person_id=person_id, withdrawn_at__isnull=True)
    return list(accepted.select_related("text").order_by("-accepted_at"))


def consent_of(person_id: UUID, kind: str) -> Consent | None:
    """The acceptance of the newest version of the text, with its text; None when it was not accepted."""
    newest = ConsentText.objects.filter(kind=kind).order_by("-version").values("version")[:1]
    accepted = Consent.objects.filter(
        person_id=person_id, kind=kind, version=Subquery(newest), withdrawn_at__isnull=True
    )
    return accepted.select_related("text", "code").first()


def has_consent(person_id: UUID, kind: str) -> bool:
    """Whether the person has accepted the newest version of the text of this kind."""
    return consent_of(person_id, kind) is not None


def has_withdrawn(person_id: UUID, kind: str) -> bool:
    """Whether the person has given this consent once and taken it back (and not given it again)."""
    given = Consent.objects.filter(person_id=person_id, kind=kind)
    return given.filter(withdrawn_at__isnull=False).exists() and not given.filter(withdrawn_at=None).exists()


def missing_consents(person_id: UUID, kinds: Iterable[str]) -> list[str]:
    """Those of `kinds` whose newest text the person has not accepted, in the given order."""
    return [kind for kind in kinds if not has_consent(person_id, kind)]
