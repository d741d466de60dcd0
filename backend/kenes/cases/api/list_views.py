"""Addresses of lists of cases: the list, search, totals, what was seen, saved views."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from kenes.cases.api import inputs, intake_serializers, list_inputs, list_outputs, list_present, outputs
from kenes.cases.api.views import CaseView
from kenes.cases.lists import list_totals, listing, unread, views_saved
from kenes.cases.models import Case
from kenes.cases.story import on_behalf, submission
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.idempotency import idempotent


class ListView(CaseView):
    """What lists share."""

    def list_page(self, query: dict[str, Any]) -> Response:
        actor = self.request.actor
        found = listing.cases(actor=actor, filters=list_inputs.filters(query))
        return self.page_of(
            found, query, list_outputs.CaseListRow, lambda page: list_present.rows(actor, page)
        )

    def page_of(
        self,
        found: QuerySet[Case],
        query: dict[str, Any],
        serializer: type[Serializer[Any]],
        transform: Callable[[list[Case]], list[Any]],
    ) -> Response:
        """A page of these cases in the order that was asked for, as far as the actor may order by it."""
        sort = listing.order_name(self.request.actor, query["sort"])
        return self.page(
            serializer,
            listing.ordered(found, sort),
            key=listing.SORTS[sort],
            limit=query["limit"],
            cursor=query["cursor"],
            transform=transform,
            joined=lambda picked: listing.with_people(picked, sort),
        )


class CasesView(ListView):
    """List of visible cases; new draft."""

    scopes = {"GET": "cases:read", "POST": "cases:write"}

    @extend_schema(
        operation_id="cases_list", parameters=[list_inputs.CaseFilters], responses=list_outputs.CaseListPage
    )
    def get(self, request: ApiRequest) -> Response:
        return self.list_page(self.parse_query(list_inputs.CaseFilters))

    @extend_schema(
        operation_id="cases_create", request=inputs.CaseCreateInput, responses={201: outputs.CaseDetail}
    )
    @idempotent
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(inputs.CaseCreateInput)
        told = data["on_behalf"]
        if told is not None:
            case = on_behalf.create_draft_for(
                actor=request.actor, language=data["language"], person=intake_serializers.person(told),
                consent=intake_serializers.consent(told),
            )  # fmt: skip
            return self.detail(case.id, status=201)
        case = submission.create_draft(
            actor=request.actor, language=data["language"], borrower_id=data["borrower_id"]
        )
        return self.detail(case.id, status=201)


class CaseCountsView(CaseView):
    """Totals for the tabs of the list."""

    scopes = {"GET": "cases:read"}

    @extend_schema(operation_id="cases_counts", responses=outputs.CaseCounts)
    def get(self, request: ApiRequest) -> Response:
        return self.ok(outputs.CaseCounts, listing.counts(actor=request.actor))


class CaseTotalsView(CaseView):
    """How many cases fit, how much debt, by status and by the stage of the next term."""

    scopes = {"POST": "cases:read"}
    # Changes nothing; a POST only to keep names out of addresses.
    while_viewing = True

    @extend_schema(
        operation_id="cases_totals", request=list_inputs.CaseTotalsInput, responses=list_outputs.CaseTotals
    )
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(list_inputs.CaseTotalsInput)
        made = list_totals.totals(actor=request.actor, filters=list_inputs.filters(data))
        return self.ok(list_outputs.CaseTotals, list_present.totals(made))


class CaseSeenView(ApiView):
    """Note that one has the case open, or put it back among the news."""

    @extend_schema(operation_id="cases_mark_seen", request=None, responses={204: None})
    def put(self, request: ApiRequest, case_id: UUID) -> Response:
        unread.mark_seen(actor=request.actor, case_id=case_id)
        return Response(status=204)

    @extend_schema(operation_id="cases_mark_unseen", request=None, responses={204: None})
    def delete(self, request: ApiRequest, case_id: UUID) -> Response:
        unread.mark_unseen(actor=request.actor, case_id=case_id)
        return Response(status=204)


def _data(data: dict[str, Any]) -> views_saved.ViewData:
    kept = {name: _kept(value) for name, value in data["filters"].items()}
    return views_saved.ViewData(
        name=data["name"],
        scope=data["scope"],
        filters={name: value for name, value in kept.items() if value not in (None, [], False, "")},
        columns=tuple(dict.fromkeys(data["columns"])),
        layout=data["layout"],
    )


def _kept(value: Any) -> Any:
    if isinstance(value, list):
        return [_kept(item) for item in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


class CaseListViewsView(ApiView):
    """Saved views that one has, with one's settings of the list; a new view."""

    needs = "staff.area"

    @extend_schema(operation_id="case_views_list", responses=list_outputs.CaseViewList)
    def get(self, request: ApiRequest) -> Response:
        return self.ok(list_outputs.CaseViewList, list_present.head(request.actor))

    @extend_schema(
        operation_id="case_views_create",
        request=list_inputs.CaseViewInput,
        responses={201: list_outputs.CaseViewItem},
    )
    @idempotent
    def post(self, request: ApiRequest) -> Response:
        data = _data(self.parse(list_inputs.CaseViewInput))
        saved = views_saved.save_view(actor=request.actor, data=data)
        return self.ok(list_outputs.CaseViewItem, list_present.view(request.actor, saved), status=201)


class CaseListViewView(ApiView):
    """One saved view."""

    needs = "staff.area"

    @extend_schema(
        operation_id="case_views_update",
        request=list_inputs.CaseViewInput,
        responses=list_outputs.CaseViewItem,
    )
    def put(self, request: ApiRequest, view_id: UUID) -> Response:
        data = _data(self.parse(list_inputs.CaseViewInput))
        saved = views_saved.save_view(actor=request.actor, data=data, view_id=view_id)
        return self.ok(list_outputs.CaseViewItem, list_present.view(request.actor, saved))

    @extend_schema(operation_id="case_views_remove", request=None, responses={204: None})
    def delete(self, request: ApiRequest, view_id: UUID) -> Response:
        views_saved.remove_view(actor=request.actor, view_id=view_id)
        return Response(status=204)


class ListPreferenceView(ApiView):
    """One's settings of the list."""

    needs = "staff.area"

    @extend_schema(
        operation_id="case_list_preference",
        request=list_inputs.ListPreferenceInput,
        responses=list_outputs.ListPreferenceDetail,
    )
    def patch(self, request: ApiRequest) -> Response:
        data = self.parse(list_inputs.ListPreferenceInput)
        changes = {name: tuple(v) if isinstance(v, list) else v for name, v in data.items()}
        return self.ok(
            list_outputs.ListPreferenceDetail, views_saved.set_preference(actor=request.actor, **changes)
        )


class ListChoicesView(ApiView):
    """What filters of the list choose from."""

    needs = "staff.area"

    @extend_schema(operation_id="case_list_choices", responses=list_outputs.ListChoices)
    def get(self, request: ApiRequest) -> Response:
        return self.ok(list_outputs.ListChoices, list_present.choices())
