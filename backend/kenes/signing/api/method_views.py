"""In which ways a request can be signed."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from kenes.foundation.api import ApiRequest, ApiView
from kenes.signing import methods, selectors
from kenes.signing.methods import Method


class SigningWay(serializers.Serializer[Any]):
    method = serializers.ChoiceField(choices=[(one.value, one.value) for one in Method])
    is_allowed = serializers.BooleanField()
    reason_code = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)


class SigningWays(serializers.Serializer[Any]):
    items = SigningWay(many=True)


class SigningMethodsView(ApiView):
    @extend_schema(operation_id="signature_requests_methods", responses=SigningWays)
    def get(self, request: ApiRequest, request_id: UUID) -> Response:
        found = selectors.get_request(actor=request.actor, request_id=request_id)
        return self.ok(SigningWays, {"items": methods.ways(found)})
