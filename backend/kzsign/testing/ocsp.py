"""Answers of an OCSP responder (RFC 6960), in the NCA's layout."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from kzsign.testing import der, extensions
from kzsign.testing import identifiers as ids
from kzsign.testing.certificates import Identity
from kzsign.testing.keys import algorithm

NEVER_ISSUED = datetime(1970, 1, 1, tzinfo=UTC)
ON_HOLD = 6


@dataclass(frozen=True)
class Status:
    """What the responder says of one serial number: "good", "revoked" or "unknown"."""

    serial: int
    status: str = "good"
    revoked_at: datetime | None = None
    reason: int | None = None
    this_update: datetime | None = None
    next_update: datetime | None = None
    cert_id: bytes | None = None


def ocsp_answer(
    statuses: Status | Sequence[Status],
    *,
    issuer: Identity,
    responder: Identity,
    at: datetime | None = None,
    nonce: bytes | None = None,
    hash_oid: str = ids.SHA256,
    by_key: bool = False,
    with_certificate: bool = True,
    certificates: Sequence[bytes] | None = None,
    change_signature: Callable[[bytes], bytes] | None = None,
) -> bytes:
    """A successful OCSPResponse about certificates of `issuer`, signed by `responder` (or by the issuer itself).

    `nonce` is the value inside the extension. `hash_oid` (SHA-256 or SHA-1) makes the CertID. `certificates`
    replaces the responder's own.
    """
    moment = at or datetime.now(UTC)
    listed = [statuses] if isinstance(statuses, Status) else statuses
    responses = [_single(one, issuer, moment, hash_oid) for one in listed]
    body = der.sequence(
        der.explicit(2, der.octets(responder.key_id)) if by_key else der.explicit(1, responder.subject),
        der.generalized_time(moment),
        der.sequence(*responses),
        _nonce(nonce),
    )
    signature = responder.key.sign(body)
    if change_signature:
        signature = change_signature(signature)
    embedded = (
        certificates if certificates is not None else ([responder.certificate] if with_certificate else [])
    )
    basic = der.sequence(
        body,
        responder.key.signature_algorithm,
        der.bits(signature),
        der.explicit(0, der.sequence(*embedded)) if embedded else b"",
    )
    kind = der.oid("1.3.6.1.5.5.7.48.1.1")
    return der.sequence(der.enumerated(0), der.explicit(0, der.sequence(kind, der.octets(basic))))


def _nonce(nonce: bytes | None) -> bytes:
    if nonce is None:
        return b""
    return der.explicit(1, der.sequence(extensions.extension("1.3.6.1.5.5.7.48.1.2", der.octets(nonce))))


def _single(one: Status, issuer: Identity, moment: datetime, hash_oid: str) -> bytes:
    match one.status:
        case "good":
            said = der.implicit(0, b"")
        case "revoked":
            reason = der.explicit(0, der.enumerated(one.reason)) if one.reason is not None else b""
            said = der.explicit(1, der.generalized_time(one.revoked_at or moment), reason)
        case "unknown":
            said = der.implicit(2, b"")
        case _:
            raise ValueError(f"no such status: {one.status}")
    return der.sequence(
        one.cert_id or cert_id(issuer, one.serial, hash_oid),
        said,
        der.generalized_time(one.this_update or moment),
        der.explicit(0, der.generalized_time(one.next_update)) if one.next_update else b"",
    )


def cert_id(issuer: Identity, serial: int, hash_oid: str = ids.SHA256) -> bytes:
    """CertID: hashes of the issuer's name and key, and the serial number."""
    key_bits = extensions.public_key_bits(issuer.key.public_key_info)
    hashed = [_hash(hash_oid, part) for part in (issuer.subject, key_bits)]
    return der.sequence(algorithm(hash_oid), *map(der.octets, hashed), der.integer(serial))


def _hash(hash_oid: str, data: bytes) -> bytes:
    if hash_oid == ids.SHA1:
        return hashlib.sha1(data, usedforsecurity=False).digest()
    return hashlib.sha256(data).digest()


def never_issued(serial: int) -> Status:
    """What the NCA's test responder says of a serial that it never issued: on hold since 1970."""
    return Status(serial, "revoked", NEVER_ISSUED, ON_HOLD)


def ocsp_error(status: int) -> bytes:
    """An OCSPResponse without answer: 1 malformed request, 2 internal error, 3 try later, 6 unauthorized."""
    return der.sequence(der.enumerated(status))
