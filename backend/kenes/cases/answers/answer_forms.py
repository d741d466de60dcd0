"""Answers of creditors as they are filled in: what is possible, what is wrong, what it would mean. Changes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kenes.cases.answers import offer_terms, room
from kenes.cases.answers.offer_terms import Debt, Terms, TermsProblem
from kenes.cases.errors.answers import AnswerNotPossible, LetterNotFound
from kenes.cases.models import (
    AnswerKind,
    Case,
    CaseShare,
    Obligation,
    PaperCode,
    RefusalReason,
    Track,
)
from kenes.cases.states import tables
from kenes.cases.states.case import FINAL
from kenes.cases.states.machine import TrackAction, Who
from kenes.cases.states.track import TrackKind, TrackState
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, Forbidden
from kenes.law.terms import add_months

LONGEST_OFFER: Final = timedelta(days=180)
SHORTEST_REASON: Final = 20
MOVES: Final = {
    AnswerKind.AGREE: TrackAction.AGREE,
    AnswerKind.OFFER: TrackAction.OFFER,
    AnswerKind.PAPERS: TrackAction.ASK_MORE,
    AnswerKind.REFUSE: TrackAction.REFUSE,
}


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """One answer as it is filled in; the same form can be sent to many letters."""

    kind: str
    words: str = field(default="", repr=False)
    reason_code: str = ""
    terms: Terms | None = None
    valid_until: date | None = None
    papers: tuple[tuple[str, str], ...] = ()
    outgoing_number: str = ""
    file_id: UUID | None = None


def may_answer(actor: Actor) -> bool:
    """Whether the actor answers letters of the organisations that he works for."""
    return actor.can("letter.answer")


def answers_possible(track: Track | None, case: Case) -> list[str]:
    """Kinds of answers that the state of the procedure permits."""
    if track is None or case.status in FINAL:
        return []
    return [kind.value for kind in AnswerKind if _moves(track, kind) or renews(track, kind)]


def can_move(track: Track, action: TrackAction) -> bool:
    """Whether the table lets a creditor make this step now."""
    rows = tables.table_of(track.kind).find(track.state, action)
    return any(Who.CREDITOR in row.who for row in rows)


def _moves(track: Track, kind: AnswerKind) -> bool:
    return can_move(track, MOVES[kind])


def renews(track: Track, kind: AnswerKind) -> bool:
    """While the borrower thinks an offer over, the creditor may put another one in its place."""
    return kind is AnswerKind.OFFER and track.state == TrackState.OFFER


def debt_of(obligation: Obligation) -> Debt:
    """A debt as terms are counted on it."""
    ends_on = None
    if obligation.term_months is not None:
        ends_on = add_months(obligation.contract_date, obligation.term_months)
    return Debt(
        obligation.principal_tiyn, obligation.interest_tiyn, obligation.penalty_tiyn, obligation.rate_percent,
        obligation.monthly_payment_tiyn, ends_on, obligation.fees_tiyn,
    )  # fmt: skip


def preview(*, actor: Actor, letter_ids: Sequence[UUID], form: AnswerForm) -> list[dict[str, Any]]:
    """What the form would mean for each letter: whether it is possible, the schedule, before and after. Changes nothing."""
    if not may_answer(actor):
        raise Forbidden
    known = room.get_letters(actor=actor, letter_ids=letter_ids)
    tracks = {
        track.obligation_id: track
        for track in Track.objects.filter(
            obligation__in=[letter.obligation_id for letter in known.values()], kind=TrackKind.RESTRUCTURING
        )
    }
    return [
        _preview_one(letter_id, known.get(letter_id), tracks, form) for letter_id in dict.fromkeys(letter_ids)
    ]


def _preview_one(
    letter_id: UUID, letter: CaseShare | None, tracks: dict[UUID | None, Track], form: AnswerForm
) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "letter_id": letter_id,
        "letter": letter,
        "before": None,
        "after": None,
        "rows": [],
    }
    if letter is None:
        return {**empty, "code": LetterNotFound.code, "detail": str(LetterNotFound.detail)}
    possible = answers_possible(tracks.get(letter.obligation_id), letter.case)
    if form.kind not in possible:
        return {**empty, "code": AnswerNotPossible.code, "detail": str(AnswerNotPossible.detail)}
    debt = debt_of(letter.obligation)
    try:
        rows = offer_terms.schedule(debt, form.terms) if form.terms is not None else []
    except TermsProblem as problem:
        error = terms_error(problem)
        return {**empty, "code": error.code, "detail": str(error.detail)}
    return {
        **empty, "code": "", "detail": "", "rows": rows, "before": offer_terms.outcome_as_it_is(debt, clock.today()),
        "after": offer_terms.outcome_of(debt, rows) if rows else None,
    }  # fmt: skip


def form_problems(form: AnswerForm) -> list[FieldError]:
    """What is wrong with an answer whatever the letter."""
    errors = []
    if form.kind == AnswerKind.REFUSE:
        if form.reason_code not in RefusalReason.values:
            errors.append(FieldError("/reason_code", "required", _("Choose why you refuse.")))
        if len(form.words) < SHORTEST_REASON:
            text = _("A refusal has to be reasoned: explain it in a sentence or two.")
            errors.append(FieldError("/words", "reason_required", text))
    if form.kind == AnswerKind.OFFER:
        if form.terms is None:
            errors.append(FieldError("/terms", "required", _("Write down the terms that you offer.")))
        today = clock.today()
        if form.valid_until is None or not today <= form.valid_until <= today + LONGEST_OFFER:
            text = _("Give a day from today on, at most half a year ahead.")
            errors.append(FieldError("/valid_until", "out_of_range", text))
    if form.kind == AnswerKind.PAPERS:
        errors += _paper_problems(form.papers)
    if form.terms is not None and form.terms.first_payment_on < clock.today():
        errors.append(FieldError("/terms/first_payment_on", "past", _("This day has passed.")))
    return errors


def _paper_problems(papers: Iterable[tuple[str, str]]) -> list[FieldError]:
    rows = list(papers)
    if not rows:
        return [FieldError("/papers", "required", _("Choose at least one paper."))]
    text = _("Say which paper it is.")
    return [
        FieldError(f"/papers/{index}/text", "required", text)
        for index, (code, words) in enumerate(rows)
        if code == PaperCode.OTHER and not words
    ]


_TERMS_TEXTS: Final = {
    "term_months": _("The term is from 1 to 600 months."),
    "defer_months": _("The deferral has to be shorter than the term."),
    "forgive_principal_tiyn": _("More cannot be forgiven than is owed."),
    "payment_tiyn": _("This payment does not even cover the interest of the first month."),
}


def terms_error(problem: TermsProblem) -> FieldError:
    """What to tell about terms that make no schedule."""
    return FieldError(f"/terms/{problem.field}", problem.code, _TERMS_TEXTS[problem.field])


def terms_problem(debt: Debt, terms: Terms | None) -> FieldError | None:
    """What is wrong with terms given alone, as a field of their own form; None when they make a schedule."""
    problem = offer_terms.problem_of(debt, terms) if terms is not None else None
    if problem is None:
        return None
    return FieldError(f"/{problem.field}", problem.code, _TERMS_TEXTS[problem.field])
