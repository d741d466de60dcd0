"""Second factors of a person: authenticator app, passkeys, recovery codes."""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp_auth
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kenes.accounts import abilities, live_sessions, notices, passkeys, selectors, totp, trusted_devices
from kenes.accounts.errors_sign_in import FactorNotFound, FactorNotStarted, LastFactor, NoSecondFactor
from kenes.accounts.events_sign_in import RecoveryCodesMade, SecondFactorAdded, SecondFactorRemoved
from kenes.accounts.models import User
from kenes.accounts.second_step import counted_tries, wrong_factor_code
from kenes.event_log import services as event_log
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FreshProofRequired

Type = Authenticator.Type
KINDS: Final = {Type.TOTP: "totp", Type.WEBAUTHN: "passkey", Type.RECOVERY_CODES: "recovery_codes"}
_STARTED_AT = "kenes_totp_started_at"
_SETUP_SECONDS: Final = 900


@dataclass(frozen=True, slots=True)
class Factor:
    """One second factor as its owner sees it; `codes_left` only of recovery codes."""

    id: int
    kind: str
    name: str
    created_at: datetime
    last_used_at: datetime | None
    codes_left: int | None = None


@dataclass(frozen=True, slots=True)
class TotpStart:
    """What an authenticator app needs, as text, as a link and as a picture."""

    secret: str
    otpauth_url: str
    qr_svg: str


def factors_of(user_id: UUID) -> list[Factor]:
    """Second factors of the person, oldest first."""
    return [_shown(row) for row in Authenticator.objects.filter(user_id=user_id).order_by("created_at", "pk")]


def has_second_factor(user_id: UUID) -> bool:
    """Whether the person has an authenticator app or a passkey (recovery codes alone are none)."""
    return bool(Authenticator.objects.filter(user_id=user_id, type__in=selectors.SECOND_FACTORS).exists())


def is_required(user: User) -> bool:
    """Whether the roles of the person need a second factor."""
    return abilities.is_staff(selectors.actor_for(user).abilities)


def start_totp(*, actor: Actor, request: HttpRequest) -> TotpStart:
    """A new secret, kept in the session until it is confirmed. FreshProofRequired when there is a factor already."""
    user = _owner(actor)
    _require_proof_unless_first(actor)
    secret = totp_auth.get_totp_secret(regenerate=True)
    request.session[_STARTED_AT] = time.time()
    adapter = get_adapter()
    url = adapter.build_totp_url(user, secret)
    return TotpStart(secret, url, adapter.build_totp_svg(url))


@transaction.atomic
def confirm_totp(*, actor: Actor, request: HttpRequest, code: str) -> list[str]:
    """Take the app whose secret waits in this session; an app before it is replaced. All other sessions end.

    Gives new recovery codes, or none when the person has some. Raises FactorNotStarted, FieldErrors (/code),
    Throttled, FreshProofRequired.
    """
    user = _locked(actor)
    _require_proof_unless_first(actor)
    started = request.session.get(_STARTED_AT, 0.0)
    if totp_auth.SECRET_SESSION_KEY not in request.session or time.time() - started > _SETUP_SECONDS:
        raise FactorNotStarted
    with counted_tries(user.pk):
        Authenticator.objects.filter(user=user, type=Type.TOTP).delete()
        added = totp_auth.TOTP.activate(user, totp_auth.get_totp_secret()).instance
        if not totp.take(added, code):
            raise wrong_factor_code()
    totp_auth.clear_totp_secret(request)
    codes = _first_recovery_codes(user)
    live_sessions.end_all(user_id=user.pk, keep=request)
    _added(actor, user, "totp")
    return codes


def start_passkey(*, actor: Actor) -> dict[str, Any]:
    """What the browser needs to make a passkey. FreshProofRequired when there is a factor already."""
    _require_proof_unless_first(actor)
    return passkeys.registration_options(_owner(actor))


@transaction.atomic
def add_passkey(
    *, actor: Actor, request: HttpRequest, name: str, credential: dict[str, Any]
) -> tuple[Factor, list[str]]:
    """Keep a new passkey; the first factor of a person ends all other sessions.

    Gives it with new recovery codes, or none when the person has some. Raises PasskeyRefused, FreshProofRequired.
    """
    user = _locked(actor)
    _require_proof_unless_first(actor)
    is_first = not has_second_factor(user.pk)
    added = passkeys.register(user, name or _("Passkey"), credential)
    codes = _first_recovery_codes(user)
    if is_first:
        live_sessions.end_all(user_id=user.pk, keep=request)
    _added(actor, user, "passkey")
    return _shown(added), codes


@transaction.atomic
def rename(*, actor: Actor, factor_id: str, name: str) -> Factor:
    """Give a factor another name. Raises FactorNotFound."""
    row = _find(_locked(actor), factor_id)
    row.data["name"] = name
    row.save(update_fields=["data"])
    return _shown(row)


@transaction.atomic
def remove(*, actor: Actor, factor_id: str) -> None:
    """Take a factor away; recovery codes go with the last one. Trusted browsers are asked again.

    Raises FactorNotFound, and LastFactor where the roles of the person need one.
    """
    user = _locked(actor)
    row = _find(user, factor_id)
    others = Authenticator.objects.filter(user=user, type__in=selectors.SECOND_FACTORS).exclude(pk=row.pk)
    is_last = row.type in selectors.SECOND_FACTORS and not others.exists()
    if is_last and is_required(user):
        raise LastFactor
    kind = KINDS[row.type]
    row.delete()
    if is_last:
        Authenticator.objects.filter(user=user).delete()
    trusted_devices.forget_all(user.pk)
    event_log.record(SecondFactorRemoved(person_id=user.pk, kind=kind), actor=actor)
    notices.tell(user, notices.Notice.FACTOR_REMOVED)


@transaction.atomic
def new_recovery_codes(*, actor: Actor) -> list[str]:
    """Ten new recovery codes; the ones before are void. NoSecondFactor for a person without a factor."""
    user = _locked(actor)
    if not has_second_factor(user.pk):
        raise NoSecondFactor
    Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).delete()
    codes = _first_recovery_codes(user)
    trusted_devices.forget_all(user.pk)
    event_log.record(RecoveryCodesMade(person_id=user.pk), actor=actor)
    notices.tell(user, notices.Notice.RECOVERY_CODES)
    return codes


def _first_recovery_codes(user: User) -> list[str]:
    if Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).exists():
        return []
    return cast("list[str]", RecoveryCodes.activate(user).generate_codes())


def _added(actor: Actor, user: User, kind: str) -> None:
    event_log.record(SecondFactorAdded(person_id=user.pk, kind=kind), actor=actor)
    notices.tell(user, notices.Notice.FACTOR_ADDED)


def _require_proof_unless_first(actor: Actor) -> None:
    if not actor.is_fresh and has_second_factor(cast("UUID", actor.user_id)):
        raise FreshProofRequired


def _owner(actor: Actor) -> User:
    return selectors.get_person(cast("UUID", actor.user_id))


def _locked(actor: Actor) -> User:
    return User.objects.select_for_update().get(pk=cast("UUID", actor.user_id))


def _find(user: User, factor_id: str) -> Authenticator:
    known = Authenticator.objects.filter(user=user)
    row = next((factor for factor in known if str(factor.pk) == factor_id), None)
    if row is None:
        raise FactorNotFound
    return row


def _shown(row: Authenticator) -> Factor:
    default = {Type.TOTP: _("Authenticator app"), Type.WEBAUTHN: _("Passkey")}.get(
        row.type, _("Recovery codes")
    )
    left = len(row.wrap().get_unused_codes()) if row.type == Type.RECOVERY_CODES else None
    return Factor(
        id=row.pk,
        kind=KINDS[Type(row.type)],
        name=row.data.get("name") or default,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        codes_left=left,
    )
