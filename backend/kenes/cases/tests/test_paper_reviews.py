"""Checklists of procedures: put there once, given, accepted or asked for again by staff alone."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from kenes.accounts.models import User
from kenes.accounts.selectors import actor_for
from kenes.cases import personal_data, services, testing
from kenes.cases.collaboration import case_sections
from kenes.cases.models import Case, MissingPaper
from kenes.cases.states.track import TrackKind
from kenes.cases.tests.test_intake_api import settle, waiting
from kenes.cases.tests.test_paper_files import cleared, upload
from kenes.cases.tracks import paper_checklists, paper_files, paper_reviews, papers
from kenes.cases.tracks.paper_checklists import Circumstances
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.messaging.models import Message
from kenes.outbox.models import OutboxRow
from kenes.outbox.testing import run_outbox

__all__ = ["waiting"]  # a fixture


def run_reactions() -> None:
    """Reactions of this app; letters are made by an app above, which is not the subject here."""
    OutboxRow.objects.filter(handler__startswith="documents.").delete()
    run_outbox()


@pytest.fixture
def by_day() -> Iterator[None]:
    """Letters wait at night."""
    noon = clock.almaty(clock.now()).replace(hour=12)
    with clock.frozen(noon):
        yield


@pytest.fixture
def listed(borrower: User, manager: User, today: date) -> Case:
    """A case of the manager with the checklist of its first procedure."""
    case = testing.make_case(borrower)
    current = Case.objects.get(pk=case.pk)
    services.assign_case(
        actor=actor_for(manager), case_id=case.id, assignee_id=manager.pk, version=current.version
    )
    run_reactions()
    return Case.objects.get(pk=case.pk)


def review(client: Any, paper: MissingPaper, decision: str, reason: str = "") -> Any:
    path = f"/cases/{paper.case_id}/papers/{paper.pk}/review/"
    return client.call("post", path, {"decision": decision, "reason": reason})


def codes(case: Case) -> list[str]:
    return list(case.missing_papers.order_by("asked_at", "pk").values_list("code", flat=True))


def test_an_opened_procedure_puts_its_papers_on_the_list_once(
    listed: Case, borrower: User, api_for: Any
) -> None:
    first = codes(listed)
    assert {"IDENTITY", "CREDIT_CONTRACT"} <= set(first)
    for track in listed.tracks.exclude(opened_at=None):
        assert paper_reviews.open_checklist(track.pk) == 0
    assert codes(listed) == first
    page = api_for(borrower).call("get", f"/cases/{listed.pk}/").json()
    paper = next(row for row in page["papers"] if row["code"] == "IDENTITY")
    assert (paper["title"], paper["origin"], paper["required"]) == (
        "Удостоверение личности",
        "checklist",
        True,
    )
    assert paper["why"] and paper["where"] and paper["state"] == "missing"
    in_kazakh = api_for(borrower).call("get", f"/cases/{listed.pk}/", accept_language="kk").json()
    assert "Жеке куәлік" in [row["title"] for row in in_kazakh["papers"]]
    titles = [
        row["title"] for row in api_for(borrower).call("get", f"/cases/{listed.pk}/timeline/").json()["items"]
    ]
    assert any(title.startswith("Составлен список документов") for title in titles), titles


def test_papers_of_two_procedures_stand_once_and_the_stricter_one_counts(listed: Case) -> None:
    before = codes(listed)
    contract = listed.missing_papers.get(code="CREDIT_CONTRACT")
    assert not contract.required
    track = listed.tracks.create(
        kind=TrackKind.OMBUDSMAN, state="CHECK_PRECONDITIONS", obligation=listed.obligations.first(),
        created_at=clock.now(), opened_at=clock.now(), updated_at=clock.now(),
    )  # fmt: skip
    assert paper_reviews.open_checklist(track.pk) == 1
    assert codes(listed) == [*before, "LENDER_REPLY"]


def test_a_checklist_holds_up_nothing(waiting: Case, borrower: User, manager: User, api_for: Any) -> None:
    MissingPaper.objects.create(
        case=waiting, code="IDENTITY", origin="checklist", title="Удостоверение", asked_at=clock.now()
    )
    assert papers.pending(waiting) == 2
    settle(api_for(manager), waiting, 0, "received")
    page = settle(api_for(manager), waiting, 1, "waived").json()
    assert page["status"] == "triage"


def test_staff_accept_what_came(listed: Case, borrower: User, manager: User, api_for: Any) -> None:
    staff = api_for(manager)
    paper = listed.missing_papers.order_by("asked_at", "pk")[0]
    assert review(staff, paper, "accept").json()["code"] == "case.paper_not_given"
    upload(api_for(borrower), listed)
    assert review(staff, paper, "accept").json()["code"] == "case.paper_not_given"
    cleared(listed)
    page = review(staff, paper, "accept").json()
    assert page["papers"][0]["state"] == "accepted"
    assert review(staff, paper, "accept").json()["code"] == "case.paper_accepted"
    assert review(staff, paper, "unreadable", "темно").json()["code"] == "case.paper_accepted"
    assert EventRow.objects.filter(type="case.paper_accepted").count() == 1


@pytest.mark.usefixtures("by_day")
def test_an_unreadable_paper_is_asked_for_again_and_the_borrower_told(
    listed: Case, borrower: User, manager: User, api_for: Any
) -> None:
    borrower.email, borrower.email_verified_at = "kairat@example.com", clock.now()
    borrower.save(update_fields=["email", "email_verified_at"])
    staff, own = api_for(manager), api_for(borrower)
    paper = listed.missing_papers.order_by("asked_at", "pk")[0]
    upload(own, listed)
    cleared(listed)
    former = MissingPaper.objects.get(pk=paper.pk).file_id
    assert [e["pointer"] for e in review(staff, paper, "unreadable").json()["errors"]] == ["/reason"]
    reason = "Обрезан правый край, не видно номера"
    assert review(staff, paper, "unreadable", reason).status_code == 200
    shown = own.call("get", f"/cases/{listed.pk}/").json()["papers"][0]
    assert (shown["state"], shown["unreadable_reason"]) == ("unreadable", reason)
    # A late repetition of the virus check's word does not bring the old file back.
    cleared(listed)
    assert former is not None and paper_files.take_checked(former) is False
    items = own.call("get", f"/cases/{listed.pk}/timeline/").json()["items"]
    assert any(row["title"] == "Документ не читается, нужен ещё раз" for row in items)
    run_outbox()
    letter = Message.objects.get(kind="papers_reminder", case_id=listed.pk)
    said = json.dumps(letter.body, ensure_ascii=False)
    assert reason not in said and paper.title not in said and "не читается" in said
    assert EventRow.objects.filter(type="case.paper_unreadable").count() == 1
    assert reason not in str(EventRow.objects.get(type="case.paper_unreadable").data)
    # Given again, it waits for another look.
    assert upload(own, listed).json()["papers"][0]["state"] == "missing"
    cleared(listed)
    again = own.call("get", f"/cases/{listed.pk}/").json()["papers"][0]
    assert (again["state"], again["unreadable_reason"]) == ("received", "")
    assert review(staff, paper, "accept").json()["papers"][0]["state"] == "accepted"


def test_strangers_and_borrowers_review_nothing(
    listed: Case, borrower: User, manager: User, other_manager: User, api_for: Any
) -> None:
    upload(api_for(borrower), listed)
    cleared(listed)
    paper = listed.missing_papers.order_by("asked_at", "pk")[0]
    for decision in ("accept", "unreadable"):
        assert review(api_for(borrower), paper, decision, "сам").status_code == 403
        assert review(api_for(other_manager), paper, decision, "чужое").status_code == 404
    paper.refresh_from_db()
    assert (paper.state, paper.reviewed_by_id) == ("received", None)
    for body in ({"decision": "lose"}, {"decision": "unreadable", "reason": "\x00"}, {"decision": 5}, {}):
        path = f"/cases/{listed.pk}/papers/{paper.pk}/review/"
        assert api_for(manager).call("post", path, body).status_code == 400


def test_erasure_takes_words_and_files_away(
    listed: Case, borrower: User, manager: User, api_for: Any
) -> None:
    upload(api_for(borrower), listed)
    cleared(listed)
    paper = listed.missing_papers.order_by("asked_at", "pk")[0]
    review(api_for(manager), paper, "unreadable", "видно только половину")
    personal_data.mask_case(Case.objects.select_for_update().get(pk=listed.pk))
    paper.refresh_from_db()
    assert (paper.title, paper.unreadable_reason, paper.file_id) == ("", "", None)
    assert not listed.readings.exists()


def test_of_two_lists_one_is_left_when_cases_are_merged(listed: Case, borrower: User, api_for: Any) -> None:
    upload(api_for(borrower), listed)
    cleared(listed)
    given = listed.missing_papers.order_by("asked_at", "pk")[0]
    other = testing.make_case(borrower)
    run_reactions()
    case_sections._move_papers(listed.pk, other.pk)
    rows = MissingPaper.objects.filter(case_id=other.pk, origin="checklist")
    kept = list(rows.values_list("code", flat=True))
    assert len(kept) == len(set(kept))
    assert rows.get(code=given.code).state == "received"


@pytest.mark.parametrize("kind", TrackKind.values)
def test_every_procedure_has_its_list(kind: str) -> None:
    assert kind in paper_checklists.data()["procedures"]
    for row in paper_checklists.data()["procedures"][kind]:
        for language in paper_checklists.LANGUAGES:
            words = paper_checklists.words(row["paper"], language)
            assert words is not None and all(words.values())


def test_circumstances_decide() -> None:
    lost = Circumstances(hardship="JOB_LOSS", dependents=True)
    listed = {row.code: row.required for row in paper_checklists.needed("RESTRUCTURING", lost)}
    assert listed["DISMISSAL_ORDER"] and "INCOME_CERTIFICATE" not in listed
    assert listed["BIRTH_CERTIFICATES"] is False and "SOCIAL_AID_CERTIFICATE" not in listed
    told = Circumstances.of({"targeted_social_aid": True, "dependents": 0}, {"code": "ILLNESS"})
    ill = {row.code for row in paper_checklists.needed("RESTRUCTURING", told)}
    assert {"MEDICAL_PAPERS", "SOCIAL_AID_CERTIFICATE", "INCOME_CERTIFICATE"} <= ill
    assert not {"BIRTH_CERTIFICATES", "DISMISSAL_ORDER"} & ill
    assert paper_checklists.needed("NO_SUCH", told) == ()
    assert paper_checklists.words("NO_SUCH", "ru") is None
