"""Conflict of interest: whom a specialist may not serve. Pure rules over what the caller has looked up.

A lawyer or mediator may not serve both sides, nor a debtor of their own client; a mediator and a notary stand on no side.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from uuid import UUID

from kenes.foundation.actor import LAWYER, MEDIATOR, NOTARY, OMBUDSMAN_OFFICER


class Ground(StrEnum):
    """Why somebody may not take part. For the record only: a person is never told which one it was."""

    IS_THE_BORROWER = "is_the_borrower"
    WORKS_FOR_CREDITOR = "works_for_creditor"
    ON_ANOTHER_SIDE = "on_another_side"
    REPRESENTS_THE_BORROWER = "represents_the_borrower"
    ADVISES_THE_BORROWER_ELSEWHERE = "advises_the_borrower_elsewhere"
    MEDIATES_FOR_THE_BORROWER_ELSEWHERE = "mediates_for_the_borrower_elsewhere"


@dataclass(frozen=True, slots=True)
class Candidate:
    """The specialist and everything that ties him to the people of the case.

    `organisation_ids`: bodies he belongs to now, checked or not. `roles_here`: what he already is in this case.
    `roles_elsewhere`: what he is in other open cases of the same borrower. `represents_borrower`: holds a power of
    attorney of the borrower.
    """

    person_id: UUID
    role: str
    organisation_ids: frozenset[UUID] = field(default_factory=frozenset)
    roles_here: frozenset[str] = field(default_factory=frozenset)
    roles_elsewhere: frozenset[str] = field(default_factory=frozenset)
    represents_borrower: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a case: the borrower, and the organisations of those to whom he owes."""

    borrower_id: UUID
    creditor_organisation_ids: frozenset[UUID] = field(default_factory=frozenset)


_NEUTRAL: Final = frozenset({MEDIATOR, NOTARY, OMBUDSMAN_OFFICER})
TIED: Final = frozenset({"co_borrower", "guarantor", "pledgor"})
_Rule = Callable[[Candidate, Sides], bool]

_RULES: Final[dict[Ground, _Rule]] = {
    Ground.IS_THE_BORROWER: lambda who, sides: who.person_id == sides.borrower_id,
    # Officer, administrator, lawyer of the lender: whoever belongs to it has it as a client.
    Ground.WORKS_FOR_CREDITOR: lambda who, sides: (
        not who.organisation_ids.isdisjoint(sides.creditor_organisation_ids)
    ),
    Ground.ON_ANOTHER_SIDE: lambda who, _sides: bool(who.roles_here - {who.role}),
    Ground.REPRESENTS_THE_BORROWER: lambda who, _sides: who.role in _NEUTRAL and who.represents_borrower,
    Ground.ADVISES_THE_BORROWER_ELSEWHERE: lambda who, _sides: (
        who.role in _NEUTRAL and LAWYER in who.roles_elsewhere
    ),
    Ground.MEDIATES_FOR_THE_BORROWER_ELSEWHERE: lambda who, _sides: (
        who.role == LAWYER and MEDIATOR in who.roles_elsewhere
    ),
}


def grounds(who: Candidate, sides: Sides) -> Sequence[Ground]:
    """Every rule that forbids this person this role in this case; empty when he may take part."""
    if who.role in TIED:
        # Whoever answers for the debt beside the borrower stands on his side by the contract itself.
        return [Ground.IS_THE_BORROWER] if who.person_id == sides.borrower_id else []
    return [ground for ground, forbids in _RULES.items() if forbids(who, sides)]
