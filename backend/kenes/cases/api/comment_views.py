"""Comments of a case, their files, people to call to them, and the calls of the reader."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.response import Response

from kenes.accounts import selectors as account_selectors
from kenes.cases import permissions, selectors
from kenes.cases.api import comment_present as present
from kenes.cases.api import comment_serializers as shapes
from kenes.cases.collaboration import comment_files, comment_reading, comments, mentions
from kenes.cases.models import Case, Comment, CommentMention
from kenes.files.uploads import FILE_BODIES, UploadView, private_file
from kenes.foundation.api import ApiRequest, ApiView, PageQuery
from kenes.foundation.errors import Forbidden
from kenes.foundation.idempotency import idempotent


def shown(actor: Any, case: Case, comment_id: UUID) -> dict[str, Any]:
    """One comment as its reader sees it."""
    rows = _loaded(actor, case).filter(pk=comment_id)
    return present.comment_items(list(rows), actor=actor, case=case)[0]


def _loaded(actor: Any, case: Case) -> Any:
    rows = comment_reading.comments_for(actor, case)
    return rows.select_related("organisation").prefetch_related("files__file", "mentions__person")


class CaseCommentsView(ApiView):
    """Comments of a case, newest first; write one for an audience."""

    scopes = {"GET": "cases:read", "POST": "cases:write"}

    @extend_schema(
        operation_id="cases_comments", parameters=[shapes.CommentQuery], responses=shapes.CommentPage
    )
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        query = self.parse_query(shapes.CommentQuery)
        case = selectors.get_case(actor=request.actor, case_id=case_id)
        rows = _loaded(request.actor, case)
        if "audience" in query:
            rows = rows.filter(audience=query["audience"])
        return self.page(
            shapes.CommentItem,
            rows,
            key=("-created_at", "id"),
            limit=query["limit"],
            cursor=query["cursor"],
            transform=lambda page: present.comment_items(page, actor=request.actor, case=case),
        )

    @extend_schema(
        operation_id="cases_comment", request=shapes.CommentInput, responses={201: shapes.CommentItem}
    )
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        data = self.parse(shapes.CommentInput)
        comment = comments.add_comment(
            actor=request.actor, case_id=case_id, text=data["text"], audience=data["audience"],
            mention_ids=data["mentions"], file_ids=data["files"],
        )  # fmt: skip
        case = selectors.get_case(actor=request.actor, case_id=comment.case_id)
        return self.ok(shapes.CommentItem, shown(request.actor, case, comment.pk), status=201)


class CaseCommentView(ApiView):
    """Edit or take back one comment."""

    @extend_schema(
        operation_id="cases_comment_edit", request=shapes.CommentEditInput, responses=shapes.CommentItem
    )
    def patch(self, request: ApiRequest, case_id: UUID, comment_id: UUID) -> Response:
        data = self.parse(shapes.CommentEditInput)
        comment = comments.edit_comment(
            actor=request.actor, case_id=case_id, comment_id=comment_id, text=data["text"],
            mention_ids=data["mentions"],
        )  # fmt: skip
        return self._answer(request, comment)

    @extend_schema(operation_id="cases_comment_remove", responses=shapes.CommentItem)
    def delete(self, request: ApiRequest, case_id: UUID, comment_id: UUID) -> Response:
        comment = comments.remove_comment(actor=request.actor, case_id=case_id, comment_id=comment_id)
        return self._answer(request, comment)

    def _answer(self, request: ApiRequest, comment: Comment) -> Response:
        case = selectors.get_case(actor=request.actor, case_id=comment.case_id)
        return self.ok(shapes.CommentItem, shown(request.actor, case, comment.pk))


class CaseCommentVersionsView(ApiView):
    """What a comment said before."""

    @extend_schema(operation_id="cases_comment_versions", responses=shapes.CommentVersionList)
    def get(self, request: ApiRequest, case_id: UUID, comment_id: UUID) -> Response:
        rows = comments.versions_of(actor=request.actor, case_id=case_id, comment_id=comment_id)
        return self.ok(shapes.CommentVersionList, {"items": rows})


class CaseMentionableView(ApiView):
    """People to offer behind «@»."""

    @extend_schema(
        operation_id="cases_mentionable", parameters=[shapes.CandidateQuery], responses=shapes.CandidateList
    )
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        case = selectors.get_case(actor=request.actor, case_id=case_id)
        audience = self.parse_query(shapes.CandidateQuery)["audience"]
        permissions.require(request.actor, comments.RULES[audience], case)
        people = mentions.candidates(actor=request.actor, case=case, audience=audience)
        return self.ok(shapes.CandidateList, {"items": people})


class CaseCommentFilesView(UploadView):
    """Own files on this case that wait for their comment; add one."""

    max_bytes = comment_files.MAX_BYTES

    @extend_schema(operation_id="cases_comment_files", responses=shapes.CommentFileList)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        rows = comment_files.waiting_for(actor=request.actor, case_id=case_id)
        page = {
            "items": [present.file_item(row) for row in rows],
            "max_bytes": comment_files.MAX_BYTES,
            "max_files": comment_files.MOST,
        }
        return self.ok(shapes.CommentFileList, page)

    @extend_schema(
        operation_id="cases_comment_file_upload", request=FILE_BODIES,
        responses={201: shapes.CommentFileItem},
    )  # fmt: skip
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        # A case that is not there for the caller says so before anything of the file is read.
        comment_files.require_writer(actor=request.actor, case_id=case_id)
        data, name = self.uploaded(request)
        row = comment_files.upload(actor=request.actor, case_id=case_id, data=data, name=name)
        return self.ok(shapes.CommentFileItem, present.file_item(row), status=201)


class CaseCommentFileView(ApiView):
    """One file of a comment."""

    @extend_schema(
        operation_id="cases_comment_file",
        responses={(200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY)},
    )
    def get(self, request: ApiRequest, case_id: UUID, comment_file_id: UUID) -> HttpResponse:
        return private_file(
            comment_files.get_file(actor=request.actor, case_id=case_id, file_id=comment_file_id)
        )

    @extend_schema(operation_id="cases_comment_file_remove", responses={204: None})
    def delete(self, request: ApiRequest, case_id: UUID, comment_file_id: UUID) -> Response:
        comment_files.remove_waiting(actor=request.actor, case_id=case_id, file_id=comment_file_id)
        return Response(status=204)


class MyMentionsView(ApiView):
    """Calls of the reader, newest first."""

    @extend_schema(operation_id="me_mentions", parameters=[PageQuery], responses=shapes.MentionPage)
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(PageQuery)
        return self.page(
            shapes.MentionItem,
            mentions.mentions_of(request.actor),
            key=("-created_at", "id"),
            limit=query["limit"],
            cursor=query["cursor"],
            transform=lambda page: self._items(request, page),
        )

    def _items(self, request: ApiRequest, page: list[CommentMention]) -> list[dict[str, Any]]:
        rows = mentions.readable(request.actor, page)
        staff = request.actor.can("staff.area")
        names = account_selectors.person_names({row.comment.author_id for row in rows}) if staff else {}
        return [present.mention_item(row, author_label=names.get(row.comment.author_id, "")) for row in rows]


class MyMentionCountView(ApiView):
    """The number for the badge."""

    @extend_schema(operation_id="me_mention_count", responses=shapes.MentionCount)
    def get(self, request: ApiRequest) -> Response:
        return self.ok(shapes.MentionCount, {"unseen": mentions.unseen_count(request.actor)})


class MyMentionsSeenView(ApiView):
    """Calls were seen."""

    @extend_schema(
        operation_id="me_mentions_seen", request=shapes.MentionsSeenInput, responses=shapes.MentionCount
    )
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(shapes.MentionsSeenInput)
        if request.actor.user_id is None:
            raise Forbidden
        mentions.mark_seen(actor=request.actor, mention_ids=data["ids"], case_id=data["case_id"])
        return self.ok(shapes.MentionCount, {"unseen": mentions.unseen_count(request.actor)})
