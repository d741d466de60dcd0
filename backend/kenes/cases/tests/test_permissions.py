"""Who may do what: one row per role and action."""

from uuid import uuid4

import pytest

from kenes.accounts.testing import an_actor
from kenes.cases import permissions
from kenes.cases.models import Case, Track
from kenes.cases.states.case import CaseStatus
from kenes.cases.states.machine import Who
from kenes.cases.states.tables import TABLES
from kenes.foundation import actor as actors
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import Forbidden

BORROWER_ID, MANAGER_ID = uuid4(), uuid4()
PEOPLE = {
    "borrower": an_actor(actors.BORROWER, user_id=BORROWER_ID),
    "helper of the borrower": Actor(uuid4(), frozenset(), on_behalf_of=BORROWER_ID),
    "another borrower": an_actor(actors.BORROWER),
    "assigned manager": an_actor(actors.MANAGER, user_id=MANAGER_ID),
    "another manager": an_actor(actors.MANAGER),
    "supervisor": an_actor(actors.SUPERVISOR),
    "admin": an_actor(actors.ADMIN),
    "editor": an_actor(actors.CONTENT_EDITOR),
    "system": SystemActor("test"),
}
OWN = {"borrower", "helper of the borrower"}
STAFF = {"assigned manager", "supervisor"}
EXPECTED = {
    "case.edit_draft": OWN,
    "case.submit": OWN,
    "case.view_content": OWN | STAFF | {"system"},
    "case.view_internal": STAFF | {"system"},
    "case.assign": STAFF,
    "case.comment": OWN | STAFF,
    "case.comment_internal": STAFF,
    "case.comment_organisation": set(),
    "case.moderate_comments": {"supervisor"},
    "case.tag": STAFF,
    "case.link": STAFF,
    "case.merge": STAFF,
    "case.export": OWN | STAFF,
    "case.record_fact": OWN | STAFF | {"system"},
    "case.check_eligibility": OWN | STAFF,
    "case.edit_story": OWN | STAFF,
    "case.give_papers": OWN,
    "case.settle_papers": STAFF | {"system"},
    "case.review_papers": STAFF,
    "case.confirm_findings": OWN | STAFF,
    "case.answer_closing": OWN,
    "case.work_term": STAFF | {"system"},
    "case.choose_step": OWN | STAFF | {"system"},
    "case.raise_urgency": STAFF,
    "case.reveal": STAFF,
    "case.open_track": STAFF | {"system"},
    "case.take": STAFF | {"system"},
    "case.request_documents": STAFF | {"system"},
    "case.resume": OWN | STAFF | {"system"},
    "case.activate": STAFF | {"system"},
    "case.decline": {"supervisor"},
    "case.suspend": OWN | STAFF,
    "case.monitor": {"system"},
    "case.close": STAFF,
    "case.cancel": OWN,
    "case.reopen": {"supervisor"},
    "case.archive": {"system"},
}


def case(status: str = CaseStatus.ACTIVE, assignee_id: object = MANAGER_ID) -> Case:
    return Case(borrower_id=BORROWER_ID, assignee_id=assignee_id, status=status)


@pytest.mark.parametrize("action", sorted(permissions.RULES))
def test_rule_lets_in_exactly_these(action: str) -> None:
    let_in = {name for name, actor in PEOPLE.items() if permissions.allowed(actor, action, case())}
    assert let_in == EXPECTED[action]


def test_pool_opens_cases_from_outside_only() -> None:
    pooled = case(CaseStatus.TRIAGE, assignee_id=None)
    manager = PEOPLE["another manager"]
    may = {action for action in permissions.RULES if permissions.allowed(manager, action, pooled)}
    assert may == {"case.view_internal", "case.assign", "case.take", "case.tag"}


@pytest.mark.parametrize("status", [CaseStatus.CLOSED, CaseStatus.CANCELLED, CaseStatus.DECLINED])
def test_finished_cases_are_not_in_the_pool(status: str) -> None:
    assert not permissions.allowed(PEOPLE["another manager"], "case.view_internal", case(status, None))


def test_buttons_follow_status_and_person() -> None:
    assert permissions.allowed_actions(PEOPLE["borrower"], case(CaseStatus.DRAFT)) == [
        "cancel",
        "edit_draft",
        "submit",
    ]
    assert permissions.allowed_actions(PEOPLE["another borrower"], case(CaseStatus.TRIAGE)) == []
    at_triage = permissions.allowed_actions(PEOPLE["supervisor"], case(CaseStatus.TRIAGE))
    assert {"request_documents", "activate", "decline", "assign", "reveal"} <= set(at_triage)
    assert "reopen" in permissions.allowed_actions(PEOPLE["supervisor"], case(CaseStatus.CLOSED))
    assert "reopen" not in permissions.allowed_actions(PEOPLE["assigned manager"], case(CaseStatus.CLOSED))


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("borrower", {Who.BORROWER, Who.DEBTOR}),
        ("supervisor", {Who.STAFF}),
        ("assigned manager", {Who.STAFF}),
        ("another borrower", set()),
        ("another manager", set()),
        ("admin", set()),
    ],
)
def test_what_people_are_in_a_procedure(name: str, what: set[Who]) -> None:
    assert permissions.who_in_track(PEOPLE[name], case(), Track()) == what


def test_only_supervisors_give_cases_to_others() -> None:
    pooled, other = case(assignee_id=None), uuid4()
    manager = PEOPLE["another manager"]
    permissions.require_assignee(PEOPLE["supervisor"], pooled, other)
    permissions.require_assignee(manager, pooled, manager.user_id)
    permissions.require_assignee(PEOPLE["assigned manager"], case(), other)
    for wanted in (other, None):
        with pytest.raises(Forbidden):
            permissions.require_assignee(manager, pooled, wanted)


def test_every_kind_of_person_that_tables_name_can_be_one() -> None:
    """A step that is open to somebody whom `who_in_track` never finds could be made by nobody."""
    named = frozenset().union(*(row.who for table in TABLES.values() for row in table.rows))
    others = {Who.SYSTEM, Who.BORROWER, Who.DEBTOR, Who.STAFF, Who.CREDITOR}
    case, track = Case(status=CaseStatus.ACTIVE), Track()
    for who in named - others:
        role = {Who.OMBUDSMAN: actors.OMBUDSMAN_OFFICER}.get(who, who.value)
        case.reader_roles = frozenset({role})
        assert permissions.who_in_track(an_actor(role), case, track) == {who}
