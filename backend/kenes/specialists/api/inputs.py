"""JSON that comes in."""

from typing import Any, Final

from django.conf import settings
from rest_framework import serializers

from kenes.cases.api.fields import StrictBooleanField
from kenes.foundation.api import PageQuery, StrictSerializer
from kenes.foundation.fields_api import IsoDateField, TextField, TiynField, WholeField
from kenes.specialists.models import FeeKind, HelpKind, HostKind, Way
from kenes.specialists.pages import MOST_RULES

DESK_ROLES: Final = ("lawyer", "mediator", "notary", "ombudsman_officer")
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
