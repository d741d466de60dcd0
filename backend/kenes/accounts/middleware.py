"""One sign-in request of one session at a time, and when a session was last used."""

import re
import time
from collections.abc import Callable
from uuid import uuid4

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase

from kenes.accounts import live_sessions
from kenes.accounts.errors import SignInBusy
from kenes.accounts.models import User
from kenes.foundation import problems

_PATHS = ("/api/v1/auth/", "/_allauth/")
_COOKIE = re.compile(r"[0-9a-z]{8,40}", re.ASCII)
_HOLD_SECONDS = 30
_WAIT_SECONDS = 5.0
_LOOK_EVERY_SECONDS = 0.02


class SerialSignInMiddleware:
    """Holds a lock of the session while a sign-in request runs.

    allauth keeps the count of wrong codes in the session, which is written back whole: parallel guesses would all
    see the same count and be more than three. Reading requests are held too: some of them write a challenge into
    the session and would put an old count back. Stands before SessionMiddleware, so the lock also covers its save.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # The app names its session in a header instead of the cookie.
        header, cookie = request.headers.get("X-Session-Token"), settings.SESSION_COOKIE_NAME
        session_key = header or request.COOKIES.get(cookie, "")
        if not session_key or not request.path.startswith(_PATHS):
            return self.get_response(request)
        slot, token = f"sign-in-lock:{session_key[:64]}", uuid4().hex
        deadline = time.monotonic() + _WAIT_SECONDS
        while not cache.add(slot, token, timeout=_HOLD_SECONDS):
            if time.monotonic() > deadline:
                return problems.response(SignInBusy(retry_after=1))
            time.sleep(_LOOK_EVERY_SECONDS)
        try:
            return self.get_response(request)
        finally:
            if cache.get(slot) == token:
                cache.delete(slot)


class LastSeenMiddleware:
    """Ends sessions that are over and notes that the others were used, without a write per request.

    Stands before the session is read, so that a session that is over opens nothing, not even once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if _COOKIE.fullmatch(key):
            live_sessions.note_cookie(key, get_adapter().get_client_ip(request))
        response = self.get_response(request)
        if _known_user(request) is not None:
            live_sessions.note_seen(request, get_adapter().get_client_ip(request))
        return response


def _known_user(request: HttpRequest) -> User | None:
    """The person, if the request has asked who it is; nobody is loaded for this."""
    # A cookie leaves the person here when it is read, a token puts him on the request itself.
    cached = getattr(request, "_cached_user", None)
    given = request.__dict__.get("user")
    found = given if cached is None and type(given) is User else cached
    return found if isinstance(found, User) else None
