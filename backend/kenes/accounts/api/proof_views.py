"""Proof that it is still the same person, before a sensitive step."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import proofs
from kenes.accounts.api.factor_serializers import PasskeyInput, PasskeyOptionsBody
from kenes.accounts.api.proof_serializers import ProofBody, ProofInput, ProofWays
from kenes.accounts.api.serializers import CodeSentBody, EmptyInput
from kenes.accounts.models import User
from kenes.accounts.selectors import get_person
from kenes.foundation.api import ApiRequest, ApiView


class _OwnProofView(ApiView):
    """Also for staff whose rights wait for a second factor: they may need a proof to set it up anew."""

    before_second_factor = True

    def person(self) -> User:
        assert self.request.actor.user_id
        return get_person(self.request.actor.user_id)


class ProofView(_OwnProofView):
    @extend_schema(operation_id="auth_proof_ways", responses=ProofWays)
    def get(self, request: ApiRequest) -> Response:
        user = self.person()
        return self.ok(ProofWays, {"methods": proofs.methods_of(user), "code_to": proofs.code_to(user)})

    @extend_schema(operation_id="auth_proof", request=ProofInput, responses=ProofBody)
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(ProofInput)
        until = proofs.prove(request._request, self.person(), data["method"], data["value"])
        return self.ok(ProofBody, {"fresh_until": until})


class ProofCodeView(_OwnProofView):
    @extend_schema(operation_id="auth_proof_code", request=EmptyInput, responses={202: CodeSentBody})
    def post(self, request: ApiRequest) -> Response:
        self.parse(EmptyInput)
        return self.ok(CodeSentBody, proofs.send_code(request._request, self.person()), status=202)


class ProofPasskeyView(_OwnProofView):
    @extend_schema(operation_id="auth_proof_passkey_options", responses=PasskeyOptionsBody)
    def get(self, request: ApiRequest) -> Response:
        return self.ok(PasskeyOptionsBody, {"options": proofs.passkey_options(self.person())})

    @extend_schema(operation_id="auth_proof_passkey", request=PasskeyInput, responses=ProofBody)
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(PasskeyInput)
        until = proofs.prove_by_passkey(request._request, self.person(), data["credential"])
        return self.ok(ProofBody, {"fresh_until": until})
