"""The pinned store: a folder of trusted certificates, each pinned by its SHA-256, read with suspicion.

Every certificate at the top of the folder is an anchor; those in its subfolder `intermediates` only help to build
chains. A certificate whose hash `pins.json` beside them does not name is refused. Certificates of test authorities are
refused unless they are allowed, so that a forgotten file of a test never makes a signature valid.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kzsign import certificates, oids
from kzsign.anchors import INTERMEDIATES, SUFFIXES, Trust
from kzsign.asn1 import Asn1Error
from kzsign.certificates import Certificate

__all__ = [
    "PINS",
    "Refused",
    "Store",
    "Trust",
    "TrustError",
    "default_folder",
    "is_test",
    "load",
    "read_pins",
]

PINS: Final = "pins.json"
FOLDER_VARIABLE: Final = "KZSIGN_ANCHORS_DIR"
_MAX_FILE: Final = 256 * 1024
_MAX_CERTIFICATES: Final = 500
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


class TrustError(ValueError):
    """The folder cannot be used at all; `code` is a stable reason."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


@dataclass(frozen=True)
class Refused:
    """A file that was not taken, and why: unreadable, too_large, test_anchor, not_pinned."""

    file: str
    reason: str


@dataclass(frozen=True)
class Store:
    """What a folder gave: the trust to judge with, and the files that it did not take."""

    trust: Trust
    refused: tuple[Refused, ...] = ()


def load(folder: Path | str, *, allow_test: bool = False, require_pins: bool | None = None) -> Store:
    """The trust of a folder.

    `allow_test` takes test authorities too (tests, demonstrations). `require_pins` refuses everything when `pins.json` is
    absent; without a word about it pins are required unless test authorities are allowed. An absent folder gives no
    anchors: then every chain is «unknown», never valid. Raises ``TrustError`` for a `pins.json` that cannot be read (`bad_pins`) and for more than 500
    certificates (`too_many`).
    """
    top = Path(folder)
    pins = _pinned_hashes(top / PINS, not allow_test if require_pins is None else require_pins)
    refused: list[Refused] = []
    anchors = tuple(dict.fromkeys(_taken(top, pins, allow_test, refused)))
    between = tuple(dict.fromkeys(_taken(top / INTERMEDIATES, pins, allow_test, refused)))
    if len(anchors) + len(between) > _MAX_CERTIFICATES:
        raise TrustError("too_many", str(len(anchors) + len(between)))
    return Store(Trust(anchors=anchors, intermediates=between), tuple(refused))


def default_folder() -> Path:
    """The folder of the pinned store: $KZSIGN_ANCHORS_DIR, else kzsign/anchors in the user's data folder.

    Who has no home has no anchors either.
    """
    given = os.environ.get(FOLDER_VARIABLE)
    if given:
        return Path(given)
    data = os.environ.get("XDG_DATA_HOME")
    try:
        return (Path(data) if data else Path.home() / ".local" / "share") / "kzsign" / "anchors"
    except RuntimeError:
        return Path(os.devnull) / "anchors"


def is_test(certificate: Certificate) -> bool:
    """Whether the certificate is of a test authority, by its hash or by the word TEST in its name."""
    named = any(_TEST_NAME.search(value) for value in certificate.subject.values(oids.COMMON_NAME))
    return named or certificate.sha256 in _TEST_HASHES


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


def _taken(
    folder: Path, pins: frozenset[str] | None, allow_test: bool, refused: list[Refused]
) -> Iterator[Certificate]:
    if not folder.is_dir():
        return
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() not in SUFFIXES or not file.is_file():
            continue
        try:
            if file.stat().st_size > _MAX_FILE:
                raise TrustError("too_large", file.name)
            found = certificates.read_all(file.read_bytes())
            if not found:
                raise TrustError("unreadable", file.name)
        except (TrustError, Asn1Error, OSError) as problem:
            refused.append(
                Refused(
                    file.name, "too_large" if getattr(problem, "code", "") == "too_large" else "unreadable"
                )
            )
            continue
        for certificate in found:
            reason = _reason_to_refuse(certificate, pins, allow_test)
            if reason:
                refused.append(Refused(file.name, reason))
            else:
                yield certificate


def _reason_to_refuse(certificate: Certificate, pins: frozenset[str] | None, allow_test: bool) -> str:
    if pins is not None and certificate.sha256 not in pins:
        return "not_pinned"
    return "test_anchor" if not allow_test and is_test(certificate) else ""
