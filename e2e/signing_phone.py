"""Keys and phones of the sandbox: which key NCALayer has for a window, and what the phone with eGov mobile does."""

from base64 import b64encode
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


def sign_file(
    screen: Screen, data: bytes, *, form: str = "cms", attached: bool = False, **choice: str
) -> bytes:
    """Have NCALayer of this window sign a file of its own, as any other site would; an open page of the product is enough.

    `form` is "cms" or "xml". A CMS comes back armoured, with a time stamp of the sandbox's authority.
    """
    choose_key(screen, **choice)
    given = data.decode() if form == "xml" else b64encode(data).decode()
    wish = {
        "format": form,
        "data": given,
        "signingParams": {
            "decode": form == "cms",
            "encapsulate": attached,
            **({"tsaProfile": {}} if form == "cms" else {}),
        },
        "signerParams": {"extKeyUsageOids": ["1.3.6.1.5.5.7.3.4"], "chain": []},
        "locale": "ru",
    }
    call = {"module": "kz.gov.pki.knca.basics", "method": "sign", "args": wish}
    answer = screen.page.evaluate(
        _ASK, [screen.base_url.replace("http", "ws", 1) + "/sandbox/ncalayer/", call]
    )
    signed = answer["body"]["result"]
    return str(signed[0] if isinstance(signed, list) else signed).encode()


_ASK = """([address, call]) => new Promise((done, failed) => {
  const socket = new WebSocket(address);
  let greeted = false;
  socket.onerror = failed;
  socket.onmessage = ({ data }) => {
    if (greeted) { done(JSON.parse(data)); socket.close(); }
    else { greeted = true; socket.send(JSON.stringify(call)); }
  };
})"""
