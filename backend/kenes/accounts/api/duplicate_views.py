"""Two accounts that may belong to one person."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import duplicates, merging, people_search
from kenes.accounts.api.people_serializers import (
    DuplicateBody,
    DuplicatePage,
    MergeInput,
    MergePreviewBody,
    MergeQuery,
    PersonDetailBody,
    ReasonInput,
)
from kenes.accounts.api.people_views import person_page
from kenes.foundation.api import ApiRequest, ApiView, PageQuery
from kenes.foundation.idempotency import idempotent


def _shown(claims: Sequence[Any]) -> list[dict[str, Any]]:
    people = {person.pk: person for claim in claims for person in (claim.claimant, claim.holder)}
    rows = {row.person.pk: row for row in people_search.rows(people.values())}
    return [
        {
            "id": claim.pk,
            "claimant": rows[claim.claimant_id],
            "holder": rows[claim.holder_id],
            "created_at": claim.created_at,
        }
        for claim in claims
    ]


class DuplicatesView(ApiView):
    needs = "person.merge"

    @extend_schema(operation_id="duplicates_list", parameters=[PageQuery], responses=DuplicatePage)
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(PageQuery)
        return self.page(
            DuplicateBody,
            duplicates.open_pairs(),
            limit=query["limit"],
            cursor=query["cursor"],
            transform=_shown,
        )


class DuplicatePreviewView(ApiView):
    needs = "person.merge"

    @extend_schema(operation_id="duplicates_preview", parameters=[MergeQuery], responses=MergePreviewBody)
    def get(self, request: ApiRequest, claim_id: UUID) -> Response:
        query = self.parse_query(MergeQuery)
        found = merging.preview(actor=request.actor, claim_id=claim_id, keep=query["keep"])
        return self.ok(MergePreviewBody, found)


class DuplicateMergeView(ApiView):
    needs = "person.merge"
    fresh = frozenset({"POST"})

    @extend_schema(operation_id="duplicates_merge", request=MergeInput, responses=PersonDetailBody)
    @idempotent
    def post(self, request: ApiRequest, claim_id: UUID) -> Response:
        data = self.parse(MergeInput)
        merging.merge(actor=request.actor, claim_id=claim_id, keep=data["keep"], reason=data["reason"])
        return self.ok(PersonDetailBody, person_page(request.actor, data["keep"]))


class DuplicateDismissView(ApiView):
    needs = "person.merge"

    @extend_schema(operation_id="duplicates_dismiss", request=ReasonInput, responses={204: None})
    @idempotent
    def post(self, request: ApiRequest, claim_id: UUID) -> Response:
        data = self.parse(ReasonInput)
        merging.dismiss(actor=request.actor, claim_id=claim_id, reason=data["reason"])
        return Response(status=204)
