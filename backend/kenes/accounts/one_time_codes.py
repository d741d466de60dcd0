"""Six-digit codes by SMS or e-mail that confirm one exact thing: an agreement, a signature, a new number, a proof.

The code is kept only as a keyed hash; its text lives in the encrypted body of the message and is erased there.
"""

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.accounts import code_alarm, mail_texts
from kenes.accounts.errors import PhoneNotConfirmed
from kenes.accounts.models import OneTimeCode, User
from kenes.foundation import clock, crypto
from kenes.foundation.errors import FieldError, FieldErrors, KenesError, Throttled
from kenes.foundation.values import PhoneNumber
from kenes.messaging import services as messaging


@dataclass(frozen=True, slots=True)
class CodeRules:
    """How a code behaves. `per_day` counts all codes of the person in 24 hours, of every purpose."""

    tries: int
    lifetime: timedelta
    resend_after: timedelta
    per_day: int


SIGNING_RULES: Final = CodeRules(
    tries=5, lifetime=timedelta(minutes=5), resend_after=timedelta(seconds=30), per_day=40
)


# Codes about signing in: three tries as at sign-in; a letter may take longer than an SMS.
SMS_RULES: Final = CodeRules(
    tries=3, lifetime=timedelta(minutes=3), resend_after=timedelta(seconds=30), per_day=40
)
MAIL_RULES: Final = CodeRules(
    tries=3, lifetime=timedelta(minutes=10), resend_after=timedelta(seconds=30), per_day=40
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a code goes: a number or an e-mail."""

    phone: str = ""
    email: str = ""

    @property
    def rules(self) -> CodeRules:
        return MAIL_RULES if self.email else SMS_RULES

    def masked(self) -> dict[str, str]:
        """`masked_phone` and `masked_email` for the answer; one of them is empty."""
        return {
            "masked_phone": PhoneNumber.parse(self.phone).masked() if self.phone else "",
            "masked_email": masked_email(self.email),
        }


def masked_email(email: str) -> str:
    """First letter and host: "d•••@example.kz"; empty for an empty one."""
    name, _at, host = email.partition("@")
    return f"{name[:1]}•••@{host}" if host else ""


class Outcome(Enum):
    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"
    EXPIRED = "expired"
    ALREADY_USED = "already_used"


@dataclass(frozen=True, slots=True)
class CodeCheck:
    """Result of one try. `code` is the row that proves it, present when the outcome is RIGHT or ALREADY_USED."""

    outcome: Outcome
    tries_left: int = 0
    code: OneTimeCode | None = None

    @property
    def is_right(self) -> bool:
        return self.outcome is Outcome.RIGHT


def _hash(code_id: UUID, digits: str) -> str:
    # Bound to the row: equal codes of two rows have different hashes.
    return crypto.lookup_hash(f"one-time-code:{code_id}:{digits}")


@transaction.atomic
def issue_code(
    *,
    person_id: UUID,
    purpose: str,
    bound_hash: str,
    text: Callable[[str], str],
    rules: CodeRules = SIGNING_RULES,
    to: Address | None = None,
) -> OneTimeCode:
    """Make a code, close the previous open one for the same thing and queue the message; also the way to send again.

    `bound_hash` is the SHA-256 (hex) of what is confirmed; `text` makes the SMS from the six digits, a letter has
    the words of its purpose in `mail_texts`. Without `to` the code goes to the confirmed number of the person.
    Raises PhoneNotConfirmed, and Throttled before `resend_after` or over `per_day`.
    """
    person = User.objects.select_for_update().get(pk=person_id)
    if to is None:
        if not person.phone or person.phone_verified_at is None:
            raise PhoneNotConfirmed
        to = Address(phone=person.phone)
    now = clock.now()
    recent = OneTimeCode.objects.filter(person=person, created_at__gt=now - timedelta(days=1))
    if recent.count() >= rules.per_day:
        raise Throttled(retry_after=3600)
    open_code = OneTimeCode.objects.filter(
        person=person, purpose=purpose, bound_hash=bound_hash, closed_at__isnull=True
    ).first()
    if open_code is not None:
        if open_code.resend_at > now:
            raise Throttled(retry_after=max(1, round((open_code.resend_at - now).total_seconds())))
        _close(open_code, OneTimeCode.Closed.REPLACED)
        if open_code.message_id is not None:
            # A code that waited for a vendor would arrive after the new one and cost the person a try.
            messaging.withdraw(open_code.message_id)
    digits = f"{secrets.randbelow(1_000_000):06d}"
    code = OneTimeCode(
        person=person, purpose=purpose, bound_hash=bound_hash, phone=to.phone, email=to.email,
        tries_limit=rules.tries, created_at=now, expires_at=now + rules.lifetime, resend_at=now + rules.resend_after,
    )  # fmt: skip
    code.code_hash = _hash(code.pk, digits)
    code.message_id = _send(code, digits, text)
    code.save(force_insert=True)
    return code


def _send(code: OneTimeCode, digits: str, text: Callable[[str], str]) -> UUID:
    key = f"code:{code.pk}"
    if code.email:
        mail = mail_texts.code(code.purpose, digits)
        letter = messaging.send_email(
            key=key, to=code.email, subject=mail.subject, text=mail.text, html=mail.html, kind=code.purpose,
            sensitive=True, person_id=code.person_id,
        )  # fmt: skip
        return letter.pk
    code_alarm.count()
    message = messaging.send_sms(
        key=key,
        phone=code.phone,
        text=text(digits),
        kind=code.purpose,
        sensitive=True,
        person_id=code.person_id,
    )
    return message.pk


@transaction.atomic
def check_code(*, person_id: UUID, purpose: str, bound_hash: str, digits: str) -> CodeCheck:
    """Try a code once. Never raises for a wrong one, so that the try is counted when the caller commits.

    Call it in a transaction that also records what is confirmed, leave the transaction, then `raise_unless_right`.
    The row is locked: of two parallel right answers one is RIGHT and the other ALREADY_USED.
    """
    codes = OneTimeCode.objects.filter(person_id=person_id, purpose=purpose, bound_hash=bound_hash)
    code = codes.select_for_update().filter(closed_at__isnull=True).first()
    if code is None:
        return _closed_before(codes.order_by("-created_at").first())
    if clock.now() >= code.expires_at:
        _close(code, OneTimeCode.Closed.EXPIRED)
        return CodeCheck(Outcome.EXPIRED)
    if crypto.is_hash_of(code.code_hash, f"one-time-code:{code.pk}:{digits}"):
        _close(code, OneTimeCode.Closed.CONFIRMED)
        return CodeCheck(Outcome.RIGHT, code=code)
    code.tries_used += 1
    if code.tries_used >= code.tries_limit:
        _close(code, OneTimeCode.Closed.SPENT)
        return CodeCheck(Outcome.SPENT)
    code.save(update_fields=["tries_used"])
    return CodeCheck(Outcome.WRONG, tries_left=code.tries_limit - code.tries_used)


def cancel_codes(*, person_id: UUID, purpose: str, bound_hash: str) -> None:
    """Close an open code for something that is no longer to be confirmed."""
    codes = OneTimeCode.objects.filter(person_id=person_id, purpose=purpose, bound_hash=bound_hash)
    with transaction.atomic():
        for code in codes.select_for_update().filter(closed_at__isnull=True):
            _close(code, OneTimeCode.Closed.CANCELLED)


def open_code(*, person_id: UUID, purpose: str, bound_hash: str) -> OneTimeCode | None:
    """The code that can still be answered, for showing its end, resend time and tries left."""
    codes = OneTimeCode.objects.filter(person_id=person_id, purpose=purpose, bound_hash=bound_hash)
    return codes.filter(closed_at__isnull=True, expires_at__gt=clock.now()).first()


def seconds_left(code: OneTimeCode) -> tuple[int, int]:
    """Seconds until the code ends and until it can be sent again."""
    now = clock.now()
    return (
        max(0, round((code.expires_at - now).total_seconds())),
        max(0, round((code.resend_at - now).total_seconds())),
    )


def masked_phone(code: OneTimeCode) -> str:
    return PhoneNumber.parse(code.phone).masked()


def raise_unless_right(check: CodeCheck, *, spent: type[KenesError], expired: type[KenesError]) -> None:
    """Turn a failed try into its error: a field error at /code with `tries_left`, or the given conflict errors."""
    match check.outcome:
        case Outcome.RIGHT:
            return
        case Outcome.WRONG:
            raise wrong_code(check.tries_left)
        case Outcome.SPENT:
            raise spent
        case Outcome.EXPIRED | Outcome.ALREADY_USED:
            raise expired


def wrong_code(tries_left: int) -> FieldErrors:
    """The field error of a wrong code, the same for every purpose."""
    detail = _("The code is wrong. Check the message and type it again.")
    return FieldErrors([FieldError("/code", "incorrect_code", detail, extra={"tries_left": tries_left})])


def _close(code: OneTimeCode, reason: OneTimeCode.Closed) -> None:
    code.closed_at, code.closed_as = clock.now(), reason
    code.save(update_fields=["tries_used", "closed_at", "closed_as"])


def _closed_before(code: OneTimeCode | None) -> CodeCheck:
    if code is not None and code.closed_as == OneTimeCode.Closed.CONFIRMED:
        return CodeCheck(Outcome.ALREADY_USED, code=code)
    if code is not None and code.closed_as == OneTimeCode.Closed.SPENT:
        return CodeCheck(Outcome.SPENT)
    return CodeCheck(Outcome.EXPIRED)


def empty_phones(code_ids: Collection[UUID]) -> None:
    """Take the number out of codes that were proof until now: what they confirmed and when stays. Safe to repeat."""
    OneTimeCode.objects.filter(pk__in=code_ids).update(phone="")
