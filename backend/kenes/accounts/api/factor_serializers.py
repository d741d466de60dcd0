"""Shapes of the second step and of second factors."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kenes.accounts.api.serializers import CodeField
from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import TextField


@extend_schema_field(OpenApiTypes.OBJECT)
class CredentialField(serializers.DictField):
    """The answer of a passkey as `PublicKeyCredential.toJSON()` gives it; checked by the WebAuthn library."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_empty=False, **kwargs)


class SecondStepInput(StrictSerializer):
    code = CodeField()
    trust = serializers.BooleanField(default=False)


class SecondStepPasskeyInput(StrictSerializer):
    credential = CredentialField()
    trust = serializers.BooleanField(default=False)


class PasskeyInput(StrictSerializer):
    credential = CredentialField()


@extend_schema_field(OpenApiTypes.OBJECT)
class OptionsField(serializers.JSONField):
    """`PublicKeyCredentialRequestOptionsJSON` or `PublicKeyCredentialCreationOptionsJSON`."""


class PasskeyOptionsBody(serializers.Serializer[Any]):
    options = OptionsField()


class FactorBody(serializers.Serializer[Any]):
    id = serializers.CharField()
    kind = serializers.ChoiceField(choices=["totp", "passkey", "recovery_codes"])
    name = serializers.CharField()
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)
    codes_left = serializers.IntegerField(allow_null=True)


class FactorList(serializers.Serializer[Any]):
    items = FactorBody(many=True)
    required = serializers.BooleanField()


class TotpStartBody(serializers.Serializer[Any]):
    secret = serializers.CharField()
    otpauth_url = serializers.CharField()
    qr_svg = serializers.CharField()


class RecoveryCodesBody(serializers.Serializer[Any]):
    recovery_codes = serializers.ListField(child=serializers.CharField())


class PasskeyAddInput(StrictSerializer):
    name = TextField(max_length=80, required=False, default="", allow_blank=True)
    credential = CredentialField()


class PasskeyAddedBody(serializers.Serializer[Any]):
    item = FactorBody()
    recovery_codes = serializers.ListField(child=serializers.CharField(), allow_null=True)


class FactorNameInput(StrictSerializer):
    name = TextField(max_length=80)
