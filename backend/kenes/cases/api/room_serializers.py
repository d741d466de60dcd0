"""JSON of the creditor's room."""

from typing import Any

from rest_framework import serializers

from kenes.cases.answers.room import TABS
from kenes.cases.api.answer_serializers import (
    CodeLabel,
    CreditorAnswerRow,
    OfferOutcome,
    OfferScheduleRow,
)
from kenes.cases.api.fields import StrictBooleanField
from kenes.cases.api.list_inputs import AssigneeField
from kenes.cases.states.track import TrackState
from kenes.foundation.api import PageQuery, StrictSerializer
from kenes.foundation.fields_api import IsoDateField, TextField, WholeField

Out = serializers.Serializer[Any]
ROOM_SORTS = ("-since", "due")


class RoomFilters(PageQuery):
    """Filters of the list of letters, all optional."""

    tab = serializers.ChoiceField(TABS, default="")
    state = serializers.ListField(
        child=serializers.ChoiceField(TrackState.choices), default=list, max_length=20
    )
    assignee = AssigneeField(max_length=40, default=None, allow_null=True)
    due_before = IsoDateField(default=None, allow_null=True)
    since = IsoDateField(default=None, allow_null=True)
    sort = serializers.ChoiceField(ROOM_SORTS, default="-since")


class RoomSearchInput(RoomFilters):
    """Search in the own letters by name, case number, contract and own incoming number."""

    query = TextField(max_length=200)


class LetterRegisterInput(StrictSerializer):
    number = TextField(max_length=60)
    received_on = IsoDateField(past=True)
    start_review = StrictBooleanField(default=True)


class LetterGiveInput(StrictSerializer):
    assignee_id = serializers.UUIDField(allow_null=True)


class RoomFiguresQuery(StrictSerializer):
    days = WholeField(min_value=7, max_value=366, default=90)


class RoomPerson(Out):
    id = serializers.UUIDField()
    full_name = serializers.CharField()


class RoomLetterRow(Out):
    """A letter in a list. `days_left` is null when no term to answer runs."""

    id = serializers.UUIDField()
    tab = serializers.ChoiceField(TABS)
    case_id = serializers.UUIDField()
    case_number = serializers.CharField()
    borrower_name = serializers.CharField()
    masked_iin = serializers.CharField(allow_null=True)
    creditor_name = serializers.CharField()
    contract_number = serializers.CharField()
    debt_tiyn = serializers.IntegerField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    since = serializers.DateTimeField()
    due = serializers.DateField(allow_null=True)
    days_left = serializers.IntegerField(allow_null=True)
    incoming_number = serializers.CharField()
    received_on = serializers.DateField(allow_null=True)
    assignee = RoomPerson(allow_null=True)
    answerable = serializers.BooleanField()


class RoomLetterPage(Out):
    items = RoomLetterRow(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class RoomCounts(Out):
    new = serializers.IntegerField()
    in_work = serializers.IntegerField()
    answered = serializers.IntegerField()
    overdue = serializers.IntegerField()


class RoomDebt(Out):
    principal_tiyn = serializers.IntegerField()
    interest_tiyn = serializers.IntegerField()
    penalty_tiyn = serializers.IntegerField()
    total_tiyn = serializers.IntegerField()
    monthly_payment_tiyn = serializers.IntegerField(allow_null=True)
    rate_percent = serializers.FloatField(allow_null=True)
    term_months = serializers.IntegerField(allow_null=True)
    contract_date = serializers.DateField()
    overdue_since = serializers.DateField(allow_null=True)


class RoomWish(Out):
    """What the letter asks for."""

    kinds = serializers.ListField(child=serializers.CharField())
    defer_months = serializers.IntegerField(allow_null=True)
    new_term_months = serializers.IntegerField(allow_null=True)
    new_rate_percent = serializers.FloatField(allow_null=True)
    new_payment_tiyn = serializers.IntegerField(allow_null=True)


class RoomEarlierLetter(Out):
    document_id = serializers.UUIDField()
    since = serializers.DateTimeField()


class RoomLetterDetail(RoomLetterRow):
    document_id = serializers.UUIDField()
    masked_phone = serializers.CharField(allow_null=True)
    debt = RoomDebt()
    wish = RoomWish(allow_null=True)
    registered_at = serializers.DateTimeField(allow_null=True)
    earlier = RoomEarlierLetter(many=True)
    answers = CreditorAnswerRow(many=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class RoomLists(Out):
    """What the forms of the room choose from."""

    papers = CodeLabel(many=True)
    reasons = CodeLabel(many=True)
    people = RoomPerson(many=True)


class RoomFile(Out):
    id = serializers.UUIDField()
    name = serializers.CharField()


class RoomPreviewRow(Out):
    letter_id = serializers.UUIDField()
    case_number = serializers.CharField()
    borrower_name = serializers.CharField()
    contract_number = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()
    before = OfferOutcome(allow_null=True)
    after = OfferOutcome(allow_null=True)
    schedule = OfferScheduleRow(many=True)


class RoomPreview(Out):
    items = RoomPreviewRow(many=True)
    possible = serializers.IntegerField()


class RoomReportRow(Out):
    """What became of one letter; `code` is empty when it was answered."""

    letter_id = serializers.UUIDField()
    case_number = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()


class RoomReport(Out):
    items = RoomReportRow(many=True)
    answered = serializers.IntegerField()


class RoomFiguresOfPerson(Out):
    person_id = serializers.UUIDField()
    full_name = serializers.CharField()
    received = serializers.IntegerField()
    answered = serializers.IntegerField()
    answered_in_time = serializers.IntegerField()
    overdue = serializers.IntegerField()


class RoomFigures(Out):
    days = serializers.IntegerField()
    received = serializers.IntegerField()
    answered = serializers.IntegerField()
    answered_in_time = serializers.IntegerField()
    overdue = serializers.IntegerField()
    average_days = serializers.FloatField(allow_null=True)
    by_kind = serializers.DictField(child=serializers.IntegerField())
    people = RoomFiguresOfPerson(many=True)
