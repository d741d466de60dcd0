"""Queues, load, absences: the work of the team."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import selectors as account_selectors
from kenes.cases.api import queue_serializers as json
from kenes.cases.api.present import language
from kenes.cases.models import Absence, Queue
from kenes.cases.work import queues, queues_admin
from kenes.cases.work.queues import Load
from kenes.cases.work.work_view import person_ref
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.idempotency import idempotent


def _wish(data: dict[str, Any]) -> queues_admin.QueueWish:
    return queues_admin.QueueWish(
        name_ru=data["name_ru"], name_kk=data["name_kk"], name_en=data["name_en"],
        rule={part: list(values) for part, values in data["rule"].items() if values},
        distributes=data["distributes"], member_ids=tuple(data["member_ids"]),
    )  # fmt: skip


def _queue(queue: Queue, waiting: int) -> dict[str, Any]:
    names = ("id", "name_ru", "name_kk", "name_en", "position", "rule", "distributes", "version")
    members = [person_ref(row.user) for row in queue.members.all()]
    return {
        **{name: getattr(queue, name) for name in names}, "name": queue.name(language()), "members": members,
        "waiting": waiting,
    }  # fmt: skip


def absence_item(row: Absence | None, actor: Actor) -> dict[str, Any] | None:
    """An absence for JSON; why somebody is away is read by himself and by who sets up queues."""
    if row is None:
        return None
    may = row.user_id == actor.user_id or actor.can("queue.edit")
    return {
        "id": row.pk, "person": person_ref(row.user), "first_day": row.first_day, "last_day": row.last_day,
        "substitute": person_ref(row.substitute), "note": row.note if may else "",
        "running": row.first_day <= clock.today() <= row.last_day, "may_change": may,
    }  # fmt: skip


def _load(load: Load, names: dict[UUID, list[str]], actor: Actor) -> dict[str, Any]:
    return {
        "person": person_ref(load.person), "open_cases": load.open_cases, "urgent": load.urgent, "soon": load.soon,
        "capacity": load.capacity, "version": load.version,
        "share_percent": round(load.share * 100) if load.capacity else None,
        "absence": absence_item(load.absence, actor), "next_absence": absence_item(load.next_absence, actor),
        "standing_in": load.standing_in, "queues": names.get(load.person.pk, []),
    }  # fmt: skip


class StaffQueuesView(ApiView):
    """Queues in the order in which their rules are asked."""

    needs = "staff.see_managers"

    @extend_schema(operation_id="staff_queues", responses=json.QueueList)
    def get(self, request: ApiRequest) -> Response:
        return self.ok(json.QueueList, self.shown(request.actor))

    @staticmethod
    def shown(actor: Actor) -> dict[str, Any]:
        rows = Queue.objects.filter(archived_at__isnull=True).order_by("position", "id")
        waiting = queues_admin.waiting_by_queue()
        return {
            "items": [_queue(row, waiting.get(row.pk, 0)) for row in rows.prefetch_related("members__user")],
            "without_queue": waiting.get(None, 0),
            "may_edit": actor.can("queue.edit"),
        }

    @extend_schema(operation_id="staff_queue_add", request=json.QueueInput, responses={201: json.QueueList})
    @idempotent
    def post(self, request: ApiRequest) -> Response:
        queues_admin.make_queue(actor=request.actor, wish=_wish(self.parse(json.QueueInput)))
        return self.ok(json.QueueList, self.shown(request.actor), status=201)


class StaffQueueView(ApiView):
    """One queue."""

    needs = "queue.edit"

    @extend_schema(operation_id="staff_queue_change", request=json.QueueChangeInput, responses=json.QueueList)
    def put(self, request: ApiRequest, queue_id: UUID) -> Response:
        data = self.parse(json.QueueChangeInput)
        queues_admin.change_queue(
            actor=request.actor, queue_id=queue_id, wish=_wish(data), version=data["version"]
        )
        return self.ok(json.QueueList, StaffQueuesView.shown(request.actor))


class StaffQueueArchiveView(ApiView):
    needs = "queue.edit"

    @extend_schema(
        operation_id="staff_queue_archive", request=json.QueueVersionInput, responses=json.QueueList
    )
    @idempotent
    def post(self, request: ApiRequest, queue_id: UUID) -> Response:
        data = self.parse(json.QueueVersionInput)
        queues_admin.archive_queue(actor=request.actor, queue_id=queue_id, version=data["version"])
        return self.ok(json.QueueList, StaffQueuesView.shown(request.actor))


class StaffQueueDistributeView(ApiView):
    """Give out what waits in a queue."""

    needs = "queue.edit"

    @extend_schema(operation_id="staff_queue_distribute", request=None, responses=json.QueueGiven)
    def post(self, request: ApiRequest, queue_id: UUID) -> Response:
        given = queues_admin.distribute_waiting(actor=request.actor, queue_id=queue_id)
        return self.ok(json.QueueGiven, given)


class StaffQueueOrderView(ApiView):
    needs = "queue.edit"

    @extend_schema(operation_id="staff_queues_order", request=json.QueueOrderInput, responses=json.QueueList)
    @idempotent
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(json.QueueOrderInput)
        queues_admin.order_queues(actor=request.actor, queue_ids=data["queue_ids"])
        return self.ok(json.QueueList, StaffQueuesView.shown(request.actor))


class StaffLoadView(ApiView):
    """Who has how much."""

    needs = "staff.see_managers"

    @extend_schema(operation_id="staff_load", responses=json.LoadList)
    def get(self, request: ApiRequest) -> Response:
        return self.ok(json.LoadList, self.shown(request.actor))

    @staticmethod
    def shown(actor: Actor) -> dict[str, Any]:
        names: dict[UUID, list[str]] = {}
        for queue in Queue.objects.filter(archived_at=None).order_by("position").prefetch_related("members"):
            for member in queue.members.all():
                names.setdefault(member.user_id, []).append(queue.name(language()))
        loads = queues.loads(account_selectors.active_managers())
        return {
            "items": [_load(load, names, actor) for load in loads],
            "may_edit": actor.can("queue.edit"),
        }


class StaffCapacityView(ApiView):
    needs = "queue.edit"

    @extend_schema(operation_id="staff_capacity_change", request=json.CapacityInput, responses=json.LoadList)
    def patch(self, request: ApiRequest, user_id: UUID) -> Response:
        data = self.parse(json.CapacityInput)
        queues_admin.set_capacity(actor=request.actor, user_id=user_id, **data)
        return self.ok(json.LoadList, StaffLoadView.shown(request.actor))


class StaffAbsencesView(ApiView):
    """The calendar of absences."""

    needs = "staff.see_managers"

    @extend_schema(operation_id="staff_absences", parameters=[json.AbsenceQuery], responses=json.AbsenceList)
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(json.AbsenceQuery)
        first = query["first"] or clock.today()
        last = query["last"] or first + timedelta(days=60)
        return self.shown(first=first, last=last)

    def shown(self, **days: Any) -> Response:
        actor = self.request.actor
        rows = queues_admin.absences_shown(actor=actor, **days)
        return self.ok(json.AbsenceList, {"items": [absence_item(row, actor) for row in rows]})

    @extend_schema(
        operation_id="staff_absence_add", request=json.AbsenceInput, responses={201: json.AbsenceItem}
    )
    @idempotent
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(json.AbsenceInput)
        row = queues_admin.add_absence(actor=request.actor, **data)
        return self.ok(json.AbsenceItem, absence_item(row, request.actor), status=201)


class StaffAbsenceView(ApiView):
    needs = "staff.see_managers"

    @extend_schema(operation_id="staff_absence_cancel", responses={204: None})
    def delete(self, request: ApiRequest, absence_id: UUID) -> Response:
        queues_admin.cancel_absence(actor=request.actor, absence_id=absence_id)
        return Response(status=204)


class StaffAbsencePassOnView(ApiView):
    """Give the cases of somebody who is away to others, looking first at what would happen."""

    needs = "queue.edit"

    @extend_schema(
        operation_id="staff_absence_pass_on", request=json.PassOnInput, responses=json.PassedOnList
    )
    def post(self, request: ApiRequest, absence_id: UUID) -> Response:
        preview = self.parse(json.PassOnInput)["preview"]
        rows = queues_admin.pass_on(actor=request.actor, absence_id=absence_id, preview=preview)
        return self.ok(json.PassedOnList, {"items": rows, "preview": preview})
