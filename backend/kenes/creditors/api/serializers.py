"""JSON of lenders."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kenes.creditors.models import AddressKind, AddressStatus, Creditor, CreditorStatus, CreditorType
from kenes.creditors.permissions import allowed_actions
from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import TextField


class CreditorSearchQuery(StrictSerializer):
    """Query of the search by name."""

    query = TextField(max_length=200, default="", allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=50, default=10)


class CreditorItem(serializers.Serializer[Creditor]):
    """A lender as offered in a form."""

    id = serializers.UUIDField()
    name = serializers.SerializerMethodField()
    type = serializers.ChoiceField(CreditorType.choices)
    type_label = serializers.CharField(source="get_type_display")
    bin = serializers.CharField(allow_null=True)
    verified = serializers.BooleanField(source="is_verified")

    def get_name(self, creditor: Creditor) -> str:
        return creditor.name((get_language() or "ru")[:2])


class CreditorList(serializers.Serializer[Any]):
    """Result of the search; ranked, so it has no further pages."""

    items = CreditorItem(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class CreditorAddressItem(serializers.Serializer[Any]):
    """An address of a lender."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(AddressKind.choices)
    value = serializers.CharField()
    status = serializers.ChoiceField(AddressStatus.choices)
    confirmed_at = serializers.DateTimeField(allow_null=True)
    confirmed_by = serializers.UUIDField(source="confirmed_by_id", allow_null=True)


class CreditorDetail(serializers.Serializer[Creditor]):
    """A lender with its addresses, for staff."""

    id = serializers.UUIDField()
    name = serializers.CharField(source="name_ru")
    name_kk = serializers.CharField()
    name_en = serializers.CharField()
    type = serializers.ChoiceField(CreditorType.choices)
    type_label = serializers.CharField(source="get_type_display")
    bin = serializers.CharField(allow_null=True)
    bic = serializers.CharField()
    status = serializers.ChoiceField(CreditorStatus.choices)
    organisation_id = serializers.UUIDField(allow_null=True)
    addresses = CreditorAddressItem(many=True)
    allowed_actions = serializers.SerializerMethodField()

    def get_allowed_actions(self, creditor: Creditor) -> list[str]:
        return allowed_actions(self.context["request"].actor)


class CreditorOrganisationInput(StrictSerializer):
    """The lender's own organisation here, or null."""

    organisation_id = serializers.UUIDField(allow_null=True)


class CreditorAddressInput(StrictSerializer):
    """A new address."""

    kind = serializers.ChoiceField(AddressKind.choices, default=AddressKind.EMAIL)
    value = TextField(max_length=254)

    def validate_value(self, value: str) -> str:
        serializers.EmailField().run_validation(value)
        if not value.isascii():
            # A Cyrillic look-alike in a mail address would send the letter to somebody else.
            raise serializers.ValidationError(
                _("An e-mail address has Latin letters only; one of these is not."), code="charset"
            )
        return value.lower()
