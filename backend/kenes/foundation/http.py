"""HTTP client of the provider adapters."""

from typing import Any

import httpx

from kenes.foundation.providers import require_no_transaction


class _Client(httpx.Client):
    def send(self, request: httpx.Request, **kwargs: Any) -> httpx.Response:
        require_no_transaction()
        return super().send(request, **kwargs)


def client(base_url: str, *, timeout_seconds: float = 10, connect_seconds: float = 3) -> httpx.Client:
    """A client with explicit timeouts, no redirects and no proxy of the environment; refuses to run inside a transaction."""
    return _Client(
        base_url=base_url,
        timeout=httpx.Timeout(timeout_seconds, connect=connect_seconds),
        follow_redirects=False,
        trust_env=False,
        headers={"User-Agent": "KenesHub/1"},
    )
