"""What allauth's OpenID Connect provider asks us: issuer, keys, claims, who a subject is."""

from collections.abc import Iterable
from typing import Any, Literal
from uuid import UUID

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import Client, PrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings

from kenes.accounts import scopes, token_keys
from kenes.accounts.models import User

SUBJECT_KEY = "subject_key"


class OidcAdapter(DefaultOIDCAdapter):  # type: ignore[misc]
    """Fixed issuer, keys of `token_keys`, subjects that differ from program to program, and never an ИИН."""

    def get_issuer(self) -> str:
        return str(settings.PUBLIC_URL)

    def list_private_keys(
        self, *, did_activate: Literal[True] | None = None, is_active: Literal[True] | None = None
    ) -> list[PrivateKey]:
        keys = [
            PrivateKey(
                pem=key.pem, not_before=key.not_before, expires_at=key.expires_at, issued_at=key.issued_at
            )
            for key in token_keys.keys(token_keys.OIDC)
        ]
        return list(_filtered(keys, did_activate=did_activate, is_active=is_active))

    def get_claims(
        self,
        purpose: str,
        user: Any,
        client: Client,
        scopes: Iterable[str],
        email: str | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """`sub`, and by scope name and language or e-mail. Phone and ИИН are in no scope."""
        granted = set(scopes)
        claims: dict[str, Any] = {"sub": self.get_user_sub(client, user)}
        if "profile" in granted:
            claims |= {"name": user.full_name, "locale": user.language}
        if "email" in granted and user.email:
            claims |= {"email": user.email, "email_verified": user.email_verified_at is not None}
        return claims

    def get_user_sub(self, client: Client, user: Any) -> str:
        """The person as one block of a cipher with the program's own key: two programs cannot compare their people."""
        cipher = _cipher(client).encryptor()
        return (cipher.update(user.pk.bytes) + cipher.finalize()).hex()

    def get_user_by_sub(self, client: Client, sub: str) -> User | None:
        try:
            block = bytes.fromhex(sub)
        except (TypeError, ValueError):
            return None
        if len(block) != 16:
            return None
        cipher = _cipher(client).decryptor()
        user_id = UUID(bytes=cipher.update(block) + cipher.finalize())
        return User.objects.filter(pk=user_id, is_active=True).first()

    def populate_server_metadata(self, data: dict[str, Any]) -> None:
        """Addresses by our one origin whatever host was asked, and only what we really offer."""
        origin = settings.PUBLIC_URL
        for name, value in list(data.items()):
            if name.endswith(("_endpoint", "_uri")) and isinstance(value, str):
                data[name] = origin + "/" + value.partition("://")[2].partition("/")[2]
        for closed in ("device_authorization_endpoint", "end_session_endpoint"):
            data.pop(closed, None)
        data |= {
            "subject_types_supported": ["pairwise"],
            "scopes_supported": list(scopes.CODES),
            "grant_types_supported": ["authorization_code", "client_credentials", "refresh_token"],
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "claims_supported": [
                "sub",
                "iss",
                "aud",
                "exp",
                "iat",
                "name",
                "locale",
                "email",
                "email_verified",
            ],
            "authorization_response_iss_parameter_supported": True,
        }


def _filtered(
    keys: list[PrivateKey], *, did_activate: Literal[True] | None, is_active: Literal[True] | None
) -> list[PrivateKey]:
    from allauth.idp.oidc.internal.private_keys import filter_keys

    found: list[PrivateKey] = filter_keys(keys, did_activate=did_activate, is_active=is_active)
    return found


def _cipher(client: Client) -> "Cipher[modes.ECB]":
    # One block, one key per program, the block a random UUID: the mode has nothing to leak here.
    key = bytes.fromhex(client.data[SUBJECT_KEY])
    return Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305
