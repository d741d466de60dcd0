"""Proof of the last minutes that the same person still sits at the browser."""

import secrets
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kenes.accounts import (
    allowances,
    client_address,
    code_requests,
    hashing,
    live_sessions,
    one_time_codes,
    passkeys,
    second_step,
    sms_texts,
)
from kenes.accounts.code_requests import CodeSent
from kenes.accounts.errors_sign_in import PasskeyRefused, ProofNotPossible
from kenes.accounts.models import OneTimeCode, User
from kenes.foundation import clock
from kenes.foundation.errors import FieldError, FieldErrors
from kenes.foundation.logs import get as get_log

log = get_log(__name__)
PASSWORD, TOTP, PASSKEY, CODE = "password", "totp", "passkey", "code"
_NONCE: Final = "kenes_proof_nonce"
_KEPT_RECORDS: Final = 8


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person was asked again and answered within ACCOUNT_REAUTHENTICATION_TIMEOUT seconds.

    Signing in does not count: whoever finds an open browser a minute later must still prove to be its owner.
    """
    session = getattr(request, "session", None)
    records = session.get(AUTHENTICATION_METHODS_SESSION_KEY, ()) if session is not None else ()
    proofs = [record for record in records if record.get("reauthenticated")]
    return bool(proofs) and time.time() - proofs[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def methods_of(user: User) -> list[str]:
    """In which ways the person can prove it: password, totp, passkey, code.

    A code by SMS or e-mail only for people without a second factor: it is weaker than what they have chosen.
    """
    held = second_step.methods_of(user)
    factors = [method for method in (TOTP, PASSKEY) if method in held]
    password = [PASSWORD] if user.has_usable_password() else []
    return [*password, *factors, *([CODE] if not factors and _address(user) else [])]


def code_to(user: User) -> str | None:
    """Masked number or e-mail to which a code would go; None where a code is no way."""
    address = _address(user)
    if address is None or CODE not in methods_of(user):
        return None
    masked = address.masked()
    return masked["masked_phone"] or masked["masked_email"]


def send_code(request: HttpRequest, user: User) -> CodeSent:
    """Send the code of a proof, bound to this browser. Raises ProofNotPossible, Throttled."""
    address = _address(user)
    if address is None or CODE not in methods_of(user):
        raise ProofNotPossible
    request.session.setdefault(_NONCE, secrets.token_urlsafe(16))
    return code_requests.send(
        request=request, person_id=user.pk, purpose=OneTimeCode.Purpose.REAUTHENTICATION,
        bound_hash=_bound(request), text=sms_texts.proof, to=address,
    )  # fmt: skip


def prove(request: HttpRequest, user: User, method: str, value: str) -> datetime:
    """Check a password, a code of the app or a sent code; until when the proof counts.

    Raises FieldErrors (/value), ProofNotPossible, CodeSpent, CodeExpired, and Throttled after too many wrong ones for
    the person, from all browsers together.
    """
    if method not in methods_of(user):
        raise ProofNotPossible
    with second_step.counted_tries(user.pk):
        if method == CODE:
            _check_sent_code(request, user, value)
            return _proved(request, user, CODE)
        if method == PASSWORD and _is_password(user, value):
            return _proved(request, user, PASSWORD)
        factor = second_step.find_by_code(user, value, recovery=False) if method == TOTP else None
        if factor is not None:
            return _proved_by(request, user, factor)
        log.warning("proof_refused", person_id=str(user.pk), method=method)
        raise _wrong(method)


def passkey_options(user: User) -> dict[str, Any]:
    """What the browser needs to ask one of the person's passkeys. Raises ProofNotPossible."""
    if PASSKEY not in methods_of(user):
        raise ProofNotPossible
    return passkeys.request_options(user)


def prove_by_passkey(request: HttpRequest, user: User, credential: dict[str, Any]) -> datetime:
    """Check a passkey of the person; until when the proof counts. Raises PasskeyRefused, Throttled."""
    allowances.spend("address_confirm", client_address.of(request))
    owner, factor = passkeys.authenticate(user, credential)
    if owner.pk != user.pk:
        raise PasskeyRefused
    return _proved_by(request, user, factor)


def _check_sent_code(request: HttpRequest, user: User, digits: str) -> None:
    try:
        code_requests.check(
            person_id=user.pk, purpose=OneTimeCode.Purpose.REAUTHENTICATION, bound_hash=_bound(request),
            digits=digits, then=lambda: None,
        )  # fmt: skip
    except FieldErrors as problem:
        raise FieldErrors(
            [FieldError("/value", error.code, error.detail, error.extra) for error in problem.errors]
        ) from problem


def _is_password(user: User, value: str) -> bool:
    with hashing.turn():
        return user.check_password(value)


def _bound(request: HttpRequest) -> str:
    return code_requests.bound_to("proof", str(request.session.get(_NONCE, "")))


def _address(user: User) -> one_time_codes.Address | None:
    if user.phone and user.phone_verified_at:
        return one_time_codes.Address(phone=user.phone)
    if user.email and user.email_verified_at:
        return one_time_codes.Address(email=user.email)
    return None


def _proved_by(request: HttpRequest, user: User, factor: Authenticator) -> datetime:
    factor.user = user
    post_authentication(request, factor, reauthenticated=True)
    return _finish(request)


def _proved(request: HttpRequest, user: User, method: str) -> datetime:
    record_authentication(request, user, method=method, reauthenticated=True)
    return _finish(request)


def _finish(request: HttpRequest) -> datetime:
    records: Sequence[Any] = request.session[AUTHENTICATION_METHODS_SESSION_KEY]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = list(records)[-_KEPT_RECORDS:]
    live_sessions.renew_key(request)
    return clock.now() + timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def _wrong(method: str) -> FieldErrors:
    if method == PASSWORD:
        return FieldErrors([FieldError("/value", "incorrect_password", _("The password is wrong."))])
    detail = _("The code is wrong or was already used. Wait for the next one and type it again.")
    return FieldErrors([FieldError("/value", "incorrect_code", detail)])
