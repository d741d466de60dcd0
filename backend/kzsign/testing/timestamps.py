"""Time-stamp tokens, requests and answers (RFC 3161)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from kzsign.testing import der
from kzsign.testing import identifiers as ids
from kzsign.testing.certificates import Identity
from kzsign.testing.cms import Signing, sign_cms

POLICIES = {"gost": ids.TSA_GOST, "rsa": ids.TSA_RSA, "legacy": ids.TSA_LEGACY}


def time_stamp(
    data: bytes,
    tsa: Identity,
    *,
    at: datetime | None = None,
    nonce: int | None = None,
    policy: str | None = None,
    imprint: bytes | None = None,
    imprint_algorithm: bytes | None = None,
    serial: int | None = None,
    ess: str = "v1",
    with_certificate: bool = True,
    certificates: Sequence[bytes] | None = None,
) -> bytes:
    """A token over `data`, hashed by the digest of the authority's own algorithm, in the NCA's layout.

    `imprint` with `imprint_algorithm` stands instead of the hash of `data`; the NCA names the certificate by
    its SHA-1 (`ess="v1"`). Certificates: the authority's own, or none, or those given.
    """
    info = der.sequence(
        der.integer(1),
        der.oid(policy or POLICIES.get(tsa.key.family, ids.TSA_GOST)),
        der.sequence(
            imprint_algorithm or tsa.key.digest_algorithm,
            der.octets(imprint if imprint is not None else tsa.key.digest(data)),
        ),
        der.integer(serial if serial is not None else secrets.randbits(150)),
        der.generalized_time(at or datetime.now(UTC)),
        der.integer(nonce) if nonce is not None else b"",
    )
    embedded = certificates if certificates is not None else ([tsa.certificate] if with_certificate else [])
    return sign_cms(
        info,
        Signing(tsa, ess=ess, signing_time=at),
        certificates=embedded,
        content_type=ids.TST_INFO,
        version=3,
    )


def granted(token: bytes) -> bytes:
    """A TimeStampResp that carries a token."""
    return der.sequence(der.sequence(der.integer(0)), token)


def refused(failure: int, text: str = "") -> bytes:
    """A TimeStampResp without token; `failure` is the number of the bit in PKIFailureInfo."""
    words = der.sequence(der.utf8(text)) if text else b""
    return der.sequence(der.sequence(der.integer(2), words, der.flags(failure)))
