"""JSON that goes out; `rows` fills it."""

from typing import Any, Final

from rest_framework import serializers

from kenes.cases.api.track_serializers import TrackAllowedAction
from kenes.cases.states.track import TrackKind
from kenes.specialists.api.inputs import DESK_ROLES
from kenes.specialists.models import FeeKind, HelpKind, HostKind, SessionStatus, Way
from kenes.specialists.states import BookingStatus, ProposalStatus, RequestStatus

Out = serializers.Serializer[Any]
OVERDUE: Final = ("none", "month", "quarter", "long")


class HelpFigures(Out):
    """Rounded figures that tell a specialist how large the matter is, and nothing of whose it is."""

    creditor_types = serializers.ListField(child=serializers.CharField())
    debts = serializers.IntegerField()
    total_up_to_tiyn = serializers.IntegerField(allow_null=True)
    overdue = serializers.ChoiceField(OVERDUE)


class HelpMasked(Out):
    text = serializers.CharField()
    changed = serializers.BooleanField()
    figures = HelpFigures()


class ProposalRow(Out):
    """A proposal as the borrower compares it."""

    id = serializers.UUIDField()
    specialist_name = serializers.CharField()
    organisation_name = serializers.CharField(allow_null=True)
    register_name = serializers.CharField()
    register_number = serializers.CharField()
    works_since = serializers.IntegerField(allow_null=True)
    host_id = serializers.UUIDField(allow_null=True)
    topics = serializers.ListField(child=serializers.CharField())
    languages = serializers.ListField(child=serializers.CharField())
    city = serializers.CharField()
    fee_kind = serializers.ChoiceField(FeeKind.choices)
    fee_tiyn = serializers.IntegerField()
    days = serializers.IntegerField()
    words = serializers.CharField()
    status = serializers.ChoiceField(ProposalStatus.choices)
    status_label = serializers.CharField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class HelpRequestRow(Out):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(HelpKind.choices)
    kind_label = serializers.CharField()
    topics = serializers.ListField(child=serializers.CharField())
    summary = serializers.CharField()
    figures = HelpFigures()
    language = serializers.CharField()
    city = serializers.CharField()
    online = serializers.BooleanField()
    status = serializers.ChoiceField(RequestStatus.choices)
    status_label = serializers.CharField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    proposals = ProposalRow(many=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class HelpTopic(Out):
    code = serializers.CharField()
    label = serializers.CharField()
    kinds = serializers.ListField(child=serializers.CharField())


class HelpPage(Out):
    items = HelpRequestRow(many=True)
    may_ask = serializers.ListField(child=serializers.ChoiceField(HelpKind.choices))
    topics = HelpTopic(many=True)


class OpenRequestRow(Out):
    """A request as specialists see it before they are chosen."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(HelpKind.choices)
    kind_label = serializers.CharField()
    topics = serializers.ListField(child=serializers.CharField())
    summary = serializers.CharField()
    figures = HelpFigures()
    language = serializers.CharField()
    city = serializers.CharField()
    online = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    proposals_made = serializers.IntegerField()
    proposed = serializers.BooleanField()


class OpenRequestPage(Out):
    items = OpenRequestRow(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class OwnProposalRow(Out):
    id = serializers.UUIDField()
    request_id = serializers.UUIDField()
    kind_label = serializers.CharField()
    summary = serializers.CharField()
    fee_kind = serializers.ChoiceField(FeeKind.choices)
    fee_tiyn = serializers.IntegerField()
    days = serializers.IntegerField()
    words = serializers.CharField()
    status = serializers.ChoiceField(ProposalStatus.choices)
    status_label = serializers.CharField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    case_id = serializers.UUIDField(allow_null=True)
    case_number = serializers.CharField(allow_null=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class OwnProposalPage(Out):
    items = OwnProposalRow(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class HostRow(Out):
    """A page of the directory. Nothing here is a rating."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(HostKind.choices)
    kind_label = serializers.CharField()
    full_name = serializers.CharField()
    organisation_name = serializers.CharField(allow_null=True)
    register_name = serializers.CharField()
    register_number = serializers.CharField()
    checked_at = serializers.DateTimeField(allow_null=True)
    topics = serializers.ListField(child=serializers.CharField())
    about = serializers.CharField()
    languages = serializers.ListField(child=serializers.CharField())
    city = serializers.CharField()
    online = serializers.BooleanField()
    office = serializers.CharField()
    works_since = serializers.IntegerField(allow_null=True)
    minutes = serializers.IntegerField()
    fee_tiyn = serializers.IntegerField()


class HostPage(Out):
    items = HostRow(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class SlotRow(Out):
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class SlotList(Out):
    host = HostRow()
    items = SlotRow(many=True)


class BookingRow(Out):
    """A consultation. The link and office are shown to both sides only."""

    id = serializers.UUIDField()
    host_id = serializers.UUIDField()
    host_kind = serializers.ChoiceField(HostKind.choices)
    host_kind_label = serializers.CharField()
    host_name = serializers.CharField()
    borrower_name = serializers.CharField()
    case_id = serializers.UUIDField(allow_null=True)
    case_number = serializers.CharField(allow_null=True)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    way = serializers.ChoiceField(Way.choices)
    way_label = serializers.CharField()
    place = serializers.CharField()
    topic = serializers.CharField()
    fee_tiyn = serializers.IntegerField()
    status = serializers.ChoiceField(BookingStatus.choices)
    status_label = serializers.CharField()
    reason = serializers.CharField()
    cancelled_by_host = serializers.BooleanField()
    summary = serializers.CharField()
    as_host = serializers.BooleanField()
    allowed_actions = serializers.ListField(child=serializers.CharField())


class BookingPage(Out):
    items = BookingRow(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class HoursRule(Out):
    weekday = serializers.IntegerField()
    starts = serializers.TimeField(format="%H:%M")
    ends = serializers.TimeField(format="%H:%M")
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True)


class AbsenceRow(Out):
    id = serializers.UUIDField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    # Consultations that are booked in this time; they stay until somebody cancels them.
    booked = serializers.IntegerField()


class OwnHost(Out):
    """The own page with hours, as its owner edits it."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(HostKind.choices)
    about = serializers.CharField()
    languages = serializers.ListField(child=serializers.CharField())
    city = serializers.CharField()
    online = serializers.BooleanField()
    works_since = serializers.IntegerField(allow_null=True)
    listed = serializers.BooleanField()
    minutes = serializers.IntegerField()
    break_minutes = serializers.IntegerField()
    fee_tiyn = serializers.IntegerField()
    office = serializers.CharField()
    link = serializers.CharField()
    rules = HoursRule(many=True)
    absences = AbsenceRow(many=True)
    # What a borrower could book in the next two weeks.
    free_slots = SlotRow(many=True)
    kinds = serializers.ListField(child=serializers.ChoiceField(HostKind.choices))


class SessionRow(Out):
    id = serializers.UUIDField()
    track_id = serializers.UUIDField()
    case_id = serializers.UUIDField()
    case_number = serializers.CharField(allow_null=True)
    mediator_name = serializers.CharField()
    starts_at = serializers.DateTimeField()
    minutes = serializers.IntegerField()
    way = serializers.ChoiceField(Way.choices)
    place = serializers.CharField()
    status = serializers.ChoiceField(SessionStatus.choices)
    status_label = serializers.CharField()
    mine = serializers.BooleanField()


class SessionList(Out):
    items = SessionRow(many=True)


class SessionPage(Out):
    items = SessionRow(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class DeskProcedureRow(Out):
    """A procedure on a desk. `due` is the next term of its debt, null where none runs."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    kind = serializers.ChoiceField(TrackKind.choices)
    kind_label = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    case_id = serializers.UUIDField()
    case_number = serializers.CharField()
    borrower_name = serializers.CharField()
    creditor_name = serializers.CharField()
    debt_tiyn = serializers.IntegerField(allow_null=True)
    due = serializers.DateField(allow_null=True)
    days_left = serializers.IntegerField(allow_null=True)
    updated_at = serializers.DateTimeField()
    allowed_actions = TrackAllowedAction(many=True)


class DeskProcedurePage(Out):
    items = DeskProcedureRow(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class DeskCounts(Out):
    roles = serializers.ListField(child=serializers.ChoiceField(DESK_ROLES))
    procedures = serializers.DictField(child=serializers.IntegerField())
    requests = serializers.IntegerField()
    proposals = serializers.IntegerField()
    consultations = serializers.IntegerField()


class AgreedMonth(Out):
    month = serializers.DateField()
    proposals = serializers.IntegerField()
    consultations = serializers.IntegerField()
    total_tiyn = serializers.IntegerField()


class AgreedSums(Out):
    items = AgreedMonth(many=True)
