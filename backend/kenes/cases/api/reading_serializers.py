"""JSON of what was found in papers."""

from datetime import date
from typing import Any, Final

from rest_framework import serializers

from kenes.cases.api.debt_inputs import FROM, percent_field
from kenes.cases.models import FindingField, FindingState
from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import IsoDateField, TextField, TiynField

Out = serializers.Serializer[Any]
FITS: Final = ("new", "same", "differs", "unknown")
CERTAINTY: Final = ("sure", "likely", "doubtful")


class FindingSplit(Out):
    """Of what the debt consists, in tiyn; null for what the paper does not tell."""

    as_of = serializers.DateField(allow_null=True)
    principal_tiyn = serializers.IntegerField(allow_null=True)
    interest_tiyn = serializers.IntegerField(allow_null=True)
    penalty_tiyn = serializers.IntegerField(allow_null=True)
    fees_tiyn = serializers.IntegerField(allow_null=True)
    overdue_tiyn = serializers.IntegerField(allow_null=True)
    total_tiyn = serializers.IntegerField(allow_null=True)


class FindingValue(Out):
    """A value: one of these has it, by the field of the finding."""

    text = serializers.CharField(allow_null=True)
    on = serializers.DateField(allow_null=True)
    tiyn = serializers.IntegerField(allow_null=True)
    percent = serializers.CharField(allow_null=True)
    split = FindingSplit(allow_null=True)


class PaperFindingItem(Out):
    """One value found in a paper, beside what the case says. `fits`: whether both agree."""

    id = serializers.UUIDField()
    field = serializers.ChoiceField(FindingField.choices)
    label = serializers.CharField()
    value = FindingValue()
    quote = serializers.CharField()
    page = serializers.IntegerField()
    certainty = serializers.ChoiceField(CERTAINTY)
    obligation_id = serializers.UUIDField(allow_null=True)
    fits = serializers.ChoiceField(FITS)
    present = FindingValue(allow_null=True)
    compared_only = serializers.BooleanField()
    state = serializers.ChoiceField(FindingState.choices)
    given = FindingValue(allow_null=True)
    decided_by = serializers.CharField(allow_blank=True)
    decided_at = serializers.DateTimeField(allow_null=True)


class PaperReadingItem(Out):
    """One paper that was read. `kind_fits` is false when it looks like another paper than the one asked for."""

    id = serializers.UUIDField()
    paper_id = serializers.UUIDField(allow_null=True)
    paper_title = serializers.CharField(allow_blank=True)
    file_id = serializers.UUIDField()
    kind = serializers.CharField(allow_blank=True)
    kind_label = serializers.CharField(allow_blank=True)
    kind_fits = serializers.BooleanField()
    made_at = serializers.DateTimeField()
    findings = PaperFindingItem(many=True)


class ReadingDebt(Out):
    """A debt to choose from."""

    id = serializers.UUIDField()
    label = serializers.CharField()


class PaperReadings(Out):
    """Papers that were read, newest first."""

    items = PaperReadingItem(many=True)
    debts = ReadingDebt(many=True)
    open_findings = serializers.IntegerField()
    allowed_actions = serializers.ListField(child=serializers.ChoiceField(["decide"]))


class FindingSplitInput(StrictSerializer):
    as_of = IsoDateField(earliest=FROM)
    principal_tiyn = TiynField()
    interest_tiyn = TiynField(allow_null=True, default=None)
    penalty_tiyn = TiynField(allow_null=True, default=None)
    fees_tiyn = TiynField(allow_null=True, default=None)
    overdue_tiyn = TiynField(allow_null=True, default=None)


class FindingValueInput(StrictSerializer):
    """Another value in place of the one found."""

    text = TextField(max_length=80, required=False)
    on = IsoDateField(earliest=FROM, required=False)
    tiyn = TiynField(required=False)
    percent = percent_field(required=False)
    split = FindingSplitInput(required=False)


class FindingDecisionInput(StrictSerializer):
    """Confirm (as found, or as `value` says) or dismiss. `obligation_id` where the paper does not tell the debt."""

    decision = serializers.ChoiceField(["confirm", "dismiss"])
    value = FindingValueInput(allow_null=True, default=None)
    obligation_id = serializers.UUIDField(allow_null=True, default=None)


def plain(value: dict[str, Any] | None) -> dict[str, Any] | None:
    """A checked value as the finding keeps it: days in ISO, percent as text."""
    if value is None:
        return None
    return {name: _plain(item) for name, item in value.items()}


def _plain(item: Any) -> Any:
    if isinstance(item, dict):
        return {name: _plain(inner) for name, inner in item.items()}
    if isinstance(item, date):
        return item.isoformat()
    return item if item is None or isinstance(item, int | str) else str(item)
