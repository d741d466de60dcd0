"""Second step of signing in, passkeys as the only login, and a person's own second factors."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import factors, second_step, sign_in, trusted_devices
from kenes.accounts.api.factor_serializers import (
    FactorBody,
    FactorList,
    FactorNameInput,
    PasskeyAddedBody,
    PasskeyAddInput,
    PasskeyInput,
    PasskeyOptionsBody,
    RecoveryCodesBody,
    SecondStepInput,
    SecondStepPasskeyInput,
    TotpStartBody,
)
from kenes.accounts.api.serializers import CodeInput, EmptyInput, SessionBody
from kenes.accounts.api.session_views import SignInView, session_body
from kenes.accounts.models import User
from kenes.accounts.selectors import get_person, signed_in_actor
from kenes.foundation.api import ApiRequest, ApiView


class _SecondStepView(SignInView):
    def answer(self, user: User, *, trust: bool) -> Response:
        response = self.ok(SessionBody, session_body(user, signed_in_actor(user)))
        if trust:
            trusted_devices.trust(self.request._request, response, user)
        return response


class SecondStepView(_SecondStepView):
    @extend_schema(operation_id="auth_second_step", request=SecondStepInput, responses=SessionBody)
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(SecondStepInput)
        user = sign_in.finish_with_code(request._request, data["code"])
        return self.answer(user, trust=data["trust"])


class SecondStepPasskeyView(_SecondStepView):
    @extend_schema(operation_id="auth_second_step_passkey_options", responses=PasskeyOptionsBody)
    def get(self, request: ApiRequest) -> Response:
        options = second_step.passkey_options(sign_in.pending_second_step(request._request))
        return self.ok(PasskeyOptionsBody, {"options": options})

    @extend_schema(
        operation_id="auth_second_step_passkey", request=SecondStepPasskeyInput, responses=SessionBody
    )
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(SecondStepPasskeyInput)
        user = sign_in.finish_with_passkey(request._request, data["credential"])
        return self.answer(user, trust=data["trust"])


class PasskeySignInView(SignInView):
    @extend_schema(operation_id="auth_passkey_options", responses=PasskeyOptionsBody)
    def get(self, request: ApiRequest) -> Response:
        return self.ok(PasskeyOptionsBody, {"options": sign_in.passkey_options(request._request)})

    @extend_schema(operation_id="auth_passkey", request=PasskeyInput, responses=SessionBody)
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(PasskeyInput)
        user = sign_in.by_passkey(request._request, data["credential"])
        return self.ok(SessionBody, session_body(user, signed_in_actor(user)))


class _OwnFactorView(ApiView):
    """Open to staff whose rights wait for a second factor: here they set it up."""

    before_second_factor = True


class FactorsView(_OwnFactorView):
    @extend_schema(operation_id="me_second_factors", responses=FactorList)
    def get(self, request: ApiRequest) -> Response:
        assert request.actor.user_id
        user = get_person(request.actor.user_id)
        answer = {"items": factors.factors_of(user.pk), "required": factors.is_required(user)}
        return self.ok(FactorList, answer)


class TotpStartView(_OwnFactorView):
    @extend_schema(operation_id="me_totp_start", request=EmptyInput, responses=TotpStartBody)
    def post(self, request: ApiRequest) -> Response:
        self.parse(EmptyInput)
        started = factors.start_totp(actor=request.actor, request=request._request)
        return self.ok(TotpStartBody, started)


class TotpConfirmView(_OwnFactorView):
    @extend_schema(operation_id="me_totp_confirm", request=CodeInput, responses=RecoveryCodesBody)
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(CodeInput)
        codes = factors.confirm_totp(actor=request.actor, request=request._request, code=data["code"])
        return self.ok(RecoveryCodesBody, {"recovery_codes": codes})


class PasskeysView(_OwnFactorView):
    @extend_schema(operation_id="me_passkey_options", responses=PasskeyOptionsBody)
    def get(self, request: ApiRequest) -> Response:
        return self.ok(PasskeyOptionsBody, {"options": factors.start_passkey(actor=request.actor)})

    @extend_schema(operation_id="me_passkey_add", request=PasskeyAddInput, responses=PasskeyAddedBody)
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(PasskeyAddInput)
        item, codes = factors.add_passkey(actor=request.actor, request=request._request, **data)
        return self.ok(PasskeyAddedBody, {"item": item, "recovery_codes": codes or None})


class FactorView(ApiView):
    fresh = frozenset({"DELETE"})

    @extend_schema(operation_id="me_second_factor_rename", request=FactorNameInput, responses=FactorBody)
    def patch(self, request: ApiRequest, factor_id: str) -> Response:
        data = self.parse(FactorNameInput)
        return self.ok(
            FactorBody, factors.rename(actor=request.actor, factor_id=factor_id, name=data["name"])
        )

    @extend_schema(operation_id="me_second_factor_remove", responses={204: None})
    def delete(self, request: ApiRequest, factor_id: str) -> Response:
        factors.remove(actor=request.actor, factor_id=factor_id)
        return Response(status=204)


class RecoveryCodesView(ApiView):
    fresh = frozenset({"POST"})

    @extend_schema(operation_id="me_recovery_codes", request=EmptyInput, responses=RecoveryCodesBody)
    def post(self, request: ApiRequest) -> Response:
        self.parse(EmptyInput)
        return self.ok(RecoveryCodesBody, {"recovery_codes": factors.new_recovery_codes(actor=request.actor)})
