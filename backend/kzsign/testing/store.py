"""An authority that lives in a folder, for demonstrations: made once, the same after every start.

The folder keeps private keys and belongs to no repository::

    authority.json     roots, issuing authorities, time-stamping authorities and OCSP responders with their keys
    issued.jsonl       serial numbers of what was issued and revoked, one event a line, in order
    anchors/           certificates to trust: roots, and the issuing authorities in anchors/intermediates/
    keys/              keys and certificates of the demonstration's people
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from kzsign import certificates
from kzsign.testing.authority import ADDRESS, Authority, Revocation
from kzsign.testing.certificates import Identity
from kzsign.testing.keys import load_key
from kzsign.testing.ocsp import Status, never_issued

FAMILIES: Final = ("gost", "rsa", "legacy")
_AUTHORITIES: Final = ("root", "issuing", "rsa_root", "rsa_issuing", "legacy_root", "legacy")
# A service whose certificate ends sooner gets a new one at the next start.
_LEFT: Final = timedelta(days=60)


@dataclass
class KeptAuthority(Authority):
    """The authority of a folder. What it issues and revokes is written there at once."""

    folder: Path = Path()
    services: dict[str, Identity] = field(default_factory=dict)
    serials: dict[int, str] = field(default_factory=dict)
    _read: int = 0

    def tsa_of(self, family: str) -> Identity:
        """The time-stamping authority of a family."""
        return self.services[f"tsa_{family}"]

    def responder_of(self, family: str) -> Identity:
        """The OCSP responder of a family."""
        return self.services[f"ocsp_{family}"]

    def leaf(self, *, full_name: str, **knobs: Any) -> Identity:
        made = super().leaf(full_name=full_name, **knobs)
        self._write({"issued": f"{made.serial:x}", "family": (made.issuer or made).key.family})
        return made

    def revoke(self, identity: Identity, *, at: datetime | None = None, reason: int | None = None) -> None:
        super().revoke(identity, at=at, reason=reason)
        gone = self.revocations[identity.serial]
        self._write({"revoked": f"{identity.serial:x}", "at": gone.at.isoformat(), "reason": gone.reason})

    def status(self, serial: int) -> Status:
        """What OCSP says: of a serial number that was never issued, what the NCA's test responder says."""
        self.catch_up()
        gone = self.revocations.get(serial)
        if gone is not None:
            return Status(serial, "revoked", gone.at, gone.reason)
        is_own = any(one.serial == serial for one in self.services.values())
        return Status(serial) if is_own or serial in self.serials else never_issued(serial)

    def revoked_of(self, family: str) -> dict[int, Revocation]:
        """What the list of one issuing authority has to name."""
        self.catch_up()
        return {
            serial: gone for serial, gone in self.revocations.items() if self.serials.get(serial) == family
        }

    def catch_up(self) -> None:
        """Read what another process issued or revoked since the last look."""
        journal = self.folder / "issued.jsonl"
        if not journal.exists() or journal.stat().st_size == self._read:
            return
        with journal.open("rb") as stream:
            stream.seek(self._read)
            for line in stream:
                if not line.endswith(b"\n"):
                    break
                self._read += len(line)
                # A line that was cut when a program was killed is worth nothing.
                with contextlib.suppress(ValueError, KeyError):
                    self._take(json.loads(line))

    def _take(self, event: dict[str, Any]) -> None:
        if "issued" in event:
            self.serials[int(event["issued"], 16)] = event["family"]
        else:
            gone = Revocation(datetime.fromisoformat(event["at"]), event["reason"])
            self.revocations[int(event["revoked"], 16)] = gone

    def _write(self, event: dict[str, Any]) -> None:
        self._take(event)
        with (self.folder / "issued.jsonl").open("a", encoding="ascii") as stream:
            stream.write(json.dumps(event) + "\n")


def open_authority(folder: Path, *, address: str = "") -> KeptAuthority:
    """The authority of a folder, made there when it is new; safe when several processes begin at once.

    `address` stands before the addresses in its certificates; later starts may leave it out or change it.
    Raises ``ValueError`` for a folder whose `authority.json` is damaged.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        kept = _load(folder)
        authority = _restored(folder, kept, address)
        added = _complete(authority)
        if added or authority.address != kept.get("address"):
            _save(authority)
        if added:
            authority.write_anchors(folder / "anchors")
    authority.catch_up()
    return authority


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Nobody else changes the folder meanwhile."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _load(folder: Path) -> dict[str, Any]:
    file = folder / "authority.json"
    if not file.exists():
        return {}
    kept = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(kept, dict) or "identities" not in kept:
        raise ValueError(f"{file} is not an authority's")
    return kept


def _restored(folder: Path, kept: dict[str, Any], address: str) -> KeptAuthority:
    now = datetime.now(UTC).replace(microsecond=0)
    authority = KeptAuthority(now=now, folder=folder, address=address or kept.get("address") or ADDRESS)
    known: dict[str, Identity] = {}
    for name, stored in kept.get("identities", {}).items():
        known[name] = restore(stored, known.get(stored["issuer"]))
    for name in _AUTHORITIES:
        if name in known:
            authority.__dict__[name] = known[name]
    authority.services = {name: one for name, one in known.items() if name not in _AUTHORITIES}
    return authority


def _complete(authority: KeptAuthority) -> bool:
    """Make what is missing or ends soon; whether anything was made."""
    made = any(name not in authority.__dict__ for name in _AUTHORITIES)
    for family in FAMILIES:
        for kind, make in (("tsa", authority.tsa), ("ocsp", authority.ocsp_responder)):
            name = f"{kind}_{family}"
            known = authority.services.get(name)
            if known is None or known.not_after < authority.now + _LEFT:
                authority.services[name] = make(family=family)
                made = True
    return made


def _save(authority: KeptAuthority) -> None:
    identities = {name: getattr(authority, name) for name in _AUTHORITIES} | authority.services
    names = {identity.certificate: name for name, identity in identities.items()}
    stored = {
        name: stored_identity(one, names[one.issuer.certificate] if one.issuer else "")
        for name, one in identities.items()
    }
    text = json.dumps({"address": authority.address, "identities": stored}, indent=1)
    write_secret(authority.folder / "authority.json", text)


def stored_identity(identity: Identity, issuer: str) -> dict[str, Any]:
    """Key and certificate as JSON; `issuer` is the name under which the issuer is kept."""
    certificate = base64.b64encode(identity.certificate).decode("ascii")
    return {"issuer": issuer, "certificate": certificate, "key": identity.key.stored()}


def restore(stored: dict[str, Any], issuer: Identity | None) -> Identity:
    """The identity that `stored_identity` described. Raises ``ValueError`` for damaged data."""
    raw = base64.b64decode(stored["certificate"])
    read = certificates.read(raw)
    return Identity(
        key=load_key(stored["key"]),
        certificate=raw,
        subject=read.subject.raw,
        serial=read.serial,
        not_before=read.not_before,
        not_after=read.not_after,
        issuer=issuer,
    )


def write_secret(file: Path, text: str) -> None:
    """Put a file in place whole, readable by its owner alone."""
    draft = file.with_suffix(f".{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as stream:
        stream.write(text)
    draft.replace(file)
