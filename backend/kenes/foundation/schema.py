"""OpenAPI of our views: every operation may answer with problem details."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers


class ProblemFieldSchema(serializers.Serializer[Any]):
    pointer = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()
    tries_left = serializers.IntegerField(required=False)


class ProblemSchema(serializers.Serializer[Any]):
    """Problem details (RFC 9457) with a stable code."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False)
    code = serializers.CharField()
    instance = serializers.CharField()
    errors = ProblemFieldSchema(many=True, required=False)


class ApiSchema(AutoSchema):
    """Adds the problem answer to every operation."""

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        responses: dict[str, Any] = super()._get_response_bodies(direction)
        if "default" not in responses:
            component = self.resolve_serializer(ProblemSchema(), direction)
            responses["default"] = {
                "description": "Problem details",
                "content": {"application/problem+json": {"schema": component.ref}},
            }
        return responses

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").split("/")[0] or "api"]


class BrowserSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The session cookie, in the schema."""

    target_class = "kenes.foundation.api.BrowserSession"
    name = "browserSession"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
