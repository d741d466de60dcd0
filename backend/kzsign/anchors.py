"""Whom to believe: anchors, and intermediate certificates that help to reach them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kzsign import certificates
from kzsign.asn1 import Asn1Error
from kzsign.certificates import Certificate

SUFFIXES: Final = frozenset({".cer", ".crt", ".pem", ".der"})
# Certificates in this subfolder stand between; they are not trusted by themselves.
INTERMEDIATES: Final = "intermediates"
_MAX_FILE: Final = 1 << 20


@dataclass(frozen=True)
class Trust:
    """Anchors end a chain. Intermediates only help to build one and are checked like those from a signature.

    ``without_revocation`` holds SHA-256 fingerprints of anchors that publish neither CRL nor OCSP, such as the
    authority of an own seal: certificates they issued are not asked about.
    """

    anchors: tuple[Certificate, ...] = ()
    intermediates: tuple[Certificate, ...] = ()
    without_revocation: frozenset[str] = frozenset()

    @classmethod
    def of(cls, *files: bytes, intermediates: Iterable[bytes] = ()) -> Trust:
        """Trust in the certificates of these files (DER or PEM). Raises ``Asn1Error`` for a broken one."""
        return cls(
            anchors=_unique(found for data in files for found in certificates.read_all(data)),
            intermediates=_unique(found for data in intermediates for found in certificates.read_all(data)),
        )

    @classmethod
    def from_folder(cls, folder: Path) -> Trust:
        """Trust in every certificate of a folder: .cer, .crt, .pem, .der. Other files and broken ones are passed over.

        Those in its subfolder `intermediates` only help to build chains.

        Raises ``OSError`` when the folder cannot be read.
        """
        below = folder / INTERMEDIATES
        between = _in_folder(below) if below.is_dir() else ()
        return cls(anchors=_unique(_in_folder(folder)), intermediates=_unique(between))

    def joined(self, other: Trust) -> Trust:
        """Both together."""
        return replace(
            self,
            anchors=_unique((*self.anchors, *other.anchors)),
            intermediates=_unique((*self.intermediates, *other.intermediates)),
            without_revocation=self.without_revocation | other.without_revocation,
        )


def _in_folder(folder: Path) -> list[Certificate]:
    found: list[Certificate] = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in SUFFIXES or not path.is_file() or path.stat().st_size > _MAX_FILE:
            continue
        try:
            found += certificates.read_all(path.read_bytes(), skip_broken=True)
        except Asn1Error:
            continue
    return found


def _unique(found: Iterable[Certificate]) -> tuple[Certificate, ...]:
    return tuple(dict.fromkeys(found))
