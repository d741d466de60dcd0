"""Shapes of recovery."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kenes.accounts.api.contact_serializers import EmailField
from kenes.accounts.api.serializers import CodeField
from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import PhoneField


class RecoveryInput(StrictSerializer):
    """One of the two."""

    email = EmailField(required=False)
    phone = PhoneField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            raise serializers.ValidationError(
                _("Give the e-mail or the phone number, one of them."), code="one_of"
            )
        return attrs


class RecoveryConfirmInput(StrictSerializer):
    code = CodeField()
    password = serializers.CharField(max_length=200, trim_whitespace=False)
