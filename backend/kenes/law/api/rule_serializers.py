"""JSON of rules, the calendar and figures."""

from typing import Any

from rest_framework import serializers

from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import WholeField
from kenes.law.api.serializers import TermSource
from kenes.law.models import DayKind, Direction, IndexCode, Origin, RuleStatus, Unit

Out = serializers.Serializer[Any]
EDITION_STATES = ("past", "current", "future")


class LawText(Out):
    """A text in three languages."""

    ru = serializers.CharField(allow_blank=True)
    kk = serializers.CharField(allow_blank=True)
    en = serializers.CharField(allow_blank=True)


class LawEdition(Out):
    """One edition of a rule. Sentences keep their marks ({due}, {length} …)."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(EDITION_STATES)
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)
    amount = serializers.IntegerField(allow_null=True)
    unit = serializers.ChoiceField(Unit.choices)
    length = serializers.CharField()
    extension_amount = serializers.IntegerField()
    direction = serializers.ChoiceField(Direction.choices)
    bound = serializers.CharField()
    bound_label = serializers.CharField()
    status = serializers.ChoiceField(RuleStatus.choices)
    needs_review = serializers.BooleanField()
    critical = serializers.BooleanField()
    remind_at = serializers.ListField(child=serializers.IntegerField())
    for_running = serializers.BooleanField()
    source = TermSource(many=True)  # type: ignore[assignment,unused-ignore]
    source_codes = serializers.ListField(child=serializers.CharField())
    title = LawText()
    explanation = LawText()
    consequence = LawText()
    origin = serializers.ChoiceField(Origin.choices)


class LawRule(Out):
    """A rule with its editions, newest first."""

    key = serializers.CharField()
    title = serializers.CharField()
    starts_on = serializers.CharField()
    starts_on_label = serializers.CharField()
    in_force = serializers.BooleanField()
    length = serializers.CharField()
    bound_label = serializers.CharField()
    needs_review = serializers.BooleanField()
    critical = serializers.BooleanField()
    editions = LawEdition(many=True)


class LawRuleList(Out):
    items = LawRule(many=True)


class LawCalendarQuery(StrictSerializer):
    """Which year."""

    year = WholeField(min_value=1900, max_value=2200)


class LawCalendarDay(Out):
    day = serializers.DateField()
    kind = serializers.ChoiceField(DayKind.choices)
    reason = serializers.CharField()
    reason_label = serializers.CharField()
    estimated = serializers.BooleanField()
    note = serializers.CharField()
    origin = serializers.ChoiceField(Origin.choices)


class LawReason(Out):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment,unused-ignore]


class LawCalendarYear(Out):
    """Days that are not what their day of the week says, and the reasons an editor can choose from."""

    year = serializers.IntegerField()
    first_year = serializers.IntegerField()
    last_year = serializers.IntegerField()
    days = LawCalendarDay(many=True)
    reasons = LawReason(many=True)


class LawIndex(Out):
    id = serializers.UUIDField()
    code = serializers.ChoiceField(IndexCode.choices)
    code_label = serializers.CharField()
    valid_from = serializers.DateField()
    value_tiyn = serializers.IntegerField()
    source = serializers.CharField()  # type: ignore[assignment,unused-ignore]
    current = serializers.BooleanField()
    origin = serializers.ChoiceField(Origin.choices)


class LawIndexList(Out):
    items = LawIndex(many=True)
