"""Outside logins connected to my account."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import connections
from kenes.accounts.api.program_serializers import ConnectionList
from kenes.accounts.models import User
from kenes.foundation.api import ApiRequest, ApiView


class ConnectionsView(ApiView):
    before_second_factor = True

    @extend_schema(operation_id="me_connections", responses=ConnectionList)
    def get(self, request: ApiRequest) -> Response:
        assert isinstance(request.user, User)
        return self.ok(ConnectionList, {"items": connections.of_person(request.user)})


class ConnectionView(ApiView):
    fresh = frozenset({"DELETE"})

    @extend_schema(operation_id="me_connections_remove", responses={204: None})
    def delete(self, request: ApiRequest, connection_id: str) -> Response:
        connections.remove(actor=request.actor, connection_id=connection_id)
        return Response(status=204)
