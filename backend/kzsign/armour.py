"""What may lie round a binary CMS: armour, base64, a data address, in UTF-8 or UTF-16."""

from __future__ import annotations

import binascii
import codecs
import re
from typing import Final

from kzsign.asn1 import Asn1Error

_UTF16: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_BLANK: Final = b" \t\r\n\v\f"
# Whoever wraps files in armour writes any label: CMS, PKCS7, also CERTIFICATE. What lies inside tells what it is.
_BEGIN: Final = re.compile(rb"\s*-----BEGIN ([A-Z0-9 #]{1,40})-----\s")
_ADDRESS: Final = re.compile(rb"\s*data:[A-Za-z0-9.+/=;\" _-]{0,200};base64,", re.IGNORECASE)
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/\s]+(?:=\s*){0,2}")


# A text lies in memory beside what it says, and that beside the document inside: less of it is taken than of octets.
_MAX_TEXT: Final = 96 << 20
_MAX_UNPADDED: Final = 8 << 20


def text_of(data: bytes) -> bytes:
    """The same text without a byte order mark, from UTF-16 in octets. Raises ``Asn1Error``."""
    coding = _UTF16.get(data[:2])
    if coding is None:
        return data.removeprefix(codecs.BOM_UTF8)
    try:
        return data[2:].decode(coding).encode("ascii")
    except UnicodeError:
        raise Asn1Error("malformed") from None


def looks_wrapped(data: bytes) -> bool:
    """Whether the beginning is that of DER or BER, of armour, or of base64 of a SEQUENCE."""
    if data[:1] == b"\x30":
        return True
    coding = _UTF16.get(data[:2])
    head = (
        data[:4096] if coding is None else data[2:4096].decode(coding, "replace").encode("ascii", "replace")
    )
    head = head.removeprefix(codecs.BOM_UTF8).lstrip(_BLANK)
    found = _ADDRESS.match(head)
    head = head[found.end() :].lstrip(_BLANK) if found else head
    return head.startswith(b"-----BEGIN ") or bool(re.match(rb"M[A-P]", head))


def unwrap(data: bytes) -> bytes:
    """The binary CMS in its wrapping, or as it is. Raises ``Asn1Error``."""
    if data[:1] == b"\x30":
        return data
    if len(data) > _MAX_TEXT:
        raise Asn1Error("too_large")
    text = text_of(data)
    start, end = _inside(text)
    if not _BASE64.fullmatch(text, start, end):
        raise Asn1Error("malformed")
    decoded = _decoded(memoryview(text)[start:end])
    if decoded[:1] != b"\x30":
        raise Asn1Error("malformed")
    return decoded


def _decoded(text: memoryview) -> bytes:
    try:
        return binascii.a2b_base64(text)
    except binascii.Error:
        try:
            if len(text) > _MAX_UNPADDED:
                raise Asn1Error("malformed") from None
            # Some writers leave the padding out.
            return binascii.a2b_base64(bytes(text) + b"==")
        except binascii.Error:
            raise Asn1Error("malformed") from None


def _inside(text: bytes) -> tuple[int, int]:
    """Where the base64 stands. Nothing else may stand round it."""
    end = len(text)
    begin = _BEGIN.match(text)
    if begin:
        line = b"-----END " + begin[1] + b"-----"
        end = text.rfind(line)
        if end < begin.end() or text[end + len(line) :].strip():
            raise Asn1Error("malformed")
        return begin.end(), end
    address = _ADDRESS.match(text)
    return (address.end() if address else 0), end
