"""Signed CMS messages: as NCALayer makes them, and broken in every way that a verifier has to notice."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kzsign.testing import der
from kzsign.testing import identifiers as ids
from kzsign.testing.certificates import Identity

if TYPE_CHECKING:
    from kzsign.testing.keys import Key


@dataclass(frozen=True)
class Archive:
    """Revocation values kept in a message: certificates, CRLs, OCSP answers (whole OCSPResponse each)."""

    certificates: Sequence[bytes] = ()
    crls: Sequence[bytes] = ()
    ocsp: Sequence[bytes] = ()


@dataclass(frozen=True)
class Signing:
    """How one signer signs. Defaults: as NCALayer does, with the certificate's hash among the attributes.

    Attacks: `omit` and `double` name signed attributes by object identifier; `digest_oid`, `signature_oid`
    replace identifiers without touching the arithmetic; `message_digest`, `content_type`, `ess_hash` replace
    values; `key` signs instead of the identity's; `change_signature` gets and gives the signature's octets;
    `identifier` replaces the SignerIdentifier; `token` is put in as time stamp whatever it covers.
    """

    identity: Identity
    signing_time: datetime | None = None
    ess: str = "v2"  # "v2", "v1", ""
    timestamp: Identity | None = None
    timestamp_at: datetime | None = None
    archive: Archive | None = None
    counter_signers: Sequence[Identity] = ()
    omit: Sequence[str] = ()
    double: Sequence[str] = ()
    no_attributes: bool = False
    is_sorted: bool = True
    by_key_id: bool = False
    digest_oid: str | None = None
    signature_oid: str | None = None
    message_digest: bytes | None = None
    content_type: str | None = None
    ess_hash: bytes | None = None
    key: Key | None = None
    change_signature: Callable[[bytes], bytes] | None = None
    identifier: bytes | None = None
    token: bytes | None = None
    extra_signed: Sequence[bytes] = ()
    extra_unsigned: Sequence[bytes] = field(default_factory=tuple)


def sign_cms(
    content: bytes,
    signers: Identity | Signing | Sequence[Identity | Signing],
    *,
    detached: bool = False,
    timestamp: Identity | None = None,
    signing_time: datetime | None = None,
    certificates: Sequence[bytes] | None = None,
    crls: Sequence[bytes] = (),
    content_type: str = ids.DATA,
    version: int = 1,
    indefinite: bool = False,
    encoding: str = "der",
) -> bytes:
    """A CMS SignedData over `content` by one or several signers.

    `timestamp` (a time-stamping authority) and `signing_time` serve the signers that name none themselves.
    `certificates` replaces the embedded ones (default: each signer's own, without its authorities, as
    NCALayer does). `crls` are elements of the `crls` field. `indefinite` writes BER's indefinite lengths with the
    content in pieces. `encoding`: "der", "base64" or "pem" (BEGIN CMS).
    """
    cases = [_as_signing(one, timestamp, signing_time) for one in _listed(signers)]
    infos = [signer_info(content, case, content_type) for case in cases]
    embedded = certificates if certificates is not None else _own_certificates(cases)
    algorithms = sorted({_digest_algorithm(case) for case in cases})
    body = [
        der.integer(version),
        der.set_of(*algorithms),
        _encapsulated(content_type, None if detached else content, indefinite),
        der.element(0xA0, b"".join(embedded)) if embedded else b"",
        der.element(0xA1, b"".join(crls)) if crls else b"",
        der.set_of(*infos),
    ]
    return encoded(_wrapped(body, indefinite), encoding)


def _listed(signers: Identity | Signing | Sequence[Identity | Signing]) -> Sequence[Identity | Signing]:
    return [signers] if isinstance(signers, (Identity, Signing)) else signers


def _as_signing(
    one: Identity | Signing, timestamp: Identity | None, signing_time: datetime | None
) -> Signing:
    case = one if isinstance(one, Signing) else Signing(one)
    moment = case.signing_time or signing_time or datetime.now(UTC)
    return replace(case, timestamp=case.timestamp or timestamp, signing_time=moment)


def _own_certificates(cases: Sequence[Signing]) -> list[bytes]:
    return list(dict.fromkeys(case.identity.certificate for case in cases))


def _digest_algorithm(case: Signing) -> bytes:
    if case.digest_oid:
        return der.sequence(der.oid(case.digest_oid), der.NULL)
    return case.identity.key.digest_algorithm


def _encapsulated(content_type: str, content: bytes | None, indefinite: bool) -> bytes:
    if content is None:
        return der.sequence(der.oid(content_type))
    if not indefinite:
        return der.sequence(der.oid(content_type), der.explicit(0, der.octets(content)))
    pieces = [der.octets(content[start : start + 1000]) for start in range(0, len(content), 1000)]
    inner = der.indefinite(0xA0, der.indefinite(0x24, *pieces))
    return der.indefinite(0x30, der.oid(content_type), inner)


def _wrapped(body: Sequence[bytes], indefinite: bool) -> bytes:
    if not indefinite:
        return der.sequence(der.oid(ids.SIGNED_DATA), der.explicit(0, der.sequence(*body)))
    signed = der.indefinite(0x30, *body)
    return der.indefinite(0x30, der.oid(ids.SIGNED_DATA), der.indefinite(0xA0, signed))


def encoded(message: bytes, encoding: str) -> bytes:
    """The message as DER, as base64 alone, or armoured as NCALayer gives it."""
    if encoding == "der":
        return message
    text = base64.b64encode(message)
    if encoding == "base64":
        return text
    lines = b"\n".join(text[start : start + 64] for start in range(0, len(text), 64))
    return b"-----BEGIN CMS-----\n" + lines + b"\n-----END CMS-----\n"


def signer_info(content: bytes, case: Signing, content_type: str = ids.DATA) -> bytes:
    """One SignerInfo over `content`."""
    key = case.key or case.identity.key
    attributes = signed_attributes(content, case, content_type)
    covered = der.element(0x31, attributes) if attributes else content
    signature = key.sign(covered)
    if case.change_signature:
        signature = case.change_signature(signature)
    unsigned = _unsigned_attributes(signature, case)
    algorithm = key.signature_algorithm
    if case.signature_oid:
        algorithm = der.sequence(der.oid(case.signature_oid), der.NULL)
    return der.sequence(
        der.integer(3 if case.by_key_id else 1),
        case.identifier or signer_identifier(case.identity, by_key_id=case.by_key_id),
        _digest_algorithm(case),
        der.element(0xA0, attributes) if attributes else b"",
        algorithm,
        der.octets(signature),
        der.element(0xA1, b"".join(unsigned)) if unsigned else b"",
    )


def signer_identifier(identity: Identity, *, by_key_id: bool = False) -> bytes:
    if by_key_id:
        return der.implicit(0, identity.key_id)
    return der.sequence(identity.issuer_name, der.integer(identity.serial))


def signed_attributes(content: bytes, case: Signing, content_type: str = ids.DATA) -> bytes:
    """The content of the SET of signed attributes (empty: the signature covers the content itself)."""
    if case.no_attributes:
        return b""
    key = case.identity.key
    digest = case.message_digest if case.message_digest is not None else key.digest(content)
    present = [
        (ids.CONTENT_TYPE, der.oid(case.content_type or content_type)),
        (ids.SIGNING_TIME, der.time(case.signing_time or datetime.now(UTC))),
        (ids.MESSAGE_DIGEST, der.octets(digest)),
        *_certificate_hash(case),
    ]
    written = [attribute(dotted, value) for dotted, value in present if dotted not in case.omit]
    written += [attribute(dotted, value) for dotted, value in present if dotted in case.double]
    written += case.extra_signed
    return b"".join(sorted(written) if case.is_sorted else sorted(written, reverse=True))


def _certificate_hash(case: Signing) -> list[tuple[str, bytes]]:
    certificate = case.identity.certificate
    if case.ess == "v2":
        value = case.ess_hash or hashlib.sha256(certificate).digest()
        return [(ids.SIGNING_CERTIFICATE_V2, _ess(value))]
    if case.ess == "v1":
        value = case.ess_hash or hashlib.sha1(certificate, usedforsecurity=False).digest()
        return [(ids.SIGNING_CERTIFICATE, _ess(value))]
    return []


def _ess(value: bytes) -> bytes:
    return der.sequence(der.sequence(der.sequence(der.octets(value))))


def attribute(dotted: str, *values: bytes) -> bytes:
    return der.sequence(der.oid(dotted), der.set_of(*values))


def _unsigned_attributes(signature: bytes, case: Signing) -> list[bytes]:
    from kzsign.testing.timestamps import time_stamp

    unsigned = list(case.extra_unsigned)
    if case.token is not None:
        unsigned.append(attribute(ids.TIME_STAMP, case.token))
    elif case.timestamp is not None:
        moment = case.timestamp_at or case.signing_time
        unsigned.append(attribute(ids.TIME_STAMP, time_stamp(signature, case.timestamp, at=moment)))
    if case.archive:
        unsigned += _archived(case.archive)
    unsigned += [_counter_signature(signature, signer, case) for signer in case.counter_signers]
    return unsigned


def _archived(archive: Archive) -> list[bytes]:
    """certificate-values and revocation-values of CAdES (ETSI TS 101 733, 6.3)."""
    values = []
    if archive.crls:
        values.append(der.explicit(0, der.sequence(*archive.crls)))
    if archive.ocsp:
        values.append(der.explicit(1, der.sequence(*map(basic_response, archive.ocsp))))
    kept = [attribute(ids.REVOCATION_VALUES, der.sequence(*values))] if values else []
    if archive.certificates:
        kept.append(attribute(ids.CERTIFICATE_VALUES, der.sequence(*archive.certificates)))
    return kept


def basic_response(answer: bytes) -> bytes:
    """The BasicOCSPResponse inside a successful OCSPResponse."""
    from asn1crypto import ocsp

    basic: bytes = ocsp.OCSPResponse.load(answer)["response_bytes"]["response"].contents
    return basic


def other_revocation(answer: bytes) -> bytes:
    """An OCSP answer as an element of the `crls` field (RFC 5940)."""
    return der.explicit(1, der.oid(ids.OTHER_REVOCATION_OCSP), answer)


def _counter_signature(signature: bytes, signer: Identity, case: Signing) -> bytes:
    """A countersignature covers the signature's octets and states no content type (RFC 5652, 11.4)."""
    counter = Signing(signer, signing_time=case.signing_time, omit=(ids.CONTENT_TYPE,))
    return attribute(ids.COUNTER_SIGNATURE, signer_info(signature, counter))
