"""E-mail and phone of a person: confirmed by a code sent to them, and only then a way to sign in or to recover.

`User.email` with `email_verified_at` is the only truth about addresses; allauth's own table stays empty.
"""

from uuid import UUID

from django.db import IntegrityError, transaction

from kenes.accounts.errors_sign_in import EmailTaken
from kenes.accounts.events_sign_in import EmailConfirmed
from kenes.accounts.models import User
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor


@transaction.atomic
def vouch_for_email(*, actor: Actor, user_id: UUID, email: str) -> None:
    """Take an address as confirmed because the actor knows it to be the person's (an invitation, an outside login).

    Raises EmailTaken when another account has confirmed it.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    _set_email(user, email.lower())
    event_log.record(EmailConfirmed(person_id=user.pk), actor=actor)


def _set_email(user: User, email: str) -> None:
    """Give the person the confirmed address; an account that only wrote it down loses it."""
    User.objects.filter(email=email, email_verified_at__isnull=True).exclude(pk=user.pk).update(email=None)
    user.email, user.email_verified_at = email, clock.now()
    try:
        with transaction.atomic():
            user.save(update_fields=["email", "email_verified_at"])
    except IntegrityError as problem:
        raise EmailTaken from problem
