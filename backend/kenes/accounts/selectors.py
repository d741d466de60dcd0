"""Questions about people: who is this, what may they do, what did they accept."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest

from kenes.accounts.errors import PersonNotFound
from kenes.accounts.models import Consent, ConsentText, Membership, Role, RoleGrant, User
from kenes.foundation import crypto
from kenes.foundation.actor import Actor, GuestActor
from kenes.foundation.values import Iin, PhoneNumber

ORGANISATION_ROLES = frozenset(
    {
        Role.CREDITOR_OFFICER,
        Role.CREDITOR_ADMIN,
        Role.LAWYER,
        Role.MEDIATOR,
        Role.NOTARY,
        Role.OMBUDSMAN_OFFICER,
    }
)
DEFAULT_LANGUAGE = "ru"


def actor_for(user: User) -> Actor:
    """The actor of a person: granted roles and organisations. A deactivated person is a guest.

    One query; a second one only for roles that act for an organisation.
    """
    if not user.is_active:
        return GuestActor()
    roles = frozenset(
        RoleGrant.objects.filter(user=user, revoked_at__isnull=True).values_list("role", flat=True)
    )
    organisations: frozenset[UUID] = frozenset()
    if roles & ORGANISATION_ROLES:
        memberships = Membership.objects.filter(user=user, ended_at__isnull=True)
        organisations = frozenset(memberships.values_list("organisation_id", flat=True))
    return Actor(user_id=user.pk, roles=roles, organisation_ids=organisations)


def actor_for_request(request: HttpRequest) -> Actor:
    """The actor of a request by its session (settings.KENES_ACTOR_FACTORY)."""
    user = getattr(request, "user", None)
    return actor_for(user) if isinstance(user, User) else GuestActor()


def get_person(person_id: UUID) -> User:
    """The person, active or not; PersonNotFound when there is none."""
    person = User.objects.filter(pk=person_id).first()
    if person is None:
        raise PersonNotFound
    return person


def find_by_phone(phone: PhoneNumber) -> User | None:
    return User.objects.filter(phone_hash=crypto.lookup_hash(str(phone))).first()


def find_active_by_phone(phone: PhoneNumber) -> User | None:
    return User.objects.filter(phone_hash=crypto.lookup_hash(str(phone)), is_active=True).first()


def find_ids(*, phone: PhoneNumber | None = None, iin: Iin | None = None) -> list[UUID]:
    """Ids of people with exactly this phone or this ИИН (for search by staff)."""
    people = User.objects.none()
    if phone is not None:
        people = people | User.objects.filter(phone_hash=crypto.lookup_hash(str(phone)))
    if iin is not None:
        people = people | User.objects.filter(iin_hash=crypto.lookup_hash(str(iin)))
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


def missing_consents(person_id: UUID, kinds: Iterable[str]) -> list[str]:
    """Those of `kinds` whose newest text the person has not accepted, in the given order."""
    return [kind for kind in kinds if not has_consent(person_id, kind)]
