"""Outside services: how adapters are loaded and which four failures they may raise."""

from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string


class ProviderError(Exception):
    """Base; `reason` is a short code for logs and tables, without personal data."""

    def __init__(self, reason: str = "") -> None:
        self.reason = reason
        super().__init__(reason)


class Temporary(ProviderError):
    """Try again later."""


class Rejected(ProviderError):
    """Never try again; tell a person."""


class Unsupported(ProviderError):
    """This vendor cannot do that."""


class Misconfigured(ProviderError):
    """Our settings are wrong: found at start-up, or by the vendor's answer."""


@cache
def load(capability: str) -> Any:
    """The adapter of a capability ("sms", "email"); options go to its constructor by keyword."""
    entry: dict[str, Any] = settings.PROVIDERS[capability]
    try:
        return import_string(entry["CLASS"])(**entry["OPTIONS"])
    except TypeError as problem:
        raise Misconfigured(f"{capability}: {problem}") from problem


def require_no_transaction() -> None:
    """Raise at once when a network call would hold a transaction open."""
    # The transaction that a test case wraps around a test is not the product's.
    if any(not getattr(block, "_from_testcase", False) for block in getattr(connection, "atomic_blocks", ())):
        raise RuntimeError("network call inside a transaction")
