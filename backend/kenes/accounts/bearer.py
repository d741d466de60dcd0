"""Requests that come with an access token instead of the cookie."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase

from kenes.accounts import program_tokens, tokens
from kenes.accounts.models import User
from kenes.accounts.scopes import TokenGrant
from kenes.accounts.sessions import SessionStore

API = "/api/v1/"


@dataclass(frozen=True, slots=True)
class Bearer:
    """What became of the token of a request: somebody with a grant, or nobody because it is not valid."""

    user: User | None
    grant: TokenGrant
    sign_in_id: UUID | None = None


def of_request(request: HttpRequest) -> Bearer | None:
    """The result of the bearer token of this request, None when it came without one."""
    found = getattr(request, "kenes_bearer", None)
    return found if isinstance(found, Bearer) else None


class BearerMiddleware:
    """Gives a request with `Authorization: Bearer` the session of its token and hides the one of its cookie.

    A token that is not valid gets an empty session, so that nothing falls back to the cookie by mistake. Stands after
    SessionMiddleware, which must neither save this session nor send a cookie for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        scheme, _separator, token = request.headers.get("Authorization", "").strip().partition(" ")
        if scheme.lower() != "bearer" or not request.path.startswith(API):
            return self.get_response(request)
        cookie_session = request.session
        bearer, session = _resolve(token.strip())
        request.kenes_bearer = bearer  # type: ignore[attr-defined]
        request.session = session
        request.user = bearer.user or AnonymousUser()
        try:
            response = self.get_response(request)
            _save(request, bearer, session.session_key)
        finally:
            request.session = cookie_session
            # Signing in or out changes the CSRF cookie, which a client with a token does not have.
            request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False
        return response


def _resolve(token: str) -> tuple[Bearer, SessionStore]:
    if token.count(".") == 2:
        found = tokens.authenticate(token)
        if found is not None and isinstance(found.session, SessionStore):
            return Bearer(found.user, TokenGrant(), found.sign_in_id), found.session
    else:
        program = program_tokens.authenticate(token)
        if program is not None:
            return Bearer(*program), SessionStore()
    return Bearer(None, TokenGrant(scopes=frozenset())), SessionStore()


def _save(request: HttpRequest, bearer: Bearer, key_before: str | None) -> None:
    session = request.session
    if bearer.sign_in_id is None or not session.modified:
        return
    if session.is_empty():
        return  # signed out: flush has deleted the row already
    session.set_expiry(settings.APP_REFRESH_SECONDS)
    session.save()
    if session.session_key and session.session_key != key_before:
        tokens.follow_session(bearer.sign_in_id, session.session_key)
