"""Sign-in of the mobile app (`/_allauth/app/v1/`): allauth's contract, behind the same steps and limits as the web.

Answers are those of allauth's headless API (401 with `data.flows` and `meta.session_token` while something is
pending, 200 with `meta.access_token` and `meta.refresh_token` at the end); failures are problem details as everywhere.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from allauth.headless.base.response import AuthenticationResponse
from allauth.headless.constants import Client
from allauth.headless.internal.authkit import authentication_context
from allauth.headless.internal.decorators import mark_request_as_headless
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework import serializers

from kenes.accounts import allowances, sign_in, tokens
from kenes.accounts.api.serializers import CodeInput, EmptyInput, PasswordInput, PhoneStepInput
from kenes.accounts.errors import SecondStepRequired
from kenes.foundation import problems
from kenes.foundation.api import StrictSerializer, validated
from kenes.foundation.errors import KenesError, Malformed
from kenes.foundation.values import PhoneNumber

Step = Callable[[HttpRequest, dict[str, Any]], HttpResponseBase]


class RefreshInput(StrictSerializer):
    refresh_token = serializers.CharField(max_length=4000)


def _step(shape: type[StrictSerializer]) -> Callable[[Step], Callable[[HttpRequest], HttpResponseBase]]:
    """A POST with a JSON body of this shape. The app has no cookies, so there is nothing for CSRF to protect."""

    def wrap(step: Step) -> Callable[[HttpRequest], HttpResponseBase]:
        @csrf_exempt
        @wraps(step)
        def view(request: HttpRequest) -> HttpResponseBase:
            if request.method != "POST":
                return problems.response(problems.MethodNotAllowed())
            try:
                return step(request, _body(request, shape))
            except KenesError as problem:
                return problems.response(problem)

        return view

    return wrap


def _body(request: HttpRequest, shape: type[StrictSerializer]) -> dict[str, Any]:
    try:
        data = json.loads(request.body or b"{}")
    except (ValueError, RecursionError) as problem:
        raise Malformed from problem
    if not isinstance(data, dict):
        raise Malformed
    answer: dict[str, Any] = validated(shape(data=data))
    return answer


def _in_session(request: HttpRequest, run: Callable[[], Any]) -> HttpResponseBase:
    """Run a step of sign-in in the session of X-Session-Token; what it counted stays also when it fails."""
    mark_request_as_headless(request, Client.APP)
    with authentication_context(request):
        with suppress(SecondStepRequired):  # the answer names the second step as the pending flow
            run()
        answer: HttpResponseBase = AuthenticationResponse(request)
    return answer


@_step(PhoneStepInput)
def code_request(request: HttpRequest, data: dict[str, Any]) -> HttpResponseBase:
    """Send a code to a number, known or not; the same answer for both."""
    phone = PhoneNumber.parse(str(data["phone"]))
    return _in_session(request, lambda: sign_in.start_by_phone(request, phone))


@_step(EmptyInput)
def code_resend(request: HttpRequest, data: dict[str, Any]) -> HttpResponseBase:
    """Send a new code for the pending attempt."""
    return _in_session(request, lambda: sign_in.resend_code(request))


@_step(CodeInput)
def code_confirm(request: HttpRequest, data: dict[str, Any]) -> HttpResponseBase:
    """Answer the pending attempt."""
    return _in_session(request, lambda: sign_in.confirm_code(request, data["code"]))


@_step(PasswordInput)
def login(request: HttpRequest, data: dict[str, Any]) -> HttpResponseBase:
    """E-mail and password; staff are then asked for the second step."""
    email, password = data["email"].lower(), data["password"]
    return _in_session(request, lambda: sign_in.by_password(request, email, password))


@_step(RefreshInput)
def refresh(request: HttpRequest, data: dict[str, Any]) -> HttpResponseBase:
    """A new pair of tokens for a refresh token: see `accounts.tokens.refresh`."""
    allowances.spend("address_refresh", sign_in.client_ip(request))
    pair = tokens.refresh(data["refresh_token"])
    return JsonResponse({"status": 200, "data": pair.as_json()}, headers={"Cache-Control": "no-store"})
