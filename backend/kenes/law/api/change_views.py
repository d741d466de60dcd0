"""Proposals to change the law: write, ask for approval, approve or refuse, take back."""

from datetime import date
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.foundation.api import ApiRequest, ApiView, validated
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden
from kenes.foundation.idempotency import idempotent
from kenes.law import changes
from kenes.law.api import change_serializers as io
from kenes.law.api.views import language
from kenes.law.models import ChangeKind, ChangeStatus, DeadlineRule, LawChange


def checked_content(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    """The content by the serializer of its kind, days as ISO text. Raises FieldErrors with pointers below /content."""
    try:
        checked: dict[str, Any] = _plain(validated(io.CONTENT[kind](data=content)))
    except FieldErrors as problem:
        raise FieldErrors(
            [FieldError(f"/content{error.pointer}", error.code, error.detail) for error in problem.errors]
        ) from problem
    return checked


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _person(user: Any) -> dict[str, Any] | None:
    return None if user is None else {"id": user.pk, "full_name": user.full_name}


def change_json(change: LawChange, actor: Any, titles: dict[str, str]) -> dict[str, Any]:
    """A proposal as the API shows it. `titles`: names of the rules by key."""
    names = (
        "id", "kind", "status", "rule_key", "content", "reason", "switch_on", "decision_note", "version",
        "created_at", "submitted_at", "decided_at", "applied_at",
    )  # fmt: skip
    return {
        **{name: getattr(change, name) for name in names},
        "kind_label": ChangeKind(change.kind).label,
        "status_label": ChangeStatus(change.status).label,
        "title": titles.get(change.rule_key, ""),
        "author": _person(change.author),
        "decided_by": _person(change.decided_by),
        "allowed_actions": changes.allowed_actions(actor, change),
    }


def rule_titles(keys: set[str]) -> dict[str, str]:
    """Names of rules in the reader's language, one query."""
    lang = language()
    rows = DeadlineRule.objects.filter(key__in=keys).order_by("valid_from")
    return {row.key: row.title(lang) for row in rows}


class _ChangeViewBase(ApiView):
    """What the views of proposals share: who neither edits nor approves gets no further."""

    needs = "staff.area"
    # What a changing method asks for; reading is open to both.
    changing = "law.edit"

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        may = request.actor.can
        reads = may("law.edit") or may("law.approve")
        if not (reads if request.method == "GET" else may(self.changing)):
            raise Forbidden

    def answer(self, change: LawChange, status: int = 200) -> Response:
        body = change_json(change, self.request.actor, rule_titles({change.rule_key}))
        return self.ok(io.LawChangeItem, body, status)


class ChangesView(_ChangeViewBase):
    """Proposals, newest first; a new one."""

    @extend_schema(
        operation_id="law_changes_list", parameters=[io.LawChangeQuery], responses=io.LawChangePage
    )
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(io.LawChangeQuery)
        rows = changes.visible_to(request.actor)
        if query.get("status"):
            rows = rows.filter(status__in=query["status"])
        if query.get("rule_key"):
            rows = rows.filter(rule_key=query["rule_key"])
        return self.page(
            io.LawChangeItem,
            rows,
            limit=query["limit"],
            cursor=query["cursor"],
            transform=self._items,
        )

    def _items(self, page: list[LawChange]) -> list[dict[str, Any]]:
        titles = rule_titles({change.rule_key for change in page})
        return [change_json(change, self.request.actor, titles) for change in page]

    @extend_schema(
        operation_id="law_changes_create", request=io.LawChangeInput, responses={201: io.LawChangeItem}
    )
    @idempotent
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(io.LawChangeInput)
        data["content"] = checked_content(data["kind"], data["content"])
        return self.answer(changes.draft_change(actor=request.actor, **data), status=201)


class ChangeView(_ChangeViewBase):
    """One proposal."""

    @extend_schema(operation_id="law_changes_retrieve", responses=io.LawChangeItem)
    def get(self, request: ApiRequest, change_id: UUID) -> Response:
        return self.answer(changes.get_change(actor=request.actor, change_id=change_id))

    @extend_schema(operation_id="law_changes_edit", request=io.LawChangeEditInput, responses=io.LawChangeItem)
    def patch(self, request: ApiRequest, change_id: UUID) -> Response:
        data = self.parse(io.LawChangeEditInput)
        change = changes.get_change(actor=request.actor, change_id=change_id)
        if "content" in data:
            data["content"] = checked_content(change.kind, data["content"])
        return self.answer(changes.edit_change(actor=request.actor, change_id=change_id, **data))


class ChangeSubmitView(_ChangeViewBase):
    """Ask a second person."""

    @extend_schema(
        operation_id="law_changes_submit", request=io.LawChangeVersionInput, responses=io.LawChangeItem
    )
    @idempotent
    def post(self, request: ApiRequest, change_id: UUID) -> Response:
        data = self.parse(io.LawChangeVersionInput)
        return self.answer(changes.submit_change(actor=request.actor, change_id=change_id, **data))


class ChangeApproveView(_ChangeViewBase):
    """Agree with a proposal of somebody else."""

    changing = "law.approve"

    @extend_schema(
        operation_id="law_changes_approve", request=io.LawChangeApproveInput, responses=io.LawChangeItem
    )
    @idempotent
    def post(self, request: ApiRequest, change_id: UUID) -> Response:
        data = self.parse(io.LawChangeApproveInput)
        return self.answer(changes.approve_change(actor=request.actor, change_id=change_id, **data))


class ChangeRejectView(_ChangeViewBase):
    """Refuse a proposal."""

    changing = "law.approve"

    @extend_schema(
        operation_id="law_changes_reject", request=io.LawChangeRejectInput, responses=io.LawChangeItem
    )
    @idempotent
    def post(self, request: ApiRequest, change_id: UUID) -> Response:
        data = self.parse(io.LawChangeRejectInput)
        return self.answer(changes.reject_change(actor=request.actor, change_id=change_id, **data))


class ChangeWithdrawView(_ChangeViewBase):
    """Take a proposal back."""

    @extend_schema(
        operation_id="law_changes_withdraw", request=io.LawChangeVersionInput, responses=io.LawChangeItem
    )
    @idempotent
    def post(self, request: ApiRequest, change_id: UUID) -> Response:
        data = self.parse(io.LawChangeVersionInput)
        return self.answer(changes.withdraw_change(actor=request.actor, change_id=change_id, **data))
