"""JSON and queries that come in about lists: filters, saved views, settings, long work."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kenes.accounts.models import Language
from kenes.cases.lists import bulk, list_filters, listing, views_saved
from kenes.cases.models import CaseSource, JobKind, Layout, RowState, ViewScope
from kenes.cases.states.case import CaseStatus
from kenes.cases.states.track import TrackKind, TrackState
from kenes.foundation.api import PageQuery, StrictSerializer
from kenes.foundation.fields_api import IsoDateField, TextField, TiynField, WholeField

SORTS: Final = tuple(listing.SORTS)


class AssigneeField(serializers.CharField):
    """`me`, `none` or the id of a manager."""

    def to_internal_value(self, data: Any) -> str:
        value = super().to_internal_value(data)
        return value if value in {"me", "none"} else str(serializers.UUIDField().run_validation(value))


def _many(child: serializers.Field[Any, Any, Any, Any], most: int) -> serializers.ListField:
    return serializers.ListField(child=child, default=list, max_length=most)


class CaseNarrowing(StrictSerializer):
    """Filters of a list of cases, all optional."""

    status = _many(serializers.ChoiceField(CaseStatus.choices), 20)
    creditor = _many(serializers.UUIDField(), 20)
    assignee = AssigneeField(max_length=40, default=None, allow_null=True)
    urgency = _many(WholeField(min_value=1, max_value=4), 4)
    created_after = IsoDateField(default=None, allow_null=True)
    created_before = IsoDateField(default=None, allow_null=True)
    deadline_before = IsoDateField(default=None, allow_null=True)
    pressing = serializers.BooleanField(default=False)
    track_kind = _many(serializers.ChoiceField(TrackKind.choices), 20)
    track_state = _many(serializers.ChoiceField(TrackState.choices), 40)
    term = _many(serializers.ChoiceField(list_filters.STAGES), 6)
    column = serializers.ChoiceField(list_filters.STAGES, default=None, allow_null=True)
    amount_from = TiynField(default=None, allow_null=True)
    amount_to = TiynField(default=None, allow_null=True)
    source = _many(serializers.ChoiceField(CaseSource.choices), 10)
    language = _many(serializers.ChoiceField(Language.choices), 3)
    submitted_after = IsoDateField(default=None, allow_null=True)
    submitted_before = IsoDateField(default=None, allow_null=True)
    unread = serializers.BooleanField(default=False)
    queue = _many(serializers.UUIDField(), 20)
    tag = _many(serializers.UUIDField(), 20)


class CaseFilters(CaseNarrowing, PageQuery):
    """A page of the list: filters and order."""

    sort = serializers.ChoiceField(SORTS, default="-created_at")


class CaseSearchInput(CaseFilters):
    """Search by name, number, contract, creditor; phone and ИИН only whole."""

    query = TextField(max_length=200)


class CaseTotalsInput(CaseNarrowing):
    """The same with words to search for; a body, so that names stay out of addresses."""

    query = TextField(max_length=200, allow_blank=True, default="")


def filters(data: dict[str, Any]) -> list_filters.Filters:
    """The plain value of validated filters."""
    names = list_filters.Filters.__dataclass_fields__
    made: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
    }
    kept: dict[str, Any] = {name: value for name, value in made.items() if name in names}
    return list_filters.Filters(**kept)


def _columns() -> serializers.ListField:
    return serializers.ListField(
        child=serializers.ChoiceField(views_saved.COLUMNS), min_length=1, max_length=len(views_saved.COLUMNS)
    )


class CaseViewFilters(CaseNarrowing):
    """What a view keeps: filters and order, no words."""

    sort = serializers.ChoiceField(SORTS, default="-created_at")


class CaseViewInput(StrictSerializer):
    """A saved view."""

    name = TextField(max_length=60)
    scope = serializers.ChoiceField(ViewScope.choices, default=ViewScope.OWN)
    filters = CaseViewFilters()
    columns = _columns()
    layout = serializers.ChoiceField(Layout.choices, default=Layout.LIST)


class ListPreferenceInput(StrictSerializer):
    """Settings of the list; what is left out stays."""

    columns = serializers.ListField(
        child=serializers.ChoiceField(views_saved.COLUMNS),
        min_length=1,
        max_length=len(views_saved.COLUMNS),
        required=False,
    )
    order = serializers.ListField(
        child=serializers.RegexField(r"^[a-z0-9-]{1,36}\Z"), max_length=200, required=False
    )
    default_view = serializers.RegexField(r"^[a-z0-9-]{0,36}\Z", required=False, allow_blank=True)
    layout = serializers.ChoiceField(Layout.choices, required=False)


class CaseSelection(StrictSerializer):
    """Chosen cases by their ids, or everything that filters and words find."""

    ids = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=500)
    all_found = serializers.BooleanField(default=False)
    filters = CaseTotalsInput(required=False)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if data["all_found"] == bool(data["ids"]):
            raise serializers.ValidationError(
                {"ids": _("Choose cases, or say that all found ones are meant.")}, code="selection"
            )
        return data


class BulkParams(StrictSerializer):
    """What the change needs: a person, words, an outcome, a day, procedures, tags, an urgency."""

    assignee_id = serializers.UUIDField(allow_null=True, required=False)
    reason = TextField(max_length=1000, multiline=True, allow_blank=True, required=False)
    outcome = TextField(max_length=30, allow_blank=True, required=False)
    resume_on = IsoDateField(allow_null=True, required=False)
    track_kinds = serializers.ListField(
        child=serializers.ChoiceField(TrackKind.choices), required=False, max_length=20
    )
    tag_id = serializers.UUIDField(required=False)
    urgency = WholeField(min_value=1, max_value=4, required=False)


class BulkInput(StrictSerializer):
    """A change of many cases at once."""

    action = serializers.ChoiceField(bulk.NAMES)
    selection = CaseSelection()
    params = BulkParams(default=dict)


class ExportInput(StrictSerializer):
    """The list as a file."""

    format = serializers.ChoiceField(["csv", "xlsx"])
    selection = CaseSelection()
    sort = serializers.ChoiceField(SORTS, default="-created_at")
    columns = _columns()


class JobsQuery(PageQuery):
    """A page of one's long work."""

    kind = serializers.ChoiceField(JobKind.choices, default=None, allow_null=True)


class JobRowsQuery(StrictSerializer):
    """A page of the report."""

    state = serializers.ChoiceField(RowState.choices, default=None, allow_null=True)
    limit = serializers.IntegerField(min_value=1, max_value=200, default=100)
    cursor = serializers.CharField(max_length=600, default="", allow_blank=True)
