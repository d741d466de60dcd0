"""Consultations: booked, moved, held; the own page and hours; sessions of mediation; the desk."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.files.uploads import private
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.api import ApiRequest, ApiView, PageQuery
from kenes.foundation.idempotency import idempotent
from kenes.specialists import calendar_file, consultations, desk, pages, sessions
from kenes.specialists.api import inputs, outputs, rows
from kenes.specialists.models import Booking, HostKind


class ConsultationView(ApiView):
    """What the views of one consultation share."""

    def booking(self, booking_id: UUID, status: int = 200) -> Response:
        row = consultations.get_booking(actor=self.request.actor, booking_id=booking_id)
        return self.ok(outputs.BookingRow, rows.booking(self.request.actor, row), status)


def _listed(actor: Actor, query: dict[str, Any]) -> QuerySet[Booking]:
    found = consultations.seen_by(actor)
    own = found.filter(borrower_id=actor.user_id)
    found = found.exclude(borrower_id=actor.user_id) if query["as_host"] else own
    now = clock.now()
    if query["when"] == "ahead":
        return found.filter(ends_at__gt=now)
    return found.filter(ends_at__lte=now) if query["when"] == "past" else found


class ConsultationsView(ConsultationView):
    """Own consultations; booking one."""

    @extend_schema(
        operation_id="consultations_list", parameters=[inputs.BookingsQuery], responses=outputs.BookingPage
    )
    def get(self, request: ApiRequest) -> Response:
        query, actor = self.parse_query(inputs.BookingsQuery), request.actor
        return self.page(
            outputs.BookingRow, _listed(actor, query),
            key=("starts_at", "id") if query["when"] == "ahead" else ("-starts_at", "id"),
            limit=query["limit"], cursor=query["cursor"],
            transform=lambda page: [rows.booking(actor, row) for row in page],
        )  # fmt: skip

    @extend_schema(
        operation_id="consultations_book", request=inputs.BookingInput, responses={201: outputs.BookingRow}
    )
    @idempotent
    def post(self, request: ApiRequest) -> Response:
        made = consultations.book(actor=request.actor, **self.parse(inputs.BookingInput))
        return self.booking(made.pk, status=201)


class ConsultationDetailView(ConsultationView):
    """One consultation."""

    @extend_schema(operation_id="consultations_retrieve", responses=outputs.BookingRow)
    def get(self, request: ApiRequest, booking_id: UUID) -> Response:
        return self.booking(booking_id)


class ConsultationMoveView(ConsultationView):
    """Another time instead."""

    @extend_schema(
        operation_id="consultations_move", request=inputs.BookingMoveInput, responses=outputs.BookingRow
    )
    @idempotent
    def post(self, request: ApiRequest, booking_id: UUID) -> Response:
        data = self.parse(inputs.BookingMoveInput)
        consultations.move(actor=request.actor, booking_id=booking_id, starts_at=data["starts_at"])
        return self.booking(booking_id)


class ConsultationCancelView(ConsultationView):
    """Cancel a consultation."""

    @extend_schema(
        operation_id="consultations_cancel", request=inputs.BookingCancelInput, responses=outputs.BookingRow
    )
    @idempotent
    def post(self, request: ApiRequest, booking_id: UUID) -> Response:
        data = self.parse(inputs.BookingCancelInput)
        consultations.cancel(actor=request.actor, booking_id=booking_id, reason=data["reason"])
        return self.booking(booking_id)


class ConsultationFinishView(ConsultationView):
    """It took place, or nobody came."""

    @extend_schema(
        operation_id="consultations_finish", request=inputs.BookingFinishInput, responses=outputs.BookingRow
    )
    @idempotent
    def post(self, request: ApiRequest, booking_id: UUID) -> Response:
        data = self.parse(inputs.BookingFinishInput)
        consultations.finish(actor=request.actor, booking_id=booking_id, action=data["action"])
        return self.booking(booking_id)


class ConsultationSummaryView(ConsultationView):
    """Send the borrower what was said."""

    @extend_schema(
        operation_id="consultations_summarise",
        request=inputs.BookingSummaryInput,
        responses=outputs.BookingRow,
    )
    @idempotent
    def post(self, request: ApiRequest, booking_id: UUID) -> Response:
        data = self.parse(inputs.BookingSummaryInput)
        consultations.summarise(actor=request.actor, booking_id=booking_id, summary=data["summary"])
        return self.booking(booking_id)


class ConsultationCalendarView(ApiView):
    """The calendar file of a consultation."""

    @extend_schema(
        operation_id="consultations_calendar", responses={(200, "text/calendar"): OpenApiTypes.BINARY}
    )
    def get(self, request: ApiRequest, booking_id: UUID) -> HttpResponse:
        booking = consultations.get_booking(actor=request.actor, booking_id=booking_id)
        response = HttpResponse(calendar_file.ics(booking), content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="consultation.ics"'
        return private(response)


class OwnHostView(ApiView):
    """The own page in the directory."""

    @extend_schema(operation_id="desk_page_retrieve", responses=outputs.OwnHost)
    def get(self, request: ApiRequest, host_kind: str) -> Response:
        host = pages.own_page(actor=request.actor, kind=_kind(host_kind))
        return self.ok(outputs.OwnHost, rows.own_host(request.actor, host))

    @extend_schema(operation_id="desk_page_write", request=inputs.HostPageInput, responses=outputs.OwnHost)
    def put(self, request: ApiRequest, host_kind: str) -> Response:
        data = self.parse(inputs.HostPageInput)
        form = pages.PageForm(**{**data, "languages": tuple(data["languages"])})
        host = pages.write_page(actor=request.actor, kind=_kind(host_kind), form=form)
        return self.ok(outputs.OwnHost, rows.own_host(request.actor, host))


def _kind(value: str) -> str:
    """A kind of host, or one that nobody is."""
    return value if value in HostKind.values else "none"


class OwnHoursView(ApiView):
    """The own weekly hours."""

    @extend_schema(operation_id="desk_hours_write", request=inputs.HoursInput, responses=outputs.OwnHost)
    def put(self, request: ApiRequest, host_kind: str) -> Response:
        data = self.parse(inputs.HoursInput)["rules"]
        rules = [
            (row["weekday"], row["starts"], row["ends"], row["valid_from"], row["valid_until"])
            for row in data
        ]
        host = pages.write_hours(actor=request.actor, kind=_kind(host_kind), rules=rules)
        return self.ok(outputs.OwnHost, rows.own_host(request.actor, host))


class OwnAbsencesView(ApiView):
    """Times in which one is away."""

    @extend_schema(
        operation_id="desk_absences_add", request=inputs.HostAbsenceInput, responses={201: outputs.AbsenceRow}
    )
    @idempotent
    def post(self, request: ApiRequest, host_kind: str) -> Response:
        data = self.parse(inputs.HostAbsenceInput)
        made = pages.add_absence(actor=request.actor, kind=_kind(host_kind), **data)
        shown = pages.absences_ahead(made.host).get(pk=made.pk)
        return self.ok(outputs.AbsenceRow, shown, status=201)


class OwnAbsenceView(ApiView):
    """Taking an absence back."""

    @extend_schema(operation_id="desk_absences_remove", responses={204: None})
    def delete(self, request: ApiRequest, host_kind: str, absence_id: UUID) -> Response:
        pages.remove_absence(actor=request.actor, kind=_kind(host_kind), absence_id=absence_id)
        return Response(status=204)


class CaseSessionsView(ApiView):
    """Sessions of mediation of a case."""

    @extend_schema(operation_id="case_sessions_list", responses=outputs.SessionList)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        found = sessions.sessions_of_case(actor=request.actor, case_id=case_id)
        return self.ok(outputs.SessionList, {"items": [rows.session(request.actor, row) for row in found]})


class DeskSessionsView(ApiView):
    """Sessions that the mediator leads."""

    needs = "desk.enter"

    @extend_schema(operation_id="desk_sessions_list", parameters=[PageQuery], responses=outputs.SessionPage)
    def get(self, request: ApiRequest) -> Response:
        query, actor = self.parse_query(PageQuery), request.actor
        return self.page(
            outputs.SessionRow, sessions.own_sessions(actor=actor), key=("-starts_at", "id"), limit=query["limit"],
            cursor=query["cursor"], transform=lambda page: [rows.session(actor, row) for row in page],
        )  # fmt: skip

    @extend_schema(
        operation_id="desk_sessions_plan", request=inputs.SessionInput, responses={201: outputs.SessionRow}
    )
    @idempotent
    def post(self, request: ApiRequest) -> Response:
        made = sessions.plan_session(actor=request.actor, **self.parse(inputs.SessionInput))
        return self.ok(outputs.SessionRow, rows.session(request.actor, made), status=201)


class DeskSessionView(ApiView):
    """A session took place or is called off."""

    needs = "desk.enter"

    @extend_schema(
        operation_id="desk_sessions_end", request=inputs.SessionEndInput, responses=outputs.SessionRow
    )
    @idempotent
    def post(self, request: ApiRequest, meeting_id: UUID) -> Response:
        data = self.parse(inputs.SessionEndInput)
        row = sessions.end_session(actor=request.actor, session_id=meeting_id, status=data["status"])
        return self.ok(outputs.SessionRow, rows.session(request.actor, row))


class DeskCountsView(ApiView):
    """Numbers for the sections of the desk."""

    needs = "desk.enter"

    @extend_schema(operation_id="desk_counts", responses=outputs.DeskCounts)
    def get(self, request: ApiRequest) -> Response:
        return self.ok(outputs.DeskCounts, desk.counts(actor=request.actor))


class DeskProceduresView(ApiView):
    """Procedures of the own kind, the nearest term first."""

    needs = "desk.enter"

    @extend_schema(
        operation_id="desk_procedures_list",
        parameters=[inputs.DeskProceduresQuery],
        responses=outputs.DeskProcedurePage,
    )
    def get(self, request: ApiRequest) -> Response:
        query, actor = self.parse_query(inputs.DeskProceduresQuery), request.actor
        return self.page(
            outputs.DeskProcedureRow, desk.procedures(actor=actor, role=query["role"], ended=query["ended"]),
            key=("due", "id"), limit=query["limit"], cursor=query["cursor"],
            transform=lambda page: rows.desk_procedures(actor, page),
        )  # fmt: skip


class DeskSumsView(ApiView):
    """Sums that were agreed on, by month."""

    needs = "desk.enter"

    @extend_schema(operation_id="desk_sums", responses=outputs.AgreedSums)
    def get(self, request: ApiRequest) -> Response:
        return self.ok(outputs.AgreedSums, {"items": desk.agreed_sums(actor=request.actor)})
