"""Browsers in which a person asked not to be asked for the second step again."""

import secrets
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from kenes.accounts.models import TrustedDevice, User
from kenes.foundation import clock, crypto

COOKIE: Final = "kenes_trusted"
# One browser may be shared by a few people; older tokens fall out of the cookie.
_TOKENS_IN_COOKIE: Final = 4


def _hash(user_id: UUID, token: str) -> str:
    # Bound to the person: the cookie of another one is as good as none.
    return crypto.lookup_hash(f"trusted-device:{user_id}:{token}")


def _tokens(request: HttpRequest) -> list[str]:
    return request.COOKIES.get(COOKIE, "")[:400].split(".")[:_TOKENS_IN_COOKIE]


def is_trusted(request: HttpRequest, user: User) -> bool:
    """Whether this browser needs no second step for the person."""
    hashes = [
        digest
        for token in _tokens(request)
        if token
        for digest in crypto.lookup_hashes(f"trusted-device:{user.pk}:{token}")
    ]
    return bool(hashes) and TrustedDevice.objects.filter(
        user=user, token_hash__in=hashes, expires_at__gt=clock.now()
    ).exists()  # fmt: skip


@transaction.atomic
def trust(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Remember this browser for the person for settings.TRUSTED_DEVICE_AGE; sets the cookie."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    TrustedDevice.objects.filter(expires_at__lt=now).delete()
    TrustedDevice.objects.create(
        user=user, token_hash=_hash(user.pk, token), expires_at=now + settings.TRUSTED_DEVICE_AGE
    )
    kept = [known for known in _tokens(request) if known][: _TOKENS_IN_COOKIE - 1]
    response.set_cookie(
        COOKIE,
        ".".join([token, *kept]),
        max_age=settings.TRUSTED_DEVICE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_all(user_id: UUID) -> None:
    """Every browser of the person is asked for the second step again."""
    TrustedDevice.objects.filter(user_id=user_id).delete()
