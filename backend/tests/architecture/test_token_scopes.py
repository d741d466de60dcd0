"""Every operation of the API × access tokens of programs: `token_scopes.toml` says which scope opens what, and is true."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.idp.oidc.models import Client as OAuthClient
from allauth.idp.oidc.models import Token
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from kenes.accounts import scopes
from kenes.accounts.models import Program, User

from . import endpoint_roles

SCOPES: dict[str, str] = {
    operation: scope
    for scope, operations in tomllib.loads(
        Path(__file__).with_name("token_scopes.toml").read_text(encoding="utf-8")
    ).items()
    for operation in operations
}
# The description of the API itself, which is no part of it and open to everybody.
_DESCRIPTION = {"GET /api/v1/schema/", "GET /api/v1/docs/"}
VALUE = "program-token-of-a-test"


def _declared(entries: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, str]]:
    for entry in entries:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _declared(entry.url_patterns, address)
        elif address.startswith(endpoint_roles.PREFIX):
            view = getattr(entry.callback, "cls", None) or getattr(entry.callback, "view_class", None)
            shown = endpoint_roles.shown(address)
            for method, scope in getattr(view, "scopes", {}).items():
                yield f"{method} /{shown}", scope


def test_the_file_says_what_the_views_declare() -> None:
    assert dict(_declared(get_resolver().url_patterns, "")) == SCOPES


def test_every_scope_is_known_and_opens_something() -> None:
    opened = set(SCOPES.values())
    assert opened <= set(scopes.CODES)
    assert set(scopes.CODES) - opened == {scopes.OPENID, scopes.PROFILE, scopes.EMAIL}


@pytest.fixture
def token(db: None) -> Token:
    """A token of a borrower for a program; its scopes are set by the test."""
    user = User.objects.create(full_name="Person", password="!")
    client = OAuthClient.objects.create(name="Program", data={"subject_key": "00" * 16})
    Program.objects.create(client=client, created_by=user)
    row = Token(client=client, user=user, type=Token.Type.ACCESS_TOKEN, data={"epoch": user.session_epoch})
    row.set_value(VALUE)
    row.expires_at = timezone.now() + timezone.timedelta(hours=1)
    row.save()
    return row


def _call(operation: str) -> Any:
    method, path = endpoint_roles.address(operation)
    kwargs: dict[str, Any] = {"headers": {"Authorization": f"Bearer {VALUE}"}}
    if method != "get":
        kwargs |= {"data": "{}", "content_type": "application/json"}
    return getattr(Client(), method)(path, **kwargs)


def test_a_token_gets_nowhere_without_the_scope_of_the_file(token: Token) -> None:
    """With every scope but the right one; sign-in addresses refuse before that, because they want a CSRF token."""
    wrong = []
    for operation in sorted(set(endpoint_roles.read_table()) - _DESCRIPTION):
        needed = SCOPES.get(operation, "")
        token.set_scopes([code for code in scopes.CODES if code != needed])
        token.save(update_fields=["scopes"])
        answer = _call(operation)
        code = answer.json().get("code") if answer["Content-Type"] == "application/problem+json" else ""
        if answer.status_code != 403 or code not in {"auth.scope_missing", "csrf_failed"}:
            wrong.append(f"{operation}: {answer.status_code} {code}")
    assert wrong == []


def test_the_right_scope_opens_the_door(token: Token) -> None:
    wrong = []
    for operation, scope in SCOPES.items():
        token.set_scopes([scope])
        token.save(update_fields=["scopes"])
        answer = _call(operation)
        code = answer.json().get("code") if answer["Content-Type"] == "application/problem+json" else ""
        if answer.status_code in {401, 500} or code == "auth.scope_missing":
            wrong.append(f"{operation}: {answer.status_code} {code}")
    assert wrong == []
