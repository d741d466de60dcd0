"""Access and refresh tokens of our own app: signed JWTs that hang on a session and on a row `AppSignIn`.

An access token is worth exactly what its session is worth: sign-out, deactivation, a taken role or a changed password
end the session and with it every token at the next request. Of the refresh tokens of one sign-in only the newest
works; a second use of an older one ends the sign-in, because it may be stolen (RFC 9700, section 4.14.2). Two requests
that refresh at the same moment wait for each other: one gets the new pair, the other RefreshRaced and nothing else
happens within APP_REFRESH_GRACE_SECONDS.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import jwt
from allauth.core.internal.httpkit import authenticated_user, get_authorization_credential
from allauth.core.internal.sessionkit import get_session_user
from allauth.headless.internal import sessionkit
from allauth.headless.tokens.strategies.base import AbstractTokenStrategy
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

from kenes.accounts import token_keys
from kenes.accounts.errors_tokens import RefreshRaced, TokenInvalid
from kenes.accounts.events_tokens import RefreshTokenReused
from kenes.accounts.models import AppSignIn, User
from kenes.accounts.sessions import SessionStore
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import SystemActor

ALGORITHM: Final = "RS256"
ACCESS, REFRESH = "access", "refresh"
_REQUIRED: Final = ["exp", "iat", "iss", "aud", "sub", "sid", "jti", "token_use"]


@dataclass(frozen=True, slots=True)
class Pair:
    """What a sign-in or a refresh gives to the app."""

    access_token: str
    refresh_token: str

    def as_json(self) -> dict[str, Any]:
        """The fields of the answer."""
        return {
            "access_token": self.access_token,
            "refresh_token": self.refresh_token,
            "expires_in": settings.APP_ACCESS_SECONDS,
        }


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who stands behind a valid access token."""

    user: User
    session: SessionBase
    sign_in_id: UUID


def audience() -> str:
    """The `aud` of our own tokens."""
    return f"{settings.PUBLIC_URL}/api"


@transaction.atomic
def begin(user: User, session_key: str) -> Pair:
    """First tokens of a session that has just been signed in."""
    jti, until = str(uuid4()), _refresh_end(clock.now())
    family, _created = AppSignIn.objects.update_or_create(
        session_key=session_key,
        defaults={"user": user, "live_jti": jti, "live_until": until, "previous_jti": "", "rotated_at": None},
    )
    return _pair(family)


def authenticate(token: str) -> SignedIn | None:
    """Whoever an access token belongs to; None when it is not ours, has ended, or its session or person has."""
    payload = decode(token, ACCESS)
    family = _family(payload) if payload is not None else None
    if payload is None or family is None:
        return None
    found = _session_of(family)
    if found is None or str(found[0].pk) != payload["sub"]:
        return None
    return SignedIn(found[0], found[1], family.pk)


def refresh(token: str) -> Pair:
    """Exchange a refresh token for a new pair.

    Raises TokenInvalid (unknown, ended, or used before: then the whole sign-in has ended and a security event is
    recorded) and RefreshRaced (another request has exchanged it a moment ago).
    """
    payload = decode(token, REFRESH)
    if payload is None:
        raise TokenInvalid
    outcome = _rotate(payload)
    if isinstance(outcome, Pair):
        return outcome
    raise outcome


@transaction.atomic
def _rotate(payload: dict[str, Any]) -> Pair | TokenInvalid | RefreshRaced:
    """Errors are returned, not raised: what ends here must stay ended."""
    sign_in_id = _uuid(payload["sid"])
    family = AppSignIn.objects.select_for_update().filter(pk=sign_in_id).first() if sign_in_id else None
    if family is None or str(family.user_id) != payload["sub"]:
        return TokenInvalid()
    now = clock.now()
    if payload["jti"] != family.live_jti:
        grace = timedelta(seconds=settings.APP_REFRESH_GRACE_SECONDS)
        just_now = family.rotated_at is not None and now - family.rotated_at <= grace
        if payload["jti"] == family.previous_jti and just_now:
            return RefreshRaced()
        end(family)
        event = RefreshTokenReused(person_id=family.user_id, client_id="")
        event_log.record(event, actor=SystemActor("tokens"))
        return TokenInvalid()
    too_old = now - family.created_at > timedelta(seconds=settings.APP_SIGN_IN_SECONDS)
    if too_old or _session_of(family) is None:
        end(family)
        return TokenInvalid()
    family.previous_jti, family.live_jti = family.live_jti, str(uuid4())
    family.rotated_at, family.live_until = now, _refresh_end(now)
    family.save(update_fields=["previous_jti", "live_jti", "rotated_at", "live_until"])
    # Only the end moves: saving the whole session could undo what a parallel request has put into it.
    Session.objects.filter(session_key=family.session_key).update(expire_date=family.live_until)
    return _pair(family)


def end(family: AppSignIn) -> None:
    """End a sign-in of the app: its session and every token."""
    SessionStore(session_key=family.session_key).delete(family.session_key)
    family.delete()


def end_all(user_id: UUID, *, except_session: str = "") -> int:
    """End every sign-in of the app of this person, except the one of that session; how many there were."""
    families = AppSignIn.objects.filter(user_id=user_id).exclude(session_key=except_session)
    ended = list(families)
    for family in ended:
        end(family)
    return len(ended)


def follow_session(sign_in_id: UUID, session_key: str) -> None:
    """The session got a new key (its owner changed the password, say): its tokens go with it."""
    AppSignIn.objects.filter(pk=sign_in_id).update(session_key=session_key)


def remove_old() -> int:
    """Delete the rows of sign-ins whose last refresh token has ended; how many."""
    return AppSignIn.objects.filter(live_until__lt=clock.now()).delete()[0]


def decode(token: str, use: str) -> dict[str, Any] | None:
    """Claims of a token that one of our keys signed for this use, or None. Only RS256 and known keys count."""
    try:
        header = jwt.get_unverified_header(token)
        key = next((one for one in token_keys.keys(token_keys.APP) if one.kid == header.get("kid")), None)
        if key is None or header.get("alg") != ALGORITHM:
            return None
        payload: dict[str, Any] = jwt.decode(
            token,
            key.private.public_key(),
            algorithms=[ALGORITHM],
            issuer=settings.PUBLIC_URL,
            audience=audience(),
            options={"require": _REQUIRED},
        )
    except (jwt.PyJWTError, ValueError):
        return None
    return payload if payload["token_use"] == use and isinstance(payload["sid"], str) else None


def _pair(family: AppSignIn) -> Pair:
    now = clock.now()
    access_end = now + timedelta(seconds=settings.APP_ACCESS_SECONDS)
    return Pair(
        _sign(family, ACCESS, str(uuid4()), now, access_end),
        _sign(family, REFRESH, family.live_jti, now, family.live_until),
    )


def _sign(family: AppSignIn, use: str, jti: str, now: datetime, until: datetime) -> str:
    key = token_keys.signing_key(token_keys.APP)
    claims = {
        "iss": settings.PUBLIC_URL, "aud": audience(), "sub": str(family.user_id), "sid": str(family.pk),
        "jti": jti, "token_use": use, "iat": int(now.timestamp()), "exp": int(until.timestamp()),
    }  # fmt: skip
    return jwt.encode(claims, key.private, algorithm=ALGORITHM, headers={"kid": key.kid})


def _refresh_end(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.APP_REFRESH_SECONDS)


def _family(payload: dict[str, Any]) -> AppSignIn | None:
    sign_in_id = _uuid(payload["sid"])
    return AppSignIn.objects.filter(pk=sign_in_id).first() if sign_in_id else None


def _session_of(family: AppSignIn) -> tuple[User, SessionBase] | None:
    session = sessionkit.lookup_session(family.session_key)
    user = get_session_user(session) if session is not None else None
    if session is None or not isinstance(user, User) or user.pk != family.user_id:
        return None
    return user, session


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class AppTokens(AbstractTokenStrategy):  # type: ignore[misc]
    """allauth's view of our tokens (HEADLESS_TOKEN_STRATEGY)."""

    def get_session_token(self, request: HttpRequest) -> str | None:
        """The session of a request of the app: while signing in by X-Session-Token, afterwards also by its token."""
        pending = super().get_session_token(request)
        if pending:
            return str(pending)
        token = get_authorization_credential(request, "Bearer")
        found = authenticate(token) if token else None
        return found.session.session_key if found is not None else None

    def create_session_token(self, request: HttpRequest) -> str:
        if not request.session.session_key:
            request.session.save()
        return str(request.session.session_key)

    def lookup_session(self, session_token: str) -> SessionBase | None:
        found: SessionBase | None = sessionkit.lookup_session(session_token)
        return found

    def create_access_token_payload(self, request: HttpRequest) -> dict[str, Any] | None:
        user = authenticated_user(request)
        return begin(user, self.create_session_token(request)).as_json()

    def refresh_token(self, refresh_token: str) -> tuple[str, str] | None:
        """Not used: `app_sign_in` answers the address, so that a raced refresh is told from a wrong one."""
        pair = refresh(refresh_token)
        return pair.access_token, pair.refresh_token
