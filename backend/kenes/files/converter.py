"""DOCX to PDF by a pool of warm LibreOffice instances, each behind its own unoserver (XML-RPC).

An instance converts one file at a time. A lease in Redis keeps every process of the product from queueing behind
an instance that is busy or hangs, so that a file which hangs LibreOffice costs its own time limit and delays nobody
else; unoserver then ends the hung LibreOffice itself (`--conversion-timeout`) and the supervisor starts it again.
"""

from __future__ import annotations

import hashlib
import http.client
import random
import secrets
import time
import xmlrpc.client
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Final, Protocol

import redis
from django.conf import settings

from kenes.foundation import logs
from kenes.foundation.providers import Misconfigured, Rejected, Temporary, require_no_transaction

log = logs.get(__name__)

MAX_INPUT_BYTES: Final = 20 * 1024 * 1024
_POLL_SECONDS: Final = 0.01
_LEASE_MARGIN_SECONDS: Final = 5
# An instance that did not answer is left alone for as long as a restart takes.
_REST_SECONDS: Final = 3
_PROBE_SECONDS: Final = 1
_ENDING_SECONDS: Final = 1.5
_HOSTILE_FILE_SECONDS: Final = 3600
# Released only by its holder: a lease that ran out may already belong to another process.
_RELEASE: Final = (
    "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"
)
# Takes a free instance for the caller's token, but only when the caller is among those who have waited longest: without
# that, a client that has just given an instance back takes it again before a waiting one wakes up. Who has not asked
# for two seconds is gone. KEYS: waiting, alive, then lease and resting of each address. ARGV: token, lease in ms.
_TAKE: Final = """
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
redis.call('ZADD', KEYS[1], 'NX', now, ARGV[1])
redis.call('ZADD', KEYS[2], now, ARGV[1])
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now - 2)) do
  redis.call('ZREM', KEYS[1], gone)
  redis.call('ZREM', KEYS[2], gone)
end
local instances = (#KEYS - 2) / 2
if redis.call('ZRANK', KEYS[1], ARGV[1]) >= instances then return 0 end
for index = 1, instances do
  local lease, resting = KEYS[1 + 2 * index], KEYS[2 + 2 * index]
  if redis.call('EXISTS', resting) == 0 and redis.call('SET', lease, ARGV[1], 'NX', 'PX', ARGV[2]) then
    redis.call('ZREM', KEYS[1], ARGV[1])
    redis.call('ZREM', KEYS[2], ARGV[1])
    return index
  end
end
return 0
"""
_WAITING: Final = """
local clock = redis.call('TIME')
return redis.call('ZCOUNT', KEYS[1], clock[1] - 2, '+inf')
"""
_COUNT: Final = """
local count = redis.call('INCR', KEYS[1])
redis.call('EXPIRE', KEYS[1], ARGV[1])
return count
"""
_OPTIONS: Final = ("UseTaggedPDF=true", "ExportBookmarks=false")
# Version 2 of the archival format at its basic level (ISO 19005-2, PDF/A-2b).
_ARCHIVAL: Final = "SelectPdfVersion=2"
# One end of LibreOffice may be its own (it is restarted after a number of files), two under the same file are not.
_CRASHES_ALLOWED: Final = 1


class Leases(Protocol):
    """The part of a Redis client that is used."""

    def set(self, name: str, value: str, *, px: int | None = ...) -> object: ...
    def exists(self, *names: str) -> object: ...
    def delete(self, *names: str) -> object: ...
    def eval(self, script: str, numkeys: int, *keys_and_args: str) -> object: ...


class _Transport(xmlrpc.client.Transport):
    def __init__(self, timeout_seconds: float) -> None:
        super().__init__()
        self._timeout_seconds = timeout_seconds

    def make_connection(self, host: object) -> http.client.HTTPConnection:
        address = host[0] if isinstance(host, tuple) else str(host)
        return http.client.HTTPConnection(address, timeout=self._timeout_seconds)


@dataclass(frozen=True, slots=True)
class Pool:
    """Addresses (`host:port`) of the instances, and how long one file may take and may wait for a free instance."""

    addresses: tuple[str, ...]
    leases: Leases
    timeout_seconds: float = 25
    wait_seconds: float = 60
    prefix: str = field(default="kenes:converter")

    def to_pdf(self, docx: bytes, *, archival: bool = False) -> bytes:
        """Convert a DOCX and return the PDF, as PDF/A-2b when it is to be kept for long.

        Raises Temporary when no instance is free or answering, or the file ran into the time limit; Rejected for a
        file that LibreOffice cannot read, for one under which it has ended twice, and for one that has run into the
        limit before: it is not tried again within the hour, or one bad file would stop instance after instance.
        Misconfigured without addresses.
        """
        require_no_transaction()
        if not self.addresses:
            raise Misconfigured("converter.no_addresses")
        if not docx or len(docx) > MAX_INPUT_BYTES:
            raise Rejected("converter.file_size")
        mark = f"{self.prefix}:hostile:{hashlib.sha256(docx).hexdigest()}"
        if self.leases.exists(mark):
            raise Rejected("converter.file_hangs")
        deadline, crashed, looked_again = time.monotonic() + self.wait_seconds, False, False
        while True:
            with self._lease(deadline) as address:
                try:
                    pdf = self._convert(address, docx, archival=archival)
                    if crashed:
                        # It was the end of an instance after its number of files, not of this file's making.
                        self.leases.delete(f"{mark}:crashes")
                    return pdf
                except (ConnectionError, http.client.HTTPException) as error:
                    # Restarting or gone: the next instance gets the file.
                    log.warning("converter_unreachable", address=address, problem=type(error).__name__)
                    self._rest(address)
                    if not isinstance(error, ConnectionRefusedError):
                        crashed = True
                        self._count_crash(mark)
                except Rejected:
                    # An instance that is just ending after its number of files calls every file unreadable: only what is
                    # so after it had time to end is. The lease keeps others from it meanwhile.
                    if looked_again:
                        raise
                    looked_again = True
                    time.sleep(_ENDING_SECONDS)
                except TimeoutError as error:
                    log.warning("converter_timeout", address=address)
                    self.leases.set(mark, "1", px=_HOSTILE_FILE_SECONDS * 1000)
                    self._rest(address)
                    raise Temporary("converter.timeout") from error

    def waiting(self) -> int:
        """How many files wait for a free instance now, in all processes of the product."""
        return int(str(self.leases.eval(_WAITING, 1, f"{self.prefix}:alive")))

    def _count_crash(self, mark: str) -> None:
        counter = f"{mark}:crashes"
        crashes = int(str(self.leases.eval(_COUNT, 1, counter, str(_HOSTILE_FILE_SECONDS))))
        if crashes > _CRASHES_ALLOWED:
            self.leases.set(mark, "1", px=_HOSTILE_FILE_SECONDS * 1000)
            raise Rejected("converter.file_crashes")

    def check(self) -> None:
        """Raise RuntimeError when no instance answers."""
        for address in random.sample(self.addresses, len(self.addresses)):
            host, _, port = address.rpartition(":")
            connection = http.client.HTTPConnection(host, int(port), timeout=2)
            try:
                connection.connect()
                return
            except OSError:
                continue
            finally:
                connection.close()
        raise RuntimeError("no converter answers")

    @contextmanager
    def _lease(self, deadline: float) -> Iterator[str]:
        token = secrets.token_hex(8)
        address = self._take(token, deadline)
        try:
            yield address
        finally:
            self._give_back(address, token)

    def _give_back(self, address: str, token: str) -> None:
        self.leases.eval(_RELEASE, 1, f"{self.prefix}:lease:{address}", token)

    def _take(self, token: str, deadline: float) -> str:
        while True:
            address = self._free_instance(token)
            if address is not None:
                if self._is_well(address):
                    return address
                self._give_back(address, token)
            if time.monotonic() > deadline:
                raise Temporary("converter.no_free_instance")
            time.sleep(_POLL_SECONDS)

    def _free_instance(self, token: str) -> str | None:
        order = random.sample(self.addresses, len(self.addresses))
        keys = [f"{self.prefix}:waiting", f"{self.prefix}:alive"]
        for address in order:
            keys += [f"{self.prefix}:lease:{address}", f"{self.prefix}:resting:{address}"]
        lease_ms = int((self.timeout_seconds + _LEASE_MARGIN_SECONDS) * 1000)
        found = self.leases.eval(_TAKE, len(keys), *keys, token, str(lease_ms))
        return order[int(str(found)) - 1] if found else None

    def _rest(self, address: str) -> None:
        """Leave an instance alone for a while, and ask it whether it is well before it gets the next file."""
        self.leases.set(f"{self.prefix}:suspect:{address}", "1")
        self.leases.set(f"{self.prefix}:resting:{address}", "1", px=_REST_SECONDS * 1000)

    def _is_well(self, address: str) -> bool:
        """unoserver answers one call at a time: one that is still at a hung file does not answer at all."""
        suspect = f"{self.prefix}:suspect:{address}"
        if not self.leases.exists(suspect):
            return True
        server = xmlrpc.client.ServerProxy(f"http://{address}/", transport=_Transport(_PROBE_SECONDS))
        try:
            server.system.listMethods()
        except (OSError, http.client.HTTPException, xmlrpc.client.Error):
            self._rest(address)
            return False
        self.leases.delete(suspect)
        return True

    def _convert(self, address: str, docx: bytes, *, archival: bool) -> bytes:
        server = xmlrpc.client.ServerProxy(
            f"http://{address}/", transport=_Transport(self.timeout_seconds), allow_none=True
        )
        options = [*_OPTIONS, *([_ARCHIVAL] if archival else [])]
        try:
            answer = server.convert(
                None, xmlrpc.client.Binary(docx), None, "pdf", "writer_pdf_Export", options, False,
                "MS Word 2007 XML",
            )  # fmt: skip
        except xmlrpc.client.Fault as fault:
            raise _from_fault(fault) from fault
        except (xmlrpc.client.ProtocolError, xmlrpc.client.ResponseError) as error:
            raise ConnectionError("strange answer") from error
        pdf = answer.data if isinstance(answer, xmlrpc.client.Binary) else b""
        if not pdf.startswith(b"%PDF-"):
            raise Rejected("converter.not_a_pdf")
        return pdf


def _from_fault(fault: xmlrpc.client.Fault) -> Exception:
    """unoserver tells the Python class of its failure in the text of the fault."""
    text = fault.faultString
    if "TimeoutError" in text:
        return TimeoutError("unoserver gave up")
    if "DisposedException" in text or "Connection refused" in text or "bridge" in text.lower():
        return ConnectionError("LibreOffice ended")
    return Rejected("converter.unreadable")


@cache
def converter_pool() -> Pool:
    """The pool of settings.CONVERTER_URLS; leases live in the Redis of the cache."""
    leases = redis.Redis.from_url(settings.CACHES["default"]["LOCATION"])
    return Pool(addresses=tuple(settings.CONVERTER_URLS), leases=leases)
