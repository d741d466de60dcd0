"""What people do to terms: suspend, resume, extend, mark as met, correct the event they run from, choose the next step."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenes.cases import permissions, selectors
from kenes.cases.errors.cases import CaseTransitionNotAllowed
from kenes.cases.errors.terms import (
    DeadlineAlreadyMet,
    DeadlineNotFound,
    DeadlineNotMet,
    DeadlineOver,
    ExtensionNotProvided,
    FactAlreadyCorrected,
    FactNotFound,
    StepOfferClosed,
    StepOfferNotFound,
)
from kenes.cases.events.terms import DeadlineMetByHand, DeadlineReopened, FactCorrected, StepChosen
from kenes.cases.models import (
    Case,
    CaseDeadline,
    CaseEvent,
    ChangeCause,
    FactSource,
    StepOffer,
    Track,
)
from kenes.cases.search import index as search_index
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.cases.states.track import CASE_WIDE, ENDED, TrackKind
from kenes.cases.terms import deadlines, term_changes
from kenes.cases.tracks import escalation, facts, progress, proposing
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors
from kenes.law.terms import Pause

MAX_PAUSE: Final = timedelta(days=3 * 366)


@transaction.atomic
def suspend(*, actor: Actor, deadline_id: UUID, first: date, last: date, reason: str) -> CaseDeadline:
    """Let a term stand still from `first` to `last`, both included: it ends later by those days.

    Raises DeadlineOver for a met or passed term, FieldErrors (/from, /until), DateOutsideCalendar.
    """
    case, row = _locked(actor, deadline_id)
    _require_running(row)
    pauses = term_changes.pauses_of(row)
    _check_pause(row, first, last, pauses)
    after = (*pauses, Pause(first, last))
    term_changes.move(
        row, term_changes.recount(row, pauses=after), cause=ChangeCause.SUSPENDED, actor=actor, pauses=after,
        note=reason, first_day=first, last_day=last,
    )  # fmt: skip
    progress.save_progress(case)
    return row


def _check_pause(row: CaseDeadline, first: date, last: date, pauses: tuple[Pause, ...]) -> None:
    errors = []
    if last < first:
        errors.append(FieldError("/until", "before_from", _("The last day stands before the first one.")))
    elif last - first > MAX_PAUSE:
        errors.append(FieldError("/until", "too_long", _("A term cannot stand still for so long.")))
    if not row.counted_from <= first <= row.due:
        errors.append(FieldError("/from", "outside_term", _("On this day the term does not run.")))
    if any(pause.first <= last and first <= pause.last for pause in pauses):
        errors.append(FieldError("/from", "overlaps", _("The term stands still on these days already.")))
    if errors:
        raise FieldErrors(errors)


@transaction.atomic
def resume(*, actor: Actor, deadline_id: UUID, on: date, reason: str) -> CaseDeadline:
    """End a suspension earlier: the term runs again from `on`. Raises FieldErrors (/on) when it does not stand still then."""
    case, row = _locked(actor, deadline_id)
    if row.met_on is not None:
        raise DeadlineAlreadyMet
    pauses = term_changes.pauses_of(row)
    current = next((pause for pause in pauses if pause.first <= on <= pause.last), None)
    if current is None:
        error = FieldError("/on", "not_suspended", _("On this day the term does not stand still."))
        raise FieldErrors([error])
    kept = tuple(pause for pause in pauses if pause != current)
    if on > current.first:
        kept = (*kept, Pause(current.first, on - timedelta(days=1)))
    after = tuple(sorted(kept))
    term_changes.move(
        row, term_changes.recount(row, pauses=after), cause=ChangeCause.RESUMED, actor=actor, pauses=after,
        note=reason, first_day=on,
    )  # fmt: skip
    progress.save_progress(case)
    return row


@transaction.atomic
def extend(*, actor: Actor, deadline_id: UUID, amount: int, agreed_on: date, reason: str) -> CaseDeadline:
    """Make a term longer by agreement, together at most by what its rule allows, in the unit of the rule.

    Raises ExtensionNotProvided, DeadlineOver, FieldErrors (/amount, /agreed_on), DateOutsideCalendar.
    """
    case, row = _locked(actor, deadline_id)
    if not row.rule.extension_amount:
        raise ExtensionNotProvided
    if row.met_on is not None:
        raise DeadlineAlreadyMet
    errors = []
    if amount < 1 or row.extended_by + amount > row.rule.extension_amount:
        errors.append(
            FieldError("/amount", "out_of_range", _("The rule does not allow to extend by so much."))
        )
    if agreed_on > clock.today():
        errors.append(FieldError("/agreed_on", "future", _("This date has not come yet.")))
    elif agreed_on > row.due:
        errors.append(FieldError("/agreed_on", "too_late", _("The term was over by then.")))
    if errors:
        raise FieldErrors(errors)
    total = row.extended_by + amount
    term_changes.move(
        row, term_changes.recount(row, extended_by=total), cause=ChangeCause.EXTENDED, actor=actor,
        extended_by=total, note=reason, amount=amount, first_day=agreed_on,
    )  # fmt: skip
    progress.save_progress(case)
    return row


@transaction.atomic
def meet(*, actor: Actor, deadline_id: UUID, on: date, reason: str) -> CaseDeadline:
    """Say that a term was kept on a day, where no fact says so. Raises DeadlineAlreadyMet, FieldErrors (/on)."""
    case, row = _locked(actor, deadline_id)
    if row.met_on is not None:
        raise DeadlineAlreadyMet
    if not row.start <= on <= clock.today():
        raise FieldErrors([FieldError("/on", "outside_term", _("Give a day from the event until today."))])
    row.met_on, row.met_by = on, deadlines.BY_HAND
    row.save(update_fields=["met_on", "met_by"])
    deadlines.lapse_offers([row.pk])
    change = term_changes.log(row, cause=ChangeCause.MET, actor=actor, first_day=on, note=reason)
    event_log.record(
        DeadlineMetByHand(
            case_id=case.id, deadline_id=row.pk, change_id=change.pk, rule_key=row.rule_key, met_on=on
        ),
        actor=actor,
    )
    progress.save_progress(case)
    return row


@transaction.atomic
def reopen(*, actor: Actor, deadline_id: UUID, reason: str) -> CaseDeadline:
    """Take a mark made by hand back. Raises DeadlineNotMet for a term that runs, or that a fact has met."""
    case, row = _locked(actor, deadline_id)
    if row.met_on is None or row.met_by != deadlines.BY_HAND:
        raise DeadlineNotMet
    row.met_on, row.met_by = None, ""
    row.save(update_fields=["met_on", "met_by"])
    change = term_changes.log(row, cause=ChangeCause.REOPENED, actor=actor, note=reason)
    event_log.record(
        DeadlineReopened(case_id=case.id, deadline_id=row.pk, change_id=change.pk, rule_key=row.rule_key),
        actor=actor,
    )
    progress.save_progress(case)
    return row


@transaction.atomic
def correct_fact(*, actor: Actor, case_id: UUID, fact_id: UUID, on: date, reason: str) -> CaseEvent:
    """State a fact anew with another day: the former statement stays in the history, its terms go on from the new day,
    and terms that it met were met on the new day.

    Raises FactNotFound, FactAlreadyCorrected, FieldErrors (/date), DateOutsideCalendar.
    """
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require(actor, "case.work_term", case)
    _require_open(case)
    former = case.facts.select_for_update().filter(pk=fact_id).first()
    if former is None:
        raise FactNotFound
    if former.superseded_at is not None:
        raise FactAlreadyCorrected
    if on == former.on:
        raise FieldErrors([FieldError("/date", "same", _("This day stands there already."))])
    if on > clock.today() and former.kind not in facts.MAY_BE_AHEAD:
        raise FieldErrors([FieldError("/date", "future", _("This date has not come yet."))])
    fact = CaseEvent.objects.create(
        case=case, obligation_id=former.obligation_id, kind=former.kind, on=on, text=former.text,
        source=FactSource.STAFF, track_id=former.track_id, recorded_by_id=actor.user_id, created_at=clock.now(),
    )  # fmt: skip
    former.superseded_at, former.superseded_by = fact.created_at, fact
    former.save(update_fields=["superseded_at", "superseded_by"])
    search_index.forget_texts(place="fact", ref_ids=[former.pk])
    search_index.index_text(case_id=case.pk, place="fact", ref_id=fact.pk, audience="content", text=fact.text)
    if fact.kind == "DELAY_STARTED" and fact.obligation is not None:
        progress.note_delay(actor, case, fact.obligation, on, FactSource.DOCUMENT)
    deadlines.start_terms(fact, replacing=[former.pk], actor=actor, note=reason)
    case.deadlines.filter(met_fact_id=former.pk).update(met_on=on, met_fact_id=fact.pk)
    event_log.record(
        FactCorrected(
            case_id=case.id, fact_id=fact.pk, former_id=former.pk, kind=fact.kind, old_on=former.on, on=on
        ),
        actor=actor,
    )
    proposing.reroute(case)
    progress.save_progress(case)
    return fact


@transaction.atomic
def choose_step(*, actor: Actor, case_id: UUID, offer_id: UUID, step: str) -> StepOffer:
    """Take one of the offered next steps: its procedure is opened, or proposed anew where it had ended.

    Raises StepOfferNotFound, StepOfferClosed, FieldErrors (/step).
    """
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require(actor, "case.choose_step", case)
    actor = permissions.acting(actor, case)
    _require_open(case)
    offer = case.step_offers.select_for_update(of=("self",)).filter(pk=offer_id).first()
    if offer is None:
        raise StepOfferNotFound
    if offer.chosen or offer.lapsed_at is not None:
        raise StepOfferClosed
    if step not in offer.steps:
        raise FieldErrors([FieldError("/step", "unknown", _("Choose one of the steps that are offered."))])
    offer.chosen, offer.chosen_by_id, offer.chosen_at = step, actor.user_id, clock.now()
    offer.save(update_fields=["chosen", "chosen_by_id", "chosen_at"])
    event_log.record(StepChosen(case_id=case.id, offer_id=offer.pk, step=step), actor=actor)
    _open_step(actor, case, offer, step)
    proposing.reroute(case)
    progress.save_progress(case)
    return offer


def _open_step(actor: Actor, case: Case, offer: StepOffer, step: str) -> None:
    """The procedure of the step for this debt, opened; one that already runs stays as it is."""
    about = None if step in CASE_WIDE else offer.obligation_id
    debt = Q(obligation__isnull=True) if about is None else Q(obligation_id=about)
    alike = case.tracks.select_for_update().filter(debt, kind=step).exclude(state__in=ENDED)
    track = alike.order_by("created_at").first()
    if track is None:
        track = Track.objects.create(
            case=case, obligation_id=about, kind=step, reasons=["chosen_after_breach"],
            created_at=clock.now(), updated_at=clock.now(),
        )  # fmt: skip
    if track.proposed and case.status == CaseStatus.ACTIVE:
        source = escalation.source_of(case, TrackKind(step), track.obligation)
        progress.open_track(actor, case, track, source)


def _locked(actor: Actor, deadline_id: UUID) -> tuple[Case, CaseDeadline]:
    """A term whose case is locked. DeadlineNotFound when hidden or absent, Forbidden for who may only read."""
    case_id = CaseDeadline.objects.filter(pk=deadline_id).values_list("case_id", flat=True).first()
    if case_id is None or not selectors.cases_visible_to(actor).filter(pk=case_id).exists():
        raise DeadlineNotFound
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require(actor, "case.work_term", case)
    _require_open(case)
    row = case.deadlines.select_related("rule").filter(pk=deadline_id).first()
    if row is None:
        raise DeadlineNotFound
    return case, row


def _require_running(row: CaseDeadline) -> None:
    if row.met_on is not None:
        raise DeadlineAlreadyMet
    if row.due < clock.today():
        raise DeadlineOver


def _require_open(case: Case) -> None:
    if case.status in FINAL or case.status == CaseStatus.DRAFT:
        raise CaseTransitionNotAllowed(action="change", current_status=case.status)
