"""Roles: the catalogue of abilities, built-in and custom roles."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import people_rules, roles
from kenes.accounts.api.people_serializers import (
    CustomRoleBody,
    CustomRoleChangeInput,
    CustomRoleInput,
    RolesBody,
)
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.idempotency import idempotent


class RolesView(ApiView):
    needs = "person.see"
    fresh = frozenset({"POST"})

    @extend_schema(operation_id="roles_list", responses=RolesBody)
    def get(self, request: ApiRequest) -> Response:
        return self.ok(RolesBody, roles.catalogue())

    @extend_schema(operation_id="roles_create", request=CustomRoleInput, responses={201: CustomRoleBody})
    @idempotent
    def post(self, request: ApiRequest) -> Response:
        people_rules.require_ability(request.actor, "role.edit")
        data = self.parse(CustomRoleInput)
        role = roles.create_role(actor=request.actor, wanted=data.pop("abilities"), **data)
        return self.ok(CustomRoleBody, roles.shown(role), status=201)


class RoleView(ApiView):
    needs = "role.edit"
    fresh = frozenset({"PATCH", "DELETE"})

    @extend_schema(operation_id="roles_change", request=CustomRoleChangeInput, responses=CustomRoleBody)
    def patch(self, request: ApiRequest, role_id: UUID) -> Response:
        data = self.parse(CustomRoleChangeInput)
        role = roles.change_role(
            actor=request.actor, role_id=role_id, wanted=data.pop("abilities", None), **data
        )
        return self.ok(CustomRoleBody, roles.shown(role))

    @extend_schema(operation_id="roles_archive", responses={200: CustomRoleBody})
    def delete(self, request: ApiRequest, role_id: UUID) -> Response:
        role = roles.archive_role(actor=request.actor, role_id=role_id)
        return self.ok(CustomRoleBody, roles.shown(role))
