"""Addresses of procedures: opening one, making a step."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.cases.api import outputs, track_serializers
from kenes.cases.api.views import CaseView
from kenes.cases.tracks import procedures
from kenes.foundation.api import ApiRequest
from kenes.foundation.idempotency import idempotent


class CaseTracksView(CaseView):
    """Procedures of a case."""

    scopes = {"POST": "cases:write"}

    @extend_schema(
        operation_id="cases_tracks_open",
        request=track_serializers.TrackOpenInput,
        responses={201: outputs.CaseDetail},
    )
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        """Open a procedure. Staff open any; the borrower one that is offered to him as the next step."""
        data = self.parse(track_serializers.TrackOpenInput)
        procedures.open_track(actor=request.actor, case_id=case_id, **data)
        return self.detail(case_id, status=201)


class TrackMoveView(CaseView):
    """A step of a procedure."""

    scopes = {"POST": "cases:write"}

    @extend_schema(
        operation_id="tracks_move", request=track_serializers.TrackMoveInput, responses=outputs.CaseDetail
    )
    @idempotent
    def post(self, request: ApiRequest, track_id: UUID) -> Response:
        """Make a step by the table of the procedure. Answers with the whole case, as its page needs it."""
        data = self.parse(track_serializers.TrackMoveInput)
        track = procedures.move_track(
            actor=request.actor, track_id=track_id, action=data["action"], said=track_serializers.said(data),
            version=data["version"],
        )  # fmt: skip
        return self.detail(track.case_id)
