"""Links between cases."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from kenes.cases import permissions
from kenes.cases.collaboration import links
from kenes.cases.states.case import CaseStatus
from kenes.foundation.api import ApiRequest, ApiView, StrictSerializer
from kenes.foundation.fields_api import TextField
from kenes.foundation.idempotency import idempotent


class LinkedCaseItem(serializers.Serializer[Any]):
    """Another case; `kind` says what it is to this one."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=links.CHOICES)
    kind_label = serializers.CharField()
    case_id = serializers.UUIDField()
    number = serializers.CharField(allow_null=True)
    status = serializers.ChoiceField(choices=CaseStatus.choices)
    status_label = serializers.CharField()
    borrower_name = serializers.CharField(allow_blank=True)


class CaseLinkList(serializers.Serializer[Any]):
    """`allowed_actions`: link, for who may link and unlink."""

    items = LinkedCaseItem(many=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class CaseLinkInput(StrictSerializer):
    """What the case with this number is to this one."""

    number = TextField(max_length=16)
    kind = serializers.ChoiceField(choices=links.CHOICES)


class CaseLinksView(ApiView):
    """Cases that hang together with this one, from both ends."""

    @extend_schema(operation_id="cases_links", responses=CaseLinkList)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        return self._list(request, case_id)

    @extend_schema(operation_id="cases_link", request=CaseLinkInput, responses={201: CaseLinkList})
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        links.link_cases(actor=request.actor, case_id=case_id, **self.parse(CaseLinkInput))
        return self._list(request, case_id, status=201)

    def _list(self, request: ApiRequest, case_id: UUID, status: int = 200) -> Response:
        case, shown = links.links_of(actor=request.actor, case_id=case_id)
        page = {
            "items": [_item(request, link) for link in shown],
            "allowed_actions": ["link"] if permissions.allowed(request.actor, "case.link", case) else [],
        }
        return self.ok(CaseLinkList, page, status)


def _item(request: ApiRequest, link: links.Linked) -> dict[str, Any]:
    case = link.case
    # The other case may be one of the pool, where names are masked.
    named = permissions.allowed(request.actor, "case.view_content", case)
    return {
        "id": link.id, "kind": link.kind, "kind_label": link.kind_label, "case_id": case.pk,
        "number": case.number, "status": case.status, "status_label": CaseStatus(case.status).label,
        "borrower_name": case.borrower_name if named else "",
    }  # fmt: skip


class CaseLinkView(ApiView):
    """One link."""

    @extend_schema(operation_id="cases_unlink", responses={204: None})
    def delete(self, request: ApiRequest, case_id: UUID, link_id: UUID) -> Response:
        links.unlink_cases(actor=request.actor, case_id=case_id, link_id=link_id)
        return Response(status=204)
