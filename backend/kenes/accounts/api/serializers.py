"""Shapes of sign-in, profile and consents."""

from typing import Any

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


class CodeSentBody(serializers.Serializer[Any]):
    """`masked_phone` or `masked_email` says where the code went; the other one is empty."""

    masked_phone = serializers.CharField(allow_blank=True)
    masked_email = serializers.CharField(allow_blank=True, default="")
    expires_in_seconds = serializers.IntegerField()
    resend_after_seconds = serializers.IntegerField()


class SessionOrganisation(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.CharField()
    is_administrator = serializers.BooleanField()


class SessionPower(serializers.Serializer[Any]):
    power_id = serializers.UUIDField()
    principal_id = serializers.UUIDField()
    principal_name = serializers.CharField()
    scope = serializers.ListField(child=serializers.CharField())
    valid_until = serializers.DateField()


class SessionUser(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    full_name = serializers.CharField()
    full_name_kk = serializers.CharField()
    masked_phone = serializers.CharField()
    phone_changed_at = serializers.DateTimeField(allow_null=True)
    email = serializers.EmailField(allow_null=True)
    email_verified = serializers.BooleanField()
    language = serializers.ChoiceField(choices=Language.choices)
    roles = serializers.ListField(child=serializers.CharField())
    abilities = serializers.ListField(child=serializers.CharField())
    held_back = serializers.ChoiceField(choices=["second_factor"], allow_blank=True)
    has_iin = serializers.BooleanField()
    iin_confirmed = serializers.BooleanField()
    has_password = serializers.BooleanField()
    has_second_factor = serializers.BooleanField()
    is_fresh = serializers.BooleanField()
    organisations = SessionOrganisation(many=True)
    represents = SessionPower(many=True)
    photo_url = serializers.CharField(allow_null=True)


class SessionViewing(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    person_name = serializers.CharField()
    staff_name = serializers.CharField()
    reason = serializers.CharField()
    expires_at = serializers.DateTimeField()


class SignInProvider(serializers.Serializer[Any]):
    id = serializers.CharField()
    name = serializers.CharField()


class WaysToSignIn(serializers.Serializer[Any]):
    providers = SignInProvider(many=True)
    passkeys = serializers.BooleanField()
    eds = serializers.BooleanField()


class SessionBody(serializers.Serializer[Any]):
    authenticated = serializers.BooleanField()
    user = SessionUser(allow_null=True)
    viewing = SessionViewing(allow_null=True)
    sign_in = WaysToSignIn()
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


class ConsentCodeInput(StrictSerializer):
    kind = serializers.ChoiceField(choices=[ConsentKind.SMS_AGREEMENT])


class ConsentInput(StrictSerializer):
    kind = serializers.ChoiceField(choices=ConsentKind.choices)
    version = WholeField(min_value=1, max_value=32767)
    sha256 = serializers.RegexField(r"^[0-9a-f]{64}\Z")
    code = CodeField(required=False)
