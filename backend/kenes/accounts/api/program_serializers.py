"""Shapes of programs of partners, authorisation and connections."""

from typing import Any

from rest_framework import serializers

from kenes.accounts import programs, scopes
from kenes.foundation.api import PageQuery, StrictSerializer
from kenes.foundation.fields_api import TextField

KIND_CODES = [(kind.value, kind.label) for kind in programs.KINDS]
GRANT_CODES = [(grant.value, grant.label) for grant in programs.GRANTS]
SCOPE_CODES = [(code, code) for code in scopes.CODES]


class ScopeBody(serializers.Serializer[Any]):
    code = serializers.ChoiceField(choices=SCOPE_CODES)
    label = serializers.CharField()
    explanation = serializers.CharField()


class ScopeList(serializers.Serializer[Any]):
    items = ScopeBody(many=True)


class ProgramsQuery(PageQuery):
    pass


class ProgramInput(StrictSerializer):
    name = TextField(max_length=100)
    kind = serializers.ChoiceField(choices=KIND_CODES)
    grants = serializers.ListField(
        child=serializers.ChoiceField(choices=GRANT_CODES), min_length=1, max_length=3
    )
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=SCOPE_CODES), min_length=1, max_length=20
    )
    redirect_uris = serializers.ListField(child=TextField(max_length=500), max_length=10)
    organisation_id = serializers.UUIDField(allow_null=True)


class ProgramChangeInput(StrictSerializer):
    name = TextField(max_length=100, required=False)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=SCOPE_CODES), min_length=1, max_length=20, required=False
    )
    redirect_uris = serializers.ListField(child=TextField(max_length=500), max_length=10, required=False)


class ProgramBody(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    client_id = serializers.CharField()
    name = serializers.CharField(source="client.name")
    kind = serializers.ChoiceField(choices=KIND_CODES, source="client.type")
    grants = serializers.ListField(
        child=serializers.ChoiceField(choices=GRANT_CODES), source="client.get_grant_types"
    )
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=SCOPE_CODES), source="client.get_scopes"
    )
    redirect_uris = serializers.ListField(child=serializers.CharField(), source="client.get_redirect_uris")
    organisation_id = serializers.UUIDField(allow_null=True)
    organisation_name = serializers.SerializerMethodField()
    created_by_name = serializers.CharField(source="created_by.full_name")
    created_at = serializers.DateTimeField()
    revoked_at = serializers.DateTimeField(allow_null=True)
    last_used_at = serializers.DateTimeField(allow_null=True)

    def get_organisation_name(self, program: Any) -> str | None:
        return program.organisation.name if program.organisation is not None else None


class ProgramPage(serializers.Serializer[Any]):
    items = ProgramBody(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class ProgramRegisteredBody(serializers.Serializer[Any]):
    """`client_secret` is shown this one time and is empty for a public program."""

    program = ProgramBody()
    client_secret = serializers.CharField(allow_blank=True)


class ProgramSecretBody(serializers.Serializer[Any]):
    client_secret = serializers.CharField()


class OwnProgramBody(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="program_id")
    name = serializers.CharField(source="program.client.name")
    scopes = ScopeBody(many=True)
    granted_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)


class OwnProgramList(serializers.Serializer[Any]):
    items = OwnProgramBody(many=True)


class AuthorizationClient(serializers.Serializer[Any]):
    name = serializers.CharField()
    organisation_name = serializers.CharField(allow_null=True)


class AuthorizationScope(ScopeBody):
    new = serializers.BooleanField()


class AuthorizationAccount(serializers.Serializer[Any]):
    full_name = serializers.CharField()


class AuthorizationBody(serializers.Serializer[Any]):
    client = AuthorizationClient()
    scopes = AuthorizationScope(many=True)
    account = AuthorizationAccount()


class AuthorizationInput(StrictSerializer):
    """`query` is what stands after the question mark of /identity/o/authorize."""

    query = TextField(max_length=4000)
    allow = serializers.BooleanField()


class RedirectBody(serializers.Serializer[Any]):
    redirect_to = serializers.CharField()


class ConnectionBody(serializers.Serializer[Any]):
    id = serializers.CharField()
    provider = serializers.CharField()
    provider_name = serializers.CharField()
    label = serializers.CharField()
    connected_at = serializers.DateTimeField()


class ConnectionList(serializers.Serializer[Any]):
    items = ConnectionBody(many=True)
