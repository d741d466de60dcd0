"""Changes to submitted cases: facts, tracks, moves, assignment, notes, unmasking. Submission is in `submission`."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.accounts import reads
from kenes.accounts import selectors as account_selectors
from kenes.cases import permissions, selectors
from kenes.cases.errors.cases import (
    CaseChangedMeanwhile,
    CaseTransitionNotAllowed,
    OpenTracksRemain,
    ReopenTooLate,
    RouteNotChosen,
)
from kenes.cases.errors.procedures import ClosingAlreadyAnswered, PapersStillMissing
from kenes.cases.events.cases import CaseAssigned, PersonalDataRevealed
from kenes.cases.events.intake import ClosingAnswered
from kenes.cases.models import (
    Case,
    CaseEvent,
    CaseStory,
    DeclineReason,
    FactSource,
    FieldChange,
    Obligation,
    Outcome,
    Reveal,
    Track,
)
from kenes.cases.states.case import FINAL, CaseAction, CaseStatus
from kenes.cases.states.track import CASE_WIDE, ENDED, TrackState
from kenes.cases.story.story import FactData, Income, fact_problems
from kenes.cases.tracks import facts, progress, proposing
from kenes.cases.tracks import papers as missing_papers
from kenes.cases.work import assignment
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors

REOPEN_WITHIN: Final = timedelta(days=90)


@transaction.atomic
def record_fact(
    *, actor: Actor, case_id: UUID, kind: str, on: date, obligation_id: UUID | None = None, source: str = "",
    text: str = "", track_id: UUID | None = None,
) -> CaseEvent:  # fmt: skip
    """Write down a dated fact; terms that run from it are computed, the route is proposed anew.

    `source` is a FactSource code, by default the kind of actor. Without an obligation the fact goes to the only debt,
    to the one the text names, or to the case. Raises FieldErrors (/kind, /date, /obligation_id).
    """
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require(actor, "case.record_fact", case)
    actor = permissions.acting(actor, case)
    # A closed case takes new facts too: they are the ground for reopening it.
    if case.status != CaseStatus.CLOSED:
        _require_open(case)
    obligations = list(case.obligations.select_related("creditor").order_by("position"))
    about = _obligations_of_fact(kind, on, text, obligation_id, obligations)
    track = case.tracks.filter(pk=track_id).first() if track_id else None
    rows = [
        progress.add_fact(
            actor=actor, case=case, kind=kind, on=on, text=text, obligation=obligation,
            source=source or _source_of(actor, case), track=track,
        )
        for obligation in about
    ]  # fmt: skip
    if case.status != CaseStatus.CLOSED:
        proposing.reroute(case)
    progress.save_progress(case)
    return rows[0]


def _source_of(actor: Actor, case: Case) -> str:
    if actor.is_system:
        return FactSource.SYSTEM
    return FactSource.BORROWER if permissions.acts_as_borrower(actor, case) else FactSource.STAFF


def _obligations_of_fact(
    kind: str, on: date, text: str, obligation_id: UUID | None, obligations: list[Obligation]
) -> list[Obligation | None]:
    given = next((index for index, row in enumerate(obligations) if row.id == obligation_id), None)
    told = FactData(kind=kind, date=on, text=text, obligation=given)
    errors = fact_problems(told, "", clock.today(), len(obligations))
    if obligation_id is not None and given is None:
        errors.append(FieldError("/obligation_id", "unknown", _("There is no such debt in the list.")))
    if errors:
        raise FieldErrors(errors)
    indexes = facts.debts_of(kind, text, given, proposing.debts_for_matching(obligations))
    return [obligations[index] for index in indexes] or [None]


@transaction.atomic
def assign_case(*, actor: Actor, case_id: UUID, assignee_id: UUID | None, version: int) -> Case:
    """Give the case to a manager, or back to the pool with None. A manager takes from the pool only for himself."""
    case = assignment.locked_for_taking(actor=actor, case_id=case_id)
    if case.version != version:
        raise CaseChangedMeanwhile(version=case.version)
    permissions.require(actor, "case.assign", case)
    _require_open(case)
    manager = assignment.get_manager(assignee_id) if assignee_id is not None else None
    permissions.require_assignee(actor, case, assignee_id)
    if case.assignee_id == assignee_id:
        return case
    return assignment.pass_to(actor, case, manager, how="given")


@transaction.atomic
def move_case(
    *, actor: Actor, case_id: UUID, action: str, version: int, reason: str = "", outcome: str = "",
    resume_on: date | None = None, track_kinds: tuple[str, ...] = (), papers: tuple[str, ...] = (),
    papers_due_on: date | None = None,
) -> Case:  # fmt: skip
    """Move a case by the table with the words and codes the move asks for; `open_track` opens procedures of an active case.

    Raises CaseChangedMeanwhile when `version` is not the present one, FieldErrors for missing words, and the errors
    of the table and its guards.
    """
    case = _current(actor, case_id, version)
    if action == "open_track":
        return _open_chosen(actor, case, track_kinds)
    step = CaseAction(action)
    permissions.require(actor, f"case.{step.value}", case)
    actor = permissions.acting(actor, case)
    _require_words(step, reason or " ".join(papers), outcome, resume_on)
    _require_guard(case, step, reason, track_kinds)
    change_id = _keep_words(actor, case, step, reason)
    progress.change_status(
        actor,
        case,
        step,
        change_id=change_id,
        resume_on=resume_on,
        outcome=outcome or _decline_code(step, reason),
    )
    _apply_move(case, step, outcome, reason, resume_on)
    if step is CaseAction.REQUEST_DOCUMENTS:
        missing_papers.ask(actor, case, papers, papers_due_on)
    if step is CaseAction.ACTIVATE and track_kinds:
        progress.open_tracks(actor, case, track_kinds)
    if step is CaseAction.TAKE and permissions.takes_for_himself(actor, case):
        case.assignee_id = actor.user_id
        event_log.record(CaseAssigned(case_id=case.id, manager_id=actor.user_id), actor=actor)
    progress.save_progress(case)
    return case


def _decline_code(step: CaseAction, reason: str) -> str:
    return reason if step is CaseAction.DECLINE else ""


def _require_words(step: CaseAction, reason: str, outcome: str, resume_on: date | None) -> None:
    errors = []
    needs_reason = {CaseAction.REQUEST_DOCUMENTS, CaseAction.SUSPEND, CaseAction.REOPEN}
    if step in needs_reason and not reason:
        errors.append(FieldError("/reason", "required", _("Write down the reason.")))
    if step is CaseAction.DECLINE and reason not in DeclineReason.values:
        errors.append(FieldError("/reason", "unknown", _("Choose a reason from the list.")))
    if step is CaseAction.SUSPEND and (resume_on is None or resume_on <= clock.today()):
        errors.append(FieldError("/resume_on", "not_ahead", _("Give a day ahead on which the work resumes.")))
    if step is CaseAction.CLOSE and outcome not in Outcome.values:
        errors.append(FieldError("/outcome", "unknown", _("Choose an outcome from the list.")))
    if errors:
        raise FieldErrors(errors)


def _require_guard(case: Case, step: CaseAction, reason: str, track_kinds: tuple[str, ...]) -> None:
    if step is CaseAction.ACTIVATE and case.status in {CaseStatus.TRIAGE, CaseStatus.AWAITING_BORROWER}:
        chosen = case.tracks.filter(kind__in=track_kinds or [""]).exists()
        if not chosen and not reason and not case.tracks.exclude(state=TrackState.PROPOSED).exists():
            raise RouteNotChosen
    if step is CaseAction.RESUME and case.status == CaseStatus.AWAITING_BORROWER:
        missing = missing_papers.pending(case)
        if missing:
            raise PapersStillMissing(missing=missing)
    if step is CaseAction.REOPEN and case.status == CaseStatus.CLOSED and case.closed_at is not None:
        has_new_facts = case.facts.filter(created_at__gt=case.closed_at).exists() or _disputed(case)
        if clock.now() - case.closed_at > REOPEN_WITHIN and not has_new_facts:
            raise ReopenTooLate
    if step is CaseAction.MONITOR and case.tracks.exclude(state__in=[TrackState.PROPOSED, *ENDED]).exists():
        raise OpenTracksRemain


def _disputed(case: Case) -> bool:
    """The borrower said that the case is not closed for him."""
    return (
        case.changes.filter(field="closing", created_at__gt=case.closed_at).exists()
        and not case.closing_confirmed_at
    )


def _open_chosen(actor: Actor, case: Case, track_kinds: tuple[str, ...]) -> Case:
    permissions.require(actor, "case.open_track", case)
    if case.status != CaseStatus.ACTIVE:
        raise CaseTransitionNotAllowed(action="open_track", current_status=case.status)
    if not track_kinds:
        raise FieldErrors([FieldError("/track_kinds", "required", _("Choose a procedure."))])
    if not progress.open_tracks(actor, case, track_kinds) and not _add_and_open(actor, case, track_kinds):
        raise CaseTransitionNotAllowed(action="open_track", current_status=case.status)
    progress.save_progress(case)
    return case


def _add_and_open(actor: Actor, case: Case, track_kinds: tuple[str, ...]) -> int:
    """A manager may open what the rules did not propose: for each debt that has none, or once for the case."""
    now = clock.now()
    rows = []
    for kind in dict.fromkeys(track_kinds):
        debts: list[Obligation | None] = [None]
        if kind not in CASE_WIDE:
            debts = list(case.obligations.exclude(tracks__kind=kind))
        elif case.tracks.filter(kind=kind).exists():
            debts = []
        rows += [
            Track(
                case=case,
                obligation=debt,
                kind=kind,
                reasons=["chosen_by_manager"],
                created_at=now,
                updated_at=now,
            )
            for debt in debts
        ]
    Track.objects.bulk_create(rows)
    return progress.open_tracks(actor, case, track_kinds)


def _keep_words(actor: Actor, case: Case, step: CaseAction, reason: str) -> UUID | None:
    if not reason or step is CaseAction.DECLINE:
        return None
    change = FieldChange.objects.create(
        case=case, field=f"move:{step.value}", new=reason, changed_by_id=actor.user_id, created_at=clock.now()
    )
    return change.id


def _apply_move(case: Case, step: CaseAction, outcome: str, reason: str, resume_on: date | None) -> None:
    case.resume_on = resume_on if step is CaseAction.SUSPEND else None
    if step is CaseAction.CLOSE:
        case.outcome = outcome
    if step is CaseAction.DECLINE:
        case.decline_reason = reason
    if case.status in FINAL:
        case.closed_at = clock.now()
    elif step is CaseAction.REOPEN:
        case.closed_at, case.outcome, case.closing_confirmed_at = None, "", None


@transaction.atomic
def answer_closing(*, actor: Actor, case_id: UUID, agreed: bool, reason: str = "") -> Case:
    """The borrower confirms that the case is closed, or says why it is not: then a supervisor may reopen it.

    Raises Forbidden for everybody else, FieldErrors (/reason), CaseTransitionNotAllowed unless it is closed, and
    ClosingAlreadyAnswered.
    """
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require(actor, "case.answer_closing", case)
    actor = permissions.acting(actor, case)
    if case.status != CaseStatus.CLOSED:
        raise CaseTransitionNotAllowed(action="answer_closing", current_status=case.status)
    if case.closing_confirmed_at is not None:
        raise ClosingAlreadyAnswered
    if not agreed and not reason:
        raise FieldErrors([FieldError("/reason", "required", _("Write down the reason."))])
    change_id = None
    if reason:
        change_id = FieldChange.objects.create(
            case=case, field="closing", new=reason, changed_by_id=actor.user_id, created_at=clock.now()
        ).pk
    if agreed:
        case.closing_confirmed_at = clock.now()
    event_log.record(ClosingAnswered(case_id=case.id, agreed=agreed, change_id=change_id), actor=actor)
    progress.save_progress(case)
    return case


@transaction.atomic
def reveal(*, actor: Actor, case_id: UUID, fields: tuple[str, ...], reason: str) -> dict[str, Any]:
    """Unmasked ИИН, phone and income of the borrower for staff of the case.

    The reading is kept with its reason in the same transaction: the borrower sees who looked and why.
    """
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require(actor, "case.reveal", case)
    reader = account_selectors.get_person(actor.user_id) if actor.user_id else None
    if reader is None:
        raise CaseTransitionNotAllowed(action="reveal", current_status=case.status)
    wanted = tuple(sorted(set(fields)))
    row = Reveal.objects.create(
        case=case, user=reader, fields=list(wanted), reason=reason, created_at=clock.now()
    )
    person = account_selectors.get_person(case.borrower_id)
    reads.record(
        actor=actor,
        person_id=person.pk,
        kind=reads.Kind.REVEAL,
        fields=wanted,
        reason=reason,
        case_id=case.pk,
    )
    event_log.record(PersonalDataRevealed(case_id=case.id, reveal_id=row.id, fields=wanted), actor=actor)
    values = {"iin": person.iin or "", "phone": person.phone or "", "income": _income_of(case)}
    return {name: values[name] for name in wanted}


def _income_of(case: Case) -> dict[str, Any] | None:
    told: CaseStory | None = getattr(case, "story", None)
    if told is None or not told.income:
        return None
    return {**told.income, "drop_percent": Income(**told.income).drop_percent}


def _current(actor: Actor, case_id: UUID, version: int) -> Case:
    case = assignment.locked_for_taking(actor=actor, case_id=case_id)
    if case.version != version:
        raise CaseChangedMeanwhile(version=case.version)
    return case


def _require_open(case: Case) -> None:
    if case.status in FINAL or case.status == CaseStatus.DRAFT:
        raise CaseTransitionNotAllowed(action="change", current_status=case.status)
