"""Trust anchors as data: certificates in a folder, pinned by their SHA-256.

Every certificate at the top of the folder is an anchor; those in its subfolder `intermediates` only help to build
chains. When `pins.json` lies beside them, a certificate whose hash it does not name is refused. Certificates of test
authorities are refused unless they are allowed, so that a forgotten file of a test never makes a signature valid.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kzsign import asn1

SUFFIXES: Final = frozenset({".cer", ".crt", ".pem", ".der"})
INTERMEDIATES: Final = "intermediates"
PINS: Final = "pins.json"
FOLDER_VARIABLE: Final = "KZSIGN_ANCHORS_DIR"
_MAX_FILE: Final = 256 * 1024
_MAX_CERTIFICATES: Final = 500
_COMMON_NAME: Final = "2.5.4.3"
_TEST_NAME: Final = re.compile(r"\b(TEST|ТЕСТ)\b", re.IGNORECASE)
# Test authorities of the NCA, by hash: also under another name they stay test authorities.
_TEST_HASHES: Final = frozenset(
    {
        "0307e8bdf77cb708b7c9d9a5799facdc6de7154447cb394af9ac9b528c3d82c7",
        "7e96a36409dc11e0fc99efae41f8c639e16a495d77c2f2278edb98580f997231",
        "b995e79e7c07429f8f79e185451e5599ce342ac720000f01b3854fdfa03031a6",
        "beeffc0bdb77cd798c35983eb0715f6ef0051cccb71d7cd05505e8a4fb2c6f4d",
    }
)
_ARMOUR: Final = re.compile(rb"-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----(.*?)-----END", re.DOTALL)


class TrustError(ValueError):
    """The folder cannot be used at all; `code` is a stable reason."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


@dataclass(frozen=True)
class Refused:
    """A file that was not taken, and why: unreadable, test_anchor, not_pinned, too_large."""

    file: str
    reason: str


@dataclass(frozen=True)
class Trust:
    """Certificates (DER) that chains may end with, and authorities that may stand between.

    Without any anchor no chain can be judged: the library then answers «unknown», never «valid».
    """

    anchors: tuple[bytes, ...] = ()
    intermediates: tuple[bytes, ...] = ()
    refused: tuple[Refused, ...] = ()

    @classmethod
    def from_folder(
        cls, folder: Path | str, *, allow_test: bool = False, require_pins: bool = False
    ) -> Trust:
        """The anchors of a folder.

        `allow_test` takes test authorities too (tests, demonstrations, a folder named by hand). `require_pins`
        refuses everything when `pins.json` is absent. An absent folder gives no anchors. Raises ``TrustError`` for a
        `pins.json` that cannot be read (`bad_pins`) and for more than 500 certificates (`too_many`).
        """
        top = Path(folder)
        pins = _pinned_hashes(top / PINS, require_pins)
        refused: list[Refused] = []
        anchors = tuple(_certificates(top, pins, allow_test, refused))
        between = tuple(_certificates(top / INTERMEDIATES, pins, allow_test, refused))
        if len(anchors) + len(between) > _MAX_CERTIFICATES:
            raise TrustError("too_many", str(len(anchors) + len(between)))
        return cls(anchors, between, tuple(refused))

    @classmethod
    def of(cls, anchors: Iterable[bytes], intermediates: Iterable[bytes] = ()) -> Trust:
        """Anchors given as DER, PEM or base64. Raises ``TrustError`` (`unreadable`) for anything else."""
        listed = [tuple(one for data in group for one in split(data)) for group in (anchors, intermediates)]
        return cls(listed[0], listed[1])

    def with_intermediates(self, certificates: Iterable[bytes]) -> Trust:
        """The same anchors and some more authorities between."""
        return Trust(self.anchors, (*self.intermediates, *certificates), self.refused)


def default_folder() -> Path:
    """The folder of the pinned store: $KZSIGN_ANCHORS_DIR, else kzsign/anchors in the user's data folder."""
    given = os.environ.get(FOLDER_VARIABLE)
    if given:
        return Path(given)
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "kzsign" / "anchors"


def fingerprint(certificate: bytes) -> str:
    """SHA-256 of the DER, in lower-case hex."""
    return hashlib.sha256(certificate).hexdigest()


def split(data: bytes) -> tuple[bytes, ...]:
    """The certificates (DER) in a file: DER, PEM with one or several, or base64 alone.

    Raises ``TrustError`` (`unreadable`) when there is none or one is damaged.
    """
    found = _ARMOUR.findall(data)
    if found:
        return tuple(_checked(_decoded(body)) for body in found)
    return (_checked(data if data[:1] == b"\x30" else _decoded(data)),)


def _decoded(text: bytes) -> bytes:
    try:
        return base64.b64decode(b"".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise TrustError("unreadable") from None


def _checked(certificate: bytes) -> bytes:
    subject_names(certificate)
    return certificate


def subject_names(certificate: bytes) -> dict[str, str]:
    """The subject's attributes by object identifier (the last of each). Raises ``TrustError`` (`unreadable`)."""
    try:
        body = asn1.Fields(asn1.Fields(asn1.parse(certificate)).take(asn1.SEQUENCE))
        body.optional(0xA0)
        body.take(asn1.INTEGER)
        for _ in ("signature", "issuer", "validity"):
            body.take(asn1.SEQUENCE)
        names: dict[str, str] = {}
        for rdn in asn1.members(body.take(asn1.SEQUENCE), asn1.SEQUENCE):
            for attribute in asn1.members(rdn, asn1.SET):
                parts = asn1.Fields(attribute)
                kind = asn1.oid(parts.take(asn1.OID))
                names[kind] = asn1.text(parts.take())
        return names
    except asn1.Asn1Error:
        raise TrustError("unreadable") from None


def is_test(certificate: bytes) -> bool:
    """Whether the certificate is of a test authority, by its hash or by the word TEST in its name."""
    name = subject_names(certificate).get(_COMMON_NAME, "")
    return fingerprint(certificate) in _TEST_HASHES or _TEST_NAME.search(name) is not None


def read_pins(path: Path) -> dict[str, dict[str, Any]]:
    """The pins file: hash to what was known when it was pinned. Raises ``TrustError`` (`bad_pins`)."""
    try:
        pins = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(pins, dict) or not all(isinstance(value, dict) for value in pins.values()):
            raise TrustError("bad_pins", str(path))
        return {_hash(key, path): value for key, value in pins.items()}
    except (OSError, UnicodeDecodeError, json.JSONDecodeError):
        raise TrustError("bad_pins", str(path)) from None


def _hash(text: str, path: Path) -> str:
    plain = text.replace(":", "").lower()
    if not re.fullmatch(r"[0-9a-f]{64}", plain):
        raise TrustError("bad_pins", str(path))
    return plain


def _pinned_hashes(path: Path, is_required: bool) -> frozenset[str] | None:
    """None: no pins are kept here and none are asked for."""
    if path.exists():
        return frozenset(read_pins(path))
    return frozenset() if is_required else None


def _certificates(
    folder: Path, pins: frozenset[str] | None, allow_test: bool, refused: list[Refused]
) -> Iterator[bytes]:
    if not folder.is_dir():
        return
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() not in SUFFIXES or not file.is_file():
            continue
        try:
            certificates = _read(file)
        except (TrustError, OSError) as problem:
            refused.append(Refused(file.name, getattr(problem, "code", "unreadable")))
            continue
        for certificate in certificates:
            if pins is not None and fingerprint(certificate) not in pins:
                refused.append(Refused(file.name, "not_pinned"))
            elif not allow_test and is_test(certificate):
                refused.append(Refused(file.name, "test_anchor"))
            else:
                yield certificate


def _read(file: Path) -> tuple[bytes, ...]:
    if file.stat().st_size > _MAX_FILE:
        raise TrustError("too_large", file.name)
    return split(file.read_bytes())
