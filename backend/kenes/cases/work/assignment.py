"""Who works on a case: taking, giving, handing over with words, giving back, and how urgent it is held to be.

Everything locks the case first; two who act at the same moment get one winner and a clear refusal for the other.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.accounts import selectors as account_selectors
from kenes.accounts.errors import PersonNotFound
from kenes.accounts.models import User
from kenes.cases import permissions, selectors
from kenes.cases.errors.assignment import CaseTakenAlready, NobodyFree
from kenes.cases.errors.cases import CaseChangedMeanwhile, CaseNotFound, CaseTransitionNotAllowed
from kenes.cases.events.assignment import CaseQueued, CaseUrgencyChanged
from kenes.cases.events.cases import CaseAssigned
from kenes.cases.models import Case, FieldChange, Queue, QueueMember, Workplace
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.cases.tracks import progress
from kenes.cases.work import queues
from kenes.event_log import selectors as event_selectors
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden

QUEUE: Final = SystemActor("queue")
# For how long whoever still has a case on the screen is told that it was taken, and not that there is none.
_JUST_TAKEN: Final = timedelta(minutes=15)


def get_manager(user_id: UUID) -> User:
    """The manager a case may be given to. FieldErrors (/assignee_id) when the person is none or does not work now."""
    try:
        return account_selectors.get_active_manager(user_id)
    except PersonNotFound as problem:
        text = _("Cases are given to active managers only. Choose one from the list.")
        raise FieldErrors([FieldError("/assignee_id", "not_manager", text)]) from problem


def locked_for_taking(*, actor: Actor, case_id: UUID) -> Case:
    """The locked case. CaseTakenAlready when it has just left the common list that the actor saw, else CaseNotFound."""
    try:
        return selectors.get_case_for_update(actor=actor, case_id=case_id)
    except CaseNotFound:
        if actor.can("case.see_pool") and _just_taken(case_id):
            raise CaseTakenAlready from None
        raise


def _just_taken(case_id: UUID) -> bool:
    rows = event_selectors.events_of("case", case_id).filter(type=CaseAssigned.type)
    recent = rows.filter(at__gte=clock.now() - _JUST_TAKEN)
    return recent.exists() and Case.objects.filter(pk=case_id, assignee__isnull=False).exists()


@transaction.atomic
def take_case(*, actor: Actor, case_id: UUID, version: int | None = None) -> Case:
    """A manager takes a case out of the common list for himself. Taking one's own again changes nothing.

    Raises CaseTakenAlready when somebody was faster, CaseChangedMeanwhile, CaseTransitionNotAllowed, Forbidden.
    """
    case = locked_for_taking(actor=actor, case_id=case_id)
    permissions.require(actor, "case.assign", case)
    _require_open(case)
    if actor.user_id is None:
        raise Forbidden
    if case.assignee_id == actor.user_id:
        return case
    if case.assignee_id is not None and not permissions.is_supervisor(actor, case):
        raise CaseTakenAlready
    if version is not None and case.version != version:
        raise CaseChangedMeanwhile(version=case.version)
    manager = get_manager(actor.user_id)
    return _give(actor, case, manager, how="taken")


@transaction.atomic
def hand_over(*, actor: Actor, case_id: UUID, assignee_id: UUID, words: str, version: int) -> Case:
    """Give one's own case (or, as a supervisor, any) to another manager, with words for him that only staff read."""
    case = _current(actor, case_id, version)
    permissions.require_assignee(actor, case, assignee_id)
    manager = get_manager(assignee_id)
    if case.assignee_id == manager.pk:
        text = _("This manager has the case already.")
        raise FieldErrors([FieldError("/assignee_id", "same", text)])
    return _give(actor, case, manager, how="handed_over", words=words)


@transaction.atomic
def give_back(*, actor: Actor, case_id: UUID, words: str, version: int) -> Case:
    """Return a case to the common list, saying why; it keeps its queue."""
    case = _current(actor, case_id, version)
    permissions.require_assignee(actor, case, None)
    if case.assignee_id is None:
        raise CaseTransitionNotAllowed(action="give_back", current_status=case.status)
    return _give(actor, case, None, how="given_back", words=words)


@transaction.atomic
def give_by_queue(*, actor: Actor, case_id: UUID, version: int | None = None) -> Case:
    """Give the case to whoever is next in its queue. NobodyFree when all are absent or full, or no queue fits."""
    case = locked_for_taking(actor=actor, case_id=case_id)
    permissions.require(actor, "case.assign", case)
    if version is not None and case.version != version:
        raise CaseChangedMeanwhile(version=case.version)
    _require_open(case)
    if not permissions.is_supervisor(actor, case):
        raise Forbidden
    place(case)
    if not distribute(case, actor=actor):
        raise NobodyFree
    return case


def receive_case(case_id: UUID) -> None:
    """A submitted case falls to its queue, and to the next member where the queue gives out by itself. Repeating is harmless."""
    with transaction.atomic():
        case = Case.objects.select_for_update().filter(pk=case_id).first()
        if case is None or case.assignee_id is not None or case.status not in permissions.POOL_STATUSES:
            return
        place(case)
        if case.queue is not None and case.queue.distributes:
            distribute(case, actor=QUEUE)


def place(case: Case) -> None:
    """Set the queue of a locked case by the rules; keeps an event when it changed. Saves the column."""
    queue = queues.queue_for(case)
    if queue is None or case.queue_id == queue.pk:
        return
    case.queue = queue
    case.save(update_fields=["queue"])
    event_log.record(CaseQueued(case_id=case.pk, queue_id=queue.pk), actor=QUEUE)
    progress.hint_changed(case)


def distribute(case: Case, *, actor: Actor) -> bool:
    """Give a locked case without manager to whoever is next in its queue; False when nobody is free.

    The queue and the places of its members stay locked until the end of the transaction, so that two cases at once do not
    both count on the same free place.
    """
    if case.queue_id is None:
        return False
    queue = Queue.objects.select_for_update().get(pk=case.queue_id)
    lock_places([row.user_id for row in queues.members_of(queue)])
    found = [load for load, _waited in queues.candidates(queue) if load.person.pk != case.assignee_id]
    if not found:
        return False
    _give(actor, case, found[0].person, how="queue", queue_id=queue.pk)
    note_given(queue.pk, found[0].person.pk)
    return True


def lock_places(person_ids: list[UUID]) -> None:
    """Lock what these people can carry, in one order, making the rows that are missing."""
    now = clock.now()
    Workplace.objects.bulk_create(
        [Workplace(user_id=person_id, updated_at=now) for person_id in sorted(person_ids, key=str)],
        ignore_conflicts=True,
    )
    list(Workplace.objects.select_for_update().filter(user_id__in=person_ids).order_by("user_id"))


def note_given(queue_id: UUID, person_id: UUID) -> None:
    """The member goes to the end of those who wait."""
    QueueMember.objects.filter(queue_id=queue_id, user_id=person_id).update(last_given_at=clock.now())


def pass_to(
    actor: Actor, case: Case, person: User | None, *, how: str, words: str = "", queue_id: UUID | None = None
) -> Case:
    """For the clock and for absences: give a locked case to a person whom the caller has chosen."""
    return _give(actor, case, person, how=how, words=words, queue_id=queue_id)


def _give(
    actor: Actor, case: Case, manager: User | None, *, how: str, words: str = "", queue_id: UUID | None = None
) -> Case:
    change_id = _keep_words(actor, case, words) if words else None
    before = case.assignee_id
    case.assignee = manager
    event_log.record(
        CaseAssigned(
            case_id=case.pk, manager_id=manager.pk if manager else None, how=how, change_id=change_id,
            queue_id=queue_id, before_id=before,
        ),
        actor=actor,
    )  # fmt: skip
    progress.save_progress(case)
    return case


def _keep_words(actor: Actor, case: Case, words: str) -> UUID:
    row = FieldChange.objects.create(
        case=case, field="assign:words", new=words, changed_by_id=actor.user_id, created_at=clock.now()
    )
    return row.pk


@transaction.atomic
def set_urgency(*, actor: Actor, case_id: UUID, urgency: int | None, reason: str, version: int) -> Case:
    """Hold a case more urgent than its story says, with a reason; None gives it back to the computed value.

    1 is the most urgent. FieldErrors when the wanted value is not above the computed one, or the reason is missing.
    """
    case = _current(actor, case_id, version, action="case.raise_urgency")
    computed = case.computed_urgency or case.urgency
    if urgency is not None:
        errors = []
        if urgency >= computed:
            text = _("The story itself is as urgent as this. Only a higher urgency can be set by hand.")
            errors.append(FieldError("/urgency", "not_higher", text))
        if not reason:
            errors.append(FieldError("/reason", "required", _("Write down the reason.")))
        if errors:
            raise FieldErrors(errors)
    if urgency == case.raised_urgency:
        return case
    hold_urgency(actor, case, urgency, reason)
    progress.save_progress(case)
    return case


def hold_urgency(actor: Actor, case: Case, urgency: int | None, reason: str) -> None:
    """Set the held urgency of a locked case and keep the event; the caller saves the case."""
    source = case.urgency
    computed = case.computed_urgency or case.urgency
    case.computed_urgency, case.raised_urgency = computed, urgency
    case.urgency = min(computed, urgency or computed)
    row = FieldChange.objects.create(
        case=case, field="urgency:raised" if urgency else "urgency:lowered", old=str(source), new=reason,
        changed_by_id=actor.user_id, created_at=clock.now(),
    )  # fmt: skip
    event_log.record(
        CaseUrgencyChanged(
            case_id=case.pk, source=source, target=case.urgency, raised=urgency is not None, change_id=row.pk
        ),
        actor=actor,
    )


def _current(actor: Actor, case_id: UUID, version: int, action: str = "case.assign") -> Case:
    case = locked_for_taking(actor=actor, case_id=case_id)
    permissions.require(actor, action, case)
    if case.version != version:
        raise CaseChangedMeanwhile(version=case.version)
    _require_open(case)
    return case


def _require_open(case: Case) -> None:
    if case.status in FINAL or case.status == CaseStatus.DRAFT:
        raise CaseTransitionNotAllowed(action="assign", current_status=case.status)
