"""The security log: everybody's for those who watch over it, one's own for everybody."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import event_labels, security_log
from kenes.accounts.api.privacy_serializers import (
    SecurityLogEntry,
    SecurityLogPage,
    SecurityLogQuery,
    SecurityLogTypes,
)
from kenes.foundation.api import ApiRequest, ApiView, PageQuery


class SecurityLogView(ApiView):
    needs = "security_log.see"

    @extend_schema(operation_id="security_log", parameters=[SecurityLogQuery], responses=SecurityLogPage)
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(SecurityLogQuery)
        limit, cursor = query.pop("limit"), query.pop("cursor")
        reader_id = request.actor.user_id
        return self.page(
            SecurityLogEntry,
            security_log.entries(actor=request.actor, filters=security_log.Filters(**query)),
            key=("-at", "id"),
            limit=limit,
            cursor=cursor,
            transform=lambda rows: list(security_log.shown(rows, reader_id=reader_id)),
        )


class SecurityLogTypesView(ApiView):
    """Kinds of entries with their words, for the filter."""

    needs = "security_log.see"

    @extend_schema(operation_id="security_log_types", responses=SecurityLogTypes)
    def get(self, request: ApiRequest) -> Response:
        items = [{"code": code, "label": event_labels.title(code)} for code in security_log.types()]
        return self.ok(SecurityLogTypes, {"items": sorted(items, key=lambda item: item["label"])})


class OwnSecurityLogView(ApiView):
    before_second_factor = True

    @extend_schema(operation_id="me_security_log", parameters=[PageQuery], responses=SecurityLogPage)
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(PageQuery)
        person_id = request.actor.user_id
        assert person_id
        return self.page(
            SecurityLogEntry,
            security_log.own_entries(person_id=person_id),
            key=("-at", "id"),
            limit=query["limit"],
            cursor=query["cursor"],
            transform=lambda rows: list(security_log.shown(rows, reader_id=person_id, own=True)),
        )
