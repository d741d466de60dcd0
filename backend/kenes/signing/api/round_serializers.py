"""Shapes of rounds: who signs a document, how far it is, and what waits for one person."""

from typing import Any

from rest_framework import serializers

from kenes.foundation.api import PageQuery, StrictSerializer
from kenes.foundation.fields_api import TextField
from kenes.signing import signers
from kenes.signing.api.serializers import SignedPaperBody, SigningPerson
from kenes.signing.models import PublicName, SignatureMethod, SignerRole
from kenes.signing.services import rounds
from kenes.signing.states import RequestStatus, RoundStatus


class SigningSignerInput(StrictSerializer):
    person_id = serializers.UUIDField()
    role = serializers.ChoiceField(choices=SignerRole.choices, default=SignerRole.SIGNER)
    position = serializers.IntegerField(min_value=1, max_value=99, default=1)
    expires_in_days = serializers.IntegerField(min_value=1, max_value=rounds.MAX_DAYS, default=rounds.DAYS)


class SigningRoundInput(StrictSerializer):
    is_ordered = serializers.BooleanField(default=False)
    signers = SigningSignerInput(many=True, min_length=1, max_length=rounds.MAX_PEOPLE)  # type: ignore[call-arg]


class SignatureDelegateInput(StrictSerializer):
    person_id = serializers.UUIDField()


class SignaturePaperRefuseInput(StrictSerializer):
    reason = TextField(max_length=1000, multiline=True)


class MySignaturesQuery(PageQuery):
    state = serializers.ChoiceField(choices=["waiting", "done", "all"], default="waiting")


class SigningCertificate(serializers.Serializer[Any]):
    """Whose certificate made a signature by ЭЦП. `role` is a code of `kzsign`, empty where it names none."""

    full_name = serializers.CharField(allow_blank=True)
    organisation = serializers.CharField(allow_blank=True)
    bin = serializers.CharField(allow_blank=True)
    role = serializers.CharField(allow_blank=True)
    algorithm = serializers.CharField()
    serial = serializers.CharField()
    is_stamped = serializers.BooleanField()


class SigningSigner(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    person = SigningPerson()
    role = serializers.ChoiceField(choices=SignerRole.choices)
    party_role = serializers.ChoiceField(choices=signers.PARTY_ROLES)
    organisation_name = serializers.CharField(allow_blank=True)
    position = serializers.IntegerField()
    status = serializers.ChoiceField(choices=RequestStatus.choices)
    method = serializers.ChoiceField(choices=SignatureMethod.choices, allow_blank=True)
    expires_at = serializers.DateTimeField()
    signed_at = serializers.DateTimeField(allow_null=True)
    reminded_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)
    is_me = serializers.BooleanField()
    is_turn = serializers.BooleanField()
    delegated_by = SigningPerson(allow_null=True)
    paper = SignedPaperBody(allow_null=True)
    certificate = SigningCertificate(allow_null=True)
    public_name = serializers.ChoiceField(choices=PublicName.choices, allow_null=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class SigningDocument(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.CharField()
    title = serializers.CharField()
    sha256 = serializers.CharField(allow_blank=True)


class SigningCandidate(serializers.Serializer[Any]):
    person = SigningPerson()
    party_role = serializers.ChoiceField(choices=signers.PARTY_ROLES)
    roles = serializers.ListField(child=serializers.ChoiceField(choices=SignerRole.choices))


class SigningRoundBody(serializers.Serializer[Any]):
    id = serializers.UUIDField(allow_null=True)
    status = serializers.ChoiceField(choices=RoundStatus.choices, allow_null=True)
    is_ordered = serializers.BooleanField()
    document = SigningDocument()
    signers = SigningSigner(many=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())
    candidates = SigningCandidate(many=True)


class MySignature(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    role = serializers.ChoiceField(choices=SignerRole.choices)
    status = serializers.ChoiceField(choices=RequestStatus.choices)
    is_turn = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    document = SigningDocument()
    case_id = serializers.UUIDField()
    principal = SigningPerson(allow_null=True)
    asked_by = SigningPerson(allow_null=True)


class MySignaturePage(serializers.Serializer[Any]):
    items = MySignature(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class SigningRepresentatives(serializers.Serializer[Any]):
    items = SigningPerson(many=True)
