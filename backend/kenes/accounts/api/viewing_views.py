"""View-as: look at the application through another person's eyes, read-only."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import selectors, viewing
from kenes.accounts.api.people_serializers import ReasonInput
from kenes.accounts.api.serializers import EmptyInput, SessionBody
from kenes.accounts.api.session_views import session_body
from kenes.accounts.models import User
from kenes.foundation.api import ApiRequest, ApiView


class ViewAsView(ApiView):
    """Not idempotent: the answer is about this moment of this session."""

    needs = "person.view_as"
    fresh = frozenset({"POST"})

    @extend_schema(operation_id="people_view_as", request=ReasonInput, responses=SessionBody)
    def post(self, request: ApiRequest, person_id: UUID) -> Response:
        data = self.parse(ReasonInput)
        seen = viewing.start(
            actor=request.actor, request=request._request, person_id=person_id, reason=data["reason"]
        )
        return self.ok(SessionBody, session_body(seen.person, selectors.actor_for_request(request)))


class ViewAsEndView(ApiView):
    """Also right when the time has run out: the browser asks for the session that is then its own."""

    while_viewing = True
    before_second_factor = True

    @extend_schema(operation_id="view_as_end", request=EmptyInput, responses=SessionBody)
    def post(self, request: ApiRequest) -> Response:
        self.parse(EmptyInput)
        viewing.end(actor=request.actor, request=request._request)
        user = request.user
        assert isinstance(user, User)
        return self.ok(SessionBody, session_body(user, selectors.actor_for_request(request)))
