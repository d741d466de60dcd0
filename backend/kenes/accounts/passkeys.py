"""The WebAuthn ceremonies of passkeys. Every passkey verifies its owner, so it counts as both factors at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.core.exceptions import ValidationError

from kenes.accounts.errors_sign_in import PasskeyRefused
from kenes.accounts.models import User
from kenes.foundation.logs import get as get_log

log = get_log(__name__)
_SIGN_COUNT = "sign_count"


def registration_options(user: User) -> dict[str, Any]:
    """`PublicKeyCredentialCreationOptionsJSON` for a new passkey; the challenge waits in the session."""
    return _plain(auth.begin_registration(user, passwordless=True))


def register(user: User, name: str, credential: dict[str, Any]) -> Authenticator:
    """Keep the new passkey. PasskeyRefused when the answer does not belong to the challenge or the origin."""
    with _challenge():
        parsed = auth.parse_registration_response(credential)
        _require_origin(parsed.response.client_data.origin)
        auth.complete_registration(credential)
    return auth.WebAuthn.add(user, name, credential).instance


def request_options(user: User | None) -> dict[str, Any]:
    """`PublicKeyCredentialRequestOptionsJSON`; None asks for any passkey of this site (sign-in without a name)."""
    return _plain(auth.begin_authentication(user))


def authenticate(user: User | None, credential: dict[str, Any]) -> tuple[User, Authenticator]:
    """Check the answer to the challenge of this session; the challenge works once.

    Without `user` the passkey says whose it is. PasskeyRefused for everything wrong, also for a closed account.
    """
    with _challenge():
        parsed = auth.parse_authentication_response(credential)
        _require_origin(parsed.response.client_data.origin)
        owner = user if user is not None else auth.extract_user_from_response(credential)
        found = auth.complete_authentication(owner, credential)
    if not owner.is_active or owner.is_service:
        raise PasskeyRefused
    _count(found, parsed.response.authenticator_data.counter)
    return owner, found


def _plain(options: dict[str, Any]) -> dict[str, Any]:
    return dict(options["publicKey"])


def _require_origin(origin: str) -> None:
    # The library also takes every subdomain and port of the host.
    if origin != settings.PUBLIC_URL:
        log.warning("passkey_refused", reason="origin")
        raise PasskeyRefused


@contextmanager
def _challenge() -> Iterator[None]:
    """Spend the challenge of the session, whatever comes; every failure inside is PasskeyRefused."""
    try:
        yield
    except PasskeyRefused:
        raise
    except Exception as problem:  # (bytes of the sender: the parser raises whatever it meets)
        reason = "not_accepted" if isinstance(problem, ValidationError) else type(problem).__name__
        log.warning("passkey_refused", reason=reason)
        raise PasskeyRefused from problem
    finally:
        auth.clear_state()


def _count(authenticator: Authenticator, counter: int) -> None:
    """A counter that does not grow is a copied key; synchronised passkeys have none (0)."""
    known = authenticator.data.get(_SIGN_COUNT, 0)
    if counter and counter <= known:
        log.warning("passkey_refused", reason="counter", person_id=str(authenticator.user_id))
        raise PasskeyRefused
    if counter:
        authenticator.data[_SIGN_COUNT] = counter
        authenticator.save(update_fields=["data"])
