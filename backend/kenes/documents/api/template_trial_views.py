"""Previews of templates: asked for, followed, looked at page by page, taken along."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.response import Response

from kenes.documents.api import template_serializers as io
from kenes.documents.api.template_views import TemplateView
from kenes.documents.editing import trials, versions
from kenes.documents.models import TemplateTrial
from kenes.files.uploads import private, private_file
from kenes.foundation.api import ApiRequest
from kenes.foundation.errors import Unavailable
from kenes.foundation.idempotency import idempotent
from kenes.foundation.providers import Temporary


def _item(trial: TemplateTrial) -> dict[str, Any]:
    return {
        "id": trial.pk,
        "version_id": trial.version_id,
        "sample": trial.sample,
        "case_number": (trial.case.number or "") if trial.case else "",
        "status": trial.status,
        "failure": trials.failure_of(trial),
        "pages": [
            {"page": number, "width": width, "height": height}
            for number, (width, height) in enumerate(trial.sizes, 1)
        ],
        "created_at": trial.created_at,
        "expires_at": trial.expires_at,
    }


class _TrialView(TemplateView):
    """Who approves looks at previews too."""

    def may_change(self, request: Any) -> bool:
        return bool(request.actor.can("template.edit") or request.actor.can("template.approve"))


class TemplateTrialsView(_TrialView):
    """The newest own preview of an edition; a new one."""

    @extend_schema(operation_id="template_trials_list", responses=io.TemplateTrialList)
    def get(self, request: ApiRequest, version_id: UUID) -> Response:
        version = versions.get_version(actor=request.actor, version_id=version_id)
        newest = trials.latest(actor=request.actor, version=version)
        return self.ok(io.TemplateTrialList, {"items": [_item(newest)] if newest else []})

    @extend_schema(
        operation_id="template_trials_create",
        request=io.TemplateTrialInput,
        responses={201: io.TemplateTrialItem},
    )
    @idempotent
    def post(self, request: ApiRequest, version_id: UUID) -> Response:
        data = self.parse(io.TemplateTrialInput)
        trial = trials.request_trial(actor=request.actor, version_id=version_id, **data)
        return self.ok(io.TemplateTrialItem, _item(trial), status=201)


class TemplateTrialView(_TrialView):
    """One own preview."""

    @extend_schema(operation_id="template_trials_retrieve", responses=io.TemplateTrialItem)
    def get(self, request: ApiRequest, trial_id: UUID) -> Response:
        return self.ok(io.TemplateTrialItem, _item(trials.get_trial(actor=request.actor, trial_id=trial_id)))


class TemplateTrialPageView(_TrialView):
    """A page as a picture."""

    @extend_schema(operation_id="template_trials_page", responses={(200, "image/png"): OpenApiTypes.BINARY})
    def get(self, request: ApiRequest, trial_id: UUID, page: int) -> HttpResponse:
        try:
            png = trials.trial_page(actor=request.actor, trial_id=trial_id, page=page)
        except Temporary as problem:
            raise Unavailable from problem
        return private(HttpResponse(png, content_type="image/png"))


class TemplateTrialFileView(_TrialView):
    """The DOCX or PDF of a preview."""

    @extend_schema(
        operation_id="template_trials_file",
        parameters=[io.TemplateTrialFileQuery],
        responses={(200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY)},
    )
    def get(self, request: ApiRequest, trial_id: UUID) -> HttpResponse:
        form = self.parse_query(io.TemplateTrialFileQuery)["format"]
        return private_file(trials.trial_file(actor=request.actor, trial_id=trial_id, form=form))
