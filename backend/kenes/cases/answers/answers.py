"""What a creditor does with a letter: takes it into the books, gives it to somebody, answers in structured form.

Order of locks: case, track, the creditor's entry. The door is `room.get_letter`: a letter of others does not exist.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.accounts import selectors as account_selectors
from kenes.cases.answers import offer_terms, room
from kenes.cases.answers.answer_forms import (
    MOVES,
    AnswerForm,
    answers_possible,
    can_move,
    debt_of,
    form_problems,
    may_answer,
    renews,
    terms_error,
)
from kenes.cases.answers.letter_books import entry_of, locked, save_entry
from kenes.cases.answers.offer_terms import Terms
from kenes.cases.debts.compare import PlanRow
from kenes.cases.errors.answers import AnswerNotPossible
from kenes.cases.events.answers import CreditorAnswered
from kenes.cases.models import (
    NO_DEADLINE,
    AnswerKind,
    AnswerSource,
    Case,
    CaseShare,
    CreditorAnswer,
    FactSource,
    RequestedPaper,
    Track,
)
from kenes.cases.states.track import TrackState
from kenes.cases.tracks import progress, proposing
from kenes.event_log import services as event_log
from kenes.files import selectors as files
from kenes.files.errors import StoredFileNotFound
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden, KenesError

FILE_OWNER: Final = "creditor_answer"
_FACTS: Final = {
    AnswerKind.AGREE: "AGREED",
    AnswerKind.OFFER: "OFFER_RECEIVED",
    AnswerKind.REFUSE: "REFUSED",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one letter of many; `code` is empty when it was answered."""

    letter_id: UUID
    number: str
    code: str = ""
    detail: str = ""
    answer: CreditorAnswer | None = None


@transaction.atomic
def answer_letter(*, actor: Actor, letter_id: UUID, form: AnswerForm) -> CreditorAnswer:
    """Answer one letter; the answer before it stays readable and no longer counts.

    Raises LetterNotFound, Forbidden, AnswerNotPossible, FieldErrors.
    """
    letter, case, track = locked(actor, letter_id)
    _require(form, letter)
    answer = _give(actor, case, track, letter.creditor_id, form, AnswerSource.ROOM, letter)
    entry = entry_of(letter)
    if entry.answered_on is None:
        entry.answered_on = clock.today()
        entry.answer_due = None if letter.due == NO_DEADLINE else letter.due  # type: ignore[attr-defined]
        entry.assignee_id = entry.assignee_id or actor.user_id
        save_entry(entry)
    return answer


def answer_many(*, actor: Actor, letter_ids: Sequence[UUID], form: AnswerForm) -> list[Report]:
    """Send one form to many letters, each by itself: what cannot be answered is reported and holds up nothing.

    Raises Forbidden, and FieldErrors for what is wrong whatever the letter.
    """
    if not may_answer(actor):
        raise Forbidden
    problems = form_problems(form)
    if problems:
        raise FieldErrors(problems)
    order = {letter.pk: letter for letter in room.get_letters(actor=actor, letter_ids=letter_ids).values()}
    done = {}
    # In the order of cases, so that two who answer in bulk never wait for each other in a circle.
    for letter_id in sorted(set(letter_ids), key=lambda one: (str(_case_of(order, one)), str(one))):
        done[letter_id] = _answer_one(actor, letter_id, form, order.get(letter_id))
    return [done[letter_id] for letter_id in dict.fromkeys(letter_ids)]


def _case_of(known: dict[UUID, CaseShare], letter_id: UUID) -> UUID | None:
    return known[letter_id].case_id if letter_id in known else None


def _answer_one(actor: Actor, letter_id: UUID, form: AnswerForm, letter: CaseShare | None) -> Report:
    number = str(letter.case.number or "") if letter is not None else ""
    try:
        with transaction.atomic():
            answer = answer_letter(actor=actor, letter_id=letter_id, form=form)
    except FieldErrors as problem:
        first = problem.errors[0]
        return Report(letter_id, number, first.code, str(first.detail))
    except KenesError as problem:
        return Report(letter_id, number, problem.code, problem.text())
    return Report(letter_id, number, answer=answer)


def _require(form: AnswerForm, letter: CaseShare) -> None:
    errors = form_problems(form)
    if form.terms is not None:
        problem = offer_terms.problem_of(debt_of(letter.obligation), form.terms)
        errors += [terms_error(problem)] if problem is not None else []
    if form.file_id is not None and not _own_file(letter.creditor.organisation_id, form.file_id):
        errors.append(FieldError("/file_id", "unknown", _("Attach the file again.")))
    if errors:
        raise FieldErrors(errors)


def _own_file(organisation_id: UUID | None, file_id: UUID) -> bool:
    try:
        file = files.get_file(file_id)
    except StoredFileNotFound:
        return False
    return file.owner_kind == FILE_OWNER and file.owner_id == organisation_id


def _give(
    actor: Actor, case: Case, track: Track, creditor_id: UUID, form: AnswerForm, source: str, letter: CaseShare | None
) -> CreditorAnswer:  # fmt: skip
    kind = AnswerKind(form.kind)
    if form.kind not in answers_possible(track, case):
        raise AnswerNotPossible(current_state=track.state)
    answer = _store(actor, track, creditor_id, _with_agreed_terms(track, form), source)
    if not renews(track, kind):
        _move(actor, case, track, kind)
    event_log.record(
        CreditorAnswered(
            case_id=case.id, answer_id=answer.pk, obligation_id=answer.obligation_id, kind=answer.kind, source=source,
            document_id=letter.document_id if letter is not None else None,
        ),
        actor=actor,
    )  # fmt: skip
    proposing.reroute(case)
    progress.watch_if_settled(case)
    progress.save_progress(case)
    return answer


def _with_agreed_terms(track: Track, form: AnswerForm) -> AnswerForm:
    """Agreeing to a counter-offer agrees to its terms."""
    if form.kind != AnswerKind.AGREE or form.terms is not None or track.state != TrackState.COUNTER_OFFER:
        return form
    last = CreditorAnswer.objects.filter(track=track, superseded_at__isnull=True).first()
    reply = last.replies.first() if last is not None else None
    return form if reply is None or reply.terms is None else replace(form, terms=Terms.from_json(reply.terms))


def _store(actor: Actor, track: Track, creditor_id: UUID, form: AnswerForm, source: str) -> CreditorAnswer:
    if actor.user_id is None or track.obligation is None:
        raise Forbidden
    now = clock.now()
    before = CreditorAnswer.objects.filter(track=track).order_by("-version").first()
    CreditorAnswer.objects.filter(track=track, superseded_at__isnull=True).update(superseded_at=now)
    rows = offer_terms.schedule(debt_of(track.obligation), form.terms) if form.terms is not None else None
    answer = CreditorAnswer.objects.create(
        case_id=track.case_id, obligation=track.obligation, track=track, creditor_id=creditor_id,
        version=before.version + 1 if before is not None else 1, kind=form.kind, source=source, words=form.words,
        reason_code=form.reason_code if form.kind == AnswerKind.REFUSE else "",
        terms=form.terms.as_json() if form.terms is not None else None,
        schedule=None if rows is None else [row_json(row) for row in rows],
        valid_until=form.valid_until if form.kind == AnswerKind.OFFER else None,
        outgoing_number=form.outgoing_number, file_id=form.file_id,
        given_by=account_selectors.get_person(actor.user_id), given_at=now,
    )  # fmt: skip
    if form.kind == AnswerKind.PAPERS:
        RequestedPaper.objects.bulk_create(
            RequestedPaper(answer=answer, position=place, code=code, text=text)
            for place, (code, text) in enumerate(form.papers)
        )
    return answer


def row_json(row: PlanRow) -> list[Any]:
    """A row of a schedule as it is kept: number, day, payment, principal, interest, other, balance."""
    return [
        row.number, row.due.isoformat(), row.total, row.principal, row.interest, row.arrears, row.balance
    ]  # fmt: skip


def _move(actor: Actor, case: Case, track: Track, kind: AnswerKind) -> None:
    fact = _FACTS.get(kind)
    if fact is not None:
        progress.add_fact(
            actor=actor, case=case, kind=fact, on=clock.today(), text="", obligation=track.obligation,
            source=FactSource.LENDER, track=track,
        )  # fmt: skip
        track.refresh_from_db(fields=["state"])
    # The fact has moved the procedure; where it did not (asking for papers), the step itself does.
    if can_move(track, MOVES[kind]):
        progress.apply_track_action(actor, case, track, MOVES[kind])
