"""Problem details (RFC 9457): the one shape of every error answer."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from kenes.foundation import logs
from kenes.foundation.errors import (
    FieldErrors,
    Forbidden,
    KenesError,
    Malformed,
    NotFound,
    SignInRequired,
    Throttled,
    TooLarge,
)

CONTENT_TYPE = "application/problem+json"
log = logs.get(__name__)


def body(error: KenesError) -> dict[str, Any]:
    """The JSON body of an error, in the active language."""
    problem: dict[str, Any] = {
        "type": f"/problems/{error.code}",
        "title": str(error.title),
        "status": error.status,
        "detail": error.text(),
        "code": error.code,
        "instance": logs.request_id.get(),
    }
    for name, value in error.extra.items():
        problem.setdefault(name, str(value) if isinstance(value, Promise) else value)
    if isinstance(error, FieldErrors):
        problem["errors"] = [
            {"pointer": e.pointer, "code": e.code, "detail": str(e.detail), **(e.extra or {})}
            for e in error.errors
        ]
    return problem


def _headers(error: KenesError) -> dict[str, str]:
    retry_after = error.extra.get("retry_after")
    headers: dict[str, str] = dict(error.headers)
    return headers | ({"Retry-After": str(retry_after)} if retry_after is not None else {})


def response(error: KenesError) -> JsonResponse:
    """A Django answer for errors outside the API views (middleware, unknown addresses)."""
    return JsonResponse(body(error), status=error.status, content_type=CONTENT_TYPE, headers=_headers(error))


def _translate(error: Exception) -> KenesError | None:
    match error:
        case KenesError():
            return error
        case Http404() | exceptions.NotFound():
            return NotFound()
        case exceptions.NotAuthenticated() | exceptions.AuthenticationFailed():
            return SignInRequired()
        case PermissionDenied() | exceptions.PermissionDenied():
            return Forbidden()
        case exceptions.Throttled():
            return Throttled(retry_after=int(getattr(error, "wait", None) or 60))
        case RequestDataTooBig():
            return TooLarge()
        case exceptions.MethodNotAllowed():
            return MethodNotAllowed()
        case exceptions.UnsupportedMediaType() | exceptions.NotAcceptable():
            return UnsupportedMediaType()
        case exceptions.ParseError() | SuspiciousOperation() | exceptions.APIException():
            return Malformed()
    return None


class MethodNotAllowed(KenesError):
    code = "method_not_allowed"
    status = 405


class UnsupportedMediaType(KenesError):
    code = "unsupported_media_type"
    status = 415


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: known failures become problem details, all others a 500 by `server_error`."""
    set_rollback()
    known = _translate(error)
    if known is None:
        return None
    if known.aftermath is not None:
        known.aftermath()
    headers = _headers(known)
    if isinstance(error, exceptions.MethodNotAllowed):
        headers["Allow"] = ", ".join(context["view"].allowed_methods)
    return Response(body(known), status=known.status, content_type=CONTENT_TYPE, headers=headers)


def bad_request(request: HttpRequest, exception: Exception) -> JsonResponse:
    return response(Malformed())


def permission_denied(request: HttpRequest, exception: Exception) -> JsonResponse:
    return response(Forbidden())


def page_not_found(request: HttpRequest, exception: Exception) -> JsonResponse:
    return response(NotFound())


def server_error(request: HttpRequest) -> JsonResponse:
    """Shows the request id and nothing else."""
    problem = {
        "type": "/problems/server_error",
        "title": _("Something went wrong on our side"),
        "status": 500,
        "code": "server_error",
        "instance": logs.request_id.get(),
    }
    log.error("server_error", debug=settings.DEBUG)
    return JsonResponse(problem, status=500, content_type=CONTENT_TYPE)


def csrf_failure(request: HttpRequest, reason: str = "") -> JsonResponse:
    """The CSRF cookie or header is missing or does not match."""
    return response(CsrfFailed())


class CsrfFailed(Forbidden):
    code = "csrf_failed"
