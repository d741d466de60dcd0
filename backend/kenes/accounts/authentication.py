"""Who a request of the API comes from when it brings an access token (setting KENES_AUTHENTICATION)."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from kenes.accounts import bearer
from kenes.accounts.errors_tokens import TokenInvalid
from kenes.accounts.models import User
from kenes.accounts.scopes import TokenGrant


class BearerAuthentication(BaseAuthentication):
    """Tokens of our app (full rights of the person) and of programs of partners (their scopes).

    Stands before the cookie and never lets it answer in its place: a request with both is a request with a token. A
    browser cannot be made to send a token by another site, so none of these requests needs a CSRF token.
    """

    def authenticate(self, request: Request) -> tuple[User, TokenGrant] | None:
        found = bearer.of_request(request._request)
        if found is None:
            return None
        if found.user is None:
            raise TokenInvalid
        return found.user, found.grant

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Access tokens, in the schema."""

    target_class = "kenes.accounts.authentication.BearerAuthentication"
    name = "accessToken"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
