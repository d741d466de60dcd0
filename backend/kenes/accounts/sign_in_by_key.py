"""Sign-in by a signature key (ЭЦП), and proof of the own ИИН by one.

The browser signs a text that is good once, for five minutes, in the session that asked for it, and for one purpose. Who
signed it, the adapter says that a higher app provides (settings.PROVIDERS["sign_in_eds"]). A key opens only an account whose
ИИН was proved by a key before: an ИИН that was only typed may be another person's, and its owner must not fall into an
account that a stranger has made.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Protocol, cast
from urllib.parse import urlparse
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as now

from kenes.accounts import allowances, client_address
from kenes.accounts.errors_keys import ChallengeGone
from kenes.foundation import clock, providers
from kenes.foundation.errors import NotFound

CAPABILITY: Final = "sign_in_eds"
SIGN_IN, IDENTITY = "sign_in", "identity"
LIFETIME_SECONDS: Final = 300
_SESSION: Final = "kenes_key_challenge"


@dataclass(frozen=True, slots=True)
class KeyOwner:
    """Who a certificate was issued to, after its chain, its term and its revocation were checked.

    `bin` is empty for a person's own key.
    """

    iin: str
    full_name: str
    bin: str = ""


class KeySignIn(Protocol):
    """What an adapter does. It never sees the key or its password: the browser signs the challenge."""

    def is_ready(self) -> bool:
        """Whether a signature could be judged now; without it nobody is shown this way."""
        ...

    def owner_of(self, *, challenge: bytes, signature: bytes) -> KeyOwner:
        """The person whose key signed exactly this challenge.

        Raises a KenesError that says why the signature or the certificate does not count, or that the certification
        authority does not answer (503).
        """
        ...


@dataclass(frozen=True, slots=True)
class Challenge:
    """A text to be signed; `data` is the same text in base64, as NCALayer takes it."""

    id: str
    text: str
    data: str
    expires_at: datetime
    ncalayer_url: str


def is_available() -> bool:
    """Whether an adapter is configured that can judge signatures."""
    return CAPABILITY in settings.PROVIDERS and _configured().is_ready()


def adapter() -> KeySignIn:
    """The configured adapter; NotFound while there is none that can judge signatures."""
    if not is_available():
        raise NotFound
    return _configured()


def _configured() -> KeySignIn:
    return cast("KeySignIn", providers.load(CAPABILITY))


def ask(request: HttpRequest, purpose: str) -> Challenge:
    """A new text for this browser session; the one before is void. Raises NotFound without an adapter, Throttled."""
    adapter()
    allowances.spend("address_key", client_address.of(request))
    challenge_id, at = str(uuid4()), clock.now()
    text = _text(purpose, at)
    request.session[_SESSION] = {"id": challenge_id, "purpose": purpose, "text": text, "at": at.timestamp()}
    return Challenge(
        id=challenge_id,
        text=text,
        data=base64.b64encode(text.encode()).decode(),
        expires_at=datetime.fromtimestamp(at.timestamp() + LIFETIME_SECONDS, UTC),
        ncalayer_url=settings.NCALAYER_URL,
    )


def owner(request: HttpRequest, *, purpose: str, challenge_id: str, cms: str) -> KeyOwner:
    """Who signed the text that this session asked for. Whatever the answer is, the text is used up.

    Raises ChallengeGone (used, too old, of another session or for another purpose), Throttled, and what the adapter raises.
    """
    judge = adapter()
    allowances.spend("address_key", client_address.of(request))
    kept = request.session.pop(_SESSION, None)
    # Ours is the only request of this session now (SerialSignInMiddleware); the cache holds also where that lock ran out.
    if not _counts(kept, purpose, challenge_id) or not cache.add(
        f"key-challenge:{kept['id']}", 1, LIFETIME_SECONDS
    ):
        raise ChallengeGone
    return judge.owner_of(challenge=kept["text"].encode(), signature=cms.encode())


def _counts(kept: Any, purpose: str, challenge_id: str) -> bool:
    return (
        isinstance(kept, dict)
        and kept["purpose"] == purpose
        and secrets.compare_digest(str(kept["id"]).encode(), challenge_id.encode())
        and 0 <= clock.now().timestamp() - kept["at"] < LIFETIME_SECONDS
    )


def _text(purpose: str, at: datetime) -> str:
    """What the person reads in NCALayer. It names our host, so that a text of ours cannot be passed off elsewhere."""
    host = urlparse(settings.PUBLIC_URL).netloc
    local = at.astimezone(ZoneInfo(settings.DOMAIN_TIME_ZONE))
    first = now("Sign-in to Kenes Hub") if purpose == SIGN_IN else now("Confirmation of the IIN in Kenes Hub")
    return f"{first} ({host})\n{local:%d.%m.%Y %H:%M}\n{secrets.token_urlsafe(32)}\n"
