"""Consultations at a booked time: booking, moving, cancelling, what came of them.

Order of locks: host, booking, case. A slot is looked for again under the lock of its host, so that of two who want the same
time one gets it.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from kenes.cases import permissions as case_permissions
from kenes.cases import selectors as cases
from kenes.cases.models import Case
from kenes.cases.states.machine import TrackAction
from kenes.cases.tracks import consulting
from kenes.cases.tracks.progress import Said
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden
from kenes.specialists import pages, slots, states
from kenes.specialists.errors import (
    BookingNotFound,
    MovedTooOften,
    NotBegunYet,
    SlotNotOffered,
    SlotTaken,
    TooLateToChange,
    TooManyBookings,
)
from kenes.specialists.events import ConsultationBooked, ConsultationChanged, ConsultationNear
from kenes.specialists.models import Booking, Host, HostKind, Way
from kenes.specialists.states import BOOKINGS, BookingStatus

FREE_UNTIL_HOURS: Final = 3
MOST_MOVES: Final = 2
MOST_AHEAD: Final = 3
CLOCK: Final = SystemActor("consultation-timer")
_STEPS: Final = {
    "hold": TrackAction.HOLD,
    "no_show": TrackAction.NO_SHOW,
    "cancel": TrackAction.CANCEL,
    "summarise": TrackAction.SUMMARISE,
}


def seen_by(actor: Actor) -> QuerySet[Booking]:
    """Consultations of the actor: those that he booked, those booked with him, those with the platform for its people."""
    seen = Q(pk__in=[])
    if actor.user_id is not None:
        # Only what stands in his books; who lost his entry still sees what was agreed, and nothing new comes.
        seen |= Q(borrower_id=actor.user_id) | Q(host__user_id=actor.user_id)
    if actor.can("consultation.platform"):
        seen |= Q(host__kind=HostKind.PLATFORM)
    return Booking.objects.filter(seen).select_related("host__user", "borrower", "case")


def is_host(actor: Actor, booking: Booking) -> bool:
    """Whether the actor gives this consultation."""
    if booking.host.kind == HostKind.PLATFORM:
        return actor.can("consultation.platform")
    return actor.user_id is not None and booking.host.user_id == actor.user_id


def get_booking(*, actor: Actor, booking_id: UUID) -> Booking:
    """One consultation of the actor; BookingNotFound for any other."""
    booking = seen_by(actor).filter(pk=booking_id).first()
    if booking is None:
        raise BookingNotFound
    return booking


def actions(actor: Actor, booking: Booking) -> list[str]:
    """Names of the buttons for a consultation."""
    begun = booking.starts_at <= clock.now()
    if is_host(actor, booking):
        if booking.status == BookingStatus.BOOKED:
            return ["hold", "no_show"] if begun else ["cancel"]
        return ["summarise"] if booking.status == BookingStatus.HELD else []
    if booking.status != BookingStatus.BOOKED or begun or not _in_time(booking):
        return []
    return [*(["move"] if booking.moved_times < MOST_MOVES else []), "cancel"]


def _in_time(booking: Booking) -> bool:
    return booking.starts_at - clock.now() >= timedelta(hours=FREE_UNTIL_HOURS)


@transaction.atomic
def book(
    *, actor: Actor, host_id: UUID, starts_at: datetime, way: str, topic: str, case_id: UUID | None = None
) -> Booking:
    """Book a time. Of two who want the same one, the second gets SlotTaken.

    Raises SpecialistPageNotFound, CaseNotFound, SlotNotOffered, TooManyBookings, FieldErrors (/way), Forbidden (the own page).
    """
    pages.get_listed(host_id)
    host = Host.objects.select_for_update(of=("self",)).select_related("user").get(pk=host_id)
    if actor.user_id is None or host.user_id == actor.user_id:
        raise Forbidden
    _require_way(host, way)
    case = _own_case(actor, case_id) if case_id is not None else None
    ahead = Booking.objects.filter(
        borrower_id=actor.user_id, status=BookingStatus.BOOKED, ends_at__gt=clock.now()
    )
    if ahead.count() >= MOST_AHEAD:
        raise TooManyBookings
    span = _free_span(host, starts_at)
    if ahead.filter(starts_at__lt=span.ends_at, ends_at__gt=span.starts_at).exists():
        raise SlotTaken
    now = clock.now()
    track = None
    if case is not None:
        who = case_permissions.acting(actor, case)
        track = consulting.book(actor=who, case_id=case.pk, said=Said(on=clock.almaty(span.starts_at).date()))
    booking = Booking.objects.create(
        host=host, borrower_id=actor.user_id, case=case, track=track, starts_at=span.starts_at, ends_at=span.ends_at,
        way=way, topic=topic, fee_tiyn=host.fee_tiyn, created_at=now, updated_at=now,
    )  # fmt: skip
    event_log.record(
        ConsultationBooked(actor.user_id, booking.pk, host.pk, case.pk if case is not None else None),
        actor=actor,
    )
    return booking


def _own_case(actor: Actor, case_id: UUID) -> Case:
    case = cases.get_case(actor=actor, case_id=case_id)
    if not case_permissions.acts_as_borrower(actor, case):
        raise Forbidden
    return case


def _require_way(host: Host, way: str) -> None:
    if (way == Way.OFFICE and not host.office) or (way == Way.ONLINE and not host.online):
        raise FieldErrors([FieldError("/way", "not_offered", SlotNotOffered.detail)])


def _free_span(host: Host, starts_at: datetime, leave_out: UUID | None = None) -> slots.Span:
    """The slot that begins at the moment. SlotTaken when it is offered but not free, SlotNotOffered otherwise."""
    day = clock.almaty(starts_at).date()
    free = pages.free_slots(host, first=day, days=1, leave_out=leave_out)
    for span in free:
        if span.starts_at == starts_at:
            return span
    taken = Booking.objects.filter(host=host, status=BookingStatus.BOOKED, starts_at=starts_at)
    raise SlotTaken if taken.exclude(pk=leave_out).exists() else SlotNotOffered  # type: ignore[misc]


def _locked(actor: Actor, booking_id: UUID) -> Booking:
    found = get_booking(actor=actor, booking_id=booking_id)
    Host.objects.select_for_update(of=("self",)).get(pk=found.host_id)
    rows = Booking.objects.select_for_update(of=("self",)).select_related("host__user", "borrower", "case")
    return rows.get(pk=booking_id)


@transaction.atomic
def move(*, actor: Actor, booking_id: UUID, starts_at: datetime) -> Booking:
    """Book another time instead. Raises BookingNotFound, Forbidden (not the borrower), TooLateToChange, MovedTooOften,
    StepNotAllowed, SlotTaken, SlotNotOffered.
    """
    booking = _locked(actor, booking_id)
    if is_host(actor, booking):
        raise Forbidden
    states.move(BOOKINGS, booking, "move")
    if not _in_time(booking):
        raise TooLateToChange(hours=FREE_UNTIL_HOURS)
    if booking.moved_times >= MOST_MOVES:
        raise MovedTooOften(times=MOST_MOVES)
    span = _free_span(booking.host, starts_at, leave_out=booking.pk)
    booking.starts_at, booking.ends_at = span.starts_at, span.ends_at
    booking.moved_times += 1
    booking.reminded_day_at = booking.reminded_hour_at = None
    return _keep(actor, booking, "move")


@transaction.atomic
def cancel(*, actor: Actor, booking_id: UUID, reason: str) -> Booking:
    """Cancel: the borrower until three hours before, the specialist until it begins, with words for the other side.

    Raises BookingNotFound, TooLateToChange, StepNotAllowed, StepRepeated.
    """
    booking = _locked(actor, booking_id)
    hosts = is_host(actor, booking)
    states.move(BOOKINGS, booking, "cancel")
    if booking.starts_at <= clock.now() or not (hosts or _in_time(booking)):
        raise TooLateToChange(hours=FREE_UNTIL_HOURS)
    booking.reason, booking.cancelled_by_host = reason, hosts
    return _keep(actor, booking, "cancel", reason)


@transaction.atomic
def finish(*, actor: Actor, booking_id: UUID, action: str) -> Booking:
    """Say that it took place (`hold`) or that nobody came (`no_show`). Raises BookingNotFound, Forbidden, NotBegunYet,
    StepNotAllowed, StepRepeated.
    """
    booking = _locked(actor, booking_id)
    if not is_host(actor, booking):
        raise Forbidden
    states.move(BOOKINGS, booking, action)
    if booking.starts_at > clock.now():
        raise NotBegunYet
    return _keep(actor, booking, action)


@transaction.atomic
def summarise(*, actor: Actor, booking_id: UUID, summary: str) -> Booking:
    """Send the borrower what was said and advised. Raises BookingNotFound, Forbidden, StepNotAllowed, StepRepeated."""
    booking = _locked(actor, booking_id)
    if not is_host(actor, booking):
        raise Forbidden
    states.move(BOOKINGS, booking, "summarise")
    booking.summary = summary
    return _keep(actor, booking, "summarise")


def _keep(actor: Actor, booking: Booking, action: str, reason: str = "") -> Booking:
    booking.updated_at = clock.now()
    booking.sequence += 1
    booking.save()
    step = _STEPS.get(action)
    if step is not None:
        said = Said(on=clock.today(), reason=reason)
        consulting.follow(actor=actor, track_id=booking.track_id, action=step, said=said)
    event_log.record(
        ConsultationChanged(booking.borrower_id, booking.pk, action, booking.case_id), actor=actor
    )
    return booking


def remind() -> int:
    """Every few minutes: remind of consultations that begin within a day and within an hour; how many. Safe to repeat."""
    now = clock.now()
    ahead = Booking.objects.filter(status=BookingStatus.BOOKED, starts_at__gt=now)
    near = ahead.filter(starts_at__lte=now + timedelta(hours=1), reminded_hour_at__isnull=True)
    soon = ahead.filter(
        starts_at__lte=now + timedelta(hours=24),
        starts_at__gt=now + timedelta(hours=1),
        reminded_day_at__isnull=True,
    )
    told = sum(_remind(pk, 1) for pk in list(near.order_by("pk").values_list("pk", flat=True)))
    return told + sum(_remind(pk, 24) for pk in list(soon.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _remind(booking_id: UUID, hours: int) -> bool:
    booking = Booking.objects.select_for_update(of=("self",)).get(pk=booking_id)
    column = "reminded_hour_at" if hours == 1 else "reminded_day_at"
    begins_in = booking.starts_at - clock.now()
    if booking.status != BookingStatus.BOOKED or getattr(booking, column) is not None:
        return False
    # Moved meanwhile: it will be reminded of in its own time.
    if not timedelta(0) < begins_in <= timedelta(hours=hours):
        return False
    setattr(booking, column, clock.now())
    booking.save(update_fields=[column])
    event_log.record(ConsultationNear(booking.borrower_id, booking.pk, hours), actor=CLOCK)
    return True
