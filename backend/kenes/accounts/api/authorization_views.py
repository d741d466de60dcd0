"""The consent page: what a program asks of me, and my answer."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from kenes.accounts import oidc_provider, scopes
from kenes.accounts.api.program_serializers import AuthorizationBody, AuthorizationInput, RedirectBody
from kenes.accounts.errors_tokens import AuthorizationMalformed
from kenes.accounts.models import User
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.errors import Forbidden, ViewingOnly

_QUERY = [
    OpenApiParameter(name, OpenApiTypes.STR)
    for name in (
        "client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge",
        "code_challenge_method", "prompt", "max_age",
    )
]  # fmt: skip


class AuthorizationView(ApiView):
    """Only by the browser session: no token can let a program in, and nobody who looks through another's eyes."""

    @extend_schema(operation_id="oauth_authorization", parameters=_QUERY, responses=AuthorizationBody)
    def get(self, request: ApiRequest) -> Response:
        user = self._decider(request)
        asked = self._read(request.META.get("QUERY_STRING", ""))
        new = oidc_provider.new_scopes(asked, user)
        organisation = asked.program.organisation
        body = {
            "client": {
                "name": asked.program.client.name,
                "organisation_name": organisation.name if organisation is not None else None,
            },
            "scopes": [
                {
                    "code": scope.code,
                    "label": scope.label,
                    "explanation": scope.explanation,
                    "new": scope.code in new,
                }
                for scope in scopes.known(asked.scopes)
            ],
            "account": {"full_name": user.full_name or user.email or ""},
        }
        return self.ok(AuthorizationBody, body)

    @extend_schema(operation_id="oauth_authorize", request=AuthorizationInput, responses=RedirectBody)
    def post(self, request: ApiRequest) -> Response:
        user = self._decider(request)
        data = self.parse(AuthorizationInput)
        try:
            target = oidc_provider.answer(
                request=request._request,
                actor=request.actor,
                user=user,
                query=data["query"],
                allow=data["allow"],
            )
        except oidc_provider.RefusedToProgram as refusal:
            target = refusal.redirect_to
        return self.ok(RedirectBody, {"redirect_to": target})

    @staticmethod
    def _read(query: str) -> oidc_provider.Asked:
        try:
            return oidc_provider.read(query)
        except oidc_provider.RefusedToProgram as refusal:
            # The browser comes here only with a query that /identity/o/authorize has let pass.
            raise AuthorizationMalformed from refusal

    @staticmethod
    def _decider(request: ApiRequest) -> User:
        if request.actor.viewed_by is not None:
            raise ViewingOnly
        if request.actor.channel != "web":
            raise Forbidden
        assert isinstance(request.user, User)
        return request.user
