"""Address of the search over cases."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.cases.api import list_inputs, list_present, present, search_outputs
from kenes.cases.api.list_views import ListView
from kenes.cases.lists import listing
from kenes.cases.models import Case
from kenes.cases.search import query as search_query
from kenes.cases.search.found import Answer, found
from kenes.cases.search.query import Understood
from kenes.foundation.api import ApiRequest


class CaseSearchView(ListView):
    """Free-text search; a POST, so that names and numbers stay out of addresses and logs."""

    scopes = {"POST": "cases:read"}
    # A search changes nothing; it is a POST only to keep names out of addresses.
    while_viewing = True

    @extend_schema(
        operation_id="cases_search",
        request=list_inputs.CaseSearchInput,
        responses=search_outputs.CaseSearchPage,
    )
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(list_inputs.CaseSearchInput)
        # Most words are typed right: whether they must be mended is asked only when nothing came.
        understood = search_query.as_typed(request.actor, data["query"])
        response = self._found(understood, data)
        if not response.data["items"]:
            understood = search_query.mended(request.actor, data["query"], understood)
            if understood.widened:
                response = self._found(understood, data)
        response.data["tried"] = understood.readings
        return response

    def _found(self, understood: Understood, data: dict[str, Any]) -> Response:
        actor, answer = self.request.actor, Answer()
        cases = listing.cases(actor=actor, filters=list_inputs.filters(data), understood=understood)

        def shown(page: list[Case]) -> list[dict[str, Any]]:
            nonlocal answer
            lang = present.language()
            rows = listing.rows(actor, page)
            answer = found(actor, understood, rows, lang)
            return [
                {
                    **list_present.row(actor, row, lang),
                    "found_in": answer.places.get(row.case.pk, []),
                }
                for row in rows
            ]

        response = self.page_of(cases, data, search_outputs.CaseSearchRow, shown)
        response.data["assumed"] = search_outputs.SearchAssumed(answer.assumed, many=True).data
        return response
