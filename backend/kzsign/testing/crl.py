"""Lists of revoked certificates, full and delta (RFC 5280, 5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from kzsign.testing import der, extensions
from kzsign.testing.certificates import Identity

if TYPE_CHECKING:
    from kzsign.testing.authority import Revocation
    from kzsign.testing.keys import Key

REMOVED = 8


def crl(
    issuer: Identity,
    revocations: Mapping[int, Revocation] | None = None,
    *,
    number: int = 1,
    base: int | None = None,
    at: datetime | None = None,
    next_update: datetime | None = None,
    key: Key | None = None,
    extra: Sequence[bytes] = (),
    change_signature: Callable[[bytes], bytes] | None = None,
) -> bytes:
    """A CRL of `issuer`. With `base` it is a delta to the full list of that number; reason 8 takes an entry back.

    `key` signs instead of the issuer's (a forgery). Without `next_update` it is valid for a day.
    """
    moment = at or datetime.now(UTC)
    signer = key or issuer.key
    entries = [_entry(serial, one) for serial, one in sorted((revocations or {}).items())]
    kept = [
        extensions.crl_number(number),
        extensions.authority_key_id(issuer.key_id),
        *([extensions.delta_indicator(base)] if base is not None else []),
        *extra,
    ]
    body = der.sequence(
        der.integer(1),
        signer.signature_algorithm,
        issuer.subject,
        der.time(moment),
        der.time(next_update or moment + timedelta(days=1)),
        der.sequence(*entries) if entries else b"",
        der.explicit(0, der.sequence(*kept)),
    )
    signature = signer.sign(body)
    if change_signature:
        signature = change_signature(signature)
    return der.sequence(body, signer.signature_algorithm, der.bits(signature))


def _entry(serial: int, revocation: Revocation) -> bytes:
    reason = b""
    if revocation.reason is not None:
        reason = der.sequence(extensions.crl_reason(revocation.reason))
    return der.sequence(der.integer(serial), der.time(revocation.at), reason)
