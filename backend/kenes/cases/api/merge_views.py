"""Merge two cases, split one: previews and the acts."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from kenes.cases import permissions
from kenes.cases.collaboration import joining, splitting
from kenes.cases.models import Case
from kenes.cases.states.case import CaseStatus
from kenes.foundation.actor import Actor
from kenes.foundation.api import ApiRequest, ApiView, StrictSerializer
from kenes.foundation.fields_api import TextField, WholeField
from kenes.foundation.idempotency import idempotent


class MovedSection(serializers.Serializer[Any]):
    """One kind of things and how many of them go over."""

    code = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField()


class MergeSide(serializers.Serializer[Any]):
    """One of the two cases."""

    id = serializers.UUIDField()
    number = serializers.CharField(allow_null=True)
    status_label = serializers.CharField()
    borrower_name = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()


class CaseMergePreview(serializers.Serializer[Any]):
    """`refusal` is empty when the merge is possible, otherwise the reason that `case.merge_refused` would name."""

    kept = MergeSide()
    gone = MergeSide()
    refusal = serializers.CharField(allow_blank=True)
    sections = MovedSection(many=True)
    warnings = serializers.ListField(child=serializers.CharField())


class CaseMergePreviewInput(StrictSerializer):
    number = TextField(max_length=16)


class CaseMergeInput(StrictSerializer):
    """The case that goes over, and the versions of both that were previewed."""

    gone_id = serializers.UUIDField()
    reason = TextField(max_length=1000, multiline=True)
    version = WholeField(min_value=1, max_value=2**31 - 1)
    gone_version = WholeField(min_value=1, max_value=2**31 - 1)


class CaseRefItem(serializers.Serializer[Any]):
    """A case to go to."""

    id = serializers.UUIDField()
    number = serializers.CharField()


class CaseSplitPreview(serializers.Serializer[Any]):
    refusal = serializers.CharField(allow_blank=True)
    sections = MovedSection(many=True)


class CaseSplitPreviewInput(StrictSerializer):
    obligation_ids = serializers.ListField(child=serializers.UUIDField(), max_length=50)


class CaseSplitInput(CaseSplitPreviewInput):
    reason = TextField(max_length=1000, multiline=True)
    version = WholeField(min_value=1, max_value=2**31 - 1)


class CaseMergePreviewView(ApiView):
    """What a merge would move. A POST, because numbers of cases stay out of addresses."""

    needs = "case.merge"

    @extend_schema(
        operation_id="cases_merge_preview", request=CaseMergePreviewInput, responses=CaseMergePreview
    )
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        number = self.parse(CaseMergePreviewInput)["number"]
        shown = joining.preview(actor=request.actor, case_id=case_id, number=number)
        page = {
            "kept": _side(request.actor, shown.kept),
            "gone": _side(request.actor, shown.gone),
            "refusal": shown.refusal,
            "sections": shown.sections,
            "warnings": shown.warnings,
        }
        return self.ok(CaseMergePreview, page)


def _side(actor: Actor, case: Case) -> dict[str, Any]:
    named = permissions.allowed(actor, "case.view_content", case)
    return {
        "id": case.pk, "number": case.number, "status_label": CaseStatus(case.status).label,
        "borrower_name": case.borrower_name if named else "", "version": case.version,
    }  # fmt: skip


class CaseMergeView(ApiView):
    """Move everything of another case into this one."""

    needs = "case.merge"

    @extend_schema(operation_id="cases_merge", request=CaseMergeInput, responses=CaseRefItem)
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        kept = joining.merge_cases(actor=request.actor, case_id=case_id, **self.parse(CaseMergeInput))
        return self.ok(CaseRefItem, kept)


class CaseSplitPreviewView(ApiView):
    """What a split would move."""

    needs = "case.merge"

    @extend_schema(
        operation_id="cases_split_preview", request=CaseSplitPreviewInput, responses=CaseSplitPreview
    )
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        chosen = self.parse(CaseSplitPreviewInput)["obligation_ids"]
        return self.ok(
            CaseSplitPreview, splitting.preview(actor=request.actor, case_id=case_id, obligation_ids=chosen)
        )


class CaseSplitView(ApiView):
    """Give some debts a case of their own."""

    needs = "case.merge"

    @extend_schema(operation_id="cases_split", request=CaseSplitInput, responses={201: CaseRefItem})
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        child = splitting.split_case(actor=request.actor, case_id=case_id, **self.parse(CaseSplitInput))
        return self.ok(CaseRefItem, child, status=201)
