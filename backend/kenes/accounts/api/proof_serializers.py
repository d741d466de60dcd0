"""Shapes of proofs that it is still the same person."""

from typing import Any

from rest_framework import serializers

from kenes.foundation.api import StrictSerializer


class ProofWays(serializers.Serializer[Any]):
    methods = serializers.ListField(
        child=serializers.ChoiceField(choices=["password", "totp", "passkey", "code"])
    )
    code_to = serializers.CharField(allow_null=True)


class ProofInput(StrictSerializer):
    method = serializers.ChoiceField(choices=["password", "totp", "code"])
    value = serializers.CharField(max_length=200, trim_whitespace=False)


class ProofBody(serializers.Serializer[Any]):
    fresh_until = serializers.DateTimeField()
