"""People for the tests and benchmarks of other apps."""

from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator

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
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        Authenticator.objects.create(
            user=user, type=Authenticator.Type.TOTP, data={"secret": get_adapter().encrypt(TOTP_SECRET)}
        )
    return user
