"""Session, sign-in, sign-out and own profile."""

from typing import Any

from django.conf import settings
from django.middleware.csrf import get_token
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import services, session_facts, sign_in, viewing
from kenes.accounts.api.serializers import (
    CodeInput,
    CodeSentBody,
    EmptyInput,
    PasswordInput,
    PhoneStepInput,
    ProfileInput,
    SessionBody,
    SessionUser,
)
from kenes.accounts.models import User
from kenes.accounts.selectors import signed_in_actor
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.api import PUBLIC, ApiRequest, ApiView
from kenes.foundation.values import PhoneNumber


def session_body(user: User | None, actor: Actor | None) -> dict[str, Any]:
    """`SessionBody` of a person and the rights that count now; without them, of nobody."""
    return {
        "authenticated": user is not None,
        "user": session_facts.user_facts(user, actor) if user is not None and actor is not None else None,
        "viewing": session_facts.viewing(actor),
        "sign_in": session_facts.ways_to_sign_in(),
        "demo": settings.DEMO,
        "today": clock.today(),
        "verify_limit_bytes": settings.VERIFY_MAX_BYTES,
    }


class SessionView(ApiView):
    needs = PUBLIC
    scopes = {"GET": "profile:read"}

    @extend_schema(operation_id="session_get", responses=SessionBody)
    def get(self, request: ApiRequest) -> Response:
        get_token(request._request)  # sets the CSRF cookie that sign-in needs
        user = request.user if isinstance(request.user, User) else None
        seen = viewing.current(request._request)
        if seen is not None and request.actor.viewed_by is not None:
            user = seen.person
        return self.ok(SessionBody, session_body(user, request.actor))


class SignInView(ApiView):
    """Sign-in needs the CSRF token also without a session: nobody may sign a visitor in as somebody else."""

    needs = PUBLIC
    csrf_always = True


class PhoneStepView(SignInView):
    @extend_schema(operation_id="auth_phone", request=PhoneStepInput, responses={202: CodeSentBody})
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(PhoneStepInput)
        sent = sign_in.start_by_phone(request._request, PhoneNumber.parse(str(data["phone"])))
        return self.ok(CodeSentBody, sent, status=202)


class PhoneResendView(SignInView):
    @extend_schema(operation_id="auth_phone_resend", request=EmptyInput, responses={202: CodeSentBody})
    def post(self, request: ApiRequest) -> Response:
        self.parse(EmptyInput)
        return self.ok(CodeSentBody, sign_in.resend_code(request._request), status=202)


class PhoneConfirmView(SignInView):
    @extend_schema(operation_id="auth_phone_confirm", request=CodeInput, responses=SessionBody)
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(CodeInput)
        user = sign_in.confirm_code(request._request, data["code"])
        return self.ok(SessionBody, session_body(user, signed_in_actor(user)))


class PasswordView(SignInView):
    @extend_schema(operation_id="auth_password", request=PasswordInput, responses=SessionBody)
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(PasswordInput)
        user = sign_in.by_password(request._request, data["email"].lower(), data["password"])
        return self.ok(SessionBody, session_body(user, signed_in_actor(user)))


class LogoutView(ApiView):
    needs = PUBLIC

    @extend_schema(operation_id="auth_logout", request=EmptyInput, responses={204: None})
    def post(self, request: ApiRequest) -> Response:
        sign_in.sign_out(request._request)
        return Response(status=204)


class ProfileView(ApiView):
    @extend_schema(operation_id="me_update", request=ProfileInput, responses=SessionUser)
    def patch(self, request: ApiRequest) -> Response:
        data = self.parse(ProfileInput)
        actor = request.actor
        assert actor.user_id
        user = services.update_profile(actor=actor, user_id=actor.user_id, **data)
        return self.ok(SessionUser, session_facts.user_facts(user, actor))
