"""A page of the product that talks to NCALayer, and what its answers hold."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from asn1crypto import cms as asn1_cms
from asn1crypto import pem
from websockets.sync.client import ClientConnection, connect

from sandbox.testing import SandboxProcess

SIGNING, LOGIN, PERSON = "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.2", "1.2.398.3.3.4.1.1"
HEAD = "1.2.398.3.3.4.1.2.1"
IIN, BIN = "910203300105", "220140918424"
CONTENT = "Заявление №1".encode()
DATA = base64.b64encode(CONTENT).decode()
STORE = "PKCS12"


class Page:
    """One open page of the product."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.greeting = json.loads(socket.recv(10))

    def ask(self, module: str, method: str, args: Any) -> dict[str, Any]:
        self._socket.send(json.dumps({"module": f"kz.gov.pki.knca.{module}", "method": method, "args": args}))
        return self.answer()

    def say(self, message: str | bytes) -> None:
        self._socket.send(message)

    def answer(self) -> dict[str, Any]:
        return dict(json.loads(self._socket.recv(20)))

    def sign(
        self, data: Any = DATA, *, form: str = "cms", signer: dict[str, Any] | None = None, **params: Any
    ) -> Any:
        """The answer of the newer module."""
        params = {"decode": True, "encapsulate": False, "digested": False, **params}
        wanted = {"extKeyUsageOids": [SIGNING, PERSON], "iin": IIN} if signer is None else signer
        args = {
            "allowedStorages": None,
            "format": form,
            "data": data,
            "signingParams": params,
            "signerParams": wanted,
        }
        return self.ask("basics", "sign", args | {"locale": "ru"})


@contextmanager
def page(sandbox: SandboxProcess, *, origin: str = "", **choice: str) -> Iterator[Page]:
    """A page of a browser that has chosen a key."""
    headers = {}
    if choice:
        answer = httpx.post(f"{sandbox.url}/sandbox/api/ncalayer/", json=choice)
        assert answer.status_code == 200, answer.text
        headers["Cookie"] = f"sandbox_ncalayer={answer.cookies['sandbox_ncalayer']}"
    address = f"{sandbox.url.replace('http', 'ws')}/sandbox/ncalayer/"
    with connect(address, origin=origin or sandbox.url, additional_headers=headers, proxy=None) as socket:
        yield Page(socket)


def read(armoured: str) -> asn1_cms.SignedData:
    _kind, _headers, der = pem.unarmor(armoured.encode())
    return asn1_cms.ContentInfo.load(der)["content"]


def subject(signed: asn1_cms.SignedData) -> dict[str, str]:
    return dict(signed["certificates"][0].chosen.subject.native)


def attributes(signed: asn1_cms.SignedData, field: str) -> dict[str, Any]:
    return {one["type"].native: one["values"] for one in signed["signer_infos"][0][field]}
