"""A case with two debts of two creditors, each with its organisation, and everybody who reads them."""

from dataclasses import dataclass
from typing import Any

from kenes.accounts.models import User
from kenes.cases import services, testing
from kenes.cases.models import Case, Obligation
from kenes.cases.tests.people_of_cases import (
    NURBANK,
    actor_of,
    debts_of,
    join,
    letter_arrived,
    officer,
    organisation,
)


@dataclass(frozen=True)
class World:
    """The people and the two debts; `officers` in the order of the debts."""

    case: Case
    borrower: User
    manager: User
    supervisor: User
    officers: tuple[User, User]
    debts: tuple[Obligation, Obligation]

    def version(self) -> int:
        return Case.objects.get(pk=self.case.pk).version

    def at(self, number: int = 0, tail: str = "") -> str:
        return f"/obligations/{self.debts[number].pk}/{tail}"

    def match(self, version: int | None = None) -> dict[str, str]:
        return {"If-Match": f'"{self.version() if version is None else version}"'}


def make_world(borrower: User, manager: User, supervisor: User) -> World:
    case = testing.make_case(borrower, obligations=[*testing.FORM["obligations"], NURBANK])
    services.assign_case(
        actor=actor_of(supervisor), case_id=case.pk, assignee_id=manager.pk,
        version=Case.objects.get(pk=case.pk).version,
    )  # fmt: skip
    officers = []
    for number, debt in enumerate(debts_of(case)):
        body = organisation(f"Организация {number}")
        join(debt.creditor, body)
        officers.append(officer(body, f"+7701555090{number}"))
        letter_arrived(debt)
    one, two = debts_of(case)
    return World(case, borrower, manager, supervisor, (officers[0], officers[1]), (one, two))


def split(**changes: Any) -> dict[str, Any]:
    """A split of the first debt as a creditor would tell it."""
    return {
        "as_of": "2026-11-17", "principal_tiyn": 139136000, "interest_tiyn": 7500000, "penalty_tiyn": 400000,
        "fees_tiyn": 0, "overdue_tiyn": 9208600, **changes,
    }  # fmt: skip
