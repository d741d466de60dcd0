"""Setting a password: by the person who is signed in, or with a recovery code (`accounts.recovery`)."""

from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest

from kenes.accounts import hashing, live_sessions, notices, password_rules, selectors
from kenes.accounts.events_sign_in import PasswordChanged
from kenes.accounts.models import User
from kenes.event_log import services as event_log
from kenes.foundation.actor import Actor


def set_own(*, actor: Actor, request: HttpRequest, password: str) -> None:
    """A new password of the person who is signed in; all other sessions and tokens end.

    The caller has asked for a fresh proof. Raises FieldErrors (/password), SignInBusy.
    """
    assert actor.user_id
    password_rules.require_good(password, selectors.get_person(actor.user_id))
    with hashing.turn():
        hashed = make_password(password)
    replace(actor=actor, user_id=actor.user_id, hashed=hashed, way="own", keep=request)


@transaction.atomic
def replace(*, actor: Actor, user_id: UUID, hashed: str, way: str, keep: HttpRequest | None = None) -> None:
    """Put a hashed password in place and end every session but that of `keep`.

    Takes the hash, because making one takes half a second and must not hold the row.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    user.password = hashed
    user.save(update_fields=["password"])
    live_sessions.end_all(user_id=user.pk, keep=keep)
    event_log.record(PasswordChanged(person_id=user.pk, way=way), actor=actor)
    notices.tell(user, notices.Notice.PASSWORD)
