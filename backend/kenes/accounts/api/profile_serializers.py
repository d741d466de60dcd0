"""Shapes of the own profile."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kenes.accounts.models import Language
from kenes.accounts.profile import Channel, PaperKind, ProfileAddressKind
from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import IsoDateField, TextField, WholeField

Out = serializers.Serializer[Any]


class ProfileAddress(Out):
    kind = serializers.ChoiceField(choices=ProfileAddressKind.choices)
    text = serializers.CharField()


class ProfilePaper(Out):
    kind = serializers.ChoiceField(choices=PaperKind.choices)
    masked_number = serializers.CharField()
    issued_by = serializers.CharField(allow_blank=True)
    issued_on = serializers.DateField(allow_null=True)
    valid_until = serializers.DateField(allow_null=True)


class ProfileChannels(Out):
    """`quiet_from` and `quiet_until` are HH:MM on an Almaty clock."""

    preferred = serializers.ChoiceField(choices=Channel.choices)
    quiet_from = serializers.CharField(allow_null=True)
    quiet_until = serializers.CharField(allow_null=True)


class OwnProfile(Out):
    full_name = serializers.CharField(allow_blank=True)
    full_name_kk = serializers.CharField(allow_blank=True)
    masked_iin = serializers.CharField(allow_null=True)
    birth_date = serializers.DateField(allow_null=True)
    language = serializers.ChoiceField(choices=Language.choices)
    masked_phone = serializers.CharField(allow_null=True)
    email = serializers.EmailField(allow_null=True)
    email_verified = serializers.BooleanField()
    addresses = ProfileAddress(many=True)
    papers = ProfilePaper(many=True)
    channels = ProfileChannels()
    photo_url = serializers.CharField(allow_null=True)
    version = serializers.IntegerField()


class PhotoBody(Out):
    """`photo_url` is null until the virus check has passed, usually some seconds."""

    photo_url = serializers.CharField(allow_null=True)


def _require_one_of_a_kind(rows: Iterable[dict[str, Any]]) -> None:
    seen: set[str] = set()
    problems: list[Any] = []
    for row in rows:
        repeated = row["kind"] in seen
        seen.add(row["kind"])
        problem = serializers.ErrorDetail(str(_("Give each kind only once.")), code="repeated")
        problems.append({"kind": [problem]} if repeated else {})
    if any(problems):
        raise serializers.ValidationError(problems)


class ProfileAddressInput(StrictSerializer):
    kind = serializers.ChoiceField(choices=ProfileAddressKind.choices)
    text = TextField(max_length=300)


class ProfilePaperInput(StrictSerializer):
    """Without `number` the number of the paper of this kind is kept."""

    kind = serializers.ChoiceField(choices=PaperKind.choices)
    number = TextField(max_length=40, required=False)
    issued_by = TextField(max_length=200, allow_blank=True, default="")
    issued_on = IsoDateField(past=True, allow_null=True, default=None)
    valid_until = IsoDateField(allow_null=True, default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        issued, until = attrs["issued_on"], attrs["valid_until"]
        if issued and until and until < issued:
            detail = serializers.ErrorDetail(str(_("This is before the day of issue.")), code="before_start")
            raise serializers.ValidationError({"valid_until": [detail]})
        # The profile is kept as JSON.
        return {
            **attrs,
            "issued_on": issued.isoformat() if issued else None,
            "valid_until": until.isoformat() if until else None,
        }


class ProfileChannelsInput(StrictSerializer):
    preferred = serializers.ChoiceField(choices=Channel.choices)
    quiet_from = serializers.RegexField(r"^([01]\d|2[0-3]):[0-5]\d\Z", allow_null=True, default=None)
    quiet_until = serializers.RegexField(r"^([01]\d|2[0-3]):[0-5]\d\Z", allow_null=True, default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if (attrs["quiet_from"] is None) != (attrs["quiet_until"] is None):
            name = "quiet_from" if attrs["quiet_from"] is None else "quiet_until"
            detail = serializers.ErrorDetail(str(_("Give both times or none.")), code="required")
            raise serializers.ValidationError({name: [detail]})
        return attrs


class OwnProfileInput(StrictSerializer):
    """`version` is the one that was shown; parts that are left out stay as they are."""

    version = WholeField(min_value=1, max_value=2**31 - 1)
    full_name = TextField(max_length=200, required=False)
    full_name_kk = TextField(max_length=200, required=False, allow_blank=True)
    language = serializers.ChoiceField(choices=Language.choices, required=False)
    addresses = ProfileAddressInput(many=True, required=False)
    papers = ProfilePaperInput(many=True, required=False)
    channels = ProfileChannelsInput(required=False)

    def validate_addresses(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        _require_one_of_a_kind(rows)
        return [dict(row) for row in rows]

    def validate_papers(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        _require_one_of_a_kind(rows)
        return [dict(row) for row in rows]

    def validate_channels(self, value: dict[str, Any]) -> dict[str, Any]:
        return dict(value)
