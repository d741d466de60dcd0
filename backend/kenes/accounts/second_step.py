"""The second step of signing in: a code of the authenticator app, a recovery code or a passkey."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, cast
from uuid import UUID

from allauth.account.internal.stagekit import clear_login, get_pending_stage
from allauth.account.stages import LoginStage
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.internal.constants import LoginStageKey
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import TOTP
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kenes.accounts import allowances, passkeys, sign_in_log, totp, trusted_devices
from kenes.accounts.errors_sign_in import PasskeyRefused, SecondStepExpired
from kenes.accounts.models import User
from kenes.foundation.errors import FieldError, FieldErrors, Throttled
from kenes.foundation.logs import get as get_log

Type = Authenticator.Type
log = get_log(__name__)
_take_recovery_code = RecoveryCodes.validate_code
_METHODS: Final = {Type.TOTP: "totp", Type.WEBAUTHN: "passkey", Type.RECOVERY_CODES: "recovery_code"}
_TRIES: Final = ("factor_tries", "factor_tries_hour", "factor_tries_day")


class SecondStepStage(AuthenticateStage):  # type: ignore[misc]
    """allauth's stage with our own trusted devices, which can be revoked one person at a time."""

    def _should_handle(self, request: HttpRequest) -> bool:
        asked = super()._should_handle(request)
        return asked and not trusted_devices.is_trusted(request, cast("User", self.login.user))


def methods_of(user: User) -> list[str]:
    """In which ways the person can pass the second step: "totp", "passkey", "recovery_code"."""
    held = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return [method for kind, method in _METHODS.items() if kind in held]


def pending(request: HttpRequest) -> LoginStage:
    """allauth's stage that waits for the second step in this browser; SecondStepExpired when there is none."""
    stage = get_pending_stage(request)
    if stage is None or stage.key != LoginStageKey.MFA_AUTHENTICATE.value:
        raise SecondStepExpired
    user = stage.login.user
    if user is None or not user.is_active:
        clear_login(request)
        raise SecondStepExpired
    return stage


def by_code(request: HttpRequest, stage: LoginStage, code: str) -> None:
    """Finish the sign-in with a code of the app or a recovery code; each one opens once.

    Raises FieldErrors (/code) for a wrong or used one, Throttled after too many for the person or the address.
    """
    user = cast("User", stage.login.user)
    try:
        with counted_tries(user.pk):
            found = find_by_code(user, code)
            if found is None:
                log.warning("second_step_refused", person_id=str(user.pk))
                sign_in_log.second_step_failed(user.pk)
                raise wrong_factor_code()
    except Throttled:
        sign_in_log.locked(user.pk, "totp")
        raise
    _finish(request, stage, found)


def passkey_options(stage: LoginStage) -> dict[str, Any]:
    """What the browser needs to ask one of the person's passkeys."""
    return passkeys.request_options(stage.login.user)


def by_passkey(request: HttpRequest, stage: LoginStage, credential: dict[str, Any]) -> None:
    """Finish the sign-in with a passkey of the person. Raises PasskeyRefused."""
    user = cast("User", stage.login.user)
    owner, found = passkeys.authenticate(user, credential)
    if owner.pk != user.pk:
        raise PasskeyRefused
    _finish(request, stage, found)


def find_by_code(user: User, code: str, *, recovery: bool = True) -> Authenticator | None:
    """The factor whose code this is, with the code used up; None for a wrong or used one."""
    for factor in Authenticator.objects.filter(user=user).exclude(type=Type.WEBAUTHN).order_by("-type"):
        if factor.type == Type.TOTP:
            right = totp.take(factor, code)
        else:
            right = recovery and _take_recovery_code(factor.wrap(), code)
        if right:
            factor.user = user
            return cast("Authenticator", factor)
    return None


@contextmanager
def counted_tries(user_id: UUID) -> Iterator[None]:
    """Counts one try to guess a factor of this person, atomically before it is looked at; a right one is given back.

    Counted per person, not per browser: a new sign-in does not bring new tries.
    """
    for name in _TRIES:
        allowances.spend(name, str(user_id))
    yield
    for name in _TRIES:
        allowances.give_back(name, str(user_id))


def install() -> None:
    """Let the paths that allauth keeps for the mobile application count and check codes as ours do.

    allauth remembers a used code of the app for one period of 30 seconds, although with MFA_TOTP_TOLERANCE it is
    valid for three, so that it would open twice; and its own limit reads and writes, so that parallel guesses pass.
    """

    def validate_totp(self: Any, code: str) -> bool:
        return _counted(self.instance, lambda: totp.take(self.instance, code))

    def validate_recovery(self: Any, code: str) -> bool:
        return _counted(self.instance, lambda: _take_recovery_code(self, code))

    TOTP.validate_code = validate_totp
    RecoveryCodes.validate_code = validate_recovery


def _counted(factor: Authenticator, check: Callable[[], bool]) -> bool:
    """One counted try; over the limit every code is wrong."""
    try:
        for name in _TRIES:
            allowances.spend(name, str(factor.user_id))
    except Throttled:
        return False
    right = check()
    if right:
        for name in _TRIES:
            allowances.give_back(name, str(factor.user_id))
    return right


def wrong_factor_code() -> FieldErrors:
    detail = _("The code is wrong or was already used. Wait for the next one and type it again.")
    return FieldErrors([FieldError("/code", "incorrect_code", detail)])


def _finish(request: HttpRequest, stage: LoginStage, factor: Authenticator) -> None:
    post_authentication(request, factor)
    stage.exit()  # signs in, with a new session key
