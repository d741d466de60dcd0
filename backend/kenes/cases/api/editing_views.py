"""Correcting the story of a case, with a version in If-Match instead of locks."""

import re
from typing import Any, Final
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from kenes.cases.api import inputs, outputs
from kenes.cases.api.views import CaseView
from kenes.cases.errors.editing import VersionMissing, version_unreadable
from kenes.cases.story import editing
from kenes.cases.story.story import Asset, Hardship, Income, Relief
from kenes.foundation.api import ApiRequest, StrictSerializer
from kenes.foundation.api import validated as check
from kenes.foundation.fields_api import TextField

_MARK: Final = re.compile(r'(?:W/)?"([0-9]{1,9})"|([0-9]{1,9})', re.ASCII)
IF_MATCH: Final = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="The version that was seen (ETag)."
)


def etag(version: int) -> str:
    """The mark of a version in ETag and If-Match."""
    return f'"{version}"'


def seen_version(request: ApiRequest) -> int:
    """The version in If-Match. VersionMissing without one, FieldErrors when it is none of ours."""
    told = request.headers.get("If-Match", "").strip()
    if not told:
        raise VersionMissing
    found = _MARK.fullmatch(told)
    if found is None:
        raise version_unreadable()
    return int(found.group(1) or found.group(2))


class CaseStoryInput(StrictSerializer):
    """What changes; sections may be given in part. All that is missing stays."""

    email = TextField(max_length=254, allow_blank=True, required=False)
    address = TextField(max_length=400, required=False)
    income = inputs.IncomeInput(required=False)
    hardship = inputs.HardshipInput(required=False)
    relief = inputs.ReliefInput(required=False)
    assets = serializers.ListField(child=inputs.AssetInput(), max_length=50, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "partial": True})


class _Whole(StrictSerializer):
    """The merged story, checked once more as a whole."""

    email = TextField(max_length=254, allow_blank=True)
    address = TextField(max_length=400)
    income = inputs.IncomeInput()
    hardship = inputs.HardshipInput()
    relief = inputs.ReliefInput()
    assets = serializers.ListField(child=inputs.AssetInput(), max_length=50)

    def validate_email(self, value: str) -> str:
        return inputs.checked_email(value)


class CaseStoryChange(serializers.Serializer[Any]):
    """A changed field. `by` is empty where the reader is not told who of the staff it was."""

    field = serializers.CharField()
    old = serializers.CharField()
    new = serializers.CharField()
    at = serializers.DateTimeField()
    by = serializers.CharField()
    by_borrower = serializers.BooleanField()


class CaseStoryDetail(serializers.Serializer[Any]):
    """The story for editing; `locked` when a letter with it has left."""

    version = serializers.IntegerField()
    editable = serializers.BooleanField()
    locked = serializers.BooleanField()
    email = serializers.CharField()
    address = serializers.CharField()
    income = outputs.CaseIncome()
    hardship = outputs.CaseHardship()
    relief = outputs.CaseRelief()
    assets = outputs.CaseAsset(many=True)
    changes = CaseStoryChange(many=True)


class CaseStoryView(CaseView):
    """What the borrower told, and its corrections."""

    @extend_schema(operation_id="cases_story", responses=CaseStoryDetail)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        shown = editing.story_of(actor=request.actor, case_id=case_id)
        values = dict(shown.values)
        values["income"] = {
            **values["income"],
            "drop_percent": Income(**values["income"]).drop_percent,
        }
        page = {
            **values, "version": shown.version, "editable": shown.editable, "locked": shown.locked,
            "changes": shown.changes,
        }  # fmt: skip
        response = self.ok(CaseStoryDetail, page)
        response["ETag"] = etag(shown.version)
        return response

    @extend_schema(
        operation_id="cases_story_edit",
        parameters=[IF_MATCH],
        request=CaseStoryInput,
        responses=CaseStoryDetail,
    )
    def patch(self, request: ApiRequest, case_id: UUID) -> Response:
        editing.require_editor(actor=request.actor, case_id=case_id)
        version = seen_version(request)
        patch = self.parse(CaseStoryInput)
        editing.edit_story(
            actor=request.actor, case_id=case_id, version=version, patch=_plain(patch), check=_whole
        )
        return self.get(request, case_id)


def _plain(patch: dict[str, Any]) -> dict[str, Any]:
    """The patch as stored JSON is: days and decimals as text."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: plain(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [plain(inner) for inner in value]
        return value if value is None or isinstance(value, bool | int | str) else str(value)

    made: dict[str, Any] = plain(patch)
    return made


def _whole(merged: dict[str, Any]) -> editing.WholeStory:
    """The merged story as plain values; FieldErrors with every wrong field."""
    data = check(_Whole(data=merged))
    relief = {
        **data["relief"],
        "kinds": tuple(data["relief"]["kinds"]),
        "comment": data["relief"]["comment"] or "",
    }
    return editing.WholeStory(
        email=data["email"],
        address=data["address"],
        income=Income(**data["income"]),
        hardship=Hardship(**data["hardship"]),
        relief=Relief(**relief),
        assets=tuple(Asset(**asset) for asset in data["assets"]),
    )
