"""Keys of the demonstration's people, kept in the folder of its authority. The names are the demonstration data's."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from kzsign import certificates
from kzsign.testing.certificates import Identity
from kzsign.testing.store import KeptAuthority, locked, restore, stored_identity, write_secret

BORROWER_IIN: Final = "870419390122"
OTHER_IIN: Final = "900101300017"
HEAD_IIN: Final = "780512300232"
LENDER_BIN: Final = "220140918424"
LENDER: Final = "ТОО «МФО «АЙҚЫН ҚАРЖЫ»"
# A key that ends sooner is replaced when the demonstration starts.
_LEFT: Final = timedelta(days=30)
_KEY_COMPROMISE: Final = 1

Make = Callable[[KeptAuthority], Identity]


def _borrower(authority: KeptAuthority, family: str = "gost") -> Identity:
    return authority.individual(
        iin=BORROWER_IIN, name="ДОСЫМОВ КАЙРАТ", patronymic="АНУАРОВИЧ", family=family
    )


def _lender(
    authority: KeptAuthority, iin: str | None = None, name: str = "", role: str | None = None
) -> Identity:
    return authority.entity(bin=LENDER_BIN, organisation=LENDER, iin=iin, name=name, role=role)


PEOPLE: Final[dict[str, Make]] = {
    "borrower": _borrower,
    "borrower-rsa": lambda one: _borrower(one, "rsa"),
    "borrower-login": lambda one: one.authentication(iin=BORROWER_IIN),
    "borrower-expired": lambda one: one.expired(iin=BORROWER_IIN),
    "borrower-revoked": lambda one: one.revoked(iin=BORROWER_IIN, reason=_KEY_COMPROMISE),
    "other-person": lambda one: one.individual(iin=OTHER_IIN, name="СЕРИКОВ ДАНИЯР", patronymic="МАРАТОВИЧ"),
    "lender-head": lambda one: _lender(one, HEAD_IIN, "БАЙЖАНОВ ТИМУР", "head"),
    "lender-employee": lambda one: _lender(one, OTHER_IIN, "СЕРИКОВ ДАНИЯР", "employee"),
    "lender-system": _lender,
}


@dataclass(frozen=True)
class DemoKey:
    """A key of the demonstration under the name of its file."""

    name: str
    identity: Identity


def make_keys(authority: KeptAuthority) -> list[DemoKey]:
    """The keys of all demonstration people: those kept in the folder, new ones where absent or near their end."""
    folder = authority.folder / "keys"
    folder.mkdir(exist_ok=True)
    with locked(authority.folder):
        return [DemoKey(name, _kept(authority, folder, name, make)) for name, make in PEOPLE.items()]


def _kept(authority: KeptAuthority, folder: Path, name: str, make: Make) -> Identity:
    file = folder / f"{name}.json"
    if file.exists():
        stored = json.loads(file.read_text(encoding="utf-8"))
        known = restore(stored, authority.issuer_of(stored["key"]["family"]))
        if name == "borrower-expired" or known.not_after > authority.now + _LEFT:
            return known
    made = make(authority)
    write_secret(file, json.dumps(_described(made), indent=1, ensure_ascii=False))
    (folder / f"{name}.pem").write_text(_pem(made.certificate))
    return made


def _described(identity: Identity) -> dict[str, Any]:
    read = certificates.read(identity.certificate)
    return {
        "full_name": read.full_name,
        "iin": read.iin,
        "bin": read.bin,
        "organisation": read.organisation,
        "role": read.role,
        **stored_identity(identity, identity.key.family),
    }


def _pem(certificate: bytes) -> str:
    text = base64.encodebytes(certificate).decode("ascii")
    return f"-----BEGIN CERTIFICATE-----\n{text}-----END CERTIFICATE-----\n"
