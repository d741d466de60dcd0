"""Whether the certificates of a chain were in force at the time that counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kzsign.certificates import Certificate
from kzsign.context import Context, RevocationPolicy
from kzsign.report import Revocation


@dataclass(frozen=True)
class Archive:
    """Answers that came with a signature: OCSP responses (OCSPResponse or BasicOCSPResponse) and lists, DER."""

    ocsp: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()


def check_chain(
    path: tuple[Certificate, ...],
    archive: Archive,
    pool: Iterable[Certificate],
    context: Context,
    at: datetime,
) -> Revocation:
    """The standing of a chain that is otherwise trusted."""
    if context.revocation is RevocationPolicy.OFF:
        return Revocation(reason="not_asked")
    return Revocation("unknown", reason="revocation_unknown")
