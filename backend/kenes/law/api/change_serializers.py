"""JSON of proposals to change the law."""

from datetime import date
from typing import Any

from rest_framework import serializers

from kenes.foundation.api import PageQuery, StrictSerializer
from kenes.foundation.fields_api import IsoDateField, TextField, TiynField, WholeField
from kenes.law.book import PLAIN
from kenes.law.models import ChangeKind, ChangeStatus, DayKind, IndexCode, RuleStatus, Unit

Out = serializers.Serializer[Any]
DAY_KINDS = (*DayKind.values, PLAIN)
EARLIEST = date(2000, 1, 1)


class LawTextInput(StrictSerializer):
    """A text in three languages; an empty one is kept as it was."""

    ru = TextField(max_length=2000, multiline=True, required=False, allow_blank=True)
    kk = TextField(max_length=2000, multiline=True, required=False, allow_blank=True)
    en = TextField(max_length=2000, multiline=True, required=False, allow_blank=True)


class LawTitleInput(StrictSerializer):
    ru = TextField(max_length=200, required=False, allow_blank=True)
    kk = TextField(max_length=200, required=False, allow_blank=True)
    en = TextField(max_length=200, required=False, allow_blank=True)


class LawEditionContent(StrictSerializer):
    """A new edition; what is not given is as in the edition before."""

    valid_from = IsoDateField(earliest=EARLIEST)
    amount = WholeField(min_value=1, max_value=4000, required=False, allow_null=True)
    unit = serializers.ChoiceField(Unit.choices, required=False)
    extension_amount = WholeField(min_value=0, max_value=4000, required=False)
    status = serializers.ChoiceField(RuleStatus.choices, required=False)
    critical = serializers.BooleanField(required=False)
    remind_at = serializers.ListField(
        child=WholeField(min_value=1, max_value=4000), required=False, max_length=20
    )
    sources = serializers.ListField(
        child=TextField(max_length=20), required=False, min_length=1, max_length=20
    )
    title = LawTitleInput(required=False)
    explanation = LawTextInput(required=False)
    consequence = LawTextInput(required=False)
    for_running = serializers.BooleanField(required=False)


class LawCloseContent(StrictSerializer):
    valid_to = IsoDateField(earliest=EARLIEST)


class LawDayContent(StrictSerializer):
    day = IsoDateField(earliest=EARLIEST)
    kind = serializers.ChoiceField(DAY_KINDS)
    reason = TextField(max_length=40, required=False, allow_blank=True)
    note = TextField(max_length=300, required=False, allow_blank=True)


class LawCalendarContent(StrictSerializer):
    days = LawDayContent(many=True, min_length=1, max_length=80)  # type: ignore[call-arg,unused-ignore]


class LawIndexContent(StrictSerializer):
    code = serializers.ChoiceField(IndexCode.choices)
    valid_from = IsoDateField(earliest=EARLIEST)
    value_tiyn = TiynField(min_value=1)
    source = TextField(max_length=200)


CONTENT: dict[str, type[StrictSerializer]] = {
    ChangeKind.EDITION: LawEditionContent,
    ChangeKind.CLOSE: LawCloseContent,
    ChangeKind.CALENDAR: LawCalendarContent,
    ChangeKind.INDEX: LawIndexContent,
}


class LawChangeInput(StrictSerializer):
    """A proposal. `rule_key` for editions and their end; `switch_on` for days and figures, by default today."""

    kind = serializers.ChoiceField(ChangeKind.choices)
    rule_key = TextField(max_length=60, required=False, default="", allow_blank=True)
    content = serializers.DictField()
    reason = TextField(max_length=1000, multiline=True)
    switch_on = IsoDateField(earliest=EARLIEST, required=False, allow_null=True, default=None)


class LawChangeEditInput(StrictSerializer):
    version = WholeField(min_value=1, max_value=2**31 - 1)
    content = serializers.DictField(required=False)
    reason = TextField(max_length=1000, multiline=True, required=False)
    switch_on = IsoDateField(earliest=EARLIEST, required=False)


class LawChangeVersionInput(StrictSerializer):
    version = WholeField(min_value=1, max_value=2**31 - 1)


class LawChangeApproveInput(LawChangeVersionInput):
    note = TextField(max_length=1000, multiline=True, required=False, default="", allow_blank=True)


class LawChangeRejectInput(LawChangeVersionInput):
    note = TextField(max_length=1000, multiline=True)


class LawChangeQuery(PageQuery):
    status = serializers.MultipleChoiceField(choices=ChangeStatus.choices, required=False)
    rule_key = TextField(max_length=60, required=False)


class LawPersonRef(Out):
    id = serializers.UUIDField()
    full_name = serializers.CharField()


class LawChangeItem(Out):
    """A proposal. `content` has the shape of its kind."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(ChangeKind.choices)
    kind_label = serializers.CharField()
    status = serializers.ChoiceField(ChangeStatus.choices)
    status_label = serializers.CharField()
    rule_key = serializers.CharField()
    title = serializers.CharField()
    content = serializers.DictField()
    reason = serializers.CharField()
    switch_on = serializers.DateField()
    author = LawPersonRef()
    decided_by = LawPersonRef(allow_null=True)
    decision_note = serializers.CharField()
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    applied_at = serializers.DateTimeField(allow_null=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class LawChangePage(Out):
    items = LawChangeItem(many=True)
    next_cursor = serializers.CharField(allow_null=True)
