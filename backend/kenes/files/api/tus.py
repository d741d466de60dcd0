"""Headers of the tus protocol 1.0.0 (resumable uploads): read strictly, written the same everywhere."""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Final

from kenes.files.errors_uploads import (
    TUS_VERSION,
    ChecksumUnknown,
    ChecksumWrong,
    TusVersionWrong,
    UploadHeaderInvalid,
)

EXTENSIONS: Final = "creation,checksum,expiration,termination"
PART_TYPE: Final = "application/offset+octet-stream"
_ALGORITHMS: Final = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}
ALGORITHMS: Final = ",".join(_ALGORITHMS)
_NAMES: Final = ("filename", "name")
_MAX_METADATA: Final = 4096


def require_version(headers: Mapping[str, str]) -> None:
    """TusVersionWrong unless the client speaks our version."""
    if headers.get("Tus-Resumable", "").strip() != TUS_VERSION:
        raise TusVersionWrong


def whole_number(headers: Mapping[str, str], header: str) -> int:
    """A number of bytes from a header; UploadHeaderInvalid when it is missing, negative or no number."""
    text = headers.get(header, "").strip()
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise UploadHeaderInvalid(header=header)
    return int(text)


def file_name(headers: Mapping[str, str]) -> str:
    """`filename` of Upload-Metadata (`key base64, key base64 …`); empty when none is given.

    UploadHeaderInvalid for pairs that are no base64 or no UTF-8, and for a key that comes twice.
    """
    header = "Upload-Metadata"
    text = headers.get(header, "")
    if len(text) > _MAX_METADATA:
        raise UploadHeaderInvalid(header=header)
    found: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        key, _space, value = pair.partition(" ")
        if key in found:
            raise UploadHeaderInvalid(header=header)
        found[key] = _decoded(value.strip(), header) if key in _NAMES else ""
    return next((found[name] for name in _NAMES if found.get(name)), "")


def check(headers: Mapping[str, str], data: bytes) -> None:
    """ChecksumWrong when the part differs from its Upload-Checksum, ChecksumUnknown for other ways to sum."""
    text = headers.get("Upload-Checksum", "").strip()
    if not text:
        return
    name, _space, value = text.partition(" ")
    algorithm = _ALGORITHMS.get(name.lower())
    if algorithm is None:
        raise ChecksumUnknown
    try:
        expected = base64.b64decode(value.strip(), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise ChecksumUnknown from problem
    if not hmac.compare_digest(algorithm(data).digest(), expected):
        raise ChecksumWrong


def _decoded(value: str, header: str) -> str:
    try:
        return base64.b64decode(value, validate=True).decode("utf-8")
    except (binascii.Error, ValueError) as problem:
        raise UploadHeaderInvalid(header=header) from problem
