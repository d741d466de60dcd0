"""Lists of revoked certificates in a folder, fetched again when they changed and replaced in one step.

The complete list of the NCA has some 21 MB and changes daily; its delta has some 32 KB and changes every few hours. A list
gets into the folder only when it is signed by a known authority and not older than the one that is there.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from kzsign import crl
from kzsign.anchors import Trust
from kzsign.certificates import Certificate
from kzsign.crl import Crl, CrlError
from kzsign.online.http import Fetch, FetchError

MAX_LIST: Final = 96 << 20
SECONDS: Final = 180.0
# Lists of the authorities in force, complete and delta; those of the roots name revoked issuing authorities.
OFFICIAL_LISTS: Final = (
    "http://crl.pki.gov.kz/nca_gost_2022.crl",
    "http://crl.pki.gov.kz/nca_d_gost_2022.crl",
    "http://crl.pki.gov.kz/nca_rsa_2022.crl",
    "http://crl.pki.gov.kz/nca_d_rsa_2022.crl",
    "http://crl.root.gov.kz/gost2015_2022.crl",
    "http://crl.root.gov.kz/rsa2020.crl",
)


@dataclass(frozen=True)
class Refreshed:
    """What became of one list: new, unchanged, or a reason: unreachable …, malformed, unknown_issuer, older …"""

    address: str
    outcome: str
    number: int | None = None
    next_update: datetime | None = None

    @property
    def is_failure(self) -> bool:
        """Whether the folder has no fresher list than before although there should be one."""
        return self.outcome not in ("new", "unchanged")


@dataclass(frozen=True)
class ListFolder:
    """A folder of lists: `<hash of the address>.crl`, with what was told about each in `.json` beside it."""

    folder: Path

    def refresh(self, addresses: Iterable[str], trust: Trust, fetch: Fetch) -> list[Refreshed]:
        """Fetch every list that changed. A failure of one leaves it as it is and does not stop the others."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return [self._refreshed(address, trust, fetch) for address in dict.fromkeys(addresses)]

    def _refreshed(self, address: str, trust: Trust, fetch: Fetch) -> Refreshed:
        file = self._file(address)
        try:
            known = _read(file) if file.exists() else None
            headers = self._conditions(file) if known is not None else {}
            answer = fetch(address, headers=headers, max_bytes=MAX_LIST, seconds=SECONDS)
            if answer.status == 304 and known is not None:
                return Refreshed(address, "unchanged", known.number, known.next_update)
            found = crl.read(answer.body)
            _check_issuer(found, trust)
        except (FetchError, CrlError) as problem:
            return Refreshed(address, problem.code)
        if known is not None and _is_older(found, known):
            return Refreshed(address, "older", known.number, known.next_update)
        told = {"address": address, "etag": answer.etag, "last_modified": answer.last_modified}
        if found.next_update is not None:
            told["next_update"] = found.next_update.isoformat()
        _replace(file, answer.body)
        _replace(file.with_suffix(".json"), json.dumps(told).encode())
        return Refreshed(address, "new", found.number, found.next_update)

    def of(self, issuer: Certificate) -> Iterator[bytes]:
        """The lists that name this issuer; their signatures are for the caller to check."""
        for found in self._all():
            if found.issuer.matches(issuer.subject):
                yield found.data

    def ending(self, now: datetime, within: timedelta) -> list[tuple[str, datetime]]:
        """Addresses of lists that end within this time or have ended, with their ends; no list is read for that."""
        soon = []
        for file in sorted(self.folder.glob("*.crl")) if self.folder.is_dir() else ():
            told = _told(file)
            end = datetime.fromisoformat(told["next_update"]) if "next_update" in told else None
            if end is not None and end < now + within:
                soon.append((told.get("address", file.name), end))
        return soon

    def _all(self) -> Iterator[Crl]:
        for file in sorted(self.folder.glob("*.crl")) if self.folder.is_dir() else ():
            found = _read(file)
            if found is not None:
                yield found

    def _file(self, address: str) -> Path:
        return self.folder / f"{hashlib.sha256(address.encode()).hexdigest()[:32]}.crl"

    def _conditions(self, file: Path) -> dict[str, str]:
        told = _told(file)
        wanted = {"If-None-Match": told.get("etag", ""), "If-Modified-Since": told.get("last_modified", "")}
        return {name: value for name, value in wanted.items() if value}


def _told(file: Path) -> dict[str, str]:
    """What was told when the list was fetched; nothing where that cannot be read."""
    try:
        told = json.loads(file.with_suffix(".json").read_bytes())
        datetime.fromisoformat(told.get("next_update", "2000-01-01"))
        return {key: value for key, value in told.items() if isinstance(value, str)}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _read(file: Path) -> Crl | None:
    """A list of the folder; None for a damaged one, which is then fetched anew."""
    try:
        if file.stat().st_size > MAX_LIST:
            return None
        return crl.read(file.read_bytes())
    except (OSError, CrlError):
        return None


def _check_issuer(found: Crl, trust: Trust) -> None:
    """Raises ``CrlError`` unless a known authority signed the list."""
    problem = "unknown_issuer"
    for authority in dict.fromkeys((*trust.anchors, *trust.intermediates)):
        if not found.issuer.matches(authority.subject):
            continue
        try:
            found.check(authority)
            return
        except CrlError as refused:
            problem = refused.code
    raise CrlError(problem)


def _is_older(found: Crl, known: Crl) -> bool:
    """A replayed list must not take revocations back. A new key of the authority may count anew."""
    if not found.issuer.matches(known.issuer):
        return False
    return found.this_update < known.this_update


def _replace(file: Path, data: bytes) -> None:
    draft = file.with_name(f"{file.name}.{os.getpid()}.new")
    draft.write_bytes(data)
    draft.replace(file)
