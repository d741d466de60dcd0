"""Requests of the app: tokens in place of cookies."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kenes.accounts.models import User

from .conftest import PHONE

APP = "/_allauth/app/v1"
ME = "/api/v1/session/"


def call(path: str, data: Any = None, *, session: str = "", method: str = "post", bearer: str = "") -> Any:
    """A request of an app: no cookies, no CSRF token; every request is a new connection."""
    headers = {"X-Session-Token": session} if session else {}
    if bearer:
        headers["Authorization"] = f"Bearer {bearer}"
    client = Client(enforce_csrf_checks=True)
    body = {} if method == "get" else {"data": data or {}, "content_type": "application/json"}
    return getattr(client, method)(path, headers=headers, **body)


def sign_in(last_code: Callable[..., str], phone: str = PHONE) -> dict[str, Any]:
    asked = call(f"{APP}/auth/code/request", {"phone": phone})
    assert asked.status_code == 401, asked.content
    session = asked.json()["meta"]["session_token"]
    done = call(f"{APP}/auth/code/confirm", {"code": last_code(phone)}, session=session)
    assert done.status_code == 200, done.content
    meta: dict[str, Any] = done.json()["meta"]
    return meta


def who(bearer: str, **cookies: str) -> Any:
    client = Client(enforce_csrf_checks=True)
    client.cookies.load(cookies)
    return client.get(ME, headers={"Authorization": f"Bearer {bearer}"})


def refresh(token: str) -> Any:
    return call(f"{APP}/tokens/refresh", {"refresh_token": token})


@pytest.fixture
def signed_in(borrower: User, last_code: Callable[..., str]) -> dict[str, Any]:
    return sign_in(last_code)
