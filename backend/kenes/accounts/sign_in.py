"""Sign-in of a browser: our steps in front of allauth's flows, which keep the pending code in the session."""

import time
from typing import Any, Final, cast

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.constants import LoginStageKey
from allauth.account.internal.flows import login, logout
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import clear_login, get_pending_stage
from allauth.account.models import Login
from allauth.core.internal.cryptokit import compare_user_code
from allauth.core.internal.httpkit import is_headless_request
from allauth.headless.constants import Client
from allauth.headless.internal.decorators import mark_request_as_headless
from allauth.mfa.internal.constants import LoginStageKey as MfaStageKey
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import translation

from kenes.accounts import (
    allowances,
    answer_time,
    client_address,
    hashing,
    key_identity,
    one_time_codes,
    passkeys,
    second_step,
    selectors,
    services,
    sign_in_by_key,
    sign_in_log,
)
from kenes.accounts.code_requests import CodeSent
from kenes.accounts.errors import (
    AlreadySignedIn,
    BadCredentials,
    CodeExpired,
    CodeSpent,
    NoMoreResends,
    SecondStepRequired,
)
from kenes.accounts.errors_keys import KeyUnknown
from kenes.accounts.errors_sign_in import PasskeyRefused, SecondStepExpired
from kenes.accounts.mobile_numbers import require_mobile
from kenes.accounts.models import User
from kenes.foundation.errors import KenesError, Throttled
from kenes.foundation.logs import get as get_log
from kenes.foundation.values import PhoneNumber

log = get_log(__name__)
# How the last attempt of this session ended, so that a late answer can say it: "spent" or nothing.
_ENDED = "kenes_sign_in_ended"
_SENT_AT = "kenes_sign_in_sent_at"
_PASSWORD_TRIES: Final = ("password_tries", "password_tries_hour")


def client_ip(request: HttpRequest) -> str:
    """Address of the browser as our proxy saw it, for limits and for the record of a consent."""
    return client_address.of(request)


@answer_time.floor()
def start_by_phone(request: HttpRequest, phone: PhoneNumber) -> CodeSent:
    """Send a code to the number and remember the attempt in the session.

    Known, unknown and deactivated numbers get the same answer in the same time (never faster than the floor).
    Raises FieldErrors (/phone), AlreadySignedIn, Throttled.
    """
    _prepare(request)
    require_mobile(phone)
    allowances.spend_for_code(ip=client_ip(request), to=str(phone))
    user = services.ensure_account(phone=phone, language=translation.get_language() or "")
    allowances.spend("account_day", str(user.pk if user else phone))
    clear_login(request)
    LoginCodeVerificationProcess.initiate(request=request, user=user, phone=str(phone))
    request.session[_SENT_AT] = time.time()
    request.session.pop(_ENDED, None)
    return _sent(phone)


@answer_time.floor()
def resend_code(request: HttpRequest) -> CodeSent:
    """Send a new code for the pending attempt; the tries already used stay used.

    Raises CodeExpired or CodeSpent (no attempt pending), NoMoreResends, Throttled (too soon).
    """
    _prepare(request)
    process = _pending(request)
    phone = PhoneNumber.parse(process.state["phone"])
    waited = time.time() - request.session.get(_SENT_AT, 0.0)
    if waited < settings.SIGN_IN_RESEND_AFTER_SECONDS:
        raise Throttled(retry_after=max(1, round(settings.SIGN_IN_RESEND_AFTER_SECONDS - waited)))
    if not process.can_resend:
        raise NoMoreResends
    allowances.spend_for_code(ip=client_ip(request), to=str(phone))
    allowances.spend("account_day", str(process.user.pk if process.user is not None else phone))
    process.state["at"] = time.time()  # the new code gets its full time
    if process.user is not None:
        process.resend()
    else:
        # A deactivated account: allauth would make a code for nobody. Same steps, no message.
        process.record_resend()
        process.persist()
    request.session[_SENT_AT] = time.time()
    return _sent(phone)


def confirm_code(request: HttpRequest, digits: str) -> User:
    """Answer the pending attempt; the browser is signed in afterwards.

    Raises FieldErrors (/code with tries_left), CodeSpent at the third wrong code, CodeExpired when nothing is
    pending in this browser, SecondStepRequired.
    """
    _prepare(request)
    allowances.spend("address_confirm", client_ip(request))
    process = _pending(request)
    if not process.code or not compare_user_code(actual=digits, expected=process.code):
        with answer_time.floor():  # a deactivated account has less to do here
            raise _wrong_code(request, process)
    process.finish(None)
    request.session.pop(_SENT_AT, None)
    return _signed_in(request, otherwise=CodeExpired)  # deactivated while the code was on its way


def _wrong_code(request: HttpRequest, process: Any) -> KenesError:
    log.warning("sign_in_code_refused")
    if process.record_invalid_attempt():
        return one_time_codes.wrong_code(process.max_attempts - process.state["failed_attempts"])
    request.session[_ENDED] = "spent"
    sign_in_log.locked(process.user.pk if process.user is not None else None, "code")
    return CodeSpent()


def by_password(request: HttpRequest, email: str, password: str) -> User:
    """Sign in with e-mail and password (people who have one: staff).

    BadCredentials is the same, in the same time, for an unknown e-mail, a wrong password and a deactivated
    account. Throttled after too many wrong ones for the e-mail or from the address, SignInBusy when too many people
    sign in at this moment, SecondStepRequired with MFA.
    """
    _prepare(request)
    ip = client_ip(request)
    try:
        with hashing.turn():
            allowances.spend("address_password", ip)
            allowances.spend("range_password", allowances.network_of(ip))
            user = _authenticate(request, email, password)
    except ValidationError as problem:  # allauth's own limit per e-mail
        raise Throttled(retry_after=300) from problem
    # An address that was only written down, or one known to allauth alone, never opens the door.
    confirmed = user is not None and user.email == email and user.email_verified_at is not None
    if user is None or not confirmed or not user.is_active or user.is_service:
        raise BadCredentials
    allowances.give_back("address_password", ip)
    allowances.give_back("range_password", allowances.network_of(ip))
    for name in _PASSWORD_TRIES:
        allowances.give_back(name, email)
    login.perform_password_login(request, {"email": email}, Login(user=user, email=email))
    return _signed_in(request, otherwise=BadCredentials)


def _authenticate(request: HttpRequest, email: str, password: str) -> User | None:
    """Check the password. Tries are counted before it: allauth counts after, so that parallel ones would pass."""
    try:
        for name in _PASSWORD_TRIES:
            allowances.spend(name, email)
    except Throttled:
        sign_in_log.locked(selectors.id_by_email(email), "password")
        raise
    return cast("User | None", get_adapter().authenticate(request, email=email, password=password))


def by_invitation(request: HttpRequest, user: User) -> User:
    """Sign in the person who has just accepted an invitation; who has a second factor is asked for it.

    Raises AlreadySignedIn, SecondStepRequired.
    """
    _prepare(request)
    clear_login(request)
    login.record_authentication(request, user, method="invitation")
    login.perform_login(request, Login(user=user, email=user.email))
    return _signed_in(request, otherwise=BadCredentials)


def by_key(request: HttpRequest, challenge_id: str, cms: str) -> User:
    """Sign in with a text signed by ЭЦП; who has a second factor is asked for it: a key file is easily copied.

    Raises KeyUnknown, ChallengeGone, AlreadySignedIn, SecondStepRequired, Throttled, and what the judge of the signature raises.
    """
    _prepare(request)
    owner = sign_in_by_key.owner(request, purpose=sign_in_by_key.SIGN_IN, challenge_id=challenge_id, cms=cms)
    user = key_identity.account_of(owner)
    clear_login(request)
    login.record_authentication(request, user, method="eds")
    login.perform_login(request, Login(user=user, email=user.email))
    return _signed_in(request, otherwise=KeyUnknown)


def ask_for_key(request: HttpRequest) -> sign_in_by_key.Challenge:
    """The text to sign for signing in. Raises AlreadySignedIn, Throttled, NotFound where no key signs in."""
    _prepare(request)
    return sign_in_by_key.ask(request, sign_in_by_key.SIGN_IN)


def pending_second_step(request: HttpRequest) -> Any:
    """The sign-in of this browser that waits for the second step. Raises SecondStepExpired, AlreadySignedIn."""
    _prepare(request)
    return second_step.pending(request)


def finish_with_code(request: HttpRequest, code: str) -> User:
    """Second step by a code of the app or a recovery code. Raises FieldErrors (/code), SecondStepExpired, Throttled."""
    stage = pending_second_step(request)
    allowances.spend("address_confirm", client_ip(request))
    second_step.by_code(request, stage, code)
    return _signed_in(request, otherwise=SecondStepExpired)


def finish_with_passkey(request: HttpRequest, credential: dict[str, Any]) -> User:
    """Second step by a passkey. Raises PasskeyRefused, SecondStepExpired, Throttled."""
    stage = pending_second_step(request)
    allowances.spend("address_confirm", client_ip(request))
    second_step.by_passkey(request, stage, credential)
    return _signed_in(request, otherwise=SecondStepExpired)


def passkey_options(request: HttpRequest) -> dict[str, Any]:
    """What the browser needs to ask for any passkey of this site. Raises AlreadySignedIn, Throttled."""
    _prepare(request)
    allowances.spend("address_confirm", client_ip(request))
    return passkeys.request_options(None)


def by_passkey(request: HttpRequest, credential: dict[str, Any]) -> User:
    """Sign in with a passkey alone: it counts as both factors. Raises PasskeyRefused, AlreadySignedIn, Throttled."""
    _prepare(request)
    allowances.spend("address_confirm", client_ip(request))
    user, found = passkeys.authenticate(None, credential)
    clear_login(request)
    perform_passwordless_login(request, found, Login(user=user))
    return _signed_in(request, otherwise=PasskeyRefused)


def sign_out(request: HttpRequest) -> None:
    """End the session of this browser, and any pending attempt; harmless when nobody is signed in."""
    _make_headless(request)
    logout.logout(request, show_message=False)
    request.session.flush()


def _prepare(request: HttpRequest) -> None:
    _make_headless(request)
    if request.user.is_authenticated:
        raise AlreadySignedIn


def _make_headless(request: HttpRequest) -> None:
    # allauth must answer with data, not with redirects to pages that do not exist.
    if not is_headless_request(request):  # the app's addresses have said already who they are
        mark_request_as_headless(request, Client.BROWSER)
    if getattr(request, "user", None) is None:  # the API leaves nobody, allauth expects the anonymous user
        request.user = AnonymousUser()


def _pending(request: HttpRequest) -> Any:
    """allauth's process of the pending code of this session."""
    stage = get_pending_stage(request)
    process = None
    if stage is not None and stage.key == LoginStageKey.LOGIN_BY_CODE:
        process = LoginCodeVerificationProcess.resume(stage)
    if process is None:
        raise CodeSpent if request.session.get(_ENDED) == "spent" else CodeExpired
    return process


def _sent(phone: PhoneNumber) -> CodeSent:
    lifetime, resend_after = app_settings.LOGIN_BY_CODE_TIMEOUT, settings.SIGN_IN_RESEND_AFTER_SECONDS
    return CodeSent(phone.masked(), "", lifetime, resend_after)


def _signed_in(request: HttpRequest, *, otherwise: type[KenesError]) -> User:
    user = request.user
    if isinstance(user, User):
        log.info("signed_in", person_id=str(user.pk))
        return user
    stage = get_pending_stage(request)
    if stage is not None and stage.key == MfaStageKey.MFA_AUTHENTICATE:
        raise SecondStepRequired(methods=second_step.methods_of(stage.login.user))
    raise otherwise
