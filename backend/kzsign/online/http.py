"""Fetching over plain HTTP/1.1 from a short list of hosts, with a bound on everything that the other side decides.

Addresses come out of certificates that anybody may have made, so only listed hosts are asked, no redirect is followed, no
proxy of the environment is used, and one answer costs a bounded amount of time and memory.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

USER_AGENT: Final = "kzsign/1 (certificate status)"
# The services of the National Certification Authority.
OFFICIAL_HOSTS: Final = (
    "ocsp.pki.gov.kz",
    "tsp.pki.gov.kz",
    "crl.pki.gov.kz",
    "crl.root.gov.kz",
    "pki.gov.kz",
    "root.gov.kz",
)
_PORTS: Final = {"http": 80, "https": 443}
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_PIECE: Final = 64 * 1024
_LONGEST_ADDRESS: Final = 2048
# What getaddrinfo gives: family, kind, protocol, name, place.
_Address = tuple[Any, Any, int, str, Any]


class FetchError(Exception):
    """Nothing usable came. `code`: forbidden_address, unreachable, timeout, too_large, bad_status."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


@dataclass(frozen=True)
class Fetched:
    """An answer. `body` is empty for 304."""

    status: int
    body: bytes
    etag: str = ""
    last_modified: str = ""


class Fetch(Protocol):
    """What the clients of this package need of a fetcher."""

    def __call__(
        self,
        address: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        max_bytes: int,
        seconds: float,
    ) -> Fetched:
        """The answer with status 200 or 304. Raises ``FetchError`` for everything else."""


@dataclass(frozen=True)
class Fetcher:
    """Fetches from `hosts` and from addresses whose beginning is one of `addresses` (configured by hand).

    A host may name its port (`host:8080`); without one it is asked on the usual ports, loopback on any.
    """

    hosts: Iterable[str] = OFFICIAL_HOSTS
    addresses: tuple[str, ...] = ()
    connect_seconds: float = 3.0
    tls: ssl.SSLContext | None = field(default=None, compare=False)

    def __call__(
        self,
        address: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        max_bytes: int,
        seconds: float,
    ) -> Fetched:
        """GET, or POST with a body. `seconds` bounds the whole exchange."""
        target = self._target(address)
        connection = self._connection(target, seconds)
        watch = threading.Timer(seconds, _cut, (connection,))
        watch.daemon = True
        ends = time.monotonic() + seconds
        try:
            watch.start()
            addresses = _resolved(target, min(self.connect_seconds, seconds))
            # http.client has no public way to say which of the addresses of a name to connect to.
            connection._create_connection = _connector(addresses)  # type: ignore[attr-defined]
            return _exchange(connection, target.path, body, headers or {}, max_bytes, ends)
        except (OSError, http.client.HTTPException, ValueError) as problem:
            code = (
                "timeout" if time.monotonic() >= ends or isinstance(problem, TimeoutError) else "unreachable"
            )
            raise FetchError(code, type(problem).__name__) from None
        finally:
            watch.cancel()
            connection.close()

    def _target(self, address: str) -> _Target:
        target = _parsed(address)
        named = any(address.startswith(one) for one in self.addresses if one)
        if not named and not self._is_listed(target):
            raise FetchError("forbidden_address")
        return target

    def _is_listed(self, target: _Target) -> bool:
        hosts = {host.strip().lower() for host in self.hosts}
        if f"{target.host}:{target.port}" in hosts:
            return True
        usual = target.port == _PORTS[target.scheme] or target.host in _LOOPBACK
        return target.host in hosts and usual

    def _connection(self, target: _Target, seconds: float) -> http.client.HTTPConnection:
        timeout = min(self.connect_seconds, seconds)
        if target.scheme == "https":
            context = self.tls or ssl.create_default_context()
            return http.client.HTTPSConnection(target.host, target.port, timeout=timeout, context=context)
        return http.client.HTTPConnection(target.host, target.port, timeout=timeout)


@dataclass(frozen=True)
class _Target:
    scheme: str
    host: str
    port: int
    path: str


def _parsed(address: str) -> _Target:
    if (
        len(address) > _LONGEST_ADDRESS
        or not address.isascii()
        or not address.isprintable()
        or " " in address
    ):
        raise FetchError("forbidden_address")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise FetchError("forbidden_address") from None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in _PORTS or not host or parts.username is not None or parts.password is not None:
        raise FetchError("forbidden_address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _Target(parts.scheme, host, port or _PORTS[parts.scheme], path)


def _resolved(target: _Target, seconds: float) -> list[_Address]:
    """Addresses of a host. A name service that is silent would block for longer than any time-out of a socket."""
    found: list[_Address] = []

    def ask() -> None:
        # A name that is not there leaves the list empty, as one that nobody answers about.
        with contextlib.suppress(OSError, UnicodeError):
            found.extend(socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if not found:
        raise FetchError("timeout" if asking.is_alive() else "unreachable", "name")
    return list(found)


def _connector(addresses: list[_Address]) -> Callable[..., socket.socket]:
    """Connects to the first address that answers."""

    def connect(_: object, timeout: float, *more: object) -> socket.socket:
        problem: OSError = OSError("no address")
        for family, kind, protocol, _name, place in addresses:
            made = socket.socket(family, kind, protocol)
            try:
                made.settimeout(timeout)
                made.connect(place)
                return made
            except OSError as refused:
                made.close()
                problem = refused
        raise problem

    return connect


def _exchange(
    connection: http.client.HTTPConnection,
    path: str,
    body: bytes | None,
    headers: Mapping[str, str],
    max_bytes: int,
    ends: float,
) -> Fetched:
    sent = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", "Connection": "close", **headers}
    connection.connect()
    if connection.sock is not None:
        connection.sock.settimeout(max(0.05, ends - time.monotonic()))
    connection.request("GET" if body is None else "POST", path, body=body, headers=sent)
    answer = connection.getresponse()
    if answer.status not in (200, 304):
        raise FetchError("bad_status", str(answer.status))
    if answer.getheader("Content-Encoding", "identity").lower() != "identity":
        raise FetchError("bad_status", "encoding")
    received = b"" if answer.status == 304 else _received(answer, max_bytes, ends)
    return Fetched(
        status=answer.status,
        body=received,
        etag=answer.getheader("ETag", ""),
        last_modified=answer.getheader("Last-Modified", ""),
    )


def _received(answer: http.client.HTTPResponse, max_bytes: int, ends: float) -> bytes:
    if answer.length is not None and answer.length > max_bytes:
        raise FetchError("too_large")
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read(_PIECE):
        size += len(piece)
        if size > max_bytes:
            raise FetchError("too_large")
        if time.monotonic() > ends:
            raise FetchError("timeout")
        pieces.append(piece)
    if time.monotonic() > ends:
        # A cut connection looks like the end of a body whose length was not told.
        raise FetchError("timeout")
    if answer.length:
        raise FetchError("unreachable", "cut short")
    return b"".join(pieces)


def _cut(connection: http.client.HTTPConnection) -> None:
    """End an exchange that drips on: reading then fails at once."""
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
