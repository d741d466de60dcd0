"""Exchange of codes and refresh tokens of programs: one request at a time, each works once, a second use is theft."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any, Final
from uuid import UUID, uuid4

from allauth.core.internal.httpkit import extract_basic_auth
from allauth.idp.oidc import views
from allauth.idp.oidc.models import Token
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from kenes.accounts import allowances, program_tokens, sign_in
from kenes.accounts.events_tokens import AuthorizationCodeReused, RefreshTokenReused
from kenes.accounts.models import Program, User
from kenes.event_log import services as event_log
from kenes.foundation.actor import SystemActor
from kenes.foundation.errors import Throttled

_FAMILY: Final = "family"
_HOLD_SECONDS: Final = 20
_CODE_REMEMBERED_SECONDS: Final = 3600


def exchange(request: HttpRequest) -> HttpResponseBase:
    """POST of the token endpoint. Errors are those of RFC 6749 section 5.2, also for too many tries (429)."""
    values = {
        name: request.POST.get(name, "") for name in ("grant_type", "code", "refresh_token", "client_id")
    }
    client_id = _client_id(request, values["client_id"])
    if client_id is None or not all(is_plain(value) for value in request.POST.values()):
        return _error("invalid_request")
    try:
        allowances.spend("address_token", sign_in.client_ip(request))
    except Throttled as problem:
        seconds = str(problem.extra["retry_after"])
        return _error("temporarily_unavailable", status=429, headers={"Retry-After": seconds})
    program = Program.objects.select_related("service_user").filter(client_id=client_id).first()
    if program is None or program.revoked_at is not None:
        return _error("invalid_client", status=401)
    used = {"authorization_code": values["code"], "refresh_token": values["refresh_token"]}.get(
        values["grant_type"], ""
    )
    if not used:
        return _first_use(request, program, "", "")
    mark = f"oidc-used:{sha256(f'{client_id}:{used}'.encode()).hexdigest()}"
    with _one_at_a_time(mark):
        if (earlier := cache.get(mark)) is not None:
            is_code = values["grant_type"] == "authorization_code"
            # Two refreshes at the same moment are a clumsy client, not a thief; a code is never asked for twice.
            if is_code or time.time() - earlier["at"] >= settings.APP_REFRESH_GRACE_SECONDS:
                _end_family(program, earlier, is_code=is_code)
            return _error("invalid_grant")
        return _first_use(request, program, mark, used if values["grant_type"] == "refresh_token" else "")


def _first_use(request: HttpRequest, program: Program, mark: str, refresh_token: str) -> HttpResponseBase:
    old = Token.objects.lookup(Token.Type.REFRESH_TOKEN, refresh_token) if refresh_token else None
    if old is not None and not _may_refresh(old):
        old.delete()
        return _error("invalid_grant")
    response: HttpResponse = views.token(request)
    if response.status_code != 200:
        return response
    tokens = json.loads(response.content)
    family = str((old.data or {}).get(_FAMILY) if old is not None else uuid4())
    user = _bind(program, tokens, family)
    if mark:
        seconds = settings.IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN if refresh_token else _CODE_REMEMBERED_SECONDS
        used = {"family": family, "user": str(user.pk) if user else "", "at": time.time()}
        cache.set(mark, used, timeout=seconds)
    return response


def _may_refresh(old: Token) -> bool:
    user = old.user
    data = old.data if isinstance(old.data, dict) else {}
    return isinstance(user, User) and user.is_active and data.get(program_tokens.EPOCH) == user.session_epoch


@transaction.atomic
def _bind(program: Program, tokens: dict[str, Any], family: str) -> User | None:
    """Give the new tokens their family, the service account when nobody stands behind them, and the person's epoch."""
    user: User | None = None
    for name in ("access_token", "refresh_token"):
        value = tokens.get(name)
        row = Token.objects.by_value(value).select_related("user").first() if value else None
        if row is None:
            continue
        row.user = row.user or program.service_user
        user = row.user if isinstance(row.user, User) else None
        row.data = (row.data or {}) | {
            _FAMILY: family,
            program_tokens.EPOCH: user.session_epoch if user else -1,
        }
        row.save(update_fields=["user", "data"])
    return user


@transaction.atomic
def _end_family(program: Program, earlier: dict[str, Any], *, is_code: bool) -> None:
    """Somebody used a code or a refresh token again: end everything that was made from it, and record it."""
    ended, _kinds = Token.objects.filter(
        client_id=program.client_id, **{f"data__{_FAMILY}": earlier["family"]}
    ).delete()
    if not ended or not earlier["user"]:
        return  # ended before: one theft is one event
    kind = AuthorizationCodeReused if is_code else RefreshTokenReused
    event = kind(person_id=UUID(earlier["user"]), client_id=program.client_id)
    event_log.record(event, actor=SystemActor("tokens"))


def _client_id(request: HttpRequest, posted: str) -> str | None:
    """The program that speaks; None when the header and the body name two, or something that no id can be."""
    named, _secret = extract_basic_auth({"Authorization": request.META.get("HTTP_AUTHORIZATION", "")})
    if named and posted and named != posted:
        return None
    client_id = str(named or posted or "")
    return client_id if is_plain(client_id) and client_id.isprintable() else None


def is_plain_basic(request: HttpRequest) -> bool:
    """Whether the names in the Authorization header can be looked up at all."""
    return _client_id(request, "") is not None


def is_plain(value: Any) -> bool:
    """Whether a text of a program can be looked up: no NUL, not endless."""
    return isinstance(value, str) and "\x00" not in value and len(value) <= 4000


def _error(code: str, *, status: int = 400, headers: dict[str, str] | None = None) -> HttpResponse:
    answer = JsonResponse({"error": code}, status=status, headers=headers or {})
    answer["Cache-Control"] = "no-store"
    if status == 401:
        answer["WWW-Authenticate"] = 'Basic realm="identity"'
    return answer


@contextmanager
def _one_at_a_time(name: str) -> Iterator[None]:
    """Two requests with the same code at the same moment must not both find it unused."""
    slot, token = f"{name}:lock", uuid4().hex
    deadline = time.monotonic() + _HOLD_SECONDS
    while not cache.add(slot, token, timeout=_HOLD_SECONDS):
        if time.monotonic() > deadline:
            break  # the holder has died or is as slow as its lock; the mark decides
        time.sleep(0.02)
    try:
        yield
    finally:
        if cache.get(slot) == token:
            cache.delete(slot)
