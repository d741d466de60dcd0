"""Shapes of sign-in, profile and consents."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kenes.accounts.models import ConsentKind, Language
from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import PhoneField, TextField, WholeField


class CodeField(TextField):
    """Digits of a code as typed or pasted: spaces and hyphens between them are fine."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        return super().to_internal_value(data).replace(" ", "").replace("-", "")


class PhoneStepInput(StrictSerializer):
    phone = PhoneField()


class CodeInput(StrictSerializer):
    code = CodeField()


class PasswordInput(StrictSerializer):
    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=200, trim_whitespace=False)


class EmptyInput(StrictSerializer):
    pass


class ProfileInput(StrictSerializer):
    language = serializers.ChoiceField(choices=Language.choices, required=False)
    email = serializers.EmailField(max_length=254, required=False, allow_null=True, allow_blank=True)

    def validate_email(self, value: str | None) -> str | None:
        if value and not value.isascii():
            # A look-alike letter in an address would send letters to somebody else.
            text = _("An e-mail address has Latin letters only; one of these is not.")
            raise serializers.ValidationError(text, code="charset")
        return value


class CodeSentBody(serializers.Serializer[Any]):
    masked_phone = serializers.CharField()
    expires_in_seconds = serializers.IntegerField()
    resend_after_seconds = serializers.IntegerField()


class SessionUser(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    full_name = serializers.CharField()
    masked_phone = serializers.CharField()
    email = serializers.EmailField(allow_null=True)
    language = serializers.ChoiceField(choices=Language.choices)
    roles = serializers.ListField(child=serializers.CharField())
    has_iin = serializers.BooleanField()


class SessionBody(serializers.Serializer[Any]):
    authenticated = serializers.BooleanField()
    user = SessionUser(allow_null=True)
    demo = serializers.BooleanField()
    today = serializers.DateField()
    verify_limit_bytes = serializers.IntegerField()


class ConsentTextBody(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=ConsentKind.choices)
    version = serializers.IntegerField()
    language = serializers.ChoiceField(choices=Language.choices)
    title = serializers.CharField()
    body = serializers.CharField()
    sha256 = serializers.CharField()
    needs_lawyer_review = serializers.BooleanField()


class ConsentTextList(serializers.Serializer[Any]):
    items = ConsentTextBody(many=True)


class ConsentBody(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=ConsentKind.choices)
    version = serializers.IntegerField()
    accepted_at = serializers.DateTimeField()


class ConsentList(serializers.Serializer[Any]):
    items = ConsentBody(many=True)


class ConsentCodeInput(StrictSerializer):
    kind = serializers.ChoiceField(choices=[ConsentKind.SMS_AGREEMENT])


class ConsentInput(StrictSerializer):
    kind = serializers.ChoiceField(choices=ConsentKind.choices)
    version = WholeField(min_value=1, max_value=32767)
    sha256 = serializers.RegexField(r"^[0-9a-f]{64}\Z")
    code = CodeField(required=False)
