"""JSON of queues, load and absences."""

from typing import Any

from rest_framework import serializers

from kenes.cases.api import outputs
from kenes.cases.api.fields import StrictBooleanField
from kenes.cases.states.track import TrackKind
from kenes.creditors.models import CreditorType
from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import IsoDateField, TextField, WholeField

Out = serializers.Serializer[Any]


class QueueRule(StrictSerializer):
    """Which cases fall to a queue; an empty part says nothing."""

    track_kinds = serializers.ListField(
        child=serializers.ChoiceField(TrackKind.choices), required=False, max_length=20
    )
    creditor_types = serializers.ListField(
        child=serializers.ChoiceField(CreditorType.choices), required=False, max_length=20
    )
    languages = serializers.ListField(
        child=serializers.ChoiceField(["ru", "kk", "en"]), required=False, max_length=3
    )
    urgencies = serializers.ListField(
        child=WholeField(min_value=1, max_value=4), required=False, max_length=4
    )


class QueueInput(StrictSerializer):
    name_ru = TextField(max_length=120)
    name_kk = TextField(max_length=120)
    name_en = TextField(max_length=120)
    rule = QueueRule(default=dict)
    distributes = StrictBooleanField(default=False)
    member_ids = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=200)


class QueueChangeInput(QueueInput):
    version = WholeField(min_value=1)


class QueueVersionInput(StrictSerializer):
    version = WholeField(min_value=1)


class QueueOrderInput(StrictSerializer):
    queue_ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=200)


class QueueItem(Out):
    """`waiting`: cases without manager in the queue. `allowed_actions`: change, archive, distribute."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    name_ru = serializers.CharField()
    name_kk = serializers.CharField()
    name_en = serializers.CharField()
    position = serializers.IntegerField()
    rule = QueueRule()
    distributes = serializers.BooleanField()
    members = outputs.PersonRef(many=True)
    waiting = serializers.IntegerField()
    version = serializers.IntegerField()


class QueueList(Out):
    """`without_queue`: cases without manager that no rule fits."""

    items = QueueItem(many=True)
    without_queue = serializers.IntegerField()
    may_edit = serializers.BooleanField()


class QueueGiven(Out):
    given = serializers.IntegerField()
    left = serializers.IntegerField()


class AbsenceItem(Out):
    id = serializers.UUIDField()
    person = outputs.PersonRef()
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    substitute = outputs.PersonRef(allow_null=True)
    note = serializers.CharField()
    running = serializers.BooleanField()
    may_change = serializers.BooleanField()


class AbsenceList(Out):
    items = AbsenceItem(many=True)


class AbsenceInput(StrictSerializer):
    user_id = serializers.UUIDField()
    first_day = IsoDateField()
    last_day = IsoDateField()
    substitute_id = serializers.UUIDField(allow_null=True, default=None)
    note = TextField(max_length=200, allow_blank=True, default="")


class AbsenceQuery(StrictSerializer):
    """Days shown, both included; by default sixty days from today."""

    first = IsoDateField(default=None, allow_null=True)
    last = IsoDateField(default=None, allow_null=True)


class LoadItem(Out):
    """What one manager carries. `share_percent` is open cases by capacity."""

    person = outputs.PersonRef()
    open_cases = serializers.IntegerField()
    urgent = serializers.IntegerField()
    soon = serializers.IntegerField()
    capacity = serializers.IntegerField()
    share_percent = serializers.IntegerField(allow_null=True)
    version = serializers.IntegerField()
    absence = AbsenceItem(allow_null=True)
    next_absence = AbsenceItem(allow_null=True)
    standing_in = serializers.ListField(child=serializers.CharField())
    queues = serializers.ListField(child=serializers.CharField())


class LoadList(Out):
    items = LoadItem(many=True)
    may_edit = serializers.BooleanField()


class CapacityInput(StrictSerializer):
    capacity = WholeField(min_value=0, max_value=500)
    version = WholeField(min_value=0)


class PassOnInput(StrictSerializer):
    preview = StrictBooleanField(default=True)


class PassedOnItem(Out):
    case_id = serializers.UUIDField()
    number = serializers.CharField()
    to_name = serializers.CharField()
    how = serializers.ChoiceField(["substitute", "queue", "nobody"])


class PassedOnList(Out):
    items = PassedOnItem(many=True)
    preview = serializers.BooleanField()


class TakeInput(StrictSerializer):
    version = WholeField(min_value=1, required=False)


class HandOverInput(StrictSerializer):
    assignee_id = serializers.UUIDField()
    words = TextField(max_length=1000, multiline=True, allow_blank=True, default="")
    version = WholeField(min_value=1)


class GiveBackInput(StrictSerializer):
    words = TextField(max_length=1000, multiline=True)
    version = WholeField(min_value=1)


class UrgencyInput(StrictSerializer):
    """`urgency` from 1, the most urgent; null gives the case back to the computed value."""

    urgency = WholeField(min_value=1, max_value=4, allow_null=True)
    reason = TextField(max_length=500, allow_blank=True, default="")
    version = WholeField(min_value=1)


class SuggestionItem(Out):
    """Whom the case may go to, best first, and why."""

    person = outputs.PersonRef()
    open_cases = serializers.IntegerField()
    capacity = serializers.IntegerField()
    best = serializers.BooleanField()
    free = serializers.BooleanField()
    reasons = serializers.ListField(child=serializers.CharField())


class UrgencyHeld(Out):
    """Who raised the urgency, when and why; `by` is Kenes Hub where a rule did."""

    by = serializers.CharField()
    at = serializers.DateTimeField()
    reason = serializers.CharField()


class CaseUrgency(Out):
    effective = serializers.IntegerField()
    computed = serializers.IntegerField()
    raised = serializers.IntegerField(allow_null=True)
    held = UrgencyHeld(allow_null=True)


class CaseEscalation(Out):
    at = serializers.DateTimeField()
    due = serializers.DateField()
    rule = serializers.CharField()
    acts = serializers.ListField(child=serializers.CharField())


class CaseQueueRef(Out):
    id = serializers.UUIDField()
    name = serializers.CharField()


class CaseAssignment(Out):
    """The work on a case. `allowed_actions`: take, assign, hand_over, give_back, give_by_queue, raise_urgency."""

    version = serializers.IntegerField()
    assignee = outputs.PersonRef(allow_null=True)
    assignee_absence = AbsenceItem(allow_null=True)
    queue = CaseQueueRef(allow_null=True)
    urgency = CaseUrgency()
    suggestions = SuggestionItem(many=True)
    escalations = CaseEscalation(many=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())
