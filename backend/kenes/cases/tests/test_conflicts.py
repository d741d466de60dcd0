"""Conflict of interest, rule by rule."""

from dataclasses import replace
from uuid import UUID

import pytest

from kenes.cases.parties.conflicts import Candidate, Ground, Sides, grounds

BORROWER, SPECIALIST = UUID(int=1), UUID(int=2)
BANK, OFFICE, OTHER_BANK = UUID(int=11), UUID(int=12), UUID(int=13)
SIDES = Sides(BORROWER, frozenset({BANK}))
LAWYER = Candidate(SPECIALIST, "lawyer", frozenset({OFFICE}))
MEDIATOR = replace(LAWYER, role="mediator")
NOTARY = replace(LAWYER, role="notary")
WORKS_FOR = frozenset({OFFICE, BANK})

TABLE: list[tuple[str, Candidate, list[Ground]]] = [
    ("a lawyer of an own office", LAWYER, []),
    ("a mediator of an own office", MEDIATOR, []),
    ("a notary", NOTARY, []),
    ("somebody without an organisation", replace(LAWYER, organisation_ids=frozenset()), []),
    ("a lawyer of a bank that is no creditor here", replace(LAWYER, organisation_ids=frozenset({OTHER_BANK})), []),
    ("the borrower himself", replace(LAWYER, person_id=BORROWER), [Ground.IS_THE_BORROWER]),
    ("a lawyer of the creditor", replace(LAWYER, organisation_ids=WORKS_FOR), [Ground.WORKS_FOR_CREDITOR]),
    ("a mediator who works for the creditor", replace(MEDIATOR, organisation_ids=WORKS_FOR), [Ground.WORKS_FOR_CREDITOR]),
    ("a notary who works for the creditor", replace(NOTARY, organisation_ids=WORKS_FOR), [Ground.WORKS_FOR_CREDITOR]),
    ("the lawyer of the case as its mediator", replace(MEDIATOR, roles_here=frozenset({"lawyer"})), [Ground.ON_ANOTHER_SIDE]),
    ("the mediator of the case as a lawyer", replace(LAWYER, roles_here=frozenset({"mediator"})), [Ground.ON_ANOTHER_SIDE]),
    ("the lawyer of the case once more", replace(LAWYER, roles_here=frozenset({"lawyer"})), []),
    ("the notary of the case as its lawyer", replace(LAWYER, roles_here=frozenset({"notary"})), [Ground.ON_ANOTHER_SIDE]),
    ("the borrower's representative as mediator", replace(MEDIATOR, represents_borrower=True), [Ground.REPRESENTS_THE_BORROWER]),
    ("the borrower's representative as notary", replace(NOTARY, represents_borrower=True), [Ground.REPRESENTS_THE_BORROWER]),
    ("the borrower's representative as lawyer", replace(LAWYER, represents_borrower=True), []),
    ("the borrower's lawyer of another case as mediator", replace(MEDIATOR, roles_elsewhere=frozenset({"lawyer"})), [Ground.ADVISES_THE_BORROWER_ELSEWHERE]),
    ("the borrower's lawyer of another case as notary", replace(NOTARY, roles_elsewhere=frozenset({"lawyer"})), [Ground.ADVISES_THE_BORROWER_ELSEWHERE]),
    ("the borrower's lawyer of another case as lawyer", replace(LAWYER, roles_elsewhere=frozenset({"lawyer"})), []),
    ("the mediator of another case as lawyer", replace(LAWYER, roles_elsewhere=frozenset({"mediator"})), [Ground.MEDIATES_FOR_THE_BORROWER_ELSEWHERE]),
    ("the mediator of another case as mediator", replace(MEDIATOR, roles_elsewhere=frozenset({"mediator"})), []),
    ("two grounds at once", replace(MEDIATOR, person_id=BORROWER, organisation_ids=WORKS_FOR), [Ground.IS_THE_BORROWER, Ground.WORKS_FOR_CREDITOR]),
]  # fmt: skip


@pytest.mark.parametrize(("who", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_who_may_take_part(who: Candidate, expected: list[Ground]) -> None:
    assert grounds(who, SIDES) == expected


def test_every_ground_stands_in_the_table() -> None:
    assert {ground for _name, _who, found in TABLE for ground in found} == set(Ground)


def test_a_case_without_joined_creditors_has_no_side_to_work_for() -> None:
    assert grounds(replace(LAWYER, organisation_ids=WORKS_FOR), Sides(BORROWER)) == []
