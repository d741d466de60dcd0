"""History of a case."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from kenes.cases import selectors
from kenes.cases.api import comment_present
from kenes.cases.api.comment_serializers import CommentItem
from kenes.cases.api.present import language
from kenes.cases.history import timeline, timeline_people
from kenes.cases.history.timeline import Narrowed, TimelineItem
from kenes.cases.models import Audience, Case
from kenes.foundation.actor import Actor
from kenes.foundation.api import ApiRequest, ApiView, PageQuery
from kenes.foundation.fields_api import IsoDateField


class CaseTimelineChange(serializers.Serializer[Any]):
    """An edited field: old and new value in words; `hidden` when the reader may not see them."""

    field = serializers.CharField()
    label = serializers.CharField()
    old = serializers.CharField()
    new = serializers.CharField()
    hidden = serializers.BooleanField()


class CaseTimelineCase(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.CharField()


class CaseTimelineItem(serializers.Serializer[Any]):
    """One line. `source_number` when it happened in a case that was merged into this one."""

    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    kind = serializers.CharField()
    icon = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()
    actor_label = serializers.CharField()
    actor_kind = serializers.ChoiceField(choices=timeline_people.KINDS)
    on_behalf_label = serializers.CharField()
    channel = serializers.CharField(allow_null=True)
    status = serializers.CharField(allow_null=True)
    document_id = serializers.UUIDField(allow_null=True)
    is_repeat = serializers.BooleanField()
    internal = serializers.BooleanField()
    comment = CommentItem(allow_null=True)
    changes = CaseTimelineChange(many=True)
    other_case = CaseTimelineCase(allow_null=True)
    source_number = serializers.CharField(allow_null=True)


class CaseTimelinePage(serializers.Serializer[Any]):
    """Newest first. A narrowed page may be short or empty although `next_cursor` says that there is more."""

    items = CaseTimelineItem(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class CaseTimelineQuery(PageQuery):
    """What to show: groups of events, sides, one person, days (both included), only on behalf, only what changed."""

    limit = serializers.IntegerField(min_value=1, max_value=100, default=30)
    kind = serializers.ListField(
        child=serializers.ChoiceField(choices=timeline.GROUP_CODES), default=list, max_length=7
    )
    who = serializers.ListField(
        child=serializers.ChoiceField(choices=timeline_people.KINDS), default=list, max_length=7
    )
    person = serializers.UUIDField(allow_null=True, default=None)
    after = IsoDateField(allow_null=True, default=None)
    before = IsoDateField(allow_null=True, default=None)
    on_behalf = serializers.BooleanField(default=False)
    changed = serializers.BooleanField(default=False)


class CaseTimelineView(ApiView):
    """Everything that happened on a case, for this reader."""

    scopes = {"GET": "cases:read"}

    @extend_schema(operation_id="cases_timeline", parameters=[CaseTimelineQuery], responses=CaseTimelinePage)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        query = self.parse_query(CaseTimelineQuery)
        case = selectors.get_case(actor=request.actor, case_id=case_id)
        items, following = timeline.page_of(
            actor=request.actor, case=case, language=language(), limit=query["limit"], before=query["cursor"],
            narrowed=_narrowed(query), addressed=True,
        )  # fmt: skip
        page = {
            "items": [timeline_item(item, request.actor, case) for item in items],
            "next_cursor": following,
        }
        return self.ok(CaseTimelinePage, page)


def _narrowed(query: dict[str, Any]) -> Narrowed:
    return Narrowed(
        groups=frozenset(query["kind"]), who=frozenset(query["who"]), person_id=query["person"],
        after=query["after"], before=query["before"], on_behalf=query["on_behalf"], changed=query["changed"],
    )  # fmt: skip


def timeline_item(item: TimelineItem, actor: Actor, case: Case) -> dict[str, Any]:
    """One line of the history."""
    entry, comment = item.entry, item.entry.comment
    names = ("kind", "icon", "title", "text", "channel", "status", "document_id", "is_repeat", "internal")
    shown = None
    if comment is not None:
        hidden = comment.audience == Audience.PUBLIC and not entry.text
        shown = comment_present.comment_item(
            comment,
            actor=actor,
            case=case,
            author_label=item.actor_label,
            hidden=hidden and bool(comment.text),
        )
    other = entry.other_case
    return {
        "id": item.id, "at": item.at, "actor_label": item.actor_label, "actor_kind": item.actor_kind,
        "on_behalf_label": item.on_behalf_label, "comment": shown, "changes": item.changes,
        "other_case": None if other is None else {"id": other[0], "number": other[1]},
        "source_number": item.source_number or None,
        **{name: getattr(entry, name) for name in names},
    }  # fmt: skip
