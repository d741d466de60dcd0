"""Somebody is named by one way to reach him."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kenes.foundation.api import StrictSerializer


class OneContact(StrictSerializer):
    """Takes exactly one of `email` and `phone`."""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("email" in attrs) == ("phone" in attrs):
            detail = serializers.ErrorDetail(
                str(_("Give either the e-mail or the phone number.")), code="one_of"
            )
            raise serializers.ValidationError({"email": [detail]})
        return attrs
