"""A CMS of one signer: the octets of its signature, and the same CMS with a time stamp put in (CAdES-T)."""

import hashlib
from typing import Final

from kzsign import armour, asn1, oids, signed_data
from kzsign.asn1 import Budget, Node
from kzsign.context import Limits

# A detached CMS is a few kilobytes; an attached one holds the document as well.
LIMITS: Final = Limits(signature=40 << 20, signers=4, certificates=32, crl=8 << 20, elements=200_000)
_UNSIGNED: Final = 0xA1
_SET, _SEQUENCE = asn1.SET, asn1.SEQUENCE


def signature_value(data: bytes) -> bytes:
    """The octets of the one signature, from a CMS in any of the usual wrappings.

    Raises `kzsign.asn1.Asn1Error` for what is no CMS of exactly one signer.
    """
    signers = signed_data.read(armour.unwrap(data), Budget(LIMITS.elements), LIMITS).signers
    if len(signers) != 1:
        raise asn1.Asn1Error("not_one_signer")
    return signers[0].signature


def value_sha256(data: bytes) -> str:
    """A name of the signature itself: the same in every wrapping and with whatever was put beside it."""
    return hashlib.sha256(signature_value(data)).hexdigest()


def with_time_stamp(data: bytes, token: bytes) -> bytes:
    """The CMS in DER with `token` among the unsigned attributes of its one signer; what was signed stays byte for byte.

    Raises `kzsign.asn1.Asn1Error` for what is no CMS of exactly one signer.
    """
    signature_value(data)  # the whole form is looked at there
    outer = asn1.parse(armour.unwrap(data), der=False, budget=Budget(LIMITS.elements))
    kind, wrapped = outer.children
    body = wrapped.children[0]
    *before, signers = body.children
    if signers.tag != _SET or len(signers.children) != 1:
        raise asn1.Asn1Error("not_one_signer")
    stamped = _stamped(signers.children[0], token)
    parts = [*(node.raw for node in before), _element(_SET, stamped)]
    inside = _element(_SEQUENCE, *parts)
    return _element(_SEQUENCE, kind.raw, _element(wrapped.tag, inside))


def _stamped(signer: Node, token: bytes) -> bytes:
    fields = list(signer.children)
    known = fields.pop().children if fields[-1].tag == _UNSIGNED else ()
    attribute = _element(_SEQUENCE, _oid(oids.TIME_STAMP_TOKEN), _element(_SET, token))
    unsigned = _element(_UNSIGNED, *sorted([*(node.raw for node in known), attribute]))
    return _element(_SEQUENCE, *(node.raw for node in fields), unsigned)


def _element(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    size = len(body)
    if size < 0x80:
        return bytes((tag, size)) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + body


def _oid(dotted: str) -> bytes:
    first, second, *rest = (int(part) for part in dotted.split("."))
    octets = bytearray()
    for number in (first * 40 + second, *rest):
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(0x80 | (number & 0x7F))
        octets += bytes(reversed(groups))
    return _element(asn1.OID, bytes(octets))
