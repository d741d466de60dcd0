"""Setting up queues, capacity and absences, and passing on the cases of somebody who is away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.accounts import selectors as account_selectors
from kenes.cases import permissions
from kenes.cases.errors.assignment import AbsenceNotFound, QueueChangedMeanwhile, QueueNotFound
from kenes.cases.models import Absence, Case, Queue, QueueMember, Workplace
from kenes.cases.work import assignment, queues
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden
from kenes.foundation.identifiers import new_id

LONGEST_ABSENCE: Final = timedelta(days=366)
AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class QueueWish:
    """How a queue shall be."""

    name_ru: str
    name_kk: str
    name_en: str
    rule: dict[str, list[Any]]
    distributes: bool
    member_ids: tuple[UUID, ...]


def _require(actor: Actor) -> None:
    if not actor.can("queue.edit"):
        raise Forbidden


def waiting_by_queue() -> dict[UUID | None, int]:
    """Cases without manager by queue; None is the number of those that fell to none. One query."""
    waiting = Case.objects.filter(assignee__isnull=True, status__in=permissions.POOL_STATUSES)
    rows = waiting.values_list("queue_id").annotate(cases=Count("pk")).order_by()
    return dict(rows)


@transaction.atomic
def make_queue(*, actor: Actor, wish: QueueWish) -> Queue:
    """A new queue, asked last. Forbidden, FieldErrors (/member_ids, /rule)."""
    _require(actor)
    _check(wish)
    last = Queue.objects.aggregate(last=Max("position"))["last"] or 0
    queue = Queue.objects.create(
        code=f"queue-{str(new_id())[-12:]}", position=last + 1, rule=wish.rule, distributes=wish.distributes,
        name_ru=wish.name_ru, name_kk=wish.name_kk, name_en=wish.name_en, created_at=clock.now(),
    )  # fmt: skip
    _set_members(queue, wish.member_ids)
    return queue


@transaction.atomic
def change_queue(*, actor: Actor, queue_id: UUID, wish: QueueWish, version: int) -> Queue:
    """Change name, rule, members; members who stay keep how long they have waited."""
    _require(actor)
    queue = _locked(queue_id, version)
    _check(wish)
    for name in ("name_ru", "name_kk", "name_en", "rule", "distributes"):
        setattr(queue, name, getattr(wish, name))
    queue.version += 1
    queue.save(update_fields=["name_ru", "name_kk", "name_en", "rule", "distributes", "version"])
    _set_members(queue, wish.member_ids)
    return queue


@transaction.atomic
def archive_queue(*, actor: Actor, queue_id: UUID, version: int) -> None:
    """No case falls to the queue from now on; cases that wait in it wait in the common list."""
    _require(actor)
    queue = _locked(queue_id, version)
    queue.archived_at = clock.now()
    queue.save(update_fields=["archived_at"])
    Case.objects.filter(queue=queue).update(queue=None)


@transaction.atomic
def order_queues(*, actor: Actor, queue_ids: Sequence[UUID]) -> None:
    """The order in which rules are asked. FieldErrors (/queue_ids) unless every queue in use is named once."""
    _require(actor)
    rows = {row.pk: row for row in Queue.objects.select_for_update().filter(archived_at=None).order_by("pk")}
    if sorted(queue_ids, key=str) != sorted(rows, key=str):
        raise FieldErrors([FieldError("/queue_ids", "incomplete", _("Name every queue once."))])
    for position, queue_id in enumerate(queue_ids, start=1):
        rows[queue_id].position = position
    Queue.objects.bulk_update(rows.values(), ["position"])


def distribute_waiting(*, actor: Actor, queue_id: UUID) -> dict[str, int]:
    """Give out the cases that wait in a queue, the most urgent first, each in a transaction of its own."""
    _require(actor)
    if not Queue.objects.filter(pk=queue_id, archived_at__isnull=True).exists():
        raise QueueNotFound
    waiting = Case.objects.filter(
        queue_id=queue_id, assignee__isnull=True, status__in=permissions.POOL_STATUSES
    )
    given = left = 0
    for case_id in list(waiting.order_by("urgency", "next_due", "id").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            case = waiting.select_for_update(of=("self",)).filter(pk=case_id).first()
            if case is not None and assignment.distribute(case, actor=actor):
                given += 1
            else:
                left += 1
    return {"given": given, "left": left}


def _check(wish: QueueWish) -> None:
    errors = []
    managers = {person.pk for person in account_selectors.active_managers()}
    if not set(wish.member_ids) <= managers:
        errors.append(FieldError("/member_ids", "not_manager", _("Members of a queue are active managers.")))
    for part, values in wish.rule.items():
        if not set(values) <= queues.RULE_PARTS[part]:
            errors.append(FieldError(f"/rule/{part}", "unknown", _("Choose from the list.")))
    if errors:
        raise FieldErrors(errors)


def _set_members(queue: Queue, member_ids: Sequence[UUID]) -> None:
    queue.members.exclude(user_id__in=member_ids).delete()
    QueueMember.objects.bulk_create(
        [QueueMember(queue=queue, user_id=person_id) for person_id in sorted(set(member_ids), key=str)],
        ignore_conflicts=True,
    )


def _locked(queue_id: UUID, version: int) -> Queue:
    queue = Queue.objects.select_for_update().filter(pk=queue_id, archived_at__isnull=True).first()
    if queue is None:
        raise QueueNotFound
    if queue.version != version:
        raise QueueChangedMeanwhile(version=queue.version)
    return queue


@transaction.atomic
def set_capacity(*, actor: Actor, user_id: UUID, capacity: int, version: int) -> Workplace:
    """How many open cases a manager can carry. `version` 0 means that nothing was set before."""
    _require(actor)
    assignment.get_manager(user_id)
    assignment.lock_places([user_id])
    place = Workplace.objects.get(user_id=user_id)
    if version not in {place.version, 0 if place.version == 1 else place.version}:
        raise QueueChangedMeanwhile(version=place.version)
    place.capacity, place.version, place.updated_at = capacity, place.version + 1, clock.now()
    place.save(update_fields=["capacity", "version", "updated_at"])
    return place


def absences_shown(*, actor: Actor, first: date, last: date) -> QuerySet[Absence]:
    """Absences that touch these days, for the calendar of the team."""
    rows = Absence.objects.filter(cancelled_at__isnull=True, first_day__lte=last, last_day__gte=first)
    return rows.select_related("user", "substitute").order_by("first_day", "id")


@transaction.atomic
def add_absence(
    *, actor: Actor, user_id: UUID, first_day: date, last_day: date, substitute_id: UUID | None, note: str
) -> Absence:
    """Days without work: one's own, or as who sets up queues anybody's. FieldErrors names what does not fit."""
    if user_id != actor.user_id:
        _require(actor)
    assignment.lock_places([assignment.get_manager(user_id).pk])
    errors = _absence_errors(user_id, first_day, last_day, substitute_id)
    if errors:
        raise FieldErrors(errors)
    try:
        return Absence.objects.create(
            user_id=user_id, first_day=first_day, last_day=last_day, substitute_id=substitute_id, note=note,
            created_at=clock.now(),
        )  # fmt: skip
    except IntegrityError as problem:
        raise FieldErrors([FieldError("/substitute_id", "unknown", _("Choose from the list."))]) from problem


def _absence_errors(
    user_id: UUID, first_day: date, last_day: date, substitute_id: UUID | None
) -> list[FieldError]:
    errors = []
    if last_day < first_day:
        errors.append(FieldError("/last_day", "before_first", _("The last day is before the first.")))
    elif last_day < clock.today():
        errors.append(FieldError("/last_day", "past", _("These days have passed.")))
    elif last_day - first_day > LONGEST_ABSENCE:
        errors.append(FieldError("/last_day", "too_long", _("An absence lasts a year at most.")))
    if substitute_id == user_id:
        errors.append(FieldError("/substitute_id", "self", _("Nobody stands in for himself.")))
    elif substitute_id is not None:
        managers = {person.pk for person in account_selectors.active_managers()}
        if substitute_id not in managers:
            errors.append(
                FieldError("/substitute_id", "not_manager", _("Only an active manager can stand in."))
            )
        elif _overlaps(substitute_id, first_day, last_day):
            errors.append(
                FieldError("/substitute_id", "absent", _("This manager is away on these days too."))
            )
    if not errors and _overlaps(user_id, first_day, last_day):
        errors.append(FieldError("/first_day", "overlaps", _("There is an absence on these days already.")))
    return errors


def _overlaps(user_id: UUID, first_day: date, last_day: date) -> bool:
    rows = Absence.objects.filter(user_id=user_id, cancelled_at__isnull=True)
    return rows.filter(Q(first_day__lte=last_day) & Q(last_day__gte=first_day)).exists()


@transaction.atomic
def cancel_absence(*, actor: Actor, absence_id: UUID) -> None:
    """Take an absence back. Twice changes nothing; AbsenceNotFound for one that is not the actor's to change."""
    absence = _absence(actor, absence_id, lock=True)
    if absence.cancelled_at is None:
        absence.cancelled_at = clock.now()
        absence.save(update_fields=["cancelled_at"])


def _absence(actor: Actor, absence_id: UUID, *, lock: bool = False) -> Absence:
    rows = Absence.objects.select_for_update() if lock else Absence.objects.select_related("user")
    absence = rows.filter(pk=absence_id).first()
    if absence is None or (absence.user_id != actor.user_id and not actor.can("queue.edit")):
        raise AbsenceNotFound
    return absence


@dataclass(frozen=True, slots=True)
class PassedOn:
    """What happens (or would happen) to one case of an absent manager."""

    case_id: UUID
    number: str
    to_name: str
    how: str


def pass_on(*, actor: Actor, absence_id: UUID, preview: bool) -> list[PassedOn]:
    """Give all open cases of an absent manager to the substitute, or by their queues; each in a transaction of its own.

    With `preview` nothing changes. `how` is substitute, queue or nobody (stays where it is). Forbidden, AbsenceNotFound.
    """
    _require(actor)
    absence = _absence(actor, absence_id)
    mine = Case.objects.filter(assignee_id=absence.user_id).exclude(status__in=queues.NOT_CARRIED)
    report = []
    for case_id in list(mine.order_by("urgency", "next_due", "id").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            case = mine.select_for_update(of=("self",)).filter(pk=case_id).first()
            if case is not None:
                report.append(_pass_one(actor, absence, case))
            if preview:
                transaction.set_rollback(True)
    return report


def _pass_one(actor: Actor, absence: Absence, case: Case) -> PassedOn:
    today = clock.today()
    number = case.number or ""
    substitute = absence.substitute
    if substitute is not None and queues.absence_on(substitute.pk, today) is None:
        assignment.pass_to(actor, case, substitute, how="absence")
        return PassedOn(case.pk, number, substitute.full_name, "substitute")
    if case.queue_id is None:
        assignment.place(case)
    if assignment.distribute(case, actor=actor) and case.assignee is not None:
        return PassedOn(case.pk, number, case.assignee.full_name, "queue")
    return PassedOn(case.pk, number, "", "nobody")
