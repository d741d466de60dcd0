"""The list of an evidence package: read strictly, compared with the files that are there."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Final

from kzsign.evidence_files import PackageError, checked_name

FORMAT: Final = "kenes-evidence"
VERSION: Final = 1
MANIFEST: Final = "manifest.json"
SEAL: Final = "manifest.p7s"
STAMP: Final = "manifest.tst"
_MAX_JSON: Final = 4 << 20


@dataclass(frozen=True)
class Manifest:
    """The list as it was read; `raw` is what the seal covers."""

    raw: bytes
    body: dict[str, Any]
    listed: dict[str, tuple[int, str]]

    @property
    def made_at(self) -> datetime | None:
        """When the package was made, by its own word."""
        return moment(self.body.get("made_at"))

    @property
    def is_stamped(self) -> bool:
        """Whether it announces a time stamp over its seal: one that was taken away is then missed."""
        return self.body.get("time_stamp") is not None

    @property
    def own_files(self) -> frozenset[str]:
        """Files that the list cannot list: itself, its seal, the stamp over that."""
        return frozenset({MANIFEST, SEAL, STAMP} if self.is_stamped else {MANIFEST, SEAL})

    @property
    def document(self) -> dict[str, Any]:
        """What it says about the document."""
        found = self.body.get("document")
        return found if isinstance(found, dict) else {}

    def path(self, value: Any) -> str:
        """A reference to a listed file. Raises ``PackageError`` (`reference_missing`)."""
        if not isinstance(value, str) or value not in self.listed:
            raise PackageError("reference_missing")
        return value


def read_json(data: bytes, code: str) -> Any:
    """JSON without doubled names and without numbers that are none. Raises ``PackageError`` with `code`."""
    if len(data) > _MAX_JSON:
        raise PackageError(code)
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_object, parse_constant=_refuse)
    except (ValueError, RecursionError, _Doubled):
        raise PackageError(code) from None


class _Doubled(Exception):
    pass


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Doubled
    return found


def _refuse(_text: str) -> Any:
    raise _Doubled


def read(files: dict[str, bytes]) -> Manifest:
    """The list of a package. Raises ``PackageError``: manifest_missing, manifest_malformed, version_unknown."""
    raw = files.get(MANIFEST)
    if raw is None:
        raise PackageError("manifest_missing")
    body = read_json(raw, "manifest_malformed")
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        raise PackageError("manifest_malformed")
    if body.get("version") != VERSION:
        raise PackageError("version_unknown")
    rows = body.get("files")
    if not isinstance(rows, list) or not rows:
        raise PackageError("manifest_malformed")
    listed = dict(_row(row) for row in rows)
    if len(listed) != len(rows) or not listed.keys().isdisjoint({MANIFEST, SEAL, STAMP}):
        raise PackageError("manifest_malformed")
    if body.get("time_stamp") not in (None, STAMP):
        raise PackageError("manifest_malformed")
    return Manifest(raw, body, listed)


def _row(row: Any) -> tuple[str, tuple[int, str]]:
    if not isinstance(row, dict):
        raise PackageError("manifest_malformed")
    path, size, digest = row.get("path"), row.get("size"), row.get("sha256")
    if not isinstance(path, str) or not isinstance(size, int) or not isinstance(digest, str):
        raise PackageError("manifest_malformed")
    return checked_name(path), (size, digest)


def compare(manifest: Manifest, files: dict[str, bytes]) -> str:
    """What differs between the list and the files: file_missing, file_extra, file_changed; empty when nothing does."""
    there = set(files) - manifest.own_files
    if set(manifest.listed) - there or (manifest.is_stamped and STAMP not in files):
        return "file_missing"
    if there - set(manifest.listed):
        return "file_extra"
    for path, (size, digest) in manifest.listed.items():
        if len(files[path]) != size or hashlib.sha256(files[path]).hexdigest() != digest:
            return "file_changed"
    return ""


def moment(value: Any) -> datetime | None:
    """A time as packages write it; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found.astimezone(timezone.utc) if found.tzinfo else None
