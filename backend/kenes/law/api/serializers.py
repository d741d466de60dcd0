"""JSON of terms and event kinds."""

from datetime import date

from rest_framework import serializers

from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import IsoDateField
from kenes.law import reference
from kenes.law.models import Direction

TERM_STATUSES = ("running", "today", "passed")
EVENT_KINDS = tuple(kind["kind"] for kind in reference.data("events"))


class TermsQuery(StrictSerializer):
    """Which event, and on which day it happened (from 2000 on)."""

    event = serializers.ChoiceField(choices=EVENT_KINDS)
    date = IsoDateField(earliest=date(2000, 1, 1))


class TermSource(serializers.Serializer[dict[str, str]]):
    """What a rule rests on."""

    title = serializers.CharField()
    reference = serializers.CharField()


class TermSkippedDay(serializers.Serializer[dict[str, object]]):
    """A day off that changed the date."""

    date = serializers.DateField()
    reason = serializers.CharField()


class TermRow(serializers.Serializer[dict[str, object]]):
    """One term with everything a person needs to understand its date."""

    rule = serializers.CharField()
    title = serializers.CharField()
    due = serializers.DateField()
    counted_from = serializers.DateField()
    direction = serializers.ChoiceField(
        choices=Direction.choices, help_text="at_most: done by the day; at_least: possible only after it"
    )
    bound = serializers.CharField()
    bound_label = serializers.CharField()
    explanation = serializers.CharField()
    skipped_days = TermSkippedDay(many=True)
    source = TermSource(many=True)  # type: ignore[assignment,unused-ignore]
    needs_review = serializers.BooleanField()
    critical = serializers.BooleanField()
    status = serializers.ChoiceField(choices=TERM_STATUSES)
    days_left = serializers.IntegerField(
        help_text="days from today to the due day, negative when it has passed"
    )


class TermList(serializers.Serializer[dict[str, object]]):
    """Every term that the event begins."""

    event = serializers.ChoiceField(choices=EVENT_KINDS)
    date = serializers.DateField()
    terms = TermRow(many=True)


class EventKindRow(serializers.Serializer[dict[str, str]]):
    """A kind of event that the calculator offers."""

    kind = serializers.ChoiceField(choices=EVENT_KINDS)
    label = serializers.CharField()  # type: ignore[assignment,unused-ignore]
    question = serializers.CharField()


class EventKindList(serializers.Serializer[dict[str, object]]):
    """Kinds in the order in which they are offered."""

    items = EventKindRow(many=True)
