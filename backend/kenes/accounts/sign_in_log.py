"""Sign-ins, wrong second steps and locks in the event log, for the person and for the security log."""

import time
from dataclasses import dataclass
from typing import Any, ClassVar, Final
from uuid import UUID

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.http import HttpRequest

from kenes.accounts.models import User
from kenes.event_log import services as event_log
from kenes.event_log.events import Event
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.identifiers import new_id
from kenes.outbox import registry as outbox_registry
from kenes.outbox import services as outbox

ACTOR: Final = SystemActor("sign-in")
LOCKED: Final = "accounts.note_lock"
# One entry for all tries of this time: a log that an attacker can fill is no log.
_LOCK_SECONDS: Final = 600


@dataclass(frozen=True, slots=True)
class SignedIn(Event):
    """`method` is the way: code, password, passkey, totp, … ; of two steps the last one."""

    type: ClassVar[str] = "person.signed_in"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    method: str


@dataclass(frozen=True, slots=True)
class SecondStepFailed(Event):
    """Somebody who knew the first step gave a wrong second one."""

    type: ClassVar[str] = "person.second_step_failed"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID


@dataclass(frozen=True, slots=True)
class SignInLocked(Event):
    """Too many wrong tries: signing in this way is closed for a while."""

    type: ClassVar[str] = "person.sign_in_locked"
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID
    method: str


def note_signed_in(request: HttpRequest, user: User, **_signal: Any) -> None:
    """allauth has signed somebody in, in a browser, an app or through an outside account."""
    session = getattr(request, "session", None)
    records = session.get(AUTHENTICATION_METHODS_SESSION_KEY, ()) if session is not None else ()
    last = records[-1] if records else {}
    # A second factor calls its method "mfa" and names itself in `type`.
    method = str(last.get("type") or last.get("method", ""))
    event_log.record(SignedIn(person_id=user.pk, method=method[:40]), actor=Actor(user.pk))


def second_step_failed(person_id: UUID) -> None:
    """A wrong code of the second step."""
    event_log.record(SecondStepFailed(person_id=person_id), actor=ACTOR)


def locked(person_id: UUID | None, method: str) -> None:
    """Too many tries for this person; None for nobody, which costs the same, so that time tells nothing."""
    slot = int(time.time()) // _LOCK_SECONDS
    payload = {"person_id": str(person_id or ""), "method": method}
    outbox.enqueue(LOCKED, payload, key=f"{LOCKED}:{person_id or new_id()}:{method}:{slot}")


@outbox_registry.handler(LOCKED)
def note_lock(payload: dict[str, Any], context: outbox_registry.OutboxContext) -> None:
    """Write the lock down, if there is such a person."""
    person = User.objects.filter(pk=payload["person_id"]).first() if payload["person_id"] else None
    if person is not None:
        event_log.record(SignInLocked(person_id=person.pk, method=payload["method"]), actor=ACTOR)
