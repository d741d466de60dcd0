"""Tables of every kind of procedure: the ways of the law sheet, every pair of state and action, who may do what."""

from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from kenes.cases.api.track_serializers import OUTCOMES
from kenes.cases.card import _PRESSING
from kenes.cases.errors.cases import TrackMoveRepeated, TrackTransitionNotAllowed
from kenes.cases.states import machine, tables
from kenes.cases.states.machine import Need, TrackAction, Who
from kenes.cases.states.track import ENDED, TrackKind, TrackState
from kenes.cases.tracks import facts, procedure_docs
from kenes.cases.tracks.guards import GUARDS

# The ways of the law sheet (§6.3), written out by hand: state, action, state, action, ...
WAYS = {
    "OMBUDSMAN": [
        "PROPOSED open CHECK_PRECONDITIONS confirm PREPARING letter_ready READY_TO_SIGN sign SIGNED send SENT accept ACCEPTED"
        " decide_for DECISION_FOR accept_decision BORROWER_ACCEPTS perform LENDER_PERFORMS finish DONE",
        "SENT return RETURNED prepare PREPARING",
        "ACCEPTED decide_partial DECISION_PARTIAL decline_decision BORROWER_DECLINES escalate ESCALATED",
        "ACCEPTED decide_against DECISION_AGAINST give_up DONE_NO_RESULT",
        "CHECK_PRECONDITIONS not_met NOT_ELIGIBLE give_up DONE_NO_RESULT",
        "LENDER_PERFORMS breach BREACHED escalate ESCALATED",
    ],
    "REGULATOR": [
        "PROPOSED open EVIDENCE collected PREPARING letter_ready READY_TO_SIGN sign SIGNED send SENT register REGISTERED"
        " reply REPLIED finish DONE",
        "REPLIED appeal APPEALED reply REPLIED escalate ESCALATED",
    ],
    "COLLECTOR_COMPLAINT": [
        "PROPOSED open EVIDENCE collected PREPARING letter_ready READY_TO_SIGN sign SIGNED send SENT register REGISTERED"
        " reply REPLIED appeal APPEALED finish DONE",
    ],
    "NOTARY_OBJECTION": [
        "PROPOSED open RECEIVED_COPY prepare PREPARING letter_ready READY_TO_SIGN sign SIGNED send SENT receive RECEIVED"
        " cancel_inscription CANCELLED_BY_NOTARY finish DONE",
        "SENT reject REJECTED escalate ESCALATED",
        "RECEIVED_COPY miss_term TERM_MISSED restore_term TERM_RESTORE send SENT",
        "TERM_MISSED escalate ESCALATED",
    ],
    "MEDIATION": [
        "PROPOSED open INVITED consent_borrower ACCEPTED_BY_BORROWER consent_creditor ACCEPTED_BY_ALL choose_mediator"
        " MEDIATOR_CHOSEN sign_contract CONTRACT_SIGNED begin_sessions SESSIONS sign_agreement AGREEMENT_SIGNED perform"
        " PERFORMING finish DONE",
        "INVITED consent_creditor ACCEPTED_BY_CREDITOR consent_borrower ACCEPTED_BY_ALL",
        "INVITED decline DECLINED escalate ESCALATED",
        "SESSIONS no_agreement NO_AGREEMENT give_up DONE_NO_RESULT",
        "SESSIONS expire TERM_EXPIRED escalate ESCALATED",
        "PERFORMING breach BREACHED escalate ESCALATED",
    ],
    "BANKRUPTCY_EXTRAJUDICIAL": [
        "PROPOSED open ELIGIBILITY confirm COLLECTING file FILED_BY_BORROWER review UNDER_REVIEW start STARTED publish"
        " PUBLISHED complete COMPLETED aftercare AFTERCARE finish DONE",
        "UNDER_REVIEW return RETURNED prepare COLLECTING",
        "UNDER_REVIEW refuse REFUSED escalate ESCALATED",
        "ELIGIBILITY not_met NOT_ELIGIBLE escalate ESCALATED",
    ],
    "BANKRUPTCY_JUDICIAL": [
        "PROPOSED open ELIGIBILITY confirm COLLECTING file FILED_BY_BORROWER review UNDER_REVIEW start STARTED sell_assets"
        " ASSETS_SALE complete COMPLETED aftercare AFTERCARE finish DONE",
    ],
    "SOLVENCY_RESTORATION": [
        "PROPOSED open ELIGIBILITY confirm COLLECTING file FILED_BY_BORROWER review UNDER_REVIEW start STARTED approve_plan"
        " PLAN_APPROVED perform PERFORMING finish DONE",
        "PERFORMING breach BREACHED give_up DONE_NO_RESULT",
    ],
    "COURT_SUPPORT": [
        "PROPOSED open EVIDENCE collected PREPARING file FILED set_hearing IN_COURT decide_against DECISION_AGAINST appeal"
        " APPEALED decide_for DECISION_FOR finish DONE",
        "IN_COURT enforce ENFORCEMENT escalate ESCALATED",
    ],
    "CONSULTATION": [
        "PROPOSED open REQUESTED propose_terms TERMS_PROPOSED book BOOKED hold HELD summarise SUMMARY_SENT finish DONE",
        "BOOKED no_show NO_SHOW ask_again REQUESTED",
        "BOOKED cancel CANCELLED give_up DONE_NO_RESULT",
    ],
}  # fmt: skip
KINDS = list(TrackKind)


@dataclass
class FakeTrack:
    state: str


@pytest.mark.parametrize(("kind", "way"), [(kind, way) for kind, ways in WAYS.items() for way in ways])
def test_the_ways_of_the_law_sheet_can_be_gone(kind: str, way: str) -> None:
    words = way.split()
    track = FakeTrack(words[0])
    for action, target in zip(words[1::2], words[2::2], strict=True):
        machine.move(tables.table_of(kind), track, TrackAction(action))
        assert track.state == target


@pytest.mark.parametrize("kind", KINDS)
def test_no_pair_of_state_and_action_leads_outside_the_table(kind: TrackKind) -> None:
    table = tables.table_of(kind)
    for state, action in product(TrackState, TrackAction):
        rows = table.find(state, action)
        track = FakeTrack(state)
        if rows:
            assert len({row.target for row in rows}) == 1, f"{state} {action} leads to two states"
            machine.move(table, track, action)
            assert track.state == rows[0].target
            continue
        leads_here = any(row.target == state for row in table.rows if row.action is action)
        with pytest.raises(TrackMoveRepeated if leads_here else TrackTransitionNotAllowed):
            machine.move(table, track, action)
        assert track.state == state


@pytest.mark.parametrize("kind", KINDS)
def test_every_state_is_reached_and_only_ends_have_no_way_on(kind: TrackKind) -> None:
    table = tables.table_of(kind)
    reached, fresh = {TrackState.PROPOSED}, [TrackState.PROPOSED]
    while fresh:
        targets = {row.target for row in table.possible(fresh.pop())} - reached
        reached |= targets
        fresh += targets
    assert reached == set(table.states())
    assert {state for state in reached if not table.possible(state)} == reached & ENDED


@pytest.mark.parametrize("kind", KINDS)
def test_every_open_state_belongs_to_one_stage(kind: TrackKind) -> None:
    table = tables.table_of(kind)
    covered = [state for step in table.steps for state in step.states]
    assert len(covered) == len(set(covered))
    assert set(covered) == set(table.states()) - {TrackState.PROPOSED, TrackState.WITHDRAWN}
    for state in set(covered) - ENDED:
        assert [step["current"] for step in tables.steps(kind, state)].count(True) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_finds_two_rows_for_one_step(kind: TrackKind) -> None:
    """Who makes a step is told once what it needs: rows of one state and action share no person."""
    table = tables.table_of(kind)
    for state, action in product(table.states(), TrackAction):
        people = [who for row in table.find(state, action) for who in row.who]
        assert len(people) == len(set(people)), f"{state} {action}"


@pytest.mark.parametrize("kind", KINDS)
def test_rows_name_only_what_exists(kind: TrackKind) -> None:
    for row in tables.table_of(kind).rows:
        assert row.fact in facts.KINDS or not row.fact
        assert row.guard in GUARDS or not row.guard
        assert set(row.outcomes) <= set(OUTCOMES)
        assert bool(row.outcomes) == (Need.OUTCOME in row.needs | row.may)
        assert not row.needs & row.may


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != TrackKind.RESTRUCTURING])
def test_signing_is_never_the_representatives(kind: TrackKind) -> None:
    for row in tables.table_of(kind).rows:
        if row.action in {TrackAction.SIGN, TrackAction.FILE} and kind != TrackKind.COURT_SUPPORT:
            assert Who.BORROWER not in row.who


def test_a_letter_of_the_platform_is_signed_and_sent_by_nobodys_word() -> None:
    letters = {
        TrackAction.LETTER_READY,
        TrackAction.EDIT,
        TrackAction.SIGN,
        TrackAction.SEND,
        TrackAction.SEND_FAILED,
    }
    rows = [row for row in tables.table_of("RESTRUCTURING").rows if row.action in letters]
    assert rows
    assert all(row.who == {Who.SYSTEM} for row in rows)


def test_only_the_borrower_accepts_and_declines_for_himself() -> None:
    own = {
        TrackAction.ACCEPT_DECISION,
        TrackAction.DECLINE_DECISION,
        TrackAction.COUNTER,
        TrackAction.DECLINE_OFFER,
    }
    for table in tables.TABLES.values():
        for row in table.rows:
            if row.action in own:
                assert row.who <= {Who.BORROWER, Who.SYSTEM}


def test_headlines_know_every_state() -> None:
    assert set(_PRESSING) == set(TrackState) - {TrackState.PROPOSED}
    assert len(_PRESSING) == len(set(_PRESSING))


def test_the_page_of_documentation_is_current() -> None:
    kept = Path(settings.BASE_DIR).parent / "docs" / "procedures.md"
    assert kept.read_text(encoding="utf-8") == procedure_docs.page(), "run: manage.py write_procedure_docs"


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (Who.BORROWER, "Отказаться от медиации"), (Who.CREDITOR, "Отказаться от медиации"), (Who.STAFF, "Сторона отказалась"),
    ],
)  # fmt: skip
def test_a_side_is_offered_to_decline_mediation_and_staff_note_that_it_did(who: Who, words: str) -> None:
    rows = tables.table_of(TrackKind.MEDIATION).possible(TrackState.INVITED)
    own = [row for row in rows if row.action is TrackAction.DECLINE and who in row.who]
    with translation.override("ru"):
        assert [str(row.label) for row in own] == [words]
