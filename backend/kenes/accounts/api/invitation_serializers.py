"""Shapes of invitations."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kenes.accounts import invitations, organisations
from kenes.accounts.api.people_serializers import NamedId, RoleLabel
from kenes.accounts.models import Invitation, Language, Role
from kenes.accounts.people_search import language, organisation_name
from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import TextField


class LatinEmailField(serializers.EmailField):
    """An address in Latin letters, given on in lower case: a look-alike letter would invite somebody else."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        value = super().to_internal_value(data)
        if not value.isascii():
            text = _("An e-mail address has Latin letters only; one of these is not.")
            raise serializers.ValidationError(text, code="charset")
        return str(value).lower()


class MemberInviteInput(StrictSerializer):
    """An invitation into the organisation of the address."""

    email = LatinEmailField()
    full_name = TextField(max_length=200, default="", allow_blank=True)
    language = serializers.ChoiceField(choices=Language.choices, default=Language.RU)
    post = TextField(max_length=200, default="", allow_blank=True)
    is_administrator = serializers.BooleanField(default=False)


class InvitationInput(MemberInviteInput):
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=Role.choices), default=list, max_length=len(Role)
    )
    custom_role_ids = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=20)
    organisation_id = serializers.UUIDField(default=None, allow_null=True)


class InvitationBody(serializers.Serializer[Invitation]):
    id = serializers.UUIDField()
    email = serializers.EmailField()
    full_name = serializers.CharField()
    language = serializers.ChoiceField(choices=Language.choices)
    roles = serializers.SerializerMethodField()
    custom_roles = serializers.SerializerMethodField()
    organisation = serializers.SerializerMethodField()
    post = serializers.CharField()
    is_administrator = serializers.BooleanField()
    invited_by_name = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    status = serializers.SerializerMethodField()

    @extend_schema_field(RoleLabel(many=True))
    def get_roles(self, row: Invitation) -> list[Any]:
        return role_labels(row)

    @extend_schema_field(NamedId(many=True))
    def get_custom_roles(self, row: Invitation) -> list[Any]:
        return [{"id": role.pk, "name": role.name(language())} for role in row.custom_roles.all()]

    @extend_schema_field(NamedId(allow_null=True))
    def get_organisation(self, row: Invitation) -> Any:
        return organisation_of(row)

    def get_invited_by_name(self, row: Invitation) -> str:
        return row.invited_by.full_name if row.invited_by else ""

    @extend_schema_field(serializers.ChoiceField(choices=invitations.STATUSES))
    def get_status(self, row: Invitation) -> str:
        return invitations.status_of(row)


class MemberInvitationBody(serializers.Serializer[Invitation]):
    """An open invitation as an organisation sees it."""

    id = serializers.UUIDField()
    email = serializers.EmailField()
    full_name = serializers.CharField()
    post = serializers.CharField()
    is_administrator = serializers.BooleanField()
    expires_at = serializers.DateTimeField()
    status = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(choices=invitations.STATUSES))
    def get_status(self, row: Invitation) -> str:
        return invitations.status_of(row)


class InvitationPage(serializers.Serializer[Any]):
    items = InvitationBody(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class TokenInput(StrictSerializer):
    token = serializers.RegexField(r"\A[A-Za-z0-9_-]{20,100}\Z")


class InvitationAcceptInput(TokenInput):
    """Without a password only for somebody who is signed in with the invited address."""

    full_name = TextField(max_length=200)
    password = serializers.CharField(max_length=200, trim_whitespace=False, default="", allow_blank=True)


class InvitationLook(serializers.Serializer[Invitation]):
    masked_email = serializers.SerializerMethodField()
    full_name = serializers.CharField()
    organisation_name = serializers.SerializerMethodField()
    role_labels = serializers.SerializerMethodField()
    needs_sign_in = serializers.SerializerMethodField()
    expires_at = serializers.DateTimeField()

    def get_masked_email(self, row: Invitation) -> str:
        return organisations.mask_email(row.email)

    def get_organisation_name(self, row: Invitation) -> str | None:
        return organisation_name(row.organisation) if row.organisation else None

    def get_role_labels(self, row: Invitation) -> list[str]:
        own = [role.name(language()) for role in row.custom_roles.all()]
        return [item["label"] for item in role_labels(row)] + own

    def get_needs_sign_in(self, row: Invitation) -> bool:
        return invitations.has_account(row)


def role_labels(row: Invitation) -> list[Any]:
    return [{"code": code, "label": str(Role(code).label)} for code in row.roles]


def organisation_of(row: Invitation) -> Any:
    return (
        {"id": row.organisation_id, "name": organisation_name(row.organisation)} if row.organisation else None
    )
