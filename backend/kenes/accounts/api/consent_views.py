"""Texts to agree to and their acceptance."""

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import consent_effects, consents, one_time_codes, selectors, sign_in
from kenes.accounts.api.privacy_serializers import ConsentItems, ConsentWithdrawInput
from kenes.accounts.api.serializers import (
    CodeSentBody,
    ConsentBody,
    ConsentCodeInput,
    ConsentInput,
    ConsentTextList,
)
from kenes.accounts.errors_personal_data import ConsentNotGiven
from kenes.accounts.models import ConsentKind
from kenes.foundation.api import PUBLIC, ApiRequest, ApiView
from kenes.foundation.idempotency import idempotent


class ConsentTextsView(ApiView):
    needs = PUBLIC

    @extend_schema(operation_id="consents_texts", responses=ConsentTextList)
    def get(self, request: ApiRequest) -> Response:
        language = get_language() or selectors.DEFAULT_LANGUAGE
        return self.ok(ConsentTextList, {"items": selectors.current_texts(language)})


class _ConsentListView(ApiView):
    def listed(self) -> Response:
        person_id = self.request.actor.user_id
        assert person_id
        language = get_language() or selectors.DEFAULT_LANGUAGE
        return self.ok(ConsentItems, {"items": consent_effects.items(person_id, language)})


class ConsentsView(_ConsentListView):
    @extend_schema(operation_id="consents_list", responses=ConsentItems)
    def get(self, request: ApiRequest) -> Response:
        return self.listed()

    @extend_schema(operation_id="consents_accept", request=ConsentInput, responses={201: ConsentBody})
    def post(self, request: ApiRequest) -> Response:
        # Without @idempotent: a wrong code must stay counted. Repeating is harmless, the first acceptance answers.
        data = self.parse(ConsentInput)
        consent = consents.accept(
            actor=request.actor,
            kind=data["kind"],
            version=data["version"],
            sha256=data["sha256"],
            ip=sign_in.client_ip(request._request),
            user_agent=request.headers.get("User-Agent", ""),
            digits=data.get("code", ""),
        )
        return self.ok(ConsentBody, consent, status=201)


class ConsentCodeView(ApiView):
    @extend_schema(operation_id="consents_code", request=ConsentCodeInput, responses={202: CodeSentBody})
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(ConsentCodeInput)
        code = consents.request_code(
            actor=request.actor, kind=data["kind"], language=get_language() or selectors.DEFAULT_LANGUAGE
        )
        expires_in, resend_after = one_time_codes.seconds_left(code)
        answer = {
            "masked_phone": one_time_codes.masked_phone(code),
            "expires_in_seconds": expires_in,
            "resend_after_seconds": resend_after,
        }
        return self.ok(CodeSentBody, answer, status=202)


class ConsentWithdrawView(_ConsentListView):
    """Take a consent back: as easy as giving it, so without a fresh proof."""

    @extend_schema(operation_id="consents_withdraw", request=ConsentWithdrawInput, responses=ConsentItems)
    @idempotent
    def post(self, request: ApiRequest, kind: str) -> Response:
        data = self.parse(ConsentWithdrawInput)
        if kind not in ConsentKind.values:
            raise ConsentNotGiven
        consents.withdraw(
            actor=request.actor, kind=kind, reason=data["reason"], ip=sign_in.client_ip(request._request)
        )
        return self.listed()
