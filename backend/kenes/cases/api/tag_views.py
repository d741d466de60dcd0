"""Tags of the team and of a case."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.cases import permissions, selectors
from kenes.cases.api import tag_serializers as shapes
from kenes.cases.collaboration import tags
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.errors import Forbidden
from kenes.foundation.idempotency import idempotent


class TagsView(ApiView):
    """The list of the team."""

    needs = "staff.area"

    @extend_schema(operation_id="tags_list", responses=shapes.TagList)
    def get(self, request: ApiRequest) -> Response:
        return self._list(request)

    @extend_schema(operation_id="tags_create", request=shapes.TagInput, responses={201: shapes.TagList})
    @idempotent
    def post(self, request: ApiRequest) -> Response:
        tags.create_tag(actor=request.actor, **self.parse(shapes.TagInput))
        return self._list(request, status=201)

    def _list(self, request: ApiRequest, status: int = 200) -> Response:
        can_edit = request.actor.can(tags.EDIT)
        page = {
            "items": list(tags.all_tags(actor=request.actor)),
            "allowed_actions": ["edit"] if can_edit else [],
        }
        return self.ok(shapes.TagList, page, status)


class TagView(ApiView):
    """One tag of the list."""

    needs = tags.EDIT

    @extend_schema(operation_id="tags_edit", request=shapes.TagChange, responses=shapes.TagRef)
    def patch(self, request: ApiRequest, tag_id: UUID) -> Response:
        tag = tags.edit_tag(actor=request.actor, tag_id=tag_id, **self.parse(shapes.TagChange))
        return self.ok(shapes.TagRef, tag)


class TagJoinView(ApiView):
    """Another tag takes the place of this one."""

    needs = tags.EDIT

    @extend_schema(operation_id="tags_join", request=shapes.TagJoinInput, responses=shapes.TagRef)
    @idempotent
    def post(self, request: ApiRequest, tag_id: UUID) -> Response:
        into = tags.join_tag(actor=request.actor, tag_id=tag_id, **self.parse(shapes.TagJoinInput))
        return self.ok(shapes.TagRef, into)


class CaseTagsView(ApiView):
    """Tags of one case: for staff only."""

    @extend_schema(operation_id="cases_tags", responses=shapes.CaseTagList)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        case = selectors.get_case(actor=request.actor, case_id=case_id)
        if not permissions.allowed(request.actor, "case.view_internal", case):
            raise Forbidden
        page = {
            "items": tags.shown_tags(request.actor, case),
            "allowed_actions": ["tag"] if permissions.allowed(request.actor, "case.tag", case) else [],
        }
        return self.ok(shapes.CaseTagList, page)

    @extend_schema(
        operation_id="cases_tags_change", request=shapes.CaseTagsInput, responses=shapes.CaseTagList
    )
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        tags.change_tags(actor=request.actor, case_id=case_id, **self.parse(shapes.CaseTagsInput))
        return self.get(request, case_id)
