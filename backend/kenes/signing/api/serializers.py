"""Shapes of signing and verification."""

from typing import Any

from rest_framework import serializers

from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import TextField
from kenes.signing.models import PaperStatus, PublicName, SignatureMethod, SignerRole
from kenes.signing.sealing import SealLevel
from kenes.signing.states import RequestStatus
from kenes.signing.verify import FileKind, Verdict


class SigningPerson(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class SignedPaperBody(serializers.Serializer[Any]):
    file_id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=PaperStatus.choices)
    reason = serializers.CharField(allow_blank=True)
    handed_in_at = serializers.DateTimeField()


class SignatureRequestInput(StrictSerializer):
    pass


class SignatureCodeInput(StrictSerializer):
    document_sha256 = serializers.RegexField(r"^[0-9a-f]{64}\Z")


class SignatureShownInput(StrictSerializer):
    """The hash of the document whose last page the screen has shown."""

    document_sha256 = serializers.RegexField(r"^[0-9a-f]{64}\Z")


class SignatureConfirmInput(StrictSerializer):
    # Spaces and hyphens between the digits come from pasting and are fine.
    code = TextField(max_length=20)

    def validate_code(self, value: str) -> str:
        return value.replace(" ", "").replace("-", "")


class SignatureDeclineInput(StrictSerializer):
    reason = TextField(max_length=1000, multiline=True, allow_blank=True)


class SignatureOpenCode(serializers.Serializer[Any]):
    expires_at = serializers.DateTimeField()
    resend_after_seconds = serializers.IntegerField()
    tries_left = serializers.IntegerField()


class SignatureRequestBody(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=RequestStatus.choices)
    document_id = serializers.UUIDField()
    document_number = serializers.CharField()
    document_sha256 = serializers.CharField()
    role = serializers.ChoiceField(choices=SignerRole.choices)
    party_role = serializers.CharField()
    is_turn = serializers.BooleanField()
    expires_at = serializers.DateTimeField()
    text_shown_at = serializers.DateTimeField(allow_null=True)
    principal = SigningPerson(allow_null=True)
    paper = SignedPaperBody(allow_null=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())
    masked_phone = serializers.CharField()
    code = SignatureOpenCode(allow_null=True)
    signed_at = serializers.DateTimeField(allow_null=True)
    verify_url = serializers.CharField(allow_null=True)


class PublicNameInput(StrictSerializer):
    shows = serializers.ChoiceField(choices=PublicName.choices)


class PublicNameBody(serializers.Serializer[Any]):
    shows = serializers.ChoiceField(choices=PublicName.choices)


class VerifiedDocument(serializers.Serializer[Any]):
    kind_label = serializers.CharField()
    number = serializers.CharField()
    pages = serializers.IntegerField()


class VerifiedSignature(serializers.Serializer[Any]):
    signer = serializers.CharField(allow_blank=True)
    shows = serializers.ChoiceField(choices=PublicName.choices)
    method = serializers.ChoiceField(choices=SignatureMethod.choices)
    method_label = serializers.CharField()
    signed_at = serializers.DateTimeField()
    text_sha256 = serializers.CharField()
    party_role = serializers.CharField()
    organisation = serializers.CharField()
    represents = serializers.CharField()
    time_source = serializers.ChoiceField(choices=[("server", "server"), ("timestamp", "timestamp")])


class VerifiedSeal(serializers.Serializer[Any]):
    subject = serializers.CharField()
    sealed_at = serializers.DateTimeField()
    valid = serializers.BooleanField()
    level = serializers.ChoiceField(choices=[(level.value, level.value) for level in SealLevel])
    level_label = serializers.CharField()
    stamped_at = serializers.DateTimeField(allow_null=True)


class VerificationStep(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()
    ok = serializers.BooleanField()
    detail = serializers.CharField()


class VerificationBody(serializers.Serializer[Any]):
    verdict = serializers.ChoiceField(choices=[(verdict.value, verdict.value) for verdict in Verdict])
    file_kind = serializers.ChoiceField(
        choices=[(kind.value, kind.value) for kind in FileKind], allow_null=True
    )
    reason_code = serializers.CharField()
    reason = serializers.CharField()
    document = VerifiedDocument(allow_null=True)
    signature = VerifiedSignature(allow_null=True)
    signatures = VerifiedSignature(many=True)
    seal = VerifiedSeal(allow_null=True)
    sealed_sha256 = serializers.CharField(allow_null=True)
    steps = VerificationStep(many=True)


class VerifyUpload(serializers.Serializer[Any]):
    file = serializers.FileField()
