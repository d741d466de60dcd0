"""Request id, language and demonstration day of each request."""

import re
from collections.abc import Callable
from datetime import date
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.translation import get_language_from_request

from kenes.foundation import clock, logs, problems
from kenes.foundation.errors import Malformed

Handler = Callable[[HttpRequest], HttpResponseBase]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DEMO_YEARS = (2000, 2099)
_REQUEST_ID = re.compile(r"^[A-Za-z0-9_-]{8,64}$")


class RequestIdMiddleware:
    """Takes X-Request-ID from the proxy or makes one; it is in the answer, in problem details and in every log line."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        value = given if _REQUEST_ID.match(given) else f"req_{uuid4().hex[:16]}"
        token = logs.request_id.set(value)
        try:
            response = self.get_response(request)
        finally:
            logs.request_id.reset(token)
        response["X-Request-ID"] = value
        return response


class LanguageMiddleware:
    """Language of texts: Accept-Language among ru, kk, en; Russian otherwise."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = get_language_from_request(request)
        with translation.override(
            language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        ):
            response = self.get_response(request)
            response["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
        return response


def _demo_day(text: str) -> date | None:
    """The day as YYYY-MM-DD; None where terms could not be counted around it any more."""
    if not _DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _DEMO_YEARS[0] <= day.year <= _DEMO_YEARS[1] else None


class DemoDateMiddleware:
    """X-Demo-Date sets the domain's today for one request; refused unless this is a demonstration."""

    header = "X-Demo-Date"

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get(self.header)
        if given is None:
            return self.get_response(request)
        day = _demo_day(given) if settings.DEMO else None
        if day is None:
            return problems.response(Malformed(header=self.header))
        with clock.demo_today(day):
            return self.get_response(request)
