"""JSON of terms: list, counts, month, terms of a case with history, next steps with proof, and what people do to terms."""

import uuid
from datetime import date
from typing import Any

from rest_framework import serializers

from kenes.cases.api.outputs import CaseDeadlineItem, PersonRef
from kenes.cases.models import ChangeCause
from kenes.cases.states.track import TrackKind
from kenes.cases.terms.deadline_listing import STAGES
from kenes.foundation.api import PageQuery, StrictSerializer
from kenes.foundation.fields_api import IsoDateField, TextField, WholeField
from kenes.law import reference

Out = serializers.Serializer[Any]
BOUND = (*reference.data("bound"), "others")


class AssigneeField(serializers.CharField):
    """me, none or the id of a person."""

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        if text in {"me", "none"}:
            return text
        try:
            return str(uuid.UUID(text))
        except ValueError:
            self.fail("invalid")


class TermFilterQuery(StrictSerializer):
    """Filters of terms."""

    stage = serializers.MultipleChoiceField(choices=STAGES, required=False)
    bound = serializers.MultipleChoiceField(choices=BOUND, required=False)
    rule = serializers.ListField(child=TextField(max_length=60), required=False, max_length=40)
    assignee = AssigneeField(max_length=36, required=False)
    critical = serializers.BooleanField(required=False, default=False)
    due = IsoDateField(required=False)
    due_after = IsoDateField(required=False)
    due_before = IsoDateField(required=False)


class TermListQuery(TermFilterQuery, PageQuery):
    """Filters and page."""


class TermMonthQuery(TermFilterQuery):
    """Filters and the month as YYYY-MM."""

    month = serializers.RegexField(r"^(19|20|21)\d{2}-(0[1-9]|1[0-2])$", max_length=7)

    def validate_month(self, value: str) -> date:
        return date.fromisoformat(f"{value}-01")


class TermCase(Out):
    """The case of a term. The name is initials where the reader sees the case masked, empty where not at all."""

    id = serializers.UUIDField()
    number = serializers.CharField(allow_null=True)
    borrower_name = serializers.CharField()
    assignee = PersonRef(allow_null=True)


class TermRowItem(CaseDeadlineItem):
    """A term of the list."""

    case = TermCase()
    creditor = serializers.CharField()
    share_over = serializers.FloatField(help_text="how much of the term is over, 0 to 1")
    has_next_step = serializers.BooleanField()


class TermPage(Out):
    items = TermRowItem(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class TermBoundCount(Out):
    bound = serializers.CharField()
    bound_label = serializers.CharField()
    terms = serializers.IntegerField()


class TermCounts(Out):
    overdue = serializers.IntegerField()
    today = serializers.IntegerField()
    soon = serializers.IntegerField()
    later = serializers.IntegerField()
    critical = serializers.IntegerField()
    by_bound = TermBoundCount(many=True)


class TermMonthDay(Out):
    day = serializers.DateField()
    total = serializers.IntegerField()
    critical = serializers.IntegerField()
    borrower = serializers.IntegerField()
    day_off = serializers.CharField(
        allow_blank=True, help_text="why nobody works that day, empty on working days"
    )


class TermMonth(Out):
    """Every day of a month."""

    month = serializers.DateField()
    days = TermMonthDay(many=True)


class TermFact(Out):
    """The event from which the term runs."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    kind_label = serializers.CharField()
    date = serializers.DateField()
    source_label = serializers.CharField()


class TermPause(Out):
    first = serializers.DateField()
    last = serializers.DateField()


class TermChange(Out):
    """What happened to a term, in words: «было …, стало …, потому что …»."""

    id = serializers.UUIDField()
    cause = serializers.ChoiceField(ChangeCause.choices)
    cause_label = serializers.CharField()
    old_due = serializers.DateField()
    new_due = serializers.DateField()
    text = serializers.CharField()
    note = serializers.CharField()
    changed_by = serializers.CharField()
    created_at = serializers.DateTimeField()


class TermReminder(Out):
    day_of_term = serializers.IntegerField()
    on = serializers.DateField()
    sent = serializers.BooleanField()
    by_email = serializers.BooleanField()


class TermEdition(Out):
    """The edition that counted the term."""

    id = serializers.UUIDField()
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)
    length = serializers.CharField()


class TermItem(CaseDeadlineItem):
    """A term with everything that was used to count it, and its history."""

    creditor = serializers.CharField()
    share_over = serializers.FloatField()
    consequence = serializers.CharField(help_text="what follows when the term is missed")
    fact = TermFact()
    edition = TermEdition()
    calendar_mark = serializers.CharField()
    computed_at = serializers.DateTimeField(allow_null=True)
    watched = serializers.BooleanField()
    pauses = TermPause(many=True)
    extended_by = serializers.IntegerField()
    extension_left = serializers.IntegerField(
        help_text="by how much it can still be extended, in the unit of the rule"
    )
    unit = serializers.CharField()
    met_by = serializers.CharField()
    missed_at = serializers.DateTimeField(allow_null=True)
    changes = TermChange(many=True)
    reminders = TermReminder(many=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class CaseTermList(Out):
    """Terms of one case."""

    items = TermItem(many=True)
    version = serializers.IntegerField()


class StepEvidence(Out):
    """Something that proves."""

    kind = serializers.CharField()
    kind_label = serializers.CharField()
    title = serializers.CharField()
    on = serializers.DateField(allow_null=True)
    document_id = serializers.UUIDField(allow_null=True)
    sha256 = serializers.CharField()


class StepChoice(Out):
    kind = serializers.ChoiceField(TrackKind.choices)
    label = serializers.CharField()  # type: ignore[assignment,unused-ignore]
    free = serializers.BooleanField()


class NextStep(Out):
    """A next step that a breach has opened."""

    id = serializers.UUIDField()
    deadline_id = serializers.UUIDField()
    obligation_id = serializers.UUIDField(allow_null=True)
    term = serializers.CharField()
    due = serializers.DateField()
    bound_label = serializers.CharField()
    creditor = serializers.CharField()
    consequence = serializers.CharField()
    steps = StepChoice(many=True)
    evidence = StepEvidence(many=True)
    chosen = serializers.CharField()
    chosen_at = serializers.DateTimeField(allow_null=True)
    can_choose = serializers.BooleanField()
    created_at = serializers.DateTimeField()


class NextStepList(Out):
    items = NextStep(many=True)


class TermSuspendInput(StrictSerializer):
    """First and last day on which the term stands still, and why."""

    until = IsoDateField()
    reason = TextField(max_length=500, multiline=True)

    def get_fields(self) -> Any:
        return {"from": IsoDateField(), **super().get_fields()}


class TermResumeInput(StrictSerializer):
    on = IsoDateField()
    reason = TextField(max_length=500, multiline=True)


class TermExtendInput(StrictSerializer):
    """By how much, in the unit of the rule; the day of the agreement."""

    amount = WholeField(min_value=1, max_value=1000)
    agreed_on = IsoDateField()
    reason = TextField(max_length=500, multiline=True)


class TermMeetInput(StrictSerializer):
    on = IsoDateField()
    reason = TextField(max_length=500, multiline=True)


class TermReopenInput(StrictSerializer):
    reason = TextField(max_length=500, multiline=True)


class FactCorrectInput(StrictSerializer):
    date = IsoDateField()
    reason = TextField(max_length=500, multiline=True)


class StepChooseInput(StrictSerializer):
    step = serializers.ChoiceField(TrackKind.choices)


class LawImpactMove(Out):
    """A term that moves. The case is linked for who sees it."""

    case_id = serializers.UUIDField(allow_null=True)
    number = serializers.CharField()
    rule = serializers.CharField()
    title = serializers.CharField()
    bound_label = serializers.CharField()
    start = serializers.DateField()
    old_due = serializers.DateField()
    new_due = serializers.DateField()
    days = serializers.IntegerField()
    newly_missed = serializers.BooleanField()


class LawRecount(Out):
    """How far the count after the switch has come, in cases."""

    total = serializers.IntegerField()
    done = serializers.IntegerField()
    moved = serializers.IntegerField()
    failed = serializers.IntegerField()
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class LawImpact(Out):
    """What a proposal does to open cases on its day; after the switch what it did."""

    on = serializers.DateField()
    applied = serializers.BooleanField()
    checked = serializers.IntegerField()
    cases = serializers.IntegerField()
    moved = serializers.IntegerField()
    earlier = serializers.IntegerField()
    later = serializers.IntegerField()
    newly_missed = serializers.IntegerField()
    no_longer_missed = serializers.IntegerField()
    uncountable = serializers.IntegerField()
    moves = LawImpactMove(many=True)
    recount = LawRecount(allow_null=True)
