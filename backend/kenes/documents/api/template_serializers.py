"""JSON of templates: kinds, editions, problems, differences, previews, the catalogue of values."""

from typing import Any

from rest_framework import serializers

from kenes.documents.editing.states import TemplateOrigin, TemplateState, TrialSample, TrialStatus
from kenes.foundation.api import StrictSerializer
from kenes.foundation.fields_api import IsoDateField, TextField, WholeField

Out = serializers.Serializer[Any]
LANGUAGES = ("ru", "kk", "both")


class TemplatePerson(Out):
    id = serializers.UUIDField()
    full_name = serializers.CharField()


class TemplateProblem(Out):
    """`part` and `paragraph` (from 1) say where, `quote` is the line, `tag` the mark, `near` what may have been meant."""

    code = serializers.CharField()
    severity = serializers.ChoiceField(choices=["error", "warning"])
    text = serializers.CharField()
    part = serializers.CharField()
    paragraph = serializers.IntegerField(allow_null=True)
    quote = serializers.CharField()
    tag = serializers.CharField()
    near = serializers.ListField(child=serializers.CharField())


class TemplateVersionBrief(Out):
    """An edition in a list."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    language = serializers.ChoiceField(choices=LANGUAGES)
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=TemplateState.choices)
    state_label = serializers.CharField()
    origin = serializers.ChoiceField(choices=TemplateOrigin.choices)
    author = TemplatePerson(allow_null=True)
    decided_by = TemplatePerson(allow_null=True)
    note = serializers.CharField()
    decision_note = serializers.CharField()
    warnings = serializers.IntegerField()
    remarks_open = serializers.IntegerField()
    effective_from = serializers.DateField(allow_null=True)
    effective_to = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)


class TemplateRemark(Out):
    """What a lawyer has to look at: `source` is text (a remark of its author) or law (a reference not confirmed)."""

    id = serializers.CharField()
    source = serializers.ChoiceField(choices=["text", "law"])
    language = serializers.CharField()
    text = serializers.CharField()
    checked = serializers.BooleanField()
    checked_at = serializers.DateTimeField(allow_null=True)


class TemplateVersionDetail(TemplateVersionBrief):
    title = serializers.CharField()
    file_name = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    revision = serializers.IntegerField()
    problems = TemplateProblem(many=True)
    remarks = TemplateRemark(many=True)
    based_on_id = serializers.UUIDField(allow_null=True)
    in_force_id = serializers.UUIDField(allow_null=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class TemplateLanguage(Out):
    """One template of a kind: what is in force, what waits for its day, how many editions wait for somebody."""

    language = serializers.ChoiceField(choices=LANGUAGES)
    in_force = TemplateVersionBrief(allow_null=True)
    scheduled = TemplateVersionBrief(allow_null=True)
    proposed = serializers.IntegerField()
    drafts = serializers.IntegerField()


class TemplateKind(Out):
    code = serializers.CharField()
    title = serializers.CharField()
    purpose = serializers.CharField()
    addressee = serializers.CharField()
    needs_review = serializers.BooleanField()
    templates = TemplateLanguage(many=True)


class TemplateKindList(Out):
    items = TemplateKind(many=True)


class TemplateKindDetail(TemplateKind):
    versions = TemplateVersionBrief(many=True)
    can_upload = serializers.BooleanField()


class TemplateEditInput(StrictSerializer):
    revision = WholeField(min_value=1, max_value=10**9)
    note = TextField(max_length=2000, multiline=True, required=False, allow_blank=True)
    effective_from = IsoDateField(required=False, allow_null=True)


class TemplateProposeInput(StrictSerializer):
    """`effective_from`: the first day; without it the edition holds as soon as it is approved."""

    revision = WholeField(min_value=1, max_value=10**9)
    note = TextField(max_length=2000, multiline=True)
    effective_from = IsoDateField(required=False, allow_null=True)


class TemplateApproveInput(StrictSerializer):
    revision = WholeField(min_value=1, max_value=10**9)
    note = TextField(max_length=2000, multiline=True, required=False, allow_blank=True, default="")
    effective_from = IsoDateField(required=False, allow_null=True)


class TemplateRejectInput(StrictSerializer):
    revision = WholeField(min_value=1, max_value=10**9)
    note = TextField(max_length=2000, multiline=True)


class TemplateRevisionInput(StrictSerializer):
    revision = WholeField(min_value=1, max_value=10**9)


class TemplateRemarkInput(StrictSerializer):
    revision = WholeField(min_value=1, max_value=10**9)
    remark = TextField(max_length=40)
    checked = serializers.BooleanField()


class TemplateFileQuery(StrictSerializer):
    """`revision`: the one on the screen, so that nobody's newer file is written over."""

    revision = WholeField(min_value=1, max_value=10**9, required=False)


class TemplateCompareQuery(StrictSerializer):
    """`with`: the edition to compare with; by default the one in force, else the one before."""

    with_ = serializers.UUIDField(required=False)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        fields["with"] = fields.pop("with_")
        return fields


class TemplatePiece(Out):
    sign = serializers.ChoiceField(choices=["same", "added", "removed"])
    text = serializers.CharField()
    is_mark = serializers.BooleanField()


class TemplateChange(Out):
    what = serializers.ChoiceField(choices=["same", "added", "removed", "changed", "moved"])
    style = serializers.ChoiceField(choices=["paragraph", "row", "header", "footer", "notes"])
    before = serializers.IntegerField(allow_null=True)
    after = serializers.IntegerField(allow_null=True)
    pieces = TemplatePiece(many=True)


class TemplateDifference(Out):
    before = TemplateVersionBrief()
    after = TemplateVersionBrief()
    count = serializers.IntegerField()
    added_marks = serializers.ListField(child=serializers.CharField())
    removed_marks = serializers.ListField(child=serializers.CharField())
    moved_marks = serializers.ListField(child=serializers.CharField())
    changes = TemplateChange(many=True)


class TemplateTrialInput(StrictSerializer):
    """`sample`: whole or required made-up data, or the case named by `case_number`."""

    sample = serializers.ChoiceField(choices=TrialSample.choices)
    case_number = TextField(max_length=40, required=False, allow_blank=True, default="")


class TemplateTrialPage(Out):
    page = serializers.IntegerField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()


class TemplateTrialItem(Out):
    id = serializers.UUIDField()
    version_id = serializers.UUIDField()
    sample = serializers.ChoiceField(choices=TrialSample.choices)
    case_number = serializers.CharField(allow_blank=True)
    status = serializers.ChoiceField(choices=TrialStatus.choices)
    failure = TemplateProblem(allow_null=True)
    pages = TemplateTrialPage(many=True)
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class TemplateTrialList(Out):
    items = TemplateTrialItem(many=True)


class TemplateTrialFileQuery(StrictSerializer):
    format = serializers.ChoiceField(choices=["pdf", "docx"], default="pdf")


class TemplateVariableQuery(StrictSerializer):
    """`code`: the kind whose answers are wanted too; `q`: words of the path, the group or the meaning."""

    code = TextField(max_length=40, required=False, allow_blank=True, default="")
    q = TextField(max_length=100, required=False, allow_blank=True, default="")


class TemplateVariable(Out):
    path = serializers.CharField()
    tag = serializers.CharField()
    group = serializers.CharField()
    types = serializers.ListField(child=serializers.CharField())
    description = serializers.CharField()
    sample = serializers.CharField()
    optional = serializers.BooleanField()
    kinds = serializers.ListField(child=serializers.CharField())
    filters = serializers.ListField(child=serializers.CharField())


class TemplateFilter(Out):
    name = serializers.CharField()
    description = serializers.CharField()
    example = serializers.CharField()
    result = serializers.CharField()
    takes = serializers.ListField(child=serializers.CharField())


class TemplateVariableList(Out):
    items = TemplateVariable(many=True)
    filters = TemplateFilter(many=True)
