"""ZIP as it must be inside an Office file: no bombs, no tricks with names and places, nothing before or behind it."""

import io
import struct
import zipfile
import zlib
from typing import Final

from kenes.files.errors import FileDamaged, FileMixed, FileProtected, FileTooComplex

MAX_PARTS: Final = 3000
MAX_UNFOLDED_BYTES: Final = 300 * 1024 * 1024
# Tables of empty cells shrink a hundredfold; more than that is made on purpose.
MAX_RATIO: Final = 200
_RATIO_FROM_BYTES: Final = 1024 * 1024
_CHUNK: Final = 256 * 1024
_ENCRYPTED: Final = 0x1
_STORED_OR_DEFLATED: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_END: Final = b"PK\x05\x06"
_END_BYTES: Final = 22
_LOCAL: Final = b"PK\x03\x04"
_LOCAL_BYTES: Final = 30


class Package:
    """An Office file as an archive that has been checked. `names` are those of its parts; `read` gives one of them."""

    def __init__(self, data: bytes) -> None:
        """Raises FileDamaged, FileMixed, FileProtected and FileTooComplex."""
        _require_alone(data)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, struct.error) as problem:
            raise FileDamaged from problem
        parts = self._archive.infolist()
        self.names = [part.filename for part in parts]
        _check_index(parts)
        _check_places(data, parts)
        self._unfold_all(parts)

    def read(self, name: str) -> bytes:
        """One part; FileDamaged when it cannot be unfolded."""
        try:
            return self._archive.read(name)
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError) as problem:
            raise FileDamaged from problem

    def _unfold_all(self, parts: list[zipfile.ZipInfo]) -> None:
        """What the index says is believed only after it was counted, and every checksum is right."""
        total = 0
        for part in parts:
            try:
                with self._archive.open(part) as opened:
                    while chunk := opened.read(_CHUNK):
                        total += len(chunk)
                        if total > MAX_UNFOLDED_BYTES:
                            raise FileTooComplex
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as problem:
                raise FileDamaged from problem


def _require_alone(data: bytes) -> None:
    """The archive begins with the file and ends with it: what stands before or behind belongs to another kind."""
    end = data.rfind(_END)
    if end < 0:
        raise FileDamaged
    if len(data) < end + _END_BYTES:
        raise FileDamaged
    size, start, comment = struct.unpack("<LLH", data[end + 12 : end + _END_BYTES])
    if not data.startswith(_LOCAL) or end + _END_BYTES + comment != len(data) or comment:
        raise FileMixed
    # With more in between, programs that read from the front and from the back see different archives.
    if start + size != end and 0xFFFFFFFF not in {start, size}:
        raise FileMixed


def _check_index(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNFOLDED_BYTES:
        raise FileTooComplex
    if len({part.filename.lower() for part in parts}) != len(parts):
        raise FileMixed
    for part in parts:
        if part.flag_bits & _ENCRYPTED:
            raise FileProtected
        if part.compress_type not in _STORED_OR_DEFLATED:
            raise FileDamaged
        if part.file_size > _RATIO_FROM_BYTES and part.file_size > part.compress_size * MAX_RATIO:
            raise FileTooComplex
        if leads_out(part.filename):
            raise FileMixed


def leads_out(name: str) -> bool:
    """Whether a name could mean a place outside the archive."""
    unsafe = name.startswith(("/", "\\")) or "\\" in name or ":" in name or "\0" in name
    return unsafe or any(step == ".." for step in name.split("/"))


def _check_places(data: bytes, parts: list[zipfile.ZipInfo]) -> None:
    """Every part has bytes of its own: parts that share them are how a small file unfolds to petabytes."""
    end = 0
    for part in sorted(parts, key=lambda one: one.header_offset):
        start = part.header_offset
        header = data[start : start + _LOCAL_BYTES]
        if len(header) < _LOCAL_BYTES or not header.startswith(_LOCAL):
            raise FileDamaged
        if start < end:
            raise FileTooComplex
        name_bytes, extra_bytes = struct.unpack("<HH", header[26:30])
        end = start + _LOCAL_BYTES + name_bytes + extra_bytes + part.compress_size
