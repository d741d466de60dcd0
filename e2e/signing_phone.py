"""Keys and phones of the sandbox: which key NCALayer has for a window, and what the phone with eGov mobile does."""

from typing import Any

import httpx

from e2e.browser import Screen
from e2e.kenes_client import wait_for


def choose_key(screen: Screen, **choice: str) -> None:
    """Choose the key of this window's NCALayer: `choice`, `iin`, `bin`, `name`, `organisation`."""
    answer = screen.context.request.post(f"{screen.base_url}/sandbox/api/ncalayer/", data=choice)
    assert answer.ok, answer.text()


class SigningPhone:
    """The phone that signs by QR."""

    def __init__(self, base_url: str) -> None:
        self._http = httpx.Client(base_url=base_url, timeout=20, trust_env=False)

    def requests(self) -> list[dict[str, Any]]:
        return list(self._http.get("/sandbox/api/egov/").raise_for_status().json()["items"])

    def ids(self) -> set[str]:
        return {str(one["id"]) for one in self.requests()}

    def new_request(self, known: set[str], *, naming: str = "") -> str:
        """The request that has come with its documents since; `naming` is a part of what it says."""

        def look() -> str | None:
            fresh = [one for one in self.requests() if one["id"] not in known and one["documents"]]
            return next((str(one["id"]) for one in fresh if naming in str(one)), None)

        return str(wait_for("a request on the phone", look, seconds=40))

    def act(self, request_id: str, action: str, **choice: str) -> None:
        """`scan`, `sign`, `refuse` or `expire`, with the key of `choice`."""
        body = {"action": action, **choice}
        self._http.post(f"/sandbox/api/egov/{request_id}/", json=body).raise_for_status()
