"""Shapes of user administration."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kenes.accounts import abilities, administration, people_rules, people_search
from kenes.accounts.models import Language, Role
from kenes.accounts.people_search import PersonRow
from kenes.foundation.api import PageQuery, StrictSerializer
from kenes.foundation.fields_api import TextField, WholeField


class ReasonInput(StrictSerializer):
    """Why it is done, in a few words at least."""

    reason = TextField(max_length=1000, min_length=3, multiline=True)


class PeopleSearchInput(PageQuery):
    query = TextField(max_length=254, default="", allow_blank=True)
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=Role.choices), default=list, max_length=len(Role)
    )
    status = serializers.ChoiceField(choices=people_search.STATUSES, default=None, allow_null=True)
    organisation_id = serializers.UUIDField(default=None, allow_null=True)


class RoleLabel(serializers.Serializer[Any]):
    code = serializers.ChoiceField(choices=Role.choices)
    label = serializers.CharField()


class NamedId(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class PersonRowBody(serializers.Serializer[PersonRow]):
    id = serializers.UUIDField(source="person.pk")
    full_name = serializers.CharField(source="person.full_name")
    email = serializers.EmailField(source="person.email", allow_null=True)
    masked_phone = serializers.CharField()
    roles = RoleLabel(many=True)
    custom_roles = NamedId(many=True)
    organisations = NamedId(many=True)
    status = serializers.ChoiceField(choices=people_search.STATUSES)
    has_second_factor = serializers.BooleanField()
    last_seen_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField(source="person.created_at")


class PeoplePage(serializers.Serializer[Any]):
    items = PersonRowBody(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class GrantBody(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    role = serializers.ChoiceField(choices=Role.choices, allow_null=True)
    custom_role_id = serializers.UUIDField(allow_null=True)
    label = serializers.CharField()
    granted_at = serializers.DateTimeField()
    granted_by_name = serializers.CharField(help_text="Empty when the platform gave it by itself.")
    by_hand = serializers.BooleanField(
        help_text="False: it follows from a licence, a power or an organisation."
    )


class PersonMembershipBody(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    organisation_id = serializers.UUIDField()
    organisation_name = serializers.CharField()
    post = serializers.CharField()
    is_administrator = serializers.BooleanField()
    since = serializers.DateTimeField()


class PersonDuplicateBody(serializers.Serializer[Any]):
    claim_id = serializers.UUIDField()
    person_id = serializers.UUIDField()
    full_name = serializers.CharField()


class PersonDetailBody(PersonRowBody):
    full_name_kk = serializers.CharField(source="person.full_name_kk")
    masked_iin = serializers.CharField()
    language = serializers.ChoiceField(choices=Language.choices, source="person.language")
    grants = serializers.SerializerMethodField()
    memberships = serializers.SerializerMethodField()
    open_sessions = serializers.IntegerField(source="extra.open_sessions")
    duplicates = PersonDuplicateBody(many=True, source="extra.duplicates")
    allowed_actions = serializers.ListField(
        child=serializers.ChoiceField(choices=tuple(people_rules.RULES)), source="extra.allowed_actions"
    )
    merged_into = serializers.UUIDField(source="person.merged_into_id", allow_null=True)

    @extend_schema_field(GrantBody(many=True))
    def get_grants(self, row: Any) -> Any:
        return GrantBody([grant_facts(grant) for grant in row.grants], many=True).data

    @extend_schema_field(PersonMembershipBody(many=True))
    def get_memberships(self, row: Any) -> Any:
        return PersonMembershipBody([membership_facts(item) for item in row.memberships], many=True).data


def grant_facts(grant: Any) -> dict[str, Any]:
    own = grant.custom_role
    return {
        "id": grant.pk,
        "role": grant.role or None,
        "custom_role_id": grant.custom_role_id,
        "label": own.name(people_search.language()) if own else Role(grant.role).label,
        "granted_at": grant.granted_at,
        "granted_by_name": grant.granted_by.full_name if grant.granted_by else "",
        "by_hand": own is not None or grant.role in people_rules.BY_HAND,
    }


def membership_facts(membership: Any) -> dict[str, Any]:
    return {
        "id": membership.pk,
        "organisation_id": membership.organisation_id,
        "organisation_name": people_search.organisation_name(membership.organisation),
        "post": membership.post,
        "is_administrator": membership.is_administrator,
        "since": membership.since,
    }


class PersonChangeInput(StrictSerializer):
    full_name = TextField(max_length=200, required=False)
    full_name_kk = TextField(max_length=200, required=False, allow_blank=True)
    language = serializers.ChoiceField(choices=Language.choices, required=False)


class GrantInput(StrictSerializer):
    """Exactly one of the two."""

    role = serializers.ChoiceField(choices=Role.choices, required=False)
    custom_role_id = serializers.UUIDField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            raise serializers.ValidationError({"role": [_one_role()]})
        return attrs


def _one_role() -> Any:
    return serializers.ErrorDetail(str(_("Choose one role.")), code="required")


class PersonRevealInput(ReasonInput):
    fields = serializers.ListField(
        child=serializers.ChoiceField(choices=administration.REVEALABLE), min_length=1, max_length=2
    )


class PersonRevealed(serializers.Serializer[Any]):
    iin = serializers.CharField(required=False)
    phone = serializers.CharField(required=False)


class HistoryItemBody(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    title = serializers.CharField()
    actor_label = serializers.CharField()
    details = serializers.ListField(child=serializers.CharField())


class HistoryPage(serializers.Serializer[Any]):
    items = HistoryItemBody(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class DuplicateBody(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    claimant = PersonRowBody()
    holder = PersonRowBody()
    created_at = serializers.DateTimeField()


class DuplicatePage(serializers.Serializer[Any]):
    items = DuplicateBody(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class MergeQuery(StrictSerializer):
    keep = serializers.UUIDField()


class MergeSectionBody(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField()


class MergePreviewBody(serializers.Serializer[Any]):
    sections = MergeSectionBody(many=True)
    warnings = serializers.ListField(child=serializers.CharField())


class MergeInput(ReasonInput):
    keep = serializers.UUIDField()


class CustomRoleBody(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="role.pk")
    name_ru = serializers.CharField(source="role.name_ru")
    name_kk = serializers.CharField(source="role.name_kk")
    name_en = serializers.CharField(source="role.name_en")
    name = serializers.CharField()
    abilities = serializers.ListField(child=serializers.CharField(), source="role.abilities")
    version = serializers.IntegerField(source="role.version")
    people_count = serializers.IntegerField()
    archived = serializers.BooleanField()


class BuiltInRoleBody(serializers.Serializer[Any]):
    code = serializers.ChoiceField(choices=Role.choices)
    label = serializers.CharField()
    abilities = serializers.ListField(child=serializers.CharField())
    is_staff = serializers.BooleanField()
    by_hand = serializers.BooleanField()


class AbilityBody(serializers.Serializer[Any]):
    code = serializers.CharField()
    group = serializers.ChoiceField(choices=tuple(abilities.GROUPS))
    group_label = serializers.CharField()
    label = serializers.CharField()
    grantable = serializers.BooleanField()
    sensitive = serializers.BooleanField()


class RolesBody(serializers.Serializer[Any]):
    built_in = BuiltInRoleBody(many=True)
    custom = CustomRoleBody(many=True)
    catalogue = AbilityBody(many=True)


class CustomRoleInput(StrictSerializer):
    name_ru = TextField(max_length=100)
    name_kk = TextField(max_length=100)
    name_en = TextField(max_length=100)
    abilities = serializers.ListField(
        child=serializers.CharField(max_length=60), max_length=len(abilities.CATALOGUE)
    )


class CustomRoleChangeInput(StrictSerializer):
    name_ru = TextField(max_length=100, required=False)
    name_kk = TextField(max_length=100, required=False)
    name_en = TextField(max_length=100, required=False)
    abilities = serializers.ListField(
        child=serializers.CharField(max_length=60), required=False, max_length=len(abilities.CATALOGUE)
    )
    version = WholeField(min_value=1, max_value=2**31 - 1)
