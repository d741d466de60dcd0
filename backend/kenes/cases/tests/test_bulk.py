"""Changes of many cases: preview, run piece by piece, report per row."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection

from kenes.accounts import services as account_services
from kenes.accounts.models import User
from kenes.cases import testing
from kenes.cases.lists import bulk_runs, jobs
from kenes.cases.models import WORKING, Case, JobRow, JobState, ListJob
from kenes.cases.tests.conftest import SYSTEM
from kenes.event_log.models import EventRow

Api = Callable[[User], Any]
NOTARY = [{"kind": "INSCRIPTION_RECEIVED", "date": "2026-11-10", "text": ""}]


@pytest.fixture
def cases(borrower: User, today: date) -> list[Case]:
    """Two in triage and one that the system has started."""
    return [
        testing.make_case(borrower, events=NOTARY),
        testing.make_case(borrower, events=NOTARY),
        testing.make_case(borrower),
    ]


def ids(cases: list[Case]) -> list[str]:
    return [str(case.id) for case in cases]


def work(action: str, cases: list[Case], **params: Any) -> dict[str, Any]:
    return {"action": action, "selection": {"ids": ids(cases)}, "params": params}


def report(api: Any, job: dict[str, Any]) -> dict[str, tuple[str, str]]:
    rows = api.call("get", f"/cases/jobs/{job['id']}/rows/").json()["items"]
    return {row["case_id"]: (row["state"], row["code"]) for row in rows}


def test_the_preview_says_of_every_row_what_would_become_of_it(
    cases: list[Case], supervisor: User, manager: User, api_for: Api
) -> None:
    api = api_for(supervisor)
    body = work("suspend", cases, reason="Ждём суда", resume_on="2027-01-15")
    seen = api.call("post", "/cases/bulk/preview/", body).json()
    assert (seen["total"], seen["will_change"]) == (3, 1)
    assert [(row["code"], row["count"]) for row in seen["reasons"]] == [("case.transition_not_allowed", 2)]
    by_case = {row["case_id"]: row for row in seen["rows"]}
    assert by_case[str(cases[2].id)]["will_change"] is True
    assert by_case[str(cases[0].id)]["reason"]
    # A manager looks into the pool from outside: he takes cases for himself and suspends nobody's.
    masked = api_for(manager).call("post", "/cases/bulk/preview/", body).json()
    assert masked["will_change"] == 0
    assert "Досымов Кайрат" not in str(masked)
    taken = api_for(manager).call(
        "post", "/cases/bulk/preview/", work("assign", cases, assignee_id=str(manager.pk))
    )
    assert taken.json()["will_change"] == 3
    assert not EventRow.objects.filter(type="case.assigned").exists()


def test_what_the_preview_promises_happens(
    cases: list[Case], supervisor: User, manager: User, api_for: Api, run_jobs: Callable[[], int]
) -> None:
    api = api_for(supervisor)
    for body in (
        work("assign", cases, assignee_id=str(manager.pk)),
        work("activate", cases, reason="Ведём по телефону"),
        work("activate", cases, track_kinds=["RESTRUCTURING"]),
        work("suspend", cases, reason="Ждём суда", resume_on="2027-01-15"),
        work("raise_urgency", cases, urgency=1, reason="Заёмщик в больнице"),
        work("close", cases, outcome="WITHDRAWN"),
    ):
        promised = api.call("post", "/cases/bulk/preview/", body).json()
        job = api.call("post", "/cases/bulk/", body).json()
        assert job["state"] == "queued"
        run_jobs()
        done = api.call("get", f"/cases/jobs/{job['id']}/").json()
        assert (done["state"], done["done"], done["total"]) == ("done", 3, 3)
        became = report(api, job)
        for row in promised["rows"]:
            assert (became[row["case_id"]][0] == "changed") == row["will_change"], (body, row, became)


def test_all_found_means_what_the_filters_find_for_this_person(
    cases: list[Case], supervisor: User, manager: User, api_for: Api, run_jobs: Callable[[], int]
) -> None:
    api = api_for(supervisor)
    body = {
        "action": "assign", "params": {"assignee_id": str(manager.pk)},
        "selection": {"all_found": True, "filters": {"status": ["triage"]}},
    }  # fmt: skip
    job = api.call("post", "/cases/bulk/", body).json()
    run_jobs()
    assert set(report(api, job)) == set(ids(cases[:2]))
    assert Case.objects.filter(assignee=manager).count() == 2
    again = api.call("post", "/cases/bulk/", body).json()
    run_jobs()
    assert set(report(api, again).values()) == {("skipped", "case.already_so")}


def test_missing_words_are_asked_for_before_the_first_row(
    cases: list[Case], supervisor: User, api_for: Api, subtests: pytest.Subtests
) -> None:
    for action, params, pointer in [
        ("assign", {}, "/params/assignee_id"),
        ("suspend", {"resume_on": "2027-01-15"}, "/params/reason"),
        ("suspend", {"reason": "x", "resume_on": "2026-11-18"}, "/params/resume_on"),
        ("close", {"outcome": "WON"}, "/params/outcome"),
        ("decline", {"reason": "because"}, "/params/reason"),
        ("add_tag", {"tag_id": "01890000-0000-7000-8000-000000000001"}, "/params/tag_id"),
        ("raise_urgency", {"reason": "x"}, "/params/urgency"),
        ("erase", {}, "/action"),
    ]:
        with subtests.test(action=action, params=params, pointer=pointer):
            for address in ("/cases/bulk/preview/", "/cases/bulk/"):
                answer = api_for(supervisor).call("post", address, work(action, cases, **params))
                assert answer.status_code == 400
                assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
            assert not ListJob.objects.exists()


def test_nothing_chosen_is_refused(supervisor: User, api_for: Api, subtests: pytest.Subtests) -> None:
    for selection in [{}, {"ids": []}, {"ids": ["x"]}, {"all_found": True, "ids": ["x"]}]:
        with subtests.test(selection=selection):
            body = {"action": "take", "selection": selection, "params": {}}
            assert api_for(supervisor).call("post", "/cases/bulk/", body).status_code == 400


def test_the_rights_of_the_moment_decide(
    cases: list[Case], manager: User, api_for: Api, run_jobs: Callable[[], int]
) -> None:
    api = api_for(manager)
    job = api.call("post", "/cases/bulk/", work("assign", cases, assignee_id=str(manager.pk))).json()
    account_services.revoke_role(actor=SYSTEM, user_id=manager.pk, role="manager")
    run_jobs()
    rows = JobRow.objects.filter(job_id=job["id"])
    assert {(row.state, row.code) for row in rows} == {("failed", "case.not_found")}
    assert not Case.objects.filter(assignee=manager).exists()


def test_one_person_has_one_run_at_a_time_and_sees_only_his_own(
    cases: list[Case], supervisor: User, manager: User, api_for: Api
) -> None:
    api, body = api_for(supervisor), work("assign", cases, assignee_id=str(manager.pk))
    job = api.call("post", "/cases/bulk/", body).json()
    assert api.call("post", "/cases/bulk/", body).json()["code"] == "case.job_busy"
    other = api_for(manager)
    for address in ("", "rows/", "file/"):
        assert other.call("get", f"/cases/jobs/{job['id']}/{address}").status_code == 404
    assert other.call("post", f"/cases/jobs/{job['id']}/stop/").status_code == 404
    assert [row["id"] for row in api.call("get", "/cases/jobs/?kind=bulk").json()["items"]] == [job["id"]]


def test_a_stopped_run_leaves_the_rest_as_it_was(
    cases: list[Case], supervisor: User, manager: User, api_for: Api, run_jobs: Callable[[], int]
) -> None:
    api = api_for(supervisor)
    job = api.call("post", "/cases/bulk/", work("assign", cases, assignee_id=str(manager.pk))).json()
    assert api.call("post", f"/cases/jobs/{job['id']}/stop/").json()["state"] == "stopped"
    run_jobs()
    assert set(report(api, job).values()) == {("pending", "")}
    assert api.call("post", f"/cases/jobs/{job['id']}/stop/").json()["code"] == "case.job_over"


def test_a_run_cut_off_in_the_middle_goes_on_and_repeats_nothing(
    cases: list[Case], supervisor: User, manager: User, api_for: Api, run_jobs: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    api = api_for(supervisor)
    job = api.call("post", "/cases/bulk/", work("assign", cases, assignee_id=str(manager.pk))).json()
    piece = {"job_id": job["id"], "step": 0}
    # The process dies after the first row: the piece has not been marked as done.
    monkeypatch.setattr(bulk_runs, "PIECE_ROWS", 1)
    bulk_runs.run_piece(ListJob.objects.get(pk=job["id"]))
    assert ListJob.objects.get(pk=job["id"]).changed == 1
    jobs.run_piece(piece)
    jobs.run_piece(piece)
    assert ListJob.objects.get(pk=job["id"]).step == 1
    run_jobs()
    done = ListJob.objects.get(pk=job["id"])
    assert (done.state, done.changed, done.failed) == (JobState.DONE, 3, 0)
    assert EventRow.objects.filter(type="case.assigned").count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_piece_change_every_case_once(
    cases: list[Case], supervisor: User, manager: User, api_for: Api
) -> None:
    api = api_for(supervisor)
    job = api.call("post", "/cases/bulk/", work("assign", cases, assignee_id=str(manager.pk))).json()
    problems: list[BaseException] = []

    def go() -> None:
        try:
            jobs.run_piece({"job_id": job["id"], "step": 0})
        except BaseException as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    while (left := ListJob.objects.filter(pk=job["id"], state__in=WORKING).first()) is not None:
        jobs.run_piece({"job_id": job["id"], "step": left.step})
    done = ListJob.objects.get(pk=job["id"])
    assert (done.state, done.changed, done.done) == (JobState.DONE, 3, 3)
    assert EventRow.objects.filter(type="case.assigned").count() == 3
