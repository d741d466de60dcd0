"""Shapes of own e-mail, phone and password."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import PhoneField


class EmailField(serializers.EmailField):
    """An address in lower case, with Latin letters only: a look-alike letter would send codes to somebody else."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        if isinstance(data, str) and not data.isascii():
            text = _("An e-mail address has Latin letters only; one of these is not.")
            raise serializers.ValidationError(text, code="charset")
        return super().to_internal_value(data).lower()


class NewEmailInput(StrictSerializer):
    email = EmailField()


class NewPhoneInput(StrictSerializer):
    phone = PhoneField()


class NewPasswordInput(StrictSerializer):
    password = serializers.CharField(max_length=200, trim_whitespace=False)
