"""Sign-in by ЭЦП, and proof of the own ИИН by it."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from kenes.accounts import key_identity, session_facts, sign_in, sign_in_by_key
from kenes.accounts.api.serializers import EmptyInput, SessionBody, SessionUser
from kenes.accounts.api.session_views import SignInView, session_body
from kenes.accounts.selectors import signed_in_actor
from kenes.foundation.api import ApiRequest, ApiView, StrictSerializer

# A CMS of one signer with its certificates and a time stamp has 5 to 12 KB in base64.
MAX_CMS_CHARACTERS = 64 * 1024


class CmsField(serializers.RegexField):
    """A CMS as text: base64, or with the armour of PEM round it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^[A-Za-z0-9+/=\s-]+\Z", trim_whitespace=False, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class KeyChallengeBody(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    text = serializers.CharField()
    data = serializers.CharField()
    expires_at = serializers.DateTimeField()
    ncalayer_url = serializers.CharField()


class KeyAnswerInput(StrictSerializer):
    id = serializers.UUIDField()
    cms = CmsField(max_length=MAX_CMS_CHARACTERS)


class KeyChallengeView(SignInView):
    @extend_schema(operation_id="auth_eds_challenge", request=EmptyInput, responses=KeyChallengeBody)
    def post(self, request: ApiRequest) -> Response:
        self.parse(EmptyInput)
        return self.ok(KeyChallengeBody, sign_in.ask_for_key(request._request))


class KeySignInView(SignInView):
    @extend_schema(operation_id="auth_eds", request=KeyAnswerInput, responses=SessionBody)
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(KeyAnswerInput)
        user = sign_in.by_key(request._request, str(data["id"]), data["cms"])
        return self.ok(SessionBody, session_body(user, signed_in_actor(user)))


class OwnKeyChallengeView(ApiView):
    @extend_schema(operation_id="me_eds_challenge", request=EmptyInput, responses=KeyChallengeBody)
    def post(self, request: ApiRequest) -> Response:
        self.parse(EmptyInput)
        return self.ok(KeyChallengeBody, sign_in_by_key.ask(request._request, sign_in_by_key.IDENTITY))


class OwnKeyView(ApiView):
    # Whoever finds an open browser could otherwise connect his own key with somebody's account.
    fresh = frozenset({"POST"})

    @extend_schema(operation_id="me_eds", request=KeyAnswerInput, responses=SessionUser)
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(KeyAnswerInput)
        owner = sign_in_by_key.owner(
            request._request, purpose=sign_in_by_key.IDENTITY, challenge_id=str(data["id"]), cms=data["cms"]
        )
        user = key_identity.prove_identity(actor=request.actor, owner=owner)
        return self.ok(SessionUser, session_facts.user_facts(user, request.actor))
