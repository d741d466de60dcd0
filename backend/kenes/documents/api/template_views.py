"""Templates: kinds, editions, their steps from the upload to the approval, and the difference between two."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.response import Response

from kenes.documents.api import template_serializers as io
from kenes.documents.editing import selectors, variables, versions
from kenes.documents.editing.errors import TemplateNotFound
from kenes.documents.filling.parts import MAX_PACKED_BYTES
from kenes.documents.models import TemplateVersion
from kenes.files import services as files
from kenes.files.uploads import FileUpload, UploadView, private
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.errors import Forbidden
from kenes.foundation.idempotency import idempotent

DOCX_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class TemplateView(ApiView):
    """What the views of templates share: who neither edits nor approves gets no further."""

    needs = "staff.area"
    # What a changing method asks for; reading is open to both.
    changing: ClassVar[str] = "template.edit"

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        may = request.actor.can
        reads = may("template.edit") or may("template.approve")
        if not (reads if request.method == "GET" else self.may_change(request)):
            raise Forbidden

    def may_change(self, request: Any) -> bool:
        return bool(request.actor.can(self.changing))

    def answer(self, version: TemplateVersion, status: int = 200) -> Response:
        fresh = versions.get_version(actor=self.request.actor, version_id=version.pk)
        return self.ok(io.TemplateVersionDetail, selectors.detail(self.request.actor, fresh), status)


class TemplateUploadView(TemplateView, UploadView):
    """A DOCX in the field `file` of a form, or a finished upload by its id."""

    max_bytes = MAX_PACKED_BYTES

    def checked(self, request: ApiRequest) -> tuple[bytes, str]:
        """The file and its name, clean by the virus scanner: an edition lies in the database, where nothing waits for a check."""
        data, name = self.uploaded(request)
        files.require_clean(data)
        return data, name


class TemplatesView(TemplateView):
    """All kinds of documents with their templates."""

    @extend_schema(operation_id="templates_list", responses=io.TemplateKindList)
    def get(self, request: ApiRequest) -> Response:
        return self.ok(io.TemplateKindList, {"items": selectors.kinds(request.actor)})


class TemplateKindView(TemplateView):
    """One kind with all editions."""

    @extend_schema(operation_id="templates_retrieve", responses=io.TemplateKindDetail)
    def get(self, request: ApiRequest, code: str) -> Response:
        return self.ok(io.TemplateKindDetail, selectors.kind(request.actor, code))


class TemplateUploadsView(TemplateUploadView):
    """A new edition: checked at once, kept as a draft when nothing is wrong; else every problem with its place."""

    @extend_schema(
        operation_id="templates_upload",
        request={"multipart/form-data": FileUpload},
        responses={201: io.TemplateVersionDetail},
    )
    def post(self, request: ApiRequest, code: str, language: str) -> Response:
        if language not in io.LANGUAGES:
            raise TemplateNotFound
        data, name = self.checked(request)
        made = versions.draft_version(
            actor=request.actor, code=code, language=language, docx=data, file_name=name
        )
        return self.answer(made, status=201)


class TemplateVariablesView(TemplateView):
    """What a template may name, and the filters with examples."""

    @extend_schema(
        operation_id="templates_variables",
        parameters=[io.TemplateVariableQuery],
        responses=io.TemplateVariableList,
    )
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(io.TemplateVariableQuery)
        found = variables.search(variables.variables(query["code"]), query["q"])
        return self.ok(io.TemplateVariableList, {"items": found, "filters": variables.filters()})


class TemplateVersionView(TemplateView):
    """One edition."""

    @extend_schema(operation_id="template_versions_retrieve", responses=io.TemplateVersionDetail)
    def get(self, request: ApiRequest, version_id: UUID) -> Response:
        return self.answer(versions.get_version(actor=request.actor, version_id=version_id))

    @extend_schema(
        operation_id="template_versions_edit",
        request=io.TemplateEditInput,
        responses=io.TemplateVersionDetail,
    )
    def patch(self, request: ApiRequest, version_id: UUID) -> Response:
        data = self.parse(io.TemplateEditInput)
        return self.answer(versions.edit_version(actor=request.actor, version_id=version_id, **data))


class TemplateVersionFileView(TemplateUploadView):
    """The DOCX of an edition; another one for a draft."""

    @extend_schema(
        operation_id="template_versions_file",
        responses={(200, DOCX_MIME): OpenApiResponse(OpenApiTypes.BINARY)},
    )
    def get(self, request: ApiRequest, version_id: UUID) -> HttpResponse:
        version = versions.get_version(actor=request.actor, version_id=version_id)
        name = f"{version.code}_{version.language}_{version.version}.docx"
        response = HttpResponse(bytes(version.docx), content_type=DOCX_MIME)
        response["Content-Disposition"] = (
            content_disposition_header(as_attachment=True, filename=name) or "attachment"
        )
        return private(response)

    @extend_schema(
        operation_id="template_versions_replace_file",
        parameters=[io.TemplateFileQuery],
        request={"multipart/form-data": FileUpload},
        responses=io.TemplateVersionDetail,
    )
    def post(self, request: ApiRequest, version_id: UUID) -> Response:
        revision = self.parse_query(io.TemplateFileQuery).get("revision")
        data, name = self.checked(request)
        version = versions.replace_file(
            actor=request.actor, version_id=version_id, revision=revision, docx=data, file_name=name
        )
        return self.answer(version)


class TemplateProposeView(TemplateView):
    """Ask a second person."""

    @extend_schema(
        operation_id="template_versions_propose",
        request=io.TemplateProposeInput,
        responses=io.TemplateVersionDetail,
    )
    @idempotent
    def post(self, request: ApiRequest, version_id: UUID) -> Response:
        data = self.parse(io.TemplateProposeInput)
        return self.answer(versions.propose_version(actor=request.actor, version_id=version_id, **data))


class TemplateWithdrawView(TemplateView):
    """Take an edition back before its day."""

    @extend_schema(
        operation_id="template_versions_withdraw",
        request=io.TemplateRevisionInput,
        responses=io.TemplateVersionDetail,
    )
    @idempotent
    def post(self, request: ApiRequest, version_id: UUID) -> Response:
        data = self.parse(io.TemplateRevisionInput)
        return self.answer(versions.withdraw_version(actor=request.actor, version_id=version_id, **data))


class TemplateRemarkView(TemplateView):
    """Tick a remark for lawyers."""

    changing = "template.approve"

    @extend_schema(
        operation_id="template_versions_remark",
        request=io.TemplateRemarkInput,
        responses=io.TemplateVersionDetail,
    )
    @idempotent
    def post(self, request: ApiRequest, version_id: UUID) -> Response:
        data = self.parse(io.TemplateRemarkInput)
        return self.answer(versions.check_remark(actor=request.actor, version_id=version_id, **data))


class TemplateApproveView(TemplateView):
    """Agree with an edition of somebody else."""

    changing = "template.approve"

    @extend_schema(
        operation_id="template_versions_approve",
        request=io.TemplateApproveInput,
        responses=io.TemplateVersionDetail,
    )
    @idempotent
    def post(self, request: ApiRequest, version_id: UUID) -> Response:
        data = self.parse(io.TemplateApproveInput)
        return self.answer(versions.approve_version(actor=request.actor, version_id=version_id, **data))


class TemplateRejectView(TemplateView):
    """Send an edition back."""

    changing = "template.approve"

    @extend_schema(
        operation_id="template_versions_reject",
        request=io.TemplateRejectInput,
        responses=io.TemplateVersionDetail,
    )
    @idempotent
    def post(self, request: ApiRequest, version_id: UUID) -> Response:
        data = self.parse(io.TemplateRejectInput)
        return self.answer(versions.reject_version(actor=request.actor, version_id=version_id, **data))


class TemplateCompareView(TemplateView):
    """What an edition changes."""

    @extend_schema(
        operation_id="template_versions_compare",
        parameters=[io.TemplateCompareQuery],
        responses=io.TemplateDifference,
    )
    def get(self, request: ApiRequest, version_id: UUID) -> Response:
        other = self.parse_query(io.TemplateCompareQuery).get("with")
        before, after, found = selectors.compare(request.actor, version_id, other)
        body = {
            "before": selectors.brief(before),
            "after": selectors.brief(after),
            "count": found.count,
            "added_marks": found.added_marks,
            "removed_marks": found.removed_marks,
            "moved_marks": found.moved_marks,
            "changes": found.changes,
        }
        return self.ok(io.TemplateDifference, body)
