"""Any sequence of API calls about a case and its procedures: no state outside the tables, no event lost.

States replayed from the event log have to equal the stored ones, and every move in the log has to stand in its table.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from kenes.accounts.models import User
from kenes.cases import testing
from kenes.cases.models import Case
from kenes.cases.states import case as case_states
from kenes.cases.states import tables
from kenes.cases.states.case import CaseAction
from kenes.cases.states.machine import TrackAction
from kenes.cases.states.track import TrackKind
from kenes.event_log.models import EventRow

TODAY = date(2026, 11, 18)
DAYS = st.integers(min_value=-2, max_value=40).map(lambda back: (TODAY - timedelta(days=back)).isoformat())
FACTS = [
    "APPLICATION_RECEIVED",
    "REFUSED",
    "NO_REPLY",
    "AGREED",
    "COURT_DATE",
    "COLLECTOR_CONTACT",
    "INSCRIPTION_RECEIVED",
]
CASE_MOVES = ["activate", "suspend", "resume", "close", "cancel", "reopen", "decline", "request_documents"]


def machine(people: dict[str, Any], case: Case) -> type[RuleBasedStateMachine]:
    """The machine over one case; every rule is one call of the API, refused or not."""

    class CaseAndProcedures(RuleBasedStateMachine):
        def call(self, who: str, path: str, body: dict[str, Any]) -> None:
            answer = people[who].call("post", path, body)
            assert answer.status_code < 500, answer.content

        @rule(
            who=st.sampled_from(sorted(people)), place=st.integers(0, 9), action=st.sampled_from(TrackAction.values),
            day=st.none() | DAYS, outcome=st.sampled_from(["", "SATISFIED", "DEFERRAL"]), stale=st.booleans(),
        )  # fmt: skip
        def step(self, who: str, place: int, action: str, day: str | None, outcome: str, stale: bool) -> None:
            tracks = list(case.tracks.order_by("created_at", "pk"))
            track = tracks[place % len(tracks)]
            possible = sorted(row.action.value for row in tables.table_of(track.kind).possible(track.state))
            # Mostly what the table allows, so that sequences go far; sometimes anything.
            chosen = possible[place % len(possible)] if possible and not stale else action
            body = {
                "action": chosen, "date": day, "reason": "Слова", "number": "7", "outcome": outcome,
                "version": max(1, track.version - int(stale)),
            }  # fmt: skip
            self.call(who, f"/tracks/{track.pk}/move/", body)

        @rule(who=st.sampled_from(sorted(people)), kind=st.sampled_from(TrackKind.values))
        def open(self, who: str, kind: str) -> None:
            self.call(who, f"/cases/{case.pk}/tracks/", {"kind": kind, "reason": "Нужно"})

        @rule(who=st.sampled_from(sorted(people)), kind=st.sampled_from(FACTS), day=DAYS)
        def fact(self, who: str, kind: str, day: str) -> None:
            self.call(who, f"/cases/{case.pk}/facts/", {"kind": kind, "date": day})

        @rule(who=st.sampled_from(sorted(people)), action=st.sampled_from(CASE_MOVES))
        def move_case(self, who: str, action: str) -> None:
            body = {
                "action": action, "reason": "NOT_OUR_SUBJECT" if action == "decline" else "Слова", "outcome": "DEFERRAL",
                "version": Case.objects.get(pk=case.pk).version,
            }  # fmt: skip
            if action == "suspend":
                body["resume_on"] = (TODAY + timedelta(days=5)).isoformat()
            self.call(who, f"/cases/{case.pk}/move/", body)

        @invariant()
        def the_log_tells_the_same_story(self) -> None:
            status, states = replayed(case)
            assert Case.objects.get(pk=case.pk).status == status
            assert {str(pk): state for pk, state in case.tracks.values_list("pk", "state")} == states

    return CaseAndProcedures


def replayed(case: Case) -> tuple[str, dict[str, str]]:
    """Status of the case and states of its procedures as the log alone tells them; each move checked against its table."""
    status, states = "draft", dict[str, str]()
    for row in EventRow.objects.filter(data__case_id=str(case.pk)).order_by("seq"):
        data, track_id = row.data, str(row.data.get("track_id"))
        match row.type:
            case "case.submitted":
                status = "submitted"
            case "case.moved":
                assert data["source"] == status
                targets = case_states.TRANSITIONS[CaseAction(data["action"])].targets
                assert targets[case_states.CaseStatus(status)] == data["target"]
                status = data["target"]
            case "case.track_proposed":
                states[track_id] = "PROPOSED"
            case "case.track_proposal_dropped":
                assert states.pop(track_id) == "PROPOSED"
            case "case.track_opened":
                assert states.get(track_id, "PROPOSED") == "PROPOSED"
                states[track_id] = tables.table_of(data["kind"]).find("PROPOSED", TrackAction.OPEN)[0].target
            case "case.track_moved":
                assert states[track_id] == data["source"]
                rows = tables.table_of(data["kind"]).find(data["source"], TrackAction(data["action"]))
                assert [one.target for one in rows][:1] == [data["target"]]
                states[track_id] = data["target"]
    return status, states


@pytest.mark.parametrize("seed", range(3))
def test_no_sequence_of_calls_leaves_the_tables_or_loses_an_event(
    seed: int, borrower: User, supervisor: User, today: date, api_for: Any
) -> None:
    case = testing.make_case(borrower)
    people = {"borrower": api_for(borrower), "staff": api_for(supervisor)}
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine(people, case),
        settings=settings(
            max_examples=6,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
    assert EventRow.objects.filter(data__case_id=str(case.pk)).count() > 5
