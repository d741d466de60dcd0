"""Recovery of an account by a code."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import recovery
from kenes.accounts.api.recovery_serializers import RecoveryConfirmInput, RecoveryInput
from kenes.accounts.api.serializers import CodeSentBody, EmptyInput
from kenes.accounts.api.session_views import SignInView
from kenes.foundation.api import ApiRequest
from kenes.foundation.values import PhoneNumber


class RecoveryView(SignInView):
    @extend_schema(operation_id="auth_recovery", request=RecoveryInput, responses={202: CodeSentBody})
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(RecoveryInput)
        phone = PhoneNumber.parse(data["phone"]) if "phone" in data else None
        sent = recovery.start(request._request, phone=phone, email=data.get("email", ""))
        return self.ok(CodeSentBody, sent, status=202)


class RecoveryResendView(SignInView):
    @extend_schema(operation_id="auth_recovery_resend", request=EmptyInput, responses={202: CodeSentBody})
    def post(self, request: ApiRequest) -> Response:
        self.parse(EmptyInput)
        return self.ok(CodeSentBody, recovery.resend(request._request), status=202)


class RecoveryConfirmView(SignInView):
    @extend_schema(operation_id="auth_recovery_confirm", request=RecoveryConfirmInput, responses={204: None})
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(RecoveryConfirmInput)
        recovery.confirm(request._request, digits=data["code"], password=data["password"])
        return Response(status=204)
