"""A person's own e-mail, phone number and password. Each change needs a proof and a code to what is new."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import contacts, passwords, proofs, session_facts
from kenes.accounts.api.contact_serializers import NewEmailInput, NewPasswordInput, NewPhoneInput
from kenes.accounts.api.serializers import CodeInput, CodeSentBody, SessionUser
from kenes.accounts.models import User
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.errors import FreshProofRequired
from kenes.foundation.values import PhoneNumber


class _OwnContactView(ApiView):
    def person(self, user: User) -> Response:
        return self.ok(SessionUser, session_facts.user_facts(user, self.request.actor))


class OwnEmailView(_OwnContactView):
    fresh = frozenset({"POST", "DELETE"})

    @extend_schema(operation_id="me_email_start", request=NewEmailInput, responses={202: CodeSentBody})
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(NewEmailInput)
        sent = contacts.start_email(actor=request.actor, request=request._request, email=data["email"])
        return self.ok(CodeSentBody, sent, status=202)

    @extend_schema(operation_id="me_email_remove", responses=SessionUser)
    def delete(self, request: ApiRequest) -> Response:
        return self.person(contacts.remove_email(actor=request.actor))


class OwnEmailConfirmView(_OwnContactView):
    @extend_schema(operation_id="me_email_confirm", request=CodeInput, responses=SessionUser)
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(CodeInput)
        user = contacts.confirm_email(actor=request.actor, request=request._request, digits=data["code"])
        return self.person(user)


class OwnPhoneView(_OwnContactView):
    """A proof is asked of everybody who can give one: an account that came by an outside login alone has no way to."""

    @extend_schema(operation_id="me_phone_start", request=NewPhoneInput, responses={202: CodeSentBody})
    def post(self, request: ApiRequest) -> Response:
        assert isinstance(request.user, User)
        if not request.actor.is_fresh and proofs.methods_of(request.user):
            raise FreshProofRequired
        phone = PhoneNumber.parse(self.parse(NewPhoneInput)["phone"])
        sent = contacts.start_phone(actor=request.actor, request=request._request, phone=phone)
        return self.ok(CodeSentBody, sent, status=202)


class OwnPhoneConfirmView(_OwnContactView):
    @extend_schema(operation_id="me_phone_confirm", request=CodeInput, responses=SessionUser)
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(CodeInput)
        user = contacts.confirm_phone(actor=request.actor, request=request._request, digits=data["code"])
        return self.person(user)


class OwnPasswordView(ApiView):
    fresh = frozenset({"POST"})

    @extend_schema(operation_id="me_password", request=NewPasswordInput, responses={204: None})
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(NewPasswordInput)
        passwords.set_own(actor=request.actor, request=request._request, password=data["password"])
        return Response(status=204)
