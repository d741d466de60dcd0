"""The tables of all procedures in one place, and what is asked of them."""

from collections.abc import Mapping
from typing import Final

from kenes.cases.states import (
    complaints,
    consultation,
    insolvency,
    machine,
    mediation,
    notary_and_court,
    own_words,
    restructuring,
)
from kenes.cases.states.machine import Row, Table, TrackAction
from kenes.cases.states.track import TrackKind, TrackState

TABLES: Final[Mapping[TrackKind, Table]] = {
    table.kind: table
    for table in (
        restructuring.TABLE,
        complaints.COLLECTOR_TABLE,
        complaints.OMBUDSMAN_TABLE,
        complaints.REGULATOR_TABLE,
        notary_and_court.NOTARY_TABLE,
        mediation.TABLE,
        insolvency.EXTRAJUDICIAL_TABLE,
        insolvency.JUDICIAL_TABLE,
        insolvency.RESTORATION_TABLE,
        notary_and_court.COURT_TABLE,
        consultation.TABLE,
    )
}


def table_of(kind: str) -> Table:
    """The table of a kind of procedure."""
    return TABLES[TrackKind(kind)]


def steps(kind: str, state: str) -> list[dict[str, object]]:
    """Stages of a procedure as people see them, with the current one marked."""
    return machine.steps(table_of(kind), state)


def state_label(kind: str, state: str, *, own: bool = False) -> str:
    """The state in words that fit the procedure; `own` speaks to the borrower himself."""
    known = TrackState(state)
    if own and (told := own_words.track_label(kind, known)) is not None:
        return str(told)
    return str(table_of(kind).words.get(known, known.label))


def action_label(kind: str, action: str) -> str:
    """The action in words that fit the procedure, whoever makes it."""
    wanted = TrackAction(action)
    rows = [row for row in table_of(kind).rows if row.action is wanted]
    return str(rows[0].label if rows else wanted.label)


def moved_by(kind: str, state: str, fact: str) -> Row | None:
    """The row that a recorded fact brings about by itself, if any."""
    return next((row for row in table_of(kind).possible(state) if fact and row.fact == fact), None)
