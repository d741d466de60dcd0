"""Open sessions of a person: which there are, when each was last used, and how all of them end at once."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from kenes.accounts import abilities, selectors, trusted_devices, user_agents
from kenes.accounts.errors_sign_in import LiveSessionNotFound
from kenes.accounts.events_sign_in import SessionsEnded
from kenes.accounts.models import AppSignIn, User
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor

EndHandler = Callable[[UUID, str], None]
_handlers: list[EndHandler] = []
SEEN_EVERY_SECONDS: Final = 300
APP = "app"


@dataclass(frozen=True, slots=True)
class LiveSession:
    """One open session as its owner sees it."""

    id: str
    kind: str
    device: str
    ip: str
    created_at: datetime
    last_seen_at: datetime
    is_current: bool


def on_end_all(handler: EndHandler) -> None:
    """Call `handler(person_id, kept_session_key)` in the transaction that ends every session of a person.

    For tokens that do not hang on a Django session; the key is empty when no session is kept.
    """
    _handlers.append(handler)


@transaction.atomic
def end_all(*, user_id: UUID, keep: HttpRequest | None = None) -> None:
    """End every session, token and trusted device of the person at once.

    `keep` is the request whose own session lives on, under a new key. Never fails for a person without sessions.
    """
    User.objects.filter(pk=user_id).update(session_epoch=F("session_epoch") + 1)
    kept = _keep(keep, user_id) if keep is not None else ""
    rows = UserSession.objects.filter(user_id=user_id).exclude(session_key=kept or "-")
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    trusted_devices.forget_all(user_id)
    for handler in _handlers:
        handler(user_id, kept)


def _keep(request: HttpRequest, user_id: UUID) -> str:
    """Give the session of the request the new hash and a new key; its key, or "" when it is not the person's."""
    user = request.user
    if not isinstance(user, User) or user.pk != user_id:
        return ""
    user.refresh_from_db(fields=["password", "session_epoch"])
    with follow_key(request):
        update_session_auth_hash(request, user)  # also changes the key
    return request.session.session_key or ""


class follow_key:  # noqa: N801  (reads as a statement: `with follow_key(request):`)
    """Keeps the entry in the list of sessions when the key of the session changes inside the block."""

    def __init__(self, request: HttpRequest) -> None:
        self.request, self.before = request, request.session.session_key

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_problem: object) -> None:
        after = self.request.session.session_key
        if self.before and after != self.before:
            UserSession.objects.filter(session_key=self.before).update(session_key=after)
            AppSignIn.objects.filter(session_key=self.before).update(session_key=after)
            _mark_seen(after or "")


def renew_key(request: HttpRequest) -> None:
    """A new key for this session, so that one known before the person proved more is worth nothing."""
    with follow_key(request):
        request.session.cycle_key()


def list_of(request: HttpRequest, user: User) -> list[LiveSession]:
    """Sessions of the person that still open the door, newest use first. Two queries."""
    rows = list(UserSession.objects.filter(user=user).order_by("-last_seen_at", "-pk"))
    alive = set(
        Session.objects.filter(
            session_key__in=[row.session_key for row in rows], expire_date__gt=clock.now()
        ).values_list("session_key", flat=True)
    )
    return [_shown(row, request) for row in rows if row.session_key in alive]


def _shown(row: Any, request: HttpRequest) -> LiveSession:
    return LiveSession(
        id=str(row.pk),
        kind=APP if row.data.get("client") == APP else "browser",
        device=user_agents.describe(row.user_agent),
        ip=row.ip,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        is_current=row.session_key == request.session.session_key,
    )


@transaction.atomic
def end_one(*, user_id: UUID, session_id: str) -> None:
    """End one session of the person; LiveSessionNotFound when there is none of his with this id."""
    rows = UserSession.objects.filter(user_id=user_id)
    row = next((known for known in rows if str(known.pk) == session_id), None)
    if row is None:
        raise LiveSessionNotFound
    Session.objects.filter(session_key=row.session_key).delete()
    row.delete()


@transaction.atomic
def end_all_by(*, actor: Actor, user_id: UUID, keep: HttpRequest | None = None) -> None:
    """`end_all` because somebody asked for it, with its event. The caller has checked that the actor may."""
    end_all(user_id=user_id, keep=keep)
    event_log.record(SessionsEnded(person_id=user_id), actor=actor)


def _slot(session_key: str) -> str:
    return f"session-seen:{hashlib.sha256(session_key.encode()).hexdigest()[:32]}"


def _mark_seen(session_key: str) -> None:
    cache.set(_slot(session_key), 1, timeout=SEEN_EVERY_SECONDS)


def note_cookie(session_key: str, ip: str) -> None:
    """Before a request with a session cookie is served: end a session that is too old or was too long without use,
    else remember that it was used. Looks at the database at most once in SEEN_EVERY_SECONDS.
    """
    if not cache.add(_slot(session_key), 1, timeout=SEEN_EVERY_SECONDS):
        return
    row = UserSession.objects.select_related("user").filter(session_key=session_key).first()
    if row is None:
        return
    if _is_over(row):
        Session.objects.filter(session_key=session_key).delete()
        row.delete()
    else:
        UserSession.objects.filter(pk=row.pk).update(last_seen_at=clock.now(), ip=ip)


def _is_over(row: Any) -> bool:
    """Staff see other people's data, so their sessions end sooner (settings.SESSION_LIMITS: idle and whole seconds)."""
    now = clock.now()
    idle, whole = (now - row.last_seen_at).total_seconds(), (now - row.created_at).total_seconds()

    def passed(limits: tuple[int, int]) -> bool:
        return bool(idle > limits[0] or whole > limits[1])

    if passed(settings.SESSION_LIMITS["others"]):
        return True
    if not passed(settings.SESSION_LIMITS["staff"]):
        return False
    return bool(abilities.is_staff(selectors.actor_for(row.user).abilities))


def note_seen(request: HttpRequest, ip: str) -> None:
    """Remember that the session behind a token was used now; writes at most once in SEEN_EVERY_SECONDS."""
    key = request.session.session_key
    if key and cache.add(_slot(key), 1, timeout=SEEN_EVERY_SECONDS):
        UserSession.objects.filter(session_key=key).update(last_seen_at=clock.now(), ip=ip)


def mark_signed_in(request: HttpRequest, **_signal: Any) -> None:
    """A session that has just begun needs no note of its use for a while (signal of django.contrib.auth)."""
    if getattr(request, "session", None) is not None and request.session.session_key:
        _mark_seen(request.session.session_key)


def mark_client(request: HttpRequest, **_signal: Any) -> None:
    """Tell sessions of the mobile application from those of browsers (signal of allauth)."""
    headless = getattr(getattr(request, "allauth", None), "headless", None)
    if headless is not None and str(getattr(headless.client, "value", headless.client)) == APP:
        UserSession.objects.filter(session_key=request.session.session_key).update(data={"client": APP})
