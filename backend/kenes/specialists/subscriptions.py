"""Who is told of what, and how requests, proposals and sessions read in the history of a case."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kenes.accounts import event_labels
from kenes.accounts.models import User
from kenes.cases.collaboration import case_parts
from kenes.cases.history import timeline
from kenes.cases.history.timeline import Context, Entry
from kenes.event_log.events import Recorded
from kenes.event_log.services import subscribe
from kenes.foundation import clock
from kenes.foundation.language.dates import format_date
from kenes.specialists import events, letters, people
from kenes.specialists.models import Booking, HelpKind, MediationSession, Proposal
from kenes.specialists.states import BookingStatus, ProposalStatus, RequestStatus


def connect() -> None:
    """Importing this module has registered everything else."""
    people.connect()
    event_labels.TITLES["consultation.booked"] = gettext_lazy("Consultation booked")
    event_labels.TITLES["consultation.changed"] = gettext_lazy("Consultation changed")
    event_labels.TITLES["consultation.near"] = gettext_lazy("Reminder of a consultation sent")
    case_parts.follows(
        "help_requests", label=gettext_lazy("Requests for help"), column="specialists.HelpRequest.case"
    )
    case_parts.follows("bookings", label=gettext_lazy("Consultations"), column="specialists.Booking.case")


@subscribe(events.ProposalMade)
def tell_of_proposal(event: Recorded[events.ProposalMade]) -> None:
    """The borrower learns that somebody proposes to help."""
    proposal = Proposal.objects.select_related("request__borrower").filter(pk=event.data.proposal_id).first()
    if proposal is not None:
        letters.tell(
            proposal.request.borrower, key=f"proposal-made:{event.id}", write=letters.proposal_came,
            path=f"/cases/{event.data.case_id}/help",
        )  # fmt: skip


@subscribe(events.ProposalEnded)
def tell_of_choice(event: Recorded[events.ProposalEnded]) -> None:
    """The specialist learns whether he was chosen."""
    proposal = Proposal.objects.select_related("specialist").filter(pk=event.data.proposal_id).first()
    words = {
        ProposalStatus.ACCEPTED.value: letters.proposal_chosen,
        ProposalStatus.REJECTED.value: letters.proposal_not_chosen,
    }
    write = words.get(event.data.status)
    if proposal is not None and write is not None:
        letters.tell(
            proposal.specialist, key=f"proposal-ended:{event.id}", write=write, path="/desk/proposals"
        )


def _booking(booking_id: Any) -> Booking | None:
    return Booking.objects.select_related("host__user", "borrower").filter(pk=booking_id).first()


def _path(booking: Booking, person: User) -> str:
    return "/consultations" if person.pk == booking.borrower_id else "/desk/consultations"


@subscribe(events.ConsultationBooked)
def tell_of_booking(event: Recorded[events.ConsultationBooked]) -> None:
    """Both sides get the time in writing."""
    booking = _booking(event.data.booking_id)
    if booking is None:
        return
    for person in filter(None, (booking.borrower, booking.host.user)):
        letters.tell(
            person, key=f"booked:{event.id}:{person.pk}", write=lambda: letters.booked(booking),
            path=_path(booking, person),
        )  # fmt: skip


@subscribe(events.ConsultationChanged)
def tell_of_change(event: Recorded[events.ConsultationChanged]) -> None:
    """The other side learns of what was changed; a summary goes to the borrower."""
    booking = _booking(event.data.booking_id)
    action = event.data.action
    if booking is None or action not in {"move", "cancel", "summarise"}:
        return
    by_borrower = event.actor.user_id == booking.borrower_id
    person = booking.host.user if by_borrower else booking.borrower
    if person is not None:
        letters.tell(
            person, key=f"booking-changed:{event.id}", write=lambda: letters.changed(booking, action),
            path=_path(booking, person),
        )  # fmt: skip


@subscribe(events.ConsultationNear)
def remind_both(event: Recorded[events.ConsultationNear]) -> None:
    """A day and an hour before: by mail to both, an hour before also by text message to the borrower."""
    booking = _booking(event.data.booking_id)
    if booking is None or booking.status != BookingStatus.BOOKED or booking.starts_at <= clock.now():
        return
    for person in filter(None, (booking.borrower, booking.host.user)):
        letters.tell(
            person, key=f"near:{event.id}:{person.pk}", write=lambda: letters.near(booking),
            path=_path(booking, person),
        )  # fmt: skip
    if event.data.hours == 1:
        letters.remind_by_text(booking.borrower, booking, key=f"near-text:{event.id}")


def _kind(code: str) -> str:
    return str(HelpKind(code).label) if code in HelpKind.values else code


@timeline.renders(events.HelpRequested)
def help_requested(event: Recorded[events.HelpRequested], context: Context) -> Entry:
    return Entry("people", "search", _("Help is looked for"), _kind(event.data.kind))


@timeline.renders(events.HelpRequestEnded)
def help_ended(event: Recorded[events.HelpRequestEnded], context: Context) -> Entry:
    status = str(RequestStatus(event.data.status).label)
    return Entry("people", "search-check", _("Search for help ended"), f"{_kind(event.data.kind)}: {status}")


@timeline.renders(events.ProposalMade)
def proposal_made(event: Recorded[events.ProposalMade], context: Context) -> Entry:
    return Entry("people", "hand-helping", _("A specialist proposed to help"))


@timeline.renders(events.ProposalEnded)
def proposal_ended(event: Recorded[events.ProposalEnded], context: Context) -> Entry:
    ended = str(ProposalStatus(event.data.status).label)
    return Entry("people", "hand-helping", _("Proposal of a specialist"), ended, status=event.data.status)


def _sessions(recorded: Any) -> dict[Any, MediationSession]:
    ids = {event.data.session_id for event in recorded}
    return {row.pk: row for row in MediationSession.objects.filter(pk__in=ids)}


@timeline.renders(events.SessionPlanned, load=_sessions)
def session_planned(event: Recorded[events.SessionPlanned], context: Context) -> Entry:
    session = context.loaded.get(event.data.session_id)
    day = "" if session is None else format_date(clock.almaty(session.starts_at).date(), context.language)
    return Entry("track", "calendar", _("A session of mediation is planned"), day)


@timeline.renders(events.SessionEnded)
def session_ended(event: Recorded[events.SessionEnded], context: Context) -> Entry:
    held = event.data.status == "held"
    title = _("A session of mediation took place") if held else _("A session of mediation is called off")
    return Entry("track", "calendar-check" if held else "calendar-x", title)
