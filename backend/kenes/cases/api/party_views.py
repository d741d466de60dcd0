"""Specialists of a case: who takes part, adding, removing."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from kenes.cases.api.one_contact import OneContact
from kenes.cases.models import PartyRole
from kenes.cases.parties import parties
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.fields_api import PhoneField
from kenes.foundation.idempotency import idempotent
from kenes.foundation.values import PhoneNumber


class CasePartyItem(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    person_name = serializers.CharField()
    role = serializers.ChoiceField(choices=PartyRole.choices)
    role_label = serializers.CharField()
    organisation_name = serializers.CharField(allow_null=True)
    obligation_id = serializers.UUIDField(allow_null=True)
    added_at = serializers.DateTimeField()
    allowed_actions = serializers.ListField(child=serializers.CharField())


class CasePartyList(serializers.Serializer[Any]):
    """`allowed_actions`: add_<role> for checked specialists, invite_<role> for anybody; of an item: remove, or leave for the reader himself."""

    items = CasePartyItem(many=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class CasePartyInput(OneContact):
    """The specialist by exactly one of e-mail and phone."""

    role = serializers.ChoiceField(choices=parties.SPECIALISTS)
    email = serializers.EmailField(max_length=254, required=False)
    phone = PhoneField(required=False)


class CasePartiesView(ApiView):
    scopes = {"GET": "cases:read"}

    @extend_schema(operation_id="cases_parties", responses=CasePartyList)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        return self.ok(CasePartyList, parties.parties_of(actor=request.actor, case_id=case_id))

    @extend_schema(operation_id="cases_party_add", request=CasePartyInput, responses={201: CasePartyList})
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        data = self.parse(CasePartyInput)
        phone = PhoneNumber.parse(data["phone"]) if "phone" in data else None
        parties.add_party(
            actor=request.actor, case_id=case_id, role=data["role"], email=data.get("email", ""), phone=phone
        )
        return self.ok(CasePartyList, parties.parties_of(actor=request.actor, case_id=case_id), status=201)


class CasePartyView(ApiView):
    @extend_schema(operation_id="cases_party_remove", responses={204: None})
    def delete(self, request: ApiRequest, case_id: UUID, party_id: UUID) -> Response:
        parties.remove_party(actor=request.actor, case_id=case_id, party_id=party_id)
        return Response(status=204)
