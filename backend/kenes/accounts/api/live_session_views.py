"""A person's own open sessions and trusted browsers."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import live_sessions, sign_in, trusted_devices
from kenes.accounts.api.live_session_serializers import EndAllInput, LiveSessionList
from kenes.accounts.selectors import get_person
from kenes.foundation.api import ApiRequest, ApiView


class LiveSessionsView(ApiView):
    @extend_schema(operation_id="me_sessions", responses=LiveSessionList)
    def get(self, request: ApiRequest) -> Response:
        assert request.actor.user_id
        user = get_person(request.actor.user_id)
        return self.ok(LiveSessionList, {"items": live_sessions.list_of(request._request, user)})


class LiveSessionView(ApiView):
    @extend_schema(operation_id="me_session_end", responses={204: None})
    def delete(self, request: ApiRequest, session_id: str) -> Response:
        assert request.actor.user_id
        live_sessions.end_one(user_id=request.actor.user_id, session_id=session_id)
        return Response(status=204)


class EndAllSessionsView(ApiView):
    fresh = frozenset({"POST"})

    @extend_schema(operation_id="me_sessions_end_all", request=EndAllInput, responses={204: None})
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(EndAllInput)
        assert request.actor.user_id
        keep = request._request if data["keep_current"] else None
        live_sessions.end_all_by(actor=request.actor, user_id=request.actor.user_id, keep=keep)
        if keep is None:
            sign_in.sign_out(request._request)
        return Response(status=204)


class TrustedDevicesView(ApiView):
    @extend_schema(operation_id="me_trusted_devices_forget", responses={204: None})
    def delete(self, request: ApiRequest) -> Response:
        assert request.actor.user_id
        trusted_devices.forget_all(request.actor.user_id)
        response = Response(status=204)
        response.delete_cookie(trusted_devices.COOKIE)
        return response
