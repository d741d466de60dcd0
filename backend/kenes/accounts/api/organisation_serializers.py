"""Shapes of organisations and their people."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kenes.accounts import organisations
from kenes.accounts.api.invitation_serializers import LatinEmailField, MemberInvitationBody
from kenes.accounts.api.people_serializers import RoleLabel
from kenes.accounts.models import Organisation
from kenes.foundation.api import PageQuery, StrictSerializer
from kenes.foundation.fields_api import BinField, PhoneField, TextField, WholeField

_KINDS = Organisation.Kind.choices
_STATUSES = organisations.STATUSES


class OrganisationQuery(PageQuery):
    kind = serializers.ChoiceField(choices=_KINDS, default="", allow_blank=True)
    status = serializers.ChoiceField(choices=_STATUSES, default="", allow_blank=True)
    query = TextField(max_length=200, default="", allow_blank=True)


class OrganisationRow(serializers.Serializer[Organisation]):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=_KINDS)
    kind_label = serializers.CharField(source="get_kind_display")
    name = serializers.CharField()
    name_kk = serializers.CharField()
    bin = serializers.CharField(allow_null=True)
    status = serializers.SerializerMethodField()
    people_count = serializers.IntegerField()

    @extend_schema_field(serializers.ChoiceField(choices=_STATUSES))
    def get_status(self, row: Organisation) -> str:
        return organisations.status_of(row)


class OrganisationPage(serializers.Serializer[Any]):
    items = OrganisationRow(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class OrganisationDetail(OrganisationRow):
    address = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()
    version = serializers.IntegerField()
    checked_at = serializers.DateTimeField(allow_null=True)
    checked_by_name = serializers.SerializerMethodField()
    allowed_actions = serializers.SerializerMethodField()

    def get_checked_by_name(self, row: Organisation) -> str:
        return row.checked_by.full_name if row.checked_by else ""

    def get_allowed_actions(self, row: Organisation) -> list[str]:
        return organisations.allowed_actions(self.context["request"].actor, row)


class OrganisationInput(StrictSerializer):
    kind = serializers.ChoiceField(choices=_KINDS)
    name = TextField(max_length=300)
    name_kk = TextField(max_length=300, default="", allow_blank=True)
    bin = BinField(default=None, allow_null=True, allow_blank=True)
    address = TextField(max_length=500, default="", allow_blank=True)
    email = LatinEmailField(default="", allow_blank=True)
    phone = PhoneField(default="", allow_blank=True)


class OrganisationChangeInput(StrictSerializer):
    name = TextField(max_length=300, required=False)
    name_kk = TextField(max_length=300, required=False, allow_blank=True)
    bin = BinField(required=False, allow_null=True, allow_blank=True)
    address = TextField(max_length=500, required=False, allow_blank=True)
    email = LatinEmailField(required=False, allow_blank=True)
    phone = PhoneField(required=False, allow_blank=True)
    version = WholeField(min_value=1, max_value=2**31 - 1)


class CheckInput(StrictSerializer):
    """What was looked at: the register entry, the БИН."""

    note = TextField(max_length=1000, min_length=3, multiline=True)


class MemberBody(serializers.Serializer[Any]):
    membership_id = serializers.UUIDField(source="membership.pk")
    person_id = serializers.UUIDField(source="membership.user_id")
    full_name = serializers.CharField(source="membership.user.full_name")
    masked_email = serializers.CharField()
    post = serializers.CharField(source="membership.post")
    is_administrator = serializers.BooleanField(source="membership.is_administrator")
    since = serializers.DateTimeField(source="membership.since")
    roles = RoleLabel(many=True)


class MemberList(serializers.Serializer[Any]):
    items = MemberBody(many=True)
    invitations = MemberInvitationBody(many=True)


class MemberChangeInput(StrictSerializer):
    post = TextField(max_length=200, required=False, allow_blank=True)
    is_administrator = serializers.BooleanField(required=False)
