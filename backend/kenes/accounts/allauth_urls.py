"""The part of allauth's browser API that is open: session, second factor, sessions of a person, own password.

Closed on purpose: sign-up, login, codes and phone change (our endpoints in front have the limits), e-mail
addresses and password reset by mail (an e-mail is not confirmed yet, so its owner may be somebody else).
"""

from allauth.headless.urls import urlpatterns as everything
from django.urls import URLPattern, URLResolver, include, path

_OPEN = (
    "browser/v1/config",
    "browser/v1/auth/session",
    "browser/v1/auth/sessions",
    "browser/v1/auth/reauthenticate",
    "browser/v1/auth/2fa/",
    "browser/v1/account/authenticators",
    "browser/v1/account/password/change",
)


def _is_open(address: str) -> bool:
    return any(
        address == known or (known.endswith("/") and address.startswith(known)) for known in _OPEN
    ) or (address.startswith("browser/v1/account/authenticators/"))


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
urlpatterns = _filtered(everything, "")
