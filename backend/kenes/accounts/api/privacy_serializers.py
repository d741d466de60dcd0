"""Shapes of consents, reads, requests about data, the security log and terms of keeping."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kenes.accounts.models import ConsentKind, DataRead, PersonalDataRequest, RetentionRule
from kenes.accounts.retention import MAX_DAYS
from kenes.foundation.api import PageQuery, StrictSerializer
from kenes.foundation.fields_api import TextField, WholeField

REQUEST_KINDS = PersonalDataRequest.Kind.choices
REQUEST_STATUSES = PersonalDataRequest.Status.choices


class ConsentEffect(serializers.Serializer[Any]):
    allows = serializers.CharField(help_text="What the consent lets the service do.")
    ends = serializers.CharField(help_text="What ends when it is withdrawn, and what stays.")


class ConsentItem(serializers.Serializer[Any]):
    """The newest acceptance of one kind of text."""

    kind = serializers.ChoiceField(choices=ConsentKind.choices)
    kind_label = serializers.CharField()
    version = serializers.IntegerField()
    title = serializers.CharField()
    accepted_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    is_current = serializers.BooleanField(help_text="Of the newest text, and not withdrawn: it counts.")
    effect = ConsentEffect()
    allowed_actions = serializers.ListField(child=serializers.CharField(), help_text="withdraw, accept")


class ConsentItems(serializers.Serializer[Any]):
    items = ConsentItem(many=True)


class ConsentWithdrawInput(StrictSerializer):
    reason = TextField(max_length=500, multiline=True, default="", allow_blank=True)


class DataReadItem(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    kind = serializers.ChoiceField(choices=DataRead.Kind.choices)
    kind_label = serializers.CharField()
    reader_label = serializers.CharField()
    fields = serializers.ListField(child=serializers.CharField())
    case_id = serializers.UUIDField(allow_null=True)
    case_number = serializers.CharField(allow_null=True)
    reason = serializers.CharField()


class DataReadPage(serializers.Serializer[Any]):
    items = DataReadItem(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class DataSection(serializers.Serializer[Any]):
    """One part of the data: how many things are given, or erased, masked and kept, and on what ground."""

    code = serializers.CharField()
    label = serializers.CharField()
    given = serializers.IntegerField()
    erased = serializers.IntegerField()
    masked = serializers.IntegerField()
    kept = serializers.IntegerField()
    ground = serializers.CharField(allow_null=True)
    ground_needs_lawyer_review = serializers.BooleanField()


class DataBlocker(serializers.Serializer[Any]):
    code = serializers.CharField()
    text = serializers.CharField()


class DataPreview(serializers.Serializer[Any]):
    sections = DataSection(many=True)
    blockers = DataBlocker(many=True)


class DataRequestItem(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=REQUEST_KINDS)
    kind_label = serializers.CharField()
    status = serializers.ChoiceField(choices=REQUEST_STATUSES)
    status_label = serializers.CharField()
    created_at = serializers.DateTimeField()
    done_at = serializers.DateTimeField(allow_null=True)
    preview = DataPreview()
    progress_percent = serializers.IntegerField()
    note = serializers.CharField()
    file_expires_at = serializers.DateTimeField(allow_null=True)
    allowed_actions = serializers.ListField(
        child=serializers.CharField(), help_text="cancel, download, approve, refuse, execute"
    )


class DataRequestList(serializers.Serializer[Any]):
    items = DataRequestItem(many=True)


class StaffDataRequestItem(DataRequestItem):
    person_id = serializers.UUIDField()
    person_name = serializers.CharField()
    requested_by_name = serializers.CharField()
    decided_by_name = serializers.CharField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)


class StaffDataRequestPage(serializers.Serializer[Any]):
    items = StaffDataRequestItem(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class DataRequestKindQuery(StrictSerializer):
    kind = serializers.ChoiceField(choices=REQUEST_KINDS)


class DataRequestInput(StrictSerializer):
    kind = serializers.ChoiceField(choices=REQUEST_KINDS)


class StaffDataRequestInput(StrictSerializer):
    person_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=REQUEST_KINDS)
    reason = TextField(max_length=500, min_length=5, multiline=True)


class DataRequestNoteInput(StrictSerializer):
    note = TextField(max_length=1000, multiline=True, default="", allow_blank=True)


class DataRequestRefusalInput(StrictSerializer):
    note = TextField(max_length=1000, min_length=5, multiline=True)


class DataRequestQuery(PageQuery):
    status = serializers.ChoiceField(choices=REQUEST_STATUSES, default="")
    kind = serializers.ChoiceField(choices=REQUEST_KINDS, default="")


class SecurityLogQuery(PageQuery):
    type = serializers.CharField(max_length=80, default="")
    actor_id = serializers.UUIDField(default=None)
    person_id = serializers.UUIDField(default=None)
    since = serializers.DateTimeField(default=None)
    until = serializers.DateTimeField(default=None)

    def validate_type(self, value: str) -> str:
        if "\x00" in value:
            raise serializers.ValidationError(_("There is no such kind of entry."), code="unknown")
        return value


class SecurityLogEntry(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    type = serializers.CharField()
    title = serializers.CharField()
    actor_label = serializers.CharField()
    subject_label = serializers.CharField(allow_null=True)
    details = serializers.ListField(child=serializers.CharField())


class SecurityLogPage(serializers.Serializer[Any]):
    items = SecurityLogEntry(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class SecurityLogType(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()


class SecurityLogTypes(serializers.Serializer[Any]):
    items = SecurityLogType(many=True)


class RetentionRuleItem(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    ground = serializers.CharField()
    days = serializers.IntegerField()
    least_days = serializers.IntegerField()
    action = serializers.ChoiceField(choices=RetentionRule.Action.choices)
    action_label = serializers.CharField()
    enabled = serializers.BooleanField()
    needs_lawyer_review = serializers.BooleanField()
    last_run_at = serializers.DateTimeField(allow_null=True)
    last_count = serializers.IntegerField()


class RetentionRuleList(serializers.Serializer[Any]):
    items = RetentionRuleItem(many=True)


class RetentionRuleInput(StrictSerializer):
    days = WholeField(min_value=0, max_value=MAX_DAYS, required=False)
    enabled = serializers.BooleanField(required=False)
