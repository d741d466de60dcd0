"""Recovery of an account: a new password by a code sent to the confirmed e-mail or number.

Every step answers the same in the same time for unknown people: their attempt lives in the session alone, and the
tries of a code that was never sent are counted there.
"""

import secrets
import time
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from kenes.accounts import (
    allowances,
    answer_time,
    client_address,
    code_requests,
    hashing,
    one_time_codes,
    password_rules,
    selectors,
    sms_texts,
)
from kenes.accounts import passwords as password_services
from kenes.accounts.code_requests import CodeSent
from kenes.accounts.errors import AlreadySignedIn, CodeExpired, CodeSpent, NoMoreResends
from kenes.accounts.mobile_numbers import require_mobile
from kenes.accounts.models import OneTimeCode, User
from kenes.accounts.one_time_codes import Address
from kenes.foundation import crypto
from kenes.foundation.actor import SystemActor
from kenes.foundation.errors import Throttled
from kenes.foundation.logs import get as get_log
from kenes.foundation.values import PhoneNumber
from kenes.messaging.errors import EmailAddressWrong

log = get_log(__name__)
_ATTEMPT: Final = "kenes_recovery"
_RESENDS: Final = 2
ACTOR: Final = SystemActor("recovery")


def start(request: HttpRequest, *, phone: PhoneNumber | None = None, email: str = "") -> CodeSent:
    """Send a code to a number or an e-mail and remember the attempt in this browser.

    Raises AlreadySignedIn, FieldErrors (/phone), Throttled.
    """
    with answer_time.floor():
        _require_nobody(request)
        if phone is not None:
            require_mobile(phone)
        to = Address(phone=str(phone)) if phone is not None else Address(email=email.strip().lower())
        allowances.spend_for_code(ip=client_address.of(request), to=to.phone or to.email)
        attempt = {
            "phone": to.phone, "email": to.email, "nonce": secrets.token_urlsafe(16), "resends": 0, "fails": 0,
        }  # fmt: skip
        _send(attempt, to)
        request.session[_ATTEMPT] = attempt
        return code_requests.sent(to)


def resend(request: HttpRequest) -> CodeSent:
    """Send a new code for the attempt of this browser. Raises CodeExpired, NoMoreResends, Throttled (too soon)."""
    with answer_time.floor():
        _require_nobody(request)
        attempt, to = _pending(request)
        waited = time.time() - attempt["sent_at"]
        if waited < settings.SIGN_IN_RESEND_AFTER_SECONDS:
            raise Throttled(retry_after=max(1, round(settings.SIGN_IN_RESEND_AFTER_SECONDS - waited)))
        if attempt["resends"] >= _RESENDS:
            raise NoMoreResends
        allowances.spend_for_code(ip=client_address.of(request), to=to.phone or to.email)
        _send(attempt, to)
        attempt["resends"] += 1
        request.session[_ATTEMPT] = attempt
        return code_requests.sent(to)


def confirm(request: HttpRequest, *, digits: str, password: str) -> None:
    """Set the new password; every session and token of the person ends. Nobody is signed in by it.

    Raises FieldErrors (/password, /code with tries_left), CodeSpent, CodeExpired, Throttled, AlreadySignedIn.
    """
    with answer_time.floor():
        _require_nobody(request)
        allowances.spend("address_confirm", client_address.of(request))
        attempt, to = _pending(request)
        # Before the code, and only against what was typed: the person's name would tell whose number this is.
        password_rules.require_good(password, User(email=to.email or None, phone=to.phone or None))
        if attempt.get("person"):
            _confirm_known(UUID(attempt["person"]), attempt, digits, password)
        else:
            _confirm_unknown(request, attempt)
        request.session.pop(_ATTEMPT, None)


def _send(attempt: dict[str, Any], to: Address) -> None:
    """Send the code when the address is the confirmed one of somebody; note whose it is and when."""
    attempt["person"], attempt["fails"] = _issue(attempt, to), 0
    # After the code: `issue_code` counts its own waiting time from the row.
    attempt["sent_at"] = time.time()


def _issue(attempt: dict[str, Any], to: Address) -> str:
    """The id of the person who got a code, "" when nobody did."""
    person = _find(to)
    if person is None:
        return ""
    try:
        allowances.spend("account_day", str(person.pk))
        one_time_codes.issue_code(
            person_id=person.pk, purpose=OneTimeCode.Purpose.RECOVERY, bound_hash=_bound(attempt),
            text=sms_texts.recovery, rules=to.rules, to=to,
        )  # fmt: skip
    except (Throttled, EmailAddressWrong):
        # Said aloud it would tell that there is such an account; the attempt goes on as for an unknown one.
        log.warning("recovery_code_withheld", person_id=str(person.pk))
        return ""
    return str(person.pk)


def _find(to: Address) -> User | None:
    if to.phone:
        user = selectors.find_active_by_phone(PhoneNumber.parse(to.phone))
        return user if user is not None and user.phone_verified_at is not None else None
    people = User.objects.filter(is_active=True, is_service=False, email_verified_at__isnull=False)
    return people.filter(email=to.email).first()


def _confirm_known(person_id: UUID, attempt: dict[str, Any], digits: str, password: str) -> None:
    def take() -> None:
        person = selectors.get_person(person_id)
        if not person.is_active:
            raise CodeExpired
        password_rules.require_good(password, person)
        with hashing.turn():
            hashed = make_password(password)
        password_services.replace(actor=ACTOR, user_id=person_id, hashed=hashed, way="recovery")

    code_requests.check(
        person_id=person_id, purpose=OneTimeCode.Purpose.RECOVERY, bound_hash=_bound(attempt), digits=digits,
        then=take,
    )  # fmt: skip


def _confirm_unknown(request: HttpRequest, attempt: dict[str, Any]) -> None:
    """Count a try of a code that does not exist, with the answers of one that does."""
    rules = Address(attempt["phone"], attempt["email"]).rules
    # The same work as for a known person: one keyed hash and one read.
    crypto.lookup_hash(_bound(attempt))
    if attempt["fails"] >= rules.tries:
        raise CodeSpent
    if time.time() - attempt["sent_at"] >= rules.lifetime.total_seconds():
        raise CodeExpired
    attempt["fails"] += 1
    request.session[_ATTEMPT] = attempt
    if attempt["fails"] >= rules.tries:
        raise CodeSpent
    raise one_time_codes.wrong_code(rules.tries - attempt["fails"])


def _bound(attempt: dict[str, Any]) -> str:
    return code_requests.bound_to("recovery", attempt["nonce"])


def _pending(request: HttpRequest) -> tuple[dict[str, Any], Address]:
    attempt = request.session.get(_ATTEMPT)
    if not isinstance(attempt, dict):
        raise CodeExpired
    return dict(attempt), Address(attempt["phone"], attempt["email"])


def _require_nobody(request: HttpRequest) -> None:
    if getattr(request.user, "is_authenticated", False):
        raise AlreadySignedIn
