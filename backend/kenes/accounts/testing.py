"""People for the tests and benchmarks of other apps."""

import time
from uuid import UUID

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.test import Client

from kenes.accounts import abilities
from kenes.accounts.models import User
from kenes.foundation.actor import Actor
from kenes.foundation.identifiers import new_id

TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105  (of people made by tests)


def an_actor(*roles: str, user_id: UUID | None = None) -> Actor:
    """An actor with these roles and their abilities, without a row in the database."""
    return Actor(user_id or new_id(), frozenset(roles), abilities.of_roles(roles))


def enrol(user: User) -> User:
    """Give the person an authenticator app, as staff must have one."""
    Authenticator.objects.get_or_create(
        user=user,
        type=Authenticator.Type.TOTP,
        defaults={"data": {"secret": get_adapter().encrypt(TOTP_SECRET)}},
    )
    return user


def prove(client: Client) -> None:
    """Let the signed-in client have just proved to be the same person, as sensitive steps ask for."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session.save()
