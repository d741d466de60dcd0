"""How allauth stores the secrets of second factors and what passkeys are bound to."""

import base64
from typing import Any
from urllib.parse import urlparse

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from kenes.accounts.models import User
from kenes.foundation import crypto
from kenes.foundation.values import PhoneNumber


def shown_name(user: User) -> str:
    """What tells this account from others in an authenticator app: e-mail, else masked number."""
    if user.email:
        return user.email
    return PhoneNumber.parse(user.phone).masked() if user.phone else settings.MFA_TOTP_ISSUER


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are encrypted with the field keys; passkeys belong to the host of PUBLIC_URL, whatever host is asked."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(crypto.encrypt(text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.decrypt(base64.b64decode(encrypted_text)).decode()

    def get_totp_label(self, user: User) -> str:
        return shown_name(user)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": urlparse(settings.PUBLIC_URL).hostname or "localhost", "name": settings.MFA_TOTP_ISSUER}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        name = shown_name(user)
        return {"id": user.pk.hex.encode(), "name": name, "display_name": user.full_name or name}

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: allauth would send inside the request; our own notices are queued."""
