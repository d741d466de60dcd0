"""The place where sign-in by a signature key (ЭЦП) plugs in. No adapter is part of this app.

An adapter is named in settings.PROVIDERS["sign_in_eds"]; while there is none, `sign_in.eds` of the session is false and
the browser shows no such button. Whoever adds one also adds the addresses for the challenge and the answer.
"""

from dataclasses import dataclass
from typing import Final, Protocol, cast

from django.conf import settings

from kenes.foundation import providers
from kenes.foundation.errors import NotFound

CAPABILITY: Final = "sign_in_eds"


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

    def owner_of(self, *, challenge: bytes, signature: bytes) -> KeyOwner:
        """The owner of the key that signed exactly this challenge.

        Raises `providers.Rejected` for a wrong signature or a certificate that does not count (reason says which),
        `providers.Temporary` when the certification authority does not answer.
        """
        ...


def is_available() -> bool:
    """Whether an adapter is configured."""
    return CAPABILITY in settings.PROVIDERS


def adapter() -> KeySignIn:
    """The configured adapter; NotFound while there is none."""
    if not is_available():
        raise NotFound
    return cast("KeySignIn", providers.load(CAPABILITY))
