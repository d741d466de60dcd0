"""A letter in the books of its creditor: taken in under an own number, considered, given to somebody.

Order of locks: case, track, the entry. The door is `room.get_letter`: a letter of others does not exist.
"""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.cases.answers import room
from kenes.cases.answers.answer_forms import answers_possible, can_move, may_answer
from kenes.cases.errors.answers import AnswerNotPossible, LetterAlreadyRegistered
from kenes.cases.events.answers import LetterGiven, LetterRegistered
from kenes.cases.models import (
    Case,
    CaseEvent,
    CaseShare,
    FactSource,
    IncomingLetter,
    Track,
)
from kenes.cases.states import tables
from kenes.cases.states.case import FINAL
from kenes.cases.states.machine import TrackAction
from kenes.cases.states.track import TrackKind
from kenes.cases.tracks import progress
from kenes.cases.tracks.progress import Said
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden


def letter_actions(actor: Actor, letter: CaseShare, track: Track | None) -> list[str]:
    """Names of the buttons for a letter."""
    running = letter.case.status not in FINAL
    entry = room.incoming_of(letter)
    possible = {
        "register": running and track is not None and (entry is None or entry.registered_at is None),
        "review": running and track is not None and can_move(track, TrackAction.REVIEW),
    }
    if not may_answer(actor):
        return []
    names = [name for name, now in possible.items() if now]
    names += [f"answer_{kind}" for kind in answers_possible(track, letter.case)]
    return [*names, *(["assign"] if actor.can("organisation.own") else ["take"])]


@transaction.atomic
def register_letter(
    *, actor: Actor, letter_id: UUID, number: str, received_on: date, start_review: bool
) -> CaseShare:
    """Take a letter into the creditor's books under an own number; the procedure counts as received.

    The term to answer runs from the delivery that is proven: a later day of registration does not move it, an earlier one
    does. Raises LetterNotFound, Forbidden, LetterAlreadyRegistered, AnswerNotPossible (ended case), FieldErrors (/received_on).
    """
    letter, case, track = locked(actor, letter_id)
    entry = entry_of(letter)
    if entry.registered_at is not None:
        raise LetterAlreadyRegistered
    sent_on = clock.almaty(letter.since).date()
    if not min(sent_on, clock.today()) <= received_on <= clock.today():
        text = _("The letter came on %(day)s: give a day from then until today.")
        raise FieldErrors(
            [FieldError("/received_on", "out_of_range", text % {"day": sent_on.strftime("%d.%m.%Y")})]
        )
    entry.number, entry.received_on = number, received_on
    entry.registered_by_id, entry.registered_at = actor.user_id, clock.now()
    entry.assignee_id = entry.assignee_id or actor.user_id
    save_entry(entry)
    _note_receipt(actor, case, track, received_on)
    track.refresh_from_db(fields=["state"])
    if start_review and can_move(track, TrackAction.REVIEW):
        progress.apply_track_action(actor, case, track, TrackAction.REVIEW)
    event_log.record(
        LetterRegistered(case.id, letter.pk, letter.document_id, letter.obligation_id), actor=actor
    )
    progress.save_progress(case)
    return letter


def _note_receipt(actor: Actor, case: Case, track: Track, on: date) -> None:
    known = CaseEvent.objects.filter(  # type: ignore[misc]
        case=case, obligation_id=track.obligation_id, kind="APPLICATION_RECEIVED", superseded_at__isnull=True
    )
    if not known.filter(on__lte=on).exists():
        progress.add_fact(
            actor=actor, case=case, kind="APPLICATION_RECEIVED", on=on, text="", obligation=track.obligation,
            source=FactSource.LENDER, track=track,
        )  # fmt: skip
        track.refresh_from_db(fields=["state"])
    if can_move(track, TrackAction.RECEIVE):
        # The step alone: recording the fact anew would let the term run from the later day.
        row = tables.table_of(track.kind).find(track.state, TrackAction.RECEIVE)[0]
        progress.apply_row(actor, case, track, row, Said(on=on), records_fact=False)


@transaction.atomic
def start_review(*, actor: Actor, letter_id: UUID) -> CaseShare:
    """The creditor considers the letter from now on. Raises LetterNotFound, Forbidden, and the errors of the table."""
    letter, case, track = locked(actor, letter_id)
    progress.apply_track_action(actor, case, track, TrackAction.REVIEW)
    progress.save_progress(case)
    return letter


@transaction.atomic
def give_letter(*, actor: Actor, letter_id: UUID, assignee_id: UUID | None) -> CaseShare:
    """Say who of the organisation works on a letter. An officer takes it himself or puts it back; an administrator gives it.

    Raises LetterNotFound, Forbidden, FieldErrors (/assignee_id).
    """
    letter, case, _track = locked(actor, letter_id)
    entry = entry_of(letter)
    if not actor.can("organisation.own"):
        own = {None, actor.user_id}
        if assignee_id not in own or entry.assignee_id not in own:
            raise Forbidden
    person = None
    if assignee_id is not None:
        person = room.colleague(actor, assignee_id, letter.creditor.organisation_id)
        if person is None:
            text = _("This person does not work for your organisation.")
            raise FieldErrors([FieldError("/assignee_id", "unknown", text)])
    if entry.assignee_id != assignee_id:
        entry.assignee = person
        save_entry(entry)
        event_log.record(LetterGiven(case.id, letter.pk, letter.document_id, assignee_id), actor=actor)
    return letter


def locked(actor: Actor, letter_id: UUID) -> tuple[CaseShare, Case, Track]:
    """A letter of the actor with its case and procedure, both locked. LetterNotFound, Forbidden, AnswerNotPossible."""
    room.get_letter(actor=actor, letter_id=letter_id)
    if not may_answer(actor):
        raise Forbidden
    case_id = CaseShare.objects.values_list("case_id", flat=True).get(pk=letter_id)
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    # Read again under the lock: the debt or the people of the organisation may have changed while it was waited for.
    letter = room.get_letter(actor=actor, letter_id=letter_id)
    track = (
        Track.objects.select_for_update(of=("self",)).select_related("obligation")
        .filter(obligation=letter.obligation_id, kind=TrackKind.RESTRUCTURING)
        .first()
    )  # fmt: skip
    if track is None or case.status in FINAL:
        raise AnswerNotPossible(current_state=track.state if track is not None else "")
    return letter, case, track


def entry_of(letter: CaseShare) -> IncomingLetter:
    """The entry in the creditor's books, made at the first need; the case is locked."""
    entry, _made = IncomingLetter.objects.get_or_create(share=letter, defaults={"updated_at": clock.now()})
    return entry


def save_entry(entry: IncomingLetter) -> None:
    """Keep a change of the entry."""
    entry.updated_at = clock.now()
    entry.save()
