"""The files of an evidence package, taken out of a hostile ZIP or a folder: few, small, each once, none outside."""

from __future__ import annotations

import io
import os
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Final

MAX_ENTRIES: Final = 600
MAX_FILE: Final = 96 << 20
MAX_TOTAL: Final = 256 << 20
_MAX_NAME: Final = 200
# What a package may be named like inside: no way up, no root, no drive, no tricks of one system alone.
_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.\-]*){0,4}")
_ENCRYPTED: Final = 0x1
_SIZES_BEHIND: Final = 0x8
_DESCRIPTORS: Final = (12, 16, 20, 24)
_LOCAL_HEADER: Final = 30
_END_RECORD: Final = 22
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# Left by file managers when they show a folder.
_OF_SYSTEMS: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


class PackageError(Exception):
    """The package cannot be opened; `code` is a stable reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def from_zip(data: bytes) -> dict[str, bytes]:
    """Files by their path. Raises ``PackageError``: zip_broken, zip_too_large, zip_encrypted, zip_bad_name, zip_duplicate."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = _entries(archive)
            if not _is_whole(data, archive.infolist()):
                raise PackageError("zip_broken")
            return files
    except PackageError:
        raise
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError):
        raise PackageError("zip_broken") from None
    except (ValueError, NotImplementedError, RuntimeError, IndexError, OverflowError, struct.error):
        raise PackageError("zip_broken") from None


def _entries(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not _is_folder(entry)]
    if len(archive.infolist()) > MAX_ENTRIES:
        raise PackageError("zip_too_large")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise PackageError("zip_too_large")
    files: dict[str, bytes] = {}
    seen: set[str] = set()
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise PackageError("zip_encrypted")
        if entry.compress_type not in _METHODS:
            raise PackageError("zip_broken")
        name = checked_name(entry.filename)
        # Systems that do not tell capitals apart would see one file where others see two.
        if name.lower() in seen:
            raise PackageError("zip_duplicate")
        seen.add(name.lower())
        files[name] = _read(archive, entry)
    return files


def _is_whole(data: bytes, entries: list[zipfile.ZipInfo]) -> bool:
    """Whether the archive has nothing before, between or behind its entries, where another reader may find another one."""
    position = 0
    after: tuple[int, ...] = ()
    for entry in sorted(entries, key=lambda one: one.header_offset):
        spare = entry.header_offset - position
        if spare and spare not in after:
            return False
        start = entry.header_offset + _LOCAL_HEADER
        lengths = struct.unpack("<HH", data[start - 4 : start])
        position = start + sum(lengths) + entry.compress_size
        # A writer that did not know the sizes beforehand tells them once more behind the octets.
        after = _DESCRIPTORS if entry.flag_bits & _SIZES_BEHIND else ()
    end = len(data) - _END_RECORD
    return data[end : end + 4] == b"PK\x05\x06" and data[end + 20 :] == b"\0\0"


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    if not entry.filename.endswith("/"):
        return False
    checked_name(entry.filename[:-1])
    return entry.file_size == 0


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The octets of one entry, never more than it says that it has."""
    if entry.file_size > MAX_FILE:
        raise PackageError("zip_too_large")
    with archive.open(entry) as stream:
        found = stream.read(entry.file_size + 1)
    if len(found) != entry.file_size:
        raise PackageError("zip_broken")
    return found


def checked_name(name: str) -> str:
    """The path when it is one that a package may hold. Raises ``PackageError`` (`zip_bad_name`)."""
    if len(name) > _MAX_NAME or not _NAME.fullmatch(name) or any(part == ".." for part in name.split("/")):
        raise PackageError("zip_bad_name")
    return name


def from_folder(folder: Path) -> dict[str, bytes]:
    """Files of an unpacked package by their path in it. Raises ``PackageError``, also for links (`zip_bad_name`)."""
    files: dict[str, bytes] = {}
    total = 0
    for top, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name in _OF_SYSTEMS:
                continue
            path = Path(top) / name
            if path.is_symlink() or not path.is_file():
                raise PackageError("zip_bad_name")
            total += path.stat().st_size
            if len(files) >= MAX_ENTRIES or total > MAX_TOTAL:
                raise PackageError("zip_too_large")
            files[checked_name(path.relative_to(folder).as_posix())] = path.read_bytes()
    return files
