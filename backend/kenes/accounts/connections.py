"""Outside logins of a person: which are connected, and taking one away."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction

from kenes.accounts.errors_tokens import ConnectionNotFound, OnlyWayIn
from kenes.accounts.events_tokens import OutsideLoginRemoved
from kenes.accounts.models import User
from kenes.event_log import services as event_log
from kenes.foundation.actor import Actor


@dataclass(frozen=True, slots=True)
class Provider:
    """A login elsewhere that can be used here."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Connection:
    """One outside login of a person, as its owner sees it."""

    id: str
    provider: str
    provider_name: str
    label: str
    connected_at: datetime


def providers() -> list[Provider]:
    """Outside logins that the settings offer."""
    known = settings.SOCIALACCOUNT_PROVIDERS
    found = [Provider(app["provider_id"], app["name"]) for app in known["openid_connect"]["APPS"]]
    return [*found, Provider("google", "Google")] if "google" in known else found


def of_person(user: User) -> list[Connection]:
    """Connected outside logins, oldest first."""
    names = {provider.id: provider.name for provider in providers()}
    rows = SocialAccount.objects.filter(user=user).order_by("date_joined", "pk")
    return [
        Connection(
            str(row.pk),
            row.provider,
            names.get(row.provider, row.provider),
            _label(row.extra_data),
            row.date_joined,
        )
        for row in rows
    ]


@transaction.atomic
def remove(*, actor: Actor, connection_id: str) -> None:
    """Take an outside login away. ConnectionNotFound; OnlyWayIn when nothing else would let the person in."""
    user = User.objects.select_for_update().get(pk=_person(actor))
    rows = list(SocialAccount.objects.select_for_update().filter(user=user))
    row = next((one for one in rows if str(one.pk) == connection_id), None)
    if row is None:
        raise ConnectionNotFound
    has_other = len(rows) > 1 or user.phone_verified_at is not None or user.has_usable_password()
    if not has_other:
        raise OnlyWayIn
    provider = row.provider
    row.delete()
    event_log.record(OutsideLoginRemoved(person_id=user.pk, provider=provider), actor=actor)


def _person(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise ConnectionNotFound
    return actor.user_id


def _label(data: Any) -> str:
    """What tells one login there from another: the masked e-mail that `outside_login` keeps."""
    return str(data.get("label") or "") if isinstance(data, dict) else ""
