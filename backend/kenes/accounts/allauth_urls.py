"""The part of allauth's API that is open: the start of outside logins for browsers, sign-in of the mobile application.

Closed on purpose: everything for which there is an address below /api/v1/, because those have the limits, the events
and the end of other sessions that go with a change: login, codes, second factors, passwords, addresses, sessions.
"""

from allauth.headless.urls import urlpatterns as everything
from django.urls import URLPattern, URLResolver, include, path

from kenes.accounts.api import app_sign_in_views as app

_OPEN = (
    "browser/v1/config",
    "browser/v1/auth/session",
    "browser/v1/auth/provider/redirect",
    "app/v1/config",
    "app/v1/auth/session",
    "app/v1/auth/2fa/authenticate",
    "app/v1/auth/webauthn/login",
    "app/v1/auth/webauthn/authenticate",
)
# The app's steps that send codes, try passwords or exchange tokens: ours, with the limits, under allauth's addresses.
_OURS: list[URLPattern | URLResolver] = [
    path("app/v1/auth/code/request", app.code_request),
    path("app/v1/auth/code/resend", app.code_resend),
    path("app/v1/auth/code/confirm", app.code_confirm),
    path("app/v1/auth/login", app.login),
    path("app/v1/tokens/refresh", app.refresh),
]


def _is_open(address: str) -> bool:
    return address in _OPEN


def _filtered(entries: list[URLPattern | URLResolver], prefix: str) -> list[URLPattern | URLResolver]:
    kept: list[URLPattern | URLResolver] = []
    for entry in entries:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = _filtered(list(entry.url_patterns), address)
            names = (inner, entry.app_name) if entry.app_name else inner
            if inner:
                kept.append(path(str(entry.pattern), include(names, namespace=entry.namespace)))
        elif _is_open(address):
            kept.append(entry)
    return kept


app_name = "headless"
urlpatterns = [*_OURS, *_filtered(everything, "")]
