"""People, organisations and clients for the tests of administration."""

from typing import Any

from conftest import ApiClient
from kenes.accounts import memberships, selectors, services
from kenes.accounts.models import Membership, Organisation, RoleGrant, User
from kenes.accounts.testing import enrol, prove
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.foundation.actor import Actor

from .conftest import PASSWORD, SYSTEM

REASON = {"reason": "asked in person at the office"}


def make_staff(name: str, *roles: str, full_name: str = "") -> User:
    """Somebody who signs in by e-mail, with these roles and a second factor."""
    user = services.create_staff_account(
        actor=SYSTEM, email=f"{name}@example.com", full_name=full_name or f"{name.title()} Тестова", language="ru",
        password=PASSWORD, roles=list(roles),
    )  # fmt: skip
    return enrol(user)


def make_organisation(name: str, kind: str = "creditor", *, checked: bool = True) -> Organisation:
    return Organisation.objects.create(name=name, kind=kind, checked_at=clock.now() if checked else None)


def join(user: User, organisation: Organisation, *, administrator: bool = False) -> Membership:
    return memberships.join(
        actor=SYSTEM, user=user, organisation=organisation, post="", is_administrator=administrator,
        granted_by_id=None,
    )  # fmt: skip


def member(name: str, organisation: Organisation, *, administrator: bool = False) -> User:
    user = User.objects.create_user(f"{name}@example.com", PASSWORD, full_name=f"{name.title()} Банкова")
    join(user, organisation, administrator=administrator)
    return user


def client_of(user: User, *, fresh: bool = True) -> ApiClient:
    """A browser in which the person is signed in and has just proved to be himself."""
    client = ApiClient()
    client.force_login(User.objects.get(pk=user.pk))
    if fresh:
        prove(client)
    return client


def actor(user: User) -> Actor:
    return selectors.actor_for(User.objects.get(pk=user.pk))


def roles_of(user: User) -> set[str]:
    held = RoleGrant.objects.filter(user=user, revoked_at__isnull=True)
    return {grant.role or str(grant.custom_role_id) for grant in held}


def grant_of(user: User, role: str) -> RoleGrant:
    return RoleGrant.objects.get(user=user, role=role, revoked_at__isnull=True)


def events(*types: str) -> list[EventRow]:
    return list(EventRow.objects.filter(type__in=types).order_by("at"))


def code(answer: Any) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, answer.json()["code"]
