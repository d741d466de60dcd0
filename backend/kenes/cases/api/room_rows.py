"""Letters of the creditor's room as JSON shows them. Nothing here reads beyond the letter's own debt."""

from collections.abc import Iterable
from typing import Any

from kenes.accounts.models import User
from kenes.cases.answers import room
from kenes.cases.answers.answer_forms import answers_possible
from kenes.cases.answers.answers import Report, row_json
from kenes.cases.answers.letter_books import letter_actions
from kenes.cases.api import answer_rows
from kenes.cases.models import NO_DEADLINE, CaseShare, CaseStory, CreditorAnswer, Track
from kenes.cases.states import tables
from kenes.cases.states.case import FINAL
from kenes.cases.states.track import TrackKind
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.values import Iin, PhoneNumber

Json = dict[str, Any]


def row(letter: CaseShare, lang: str) -> Json:
    """A line of the list; the letter comes from `room`."""
    entry = room.incoming_of(letter)
    state, due, tab = letter.track_state, letter.due, letter.tab  # type: ignore[attr-defined]
    term = None if due == NO_DEADLINE or tab == "answered" else due
    person = entry.assignee if entry is not None else None
    track = Track(kind=TrackKind.RESTRUCTURING, state=state)
    return {
        "id": letter.pk,
        "tab": tab,
        "case_id": letter.case_id,
        "case_number": letter.case.number or "",
        "borrower_name": letter.case.borrower_name,
        "masked_iin": _masked_iin(letter.case.borrower),
        "creditor_name": letter.creditor.name(lang),
        "contract_number": letter.obligation.contract_number,
        "debt_tiyn": letter.obligation.total_tiyn,
        "state": state,
        "state_label": tables.state_label(TrackKind.RESTRUCTURING, state),
        "since": letter.since,
        "due": term,
        "days_left": None if term is None else (term - clock.today()).days,
        "incoming_number": entry.number if entry is not None else "",
        "received_on": entry.received_on if entry is not None else None,
        "assignee": None if person is None else {"id": person.pk, "full_name": person.full_name},
        "answerable": letter.case.status not in FINAL and bool(answers_possible(track, letter.case)),
    }


def detail(actor: Actor, letter: CaseShare, lang: str) -> Json:
    """One letter with its debt, what it asks for, and all answers."""
    debt, entry = letter.obligation, room.incoming_of(letter)
    answers = room.answers_to(letter)
    known = answer_rows.stored_files(answers)
    track = room.track_of(letter)
    columns = (
        "principal_tiyn", "interest_tiyn", "penalty_tiyn", "total_tiyn", "monthly_payment_tiyn", "rate_percent",
        "term_months", "contract_date", "overdue_since",
    )  # fmt: skip
    return {
        **row(letter, lang),
        "document_id": letter.document_id,
        "masked_phone": _masked_phone(letter.case.borrower),
        "debt": {name: getattr(debt, name) for name in columns},
        "wish": _wish(letter),
        "registered_at": entry.registered_at if entry is not None else None,
        "earlier": [
            {"document_id": one.document_id, "since": one.since} for one in room.earlier_letters(letter)
        ],
        "answers": [_answer(one, known) for one in answers],
        "allowed_actions": letter_actions(actor, letter, track),
    }


def _answer(answer: CreditorAnswer, known: dict[Any, Any]) -> Json:
    """As the creditor sees its own answer: papers only once the borrower has handed them over."""
    made = answer_rows.answer_row(answer, known, author=answer.given_by.full_name)
    if answer.papers_given_at is None:
        hidden = {"file_id": None, "file_name": None, "file_state": "none", "excuse": "", "given_at": None}
        made["papers"] = [{**paper, **hidden} for paper in made["papers"]]
    return made


def _wish(letter: CaseShare) -> Json | None:
    """What the letter itself asks for, in figures; its words are in the letter."""
    told = CaseStory.objects.filter(case_id=letter.case_id).first()
    if told is None:
        return None
    names = ("kinds", "defer_months", "new_term_months", "new_rate_percent", "new_payment_tiyn")
    return {name: told.relief.get(name) for name in names}


def preview(rows: Iterable[Json]) -> Json:
    """What an answer would mean for each letter."""
    items = []
    for one in rows:
        letter = one["letter"]
        items.append(
            {
                **{name: one[name] for name in ("letter_id", "code", "detail", "before", "after")},
                "schedule": answer_rows.schedule_rows(map(row_json, one["rows"])),
                "case_number": letter.case.number if letter is not None else "",
                "borrower_name": letter.case.borrower_name if letter is not None else "",
                "contract_number": letter.obligation.contract_number if letter is not None else "",
            }
        )
    return {"items": items, "possible": sum(not item["code"] for item in items)}


def report(rows: Iterable[Report]) -> Json:
    """What became of each letter."""
    items = [
        {"letter_id": one.letter_id, "case_number": one.number, "code": one.code, "detail": one.detail}
        for one in rows
    ]
    return {"items": items, "answered": sum(not item["code"] for item in items)}


def _masked_iin(person: User) -> str | None:
    return Iin(person.iin).masked() if person.iin else None


def _masked_phone(person: User) -> str | None:
    return PhoneNumber(person.phone).masked() if person.phone else None
