"""Programs of partners for those who manage them, and for the people who use them."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import programs, scopes
from kenes.accounts.api.program_serializers import (
    OwnProgramList,
    ProgramBody,
    ProgramChangeInput,
    ProgramInput,
    ProgramPage,
    ProgramRegisteredBody,
    ProgramSecretBody,
    ProgramsQuery,
    ScopeList,
)
from kenes.accounts.api.serializers import EmptyInput
from kenes.foundation.api import PUBLIC, ApiRequest, ApiView

_MANAGE = "oauth_client.edit"


class ScopesView(ApiView):
    """What programs can be allowed to do."""

    needs = PUBLIC

    @extend_schema(operation_id="scopes_list", responses=ScopeList)
    def get(self, request: ApiRequest) -> Response:
        return self.ok(ScopeList, {"items": scopes.CATALOGUE})


class ProgramsView(ApiView):
    """All programs; a new one. Not idempotent by key: a stored answer would keep the secret."""

    needs = _MANAGE
    fresh = frozenset({"POST"})

    @extend_schema(operation_id="programs_list", parameters=[ProgramsQuery], responses=ProgramPage)
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(ProgramsQuery)
        rows = programs.visible_to(request.actor)
        return self.page(ProgramBody, rows, limit=query["limit"], cursor=query["cursor"])

    @extend_schema(
        operation_id="programs_register", request=ProgramInput, responses={201: ProgramRegisteredBody}
    )
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(ProgramInput)
        registered = programs.register(
            actor=request.actor,
            name=data["name"],
            kind=data["kind"],
            grants=sorted(set(data["grants"])),
            scope_codes=[scope.code for scope in scopes.known(data["scopes"])],
            redirect_uris=list(dict.fromkeys(data["redirect_uris"])),
            organisation_id=data["organisation_id"],
        )
        return self.ok(ProgramRegisteredBody, registered, status=201)


class ProgramView(ApiView):
    needs = _MANAGE

    @extend_schema(operation_id="programs_retrieve", responses=ProgramBody)
    def get(self, request: ApiRequest, program_id: UUID) -> Response:
        return self.ok(ProgramBody, programs.get(actor=request.actor, program_id=program_id))

    @extend_schema(operation_id="programs_change", request=ProgramChangeInput, responses=ProgramBody)
    def patch(self, request: ApiRequest, program_id: UUID) -> Response:
        changes = self.parse(ProgramChangeInput)
        return self.ok(
            ProgramBody, programs.change(actor=request.actor, program_id=program_id, changes=dict(changes))
        )


class ProgramSecretView(ApiView):
    needs = _MANAGE
    fresh = frozenset({"POST"})

    @extend_schema(operation_id="programs_rotate_secret", request=EmptyInput, responses=ProgramSecretBody)
    def post(self, request: ApiRequest, program_id: UUID) -> Response:
        self.parse(EmptyInput)
        secret = programs.rotate_secret(actor=request.actor, program_id=program_id)
        return self.ok(ProgramSecretBody, {"client_secret": secret})


class ProgramRevokeView(ApiView):
    needs = _MANAGE
    fresh = frozenset({"POST"})

    @extend_schema(operation_id="programs_revoke", request=EmptyInput, responses=ProgramBody)
    def post(self, request: ApiRequest, program_id: UUID) -> Response:
        self.parse(EmptyInput)
        return self.ok(ProgramBody, programs.revoke(actor=request.actor, program_id=program_id))


class OwnProgramsView(ApiView):
    """Programs that I let act for me."""

    @extend_schema(operation_id="me_programs", responses=OwnProgramList)
    def get(self, request: ApiRequest) -> Response:
        assert request.actor.user_id
        rows = [
            {
                "program_id": row.program_id,
                "program": row.program,
                "scopes": scopes.known(row.scopes),
                "granted_at": row.granted_at,
                "last_used_at": row.last_used_at,
            }
            for row in programs.consents_of(request.actor.user_id)
        ]
        return self.ok(OwnProgramList, {"items": rows})


class OwnProgramView(ApiView):
    @extend_schema(operation_id="me_programs_forbid", responses={204: None})
    def delete(self, request: ApiRequest, program_id: UUID) -> Response:
        programs.forbid(actor=request.actor, program_id=program_id)
        return Response(status=204)
