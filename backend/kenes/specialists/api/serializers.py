"""JSON of specialists: what comes in and what goes out."""

from typing import Any, Final

from django.conf import settings
from rest_framework import serializers

from kenes.cases.api.fields import StrictBooleanField
from kenes.cases.api.track_serializers import TrackAllowedAction
from kenes.cases.states.track import TrackKind
from kenes.foundation.api import PageQuery, StrictSerializer
from kenes.foundation.fields_api import IsoDateField, TextField, TiynField, WholeField
from kenes.specialists.models import FeeKind, HelpKind, HostKind, SessionStatus, Way
from kenes.specialists.pages import MOST_RULES
from kenes.specialists.states import BookingStatus, ProposalStatus, RequestStatus

Out = serializers.Serializer[Any]
DESK_ROLES: Final = ("lawyer", "mediator", "notary", "ombudsman_officer")
OVERDUE: Final = ("none", "month", "quarter", "long")
FINISHES: Final = ("hold", "no_show")
SESSION_ENDS: Final = ("held", "cancelled")
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
WHEN: Final = ("ahead", "past", "all")


class MomentField(serializers.DateTimeField):
    """An instant with a time zone."""

    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str) or len(value) > 40:
            self.fail("invalid", format="ISO 8601")
        moment = super().to_internal_value(value)
        # Beyond these years clocks of other zones leave the calendar.
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            self.fail("invalid", format="ISO 8601")
        return moment


class HelpMaskInput(StrictSerializer):
    text = TextField(max_length=2000, multiline=True)


class HelpRequestInput(StrictSerializer):
    kind = serializers.ChoiceField(HelpKind.choices)
    topics = serializers.ListField(child=TextField(max_length=40), min_length=1, max_length=5)
    summary = TextField(max_length=2000, multiline=True, min_length=30)
    language = serializers.ChoiceField(settings.LANGUAGES)
    city = TextField(max_length=100, allow_blank=True, default="")
    online = StrictBooleanField(default=True)


class HelpChooseInput(StrictSerializer):
    proposal_id = serializers.UUIDField()
    transfer_consent = StrictBooleanField(default=False)


class ProposalInput(StrictSerializer):
    fee_kind = serializers.ChoiceField(FeeKind.choices)
    fee_tiyn = TiynField(default=0)
    days = WholeField(min_value=1, max_value=365)
    words = TextField(max_length=2000, multiline=True, min_length=20)


class DirectoryQuery(PageQuery):
    """Filters of the directory, all optional."""

    kind = serializers.ChoiceField(HostKind.choices, default="")
    topic = TextField(max_length=40, default="", allow_blank=True)
    language = serializers.ChoiceField(settings.LANGUAGES, default="")
    city = TextField(max_length=100, default="", allow_blank=True)
    online = serializers.BooleanField(default=False)


class SlotsQuery(StrictSerializer):
    first = IsoDateField(default=None, allow_null=True)
    days = WholeField(min_value=1, max_value=30, default=14)


class BookingInput(StrictSerializer):
    host_id = serializers.UUIDField()
    starts_at = MomentField()
    way = serializers.ChoiceField(Way.choices)
    topic = TextField(max_length=1000, multiline=True, allow_blank=True, default="")
    case_id = serializers.UUIDField(allow_null=True, default=None)


class BookingMoveInput(StrictSerializer):
    starts_at = MomentField()


class BookingCancelInput(StrictSerializer):
    reason = TextField(max_length=500, multiline=True, min_length=3)


class BookingFinishInput(StrictSerializer):
    action = serializers.ChoiceField(FINISHES)


class BookingSummaryInput(StrictSerializer):
    summary = TextField(max_length=6000, multiline=True, min_length=20)


class BookingsQuery(PageQuery):
    """`as_host`: what is booked with me; otherwise what I have booked."""

    when = serializers.ChoiceField(WHEN, default="ahead")
    as_host = serializers.BooleanField(default=False)


class HostPageInput(StrictSerializer):
    about = TextField(max_length=1000, multiline=True, allow_blank=True, default="")
    languages = serializers.ListField(child=serializers.ChoiceField(settings.LANGUAGES), max_length=3)
    city = TextField(max_length=100, allow_blank=True, default="")
    online = StrictBooleanField()
    works_since = WholeField(min_value=1900, max_value=2200, allow_null=True, default=None)
    listed = StrictBooleanField()
    minutes = WholeField(min_value=10, max_value=240)
    break_minutes = WholeField(min_value=0, max_value=120)
    fee_tiyn = TiynField(default=0)
    office = TextField(max_length=300, allow_blank=True, default="")
    link = serializers.URLField(max_length=300, allow_blank=True, default="")

    def validate_link(self, value: str) -> str:
        """Only https: the link is opened by whoever has booked."""
        if value and not value.startswith("https://"):
            self.fields["link"].fail("invalid")
        return value


class HoursRuleInput(StrictSerializer):
    weekday = WholeField(min_value=0, max_value=6)
    starts = serializers.TimeField()
    ends = serializers.TimeField()
    valid_from = IsoDateField()
    valid_until = IsoDateField(allow_null=True, default=None)


class HoursInput(StrictSerializer):
    rules = serializers.ListField(child=HoursRuleInput(), max_length=MOST_RULES)


class HostAbsenceInput(StrictSerializer):
    starts_at = MomentField()
    ends_at = MomentField()


class SessionInput(StrictSerializer):
    track_id = serializers.UUIDField()
    starts_at = MomentField()
    minutes = WholeField(min_value=10, max_value=480, default=60)
    way = serializers.ChoiceField(Way.choices)
    place = TextField(max_length=300, allow_blank=True, default="")


class SessionEndInput(StrictSerializer):
    status = serializers.ChoiceField(SESSION_ENDS)


class DeskProceduresQuery(PageQuery):
    role = serializers.ChoiceField(DESK_ROLES)
    ended = serializers.BooleanField(default=False)


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
