"""Codes that a signed-in person asks for: where they go, how often, and how a try is checked and counted."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest

from kenes.accounts import allowances, client_address, one_time_codes
from kenes.accounts.errors import CodeExpired, CodeSpent
from kenes.accounts.models import OneTimeCode
from kenes.accounts.one_time_codes import Address


@dataclass(frozen=True, slots=True)
class CodeSent:
    """What every step that sends a code answers; one of the two masks is empty."""

    masked_phone: str
    masked_email: str
    expires_in_seconds: int
    resend_after_seconds: int


def bound_to(*parts: str) -> str:
    """The SHA-256 that binds a code to exactly one thing."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def send(
    *,
    request: HttpRequest,
    person_id: UUID,
    purpose: str,
    bound_hash: str,
    text: Callable[[str], str],
    to: Address,
) -> CodeSent:
    """Send a code to the address and say where it went. Throttled over the limits of address, range, number, account."""
    allowances.spend_for_code(ip=client_address.of(request), to=to.phone or to.email)
    allowances.spend("account_day", str(person_id))
    code = one_time_codes.issue_code(
        person_id=person_id, purpose=purpose, bound_hash=bound_hash, text=text, rules=to.rules, to=to
    )
    return sent(to, code)


def sent(to: Address, code: OneTimeCode | None = None) -> CodeSent:
    """The answer for an address; without a code the same as if one had just gone out."""
    if code is not None:
        expires_in, resend_after = one_time_codes.seconds_left(code)
    else:
        expires_in = round(to.rules.lifetime.total_seconds())
        resend_after = round(to.rules.resend_after.total_seconds())
    masked = to.masked()
    return CodeSent(masked["masked_phone"], masked["masked_email"], expires_in, resend_after)


def check(*, person_id: UUID, purpose: str, bound_hash: str, digits: str, then: Callable[[], None]) -> None:
    """Try a code; when it is right, `then` runs in the same transaction. A wrong try stays counted.

    Raises FieldErrors (/code), CodeSpent, CodeExpired, and whatever `then` raises (the code then stays open).
    """
    with transaction.atomic():
        result = one_time_codes.check_code(
            person_id=person_id, purpose=purpose, bound_hash=bound_hash, digits=digits
        )
        if result.is_right:
            then()
    one_time_codes.raise_unless_right(result, spent=CodeSpent, expired=CodeExpired)
