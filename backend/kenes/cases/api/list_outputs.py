"""JSON that goes out about lists; `list_present` fills it."""

from rest_framework import serializers

from kenes.accounts.models import Language
from kenes.cases.api.outputs import CaseRow, Out, PersonRef
from kenes.cases.models import CaseSource, JobKind, JobState, Layout, RowState, TagColour, ViewScope


class ListTag(Out):
    id = serializers.UUIDField()
    name = serializers.CharField()
    colour = serializers.ChoiceField(TagColour.choices)


class ListTrack(Out):
    kind = serializers.CharField()
    kind_label = serializers.CharField()
    state_label = serializers.CharField()


class CaseListRow(CaseRow):
    """A case in a list of work: also what is new, tags, queue and procedures."""

    unread = serializers.BooleanField()
    masked = serializers.BooleanField()
    language = serializers.ChoiceField(Language.choices)
    source = serializers.ChoiceField(CaseSource.choices)
    source_label = serializers.CharField()
    queue = serializers.CharField(allow_null=True)
    tags = ListTag(many=True)
    tracks = ListTrack(many=True)
    version = serializers.IntegerField()
    allowed_actions = serializers.ListField(child=serializers.CharField())


class CaseListPage(Out):
    items = CaseListRow(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class CaseShare(Out):
    """A part of the list; the sum is null for who does not see sums."""

    count = serializers.IntegerField()
    total_tiyn = serializers.IntegerField(allow_null=True)


class CaseTotals(Out):
    whole = CaseShare()
    by_status = serializers.DictField(child=CaseShare())
    by_term = serializers.DictField(child=CaseShare())


class CaseViewItem(Out):
    id = serializers.UUIDField()
    name = serializers.CharField()
    scope = serializers.ChoiceField(ViewScope.choices)
    role = serializers.CharField()
    owner = PersonRef()
    filters = serializers.DictField()
    columns = serializers.ListField(child=serializers.CharField())
    layout = serializers.ChoiceField(Layout.choices)
    may_edit = serializers.BooleanField()


class ListPreferenceDetail(Out):
    columns = serializers.ListField(child=serializers.CharField())
    order = serializers.ListField(child=serializers.CharField())
    default_view = serializers.CharField()
    layout = serializers.ChoiceField(Layout.choices)


class CaseViewList(Out):
    """Everything that the head of the list shows: views, settings, and what may be shared."""

    items = CaseViewItem(many=True)
    preference = ListPreferenceDetail()
    may_share = serializers.BooleanField()
    team = serializers.CharField()


class BulkReason(Out):
    code = serializers.CharField()
    text = serializers.CharField()
    count = serializers.IntegerField()


class BulkPreviewRow(Out):
    case_id = serializers.UUIDField()
    number = serializers.CharField(allow_null=True)
    borrower_name = serializers.CharField()
    will_change = serializers.BooleanField()
    reason = serializers.CharField()


class BulkPreview(Out):
    """What would happen; `rows` are the first 200 of `total`."""

    total = serializers.IntegerField()
    will_change = serializers.IntegerField()
    reasons = BulkReason(many=True)
    rows = BulkPreviewRow(many=True)


class ListJobItem(Out):
    """Long work and how far it is."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(JobKind.choices)
    action = serializers.CharField()
    state = serializers.ChoiceField(JobState.choices)
    total = serializers.IntegerField()
    done = serializers.IntegerField()
    changed = serializers.IntegerField()
    skipped = serializers.IntegerField()
    failed = serializers.IntegerField()
    has_file = serializers.BooleanField()
    problem = serializers.CharField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class ListJobPage(Out):
    items = ListJobItem(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class ListJobRow(Out):
    position = serializers.IntegerField()
    case_id = serializers.UUIDField(allow_null=True)
    number = serializers.CharField(allow_null=True)
    borrower_name = serializers.CharField()
    state = serializers.ChoiceField(RowState.choices)
    code = serializers.CharField()
    detail = serializers.CharField()


class ListJobRowPage(Out):
    items = ListJobRow(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class ListChoice(Out):
    value = serializers.CharField()
    label = serializers.CharField()


class ListChoices(Out):
    """What filters of the list choose from, in the reader's language."""

    track_kinds = ListChoice(many=True)
    track_states = ListChoice(many=True)
    queues = ListChoice(many=True)
    tags = ListChoice(many=True)
    sources = ListChoice(many=True)
    outcomes = ListChoice(many=True)
    decline_reasons = ListChoice(many=True)
