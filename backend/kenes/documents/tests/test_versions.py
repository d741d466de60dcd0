"""New versions with a reason, taking back, comparing, sets, PDF/A: what is done to documents after they are made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kenes.accounts import selectors as accounts
from kenes.accounts.models import User
from kenes.cases import testing as cases
from kenes.cases.models import Case, Track
from kenes.cases.states.case import CaseStatus
from kenes.documents.bulk import set_making
from kenes.documents.models import Document, DocumentDraft
from kenes.documents.states import DocumentStatus
from kenes.documents.tests.conftest import sign_and_seal
from kenes.documents.versions.text_changes import changes
from kenes.event_log.models import EventRow
from kenes.files import services as files
from kenes.foundation import clock
from kenes.outbox.models import OutboxRow

pytestmark = pytest.mark.django_db
Api = Callable[[User], Any]
WHY = {"reason": "Изменился доход"}


@pytest.fixture
def own(letter: Document, api_for: Api) -> Any:
    return api_for(letter.case.borrower)


@pytest.fixture
def request_letter(case: Case, api_for: Api, run_outbox: Callable[[], int]) -> Document:
    """A request for a statement of the debt, whose answers can be changed."""
    run_outbox()
    api = api_for(case.borrower)
    body = {"code": "DEBT_STATEMENT_REQUEST", "obligation_id": str(case.obligations.get().pk)}
    draft = api.call("post", f"/cases/{case.pk}/document-drafts/", body).json()
    answered = api.call(
        "patch", f"/document-drafts/{draft['id']}/", {"version": 1, "answers": {"statement.reason": "CHECK"}}
    )
    assert answered.status_code == 200
    made = api.call("post", f"/document-drafts/{draft['id']}/generate/", {}).json()
    run_outbox()
    return Document.objects.get(pk=made["id"])


def test_a_new_version_asks_for_a_reason_keeps_answers_and_puts_the_old_one_aside(
    request_letter: Document, api_for: Api, run_outbox: Callable[[], int]
) -> None:
    old, api = request_letter, api_for(request_letter.case.borrower)
    refused = api.call("post", f"/documents/{old.pk}/revise/", {"reason": "  "}).json()
    assert (
        refused["errors"][0]["pointer"] == "/reason"
        and not DocumentDraft.objects.filter(revises=old).exists()
    )
    draft = api.call("post", f"/documents/{old.pk}/revise/", WHY).json()
    assert (draft["revises"], draft["revises_number"], draft["revises_signed"]) == (
        str(old.pk),
        old.number,
        False,
    )
    told = {field["code"]: field["value"] for field in draft["fields_asked"]}
    assert told["statement.reason"] == "CHECK"
    # Nothing changes until the new version is made; one that says the same is none.
    same = api.call("post", f"/document-drafts/{draft['id']}/generate/", {})
    assert (same.status_code, same.json()["code"]) == (409, "document.unchanged")
    api.call(
        "patch", f"/document-drafts/{draft['id']}/",
        {"version": draft["version"], "answers": {"statement.reason": "PAY"}},
    )  # fmt: skip
    made = api.call("post", f"/document-drafts/{draft['id']}/generate/", {}).json()
    run_outbox()
    old.refresh_from_db()
    new = Document.objects.get(pk=made["id"])
    assert (old.status, new.status) == (DocumentStatus.SUPERSEDED, DocumentStatus.READY_TO_SIGN)
    assert (new.replaces_id, new.reason) == (old.pk, WHY["reason"])
    other = new.translations.get()
    assert other.replaces is not None and other.replaces.language == other.language
    events = list(
        EventRow.objects.filter(type__in=["document.superseded", "document.revised"]).order_by("seq")
    )
    assert [row.type for row in events] == ["document.superseded", "document.revised"]
    assert WHY["reason"] not in str([row.data for row in events])
    history = api.call("get", f"/cases/{new.case_id}/timeline/").json()
    assert WHY["reason"] in str(history)
    versions = api.call("get", f"/documents/{new.pk}/versions/").json()["items"]
    assert [row["id"] for row in versions] == [str(new.pk), str(old.pk)]
    compared = api.call("get", f"/documents/{new.pk}/compare/").json()
    added = " ".join(part["text"] for part in compared["parts"] if part["kind"] == "added")
    removed = " ".join(part["text"] for part in compared["parts"] if part["kind"] == "removed")
    assert "погасить" in added and "проверить" in removed
    whole = "".join(part["text"] for part in compared["parts"] if part["kind"] != "removed")
    assert whole == new.text


def test_a_signed_document_stays_and_the_new_one_names_it(
    request_letter: Document, api_for: Api, run_outbox: Callable[[], int]
) -> None:
    sealed = sign_and_seal(request_letter)
    api = api_for(sealed.case.borrower)
    draft = api.call("post", f"/documents/{sealed.pk}/revise/", WHY).json()
    assert draft["revises_signed"] is True
    made = api.call("post", f"/document-drafts/{draft['id']}/generate/", {}).json()
    run_outbox()
    sealed.refresh_from_db()
    new = Document.objects.get(pk=made["id"])
    assert sealed.status in (DocumentStatus.SEALED, DocumentStatus.SENT) and new.replaces_id == sealed.pk
    for text in (new, new.translations.get()):
        assert sealed.number in text.text
    assert "Взамен документа" in Document.objects.get(group=new.group, language="ru").text
    again = api.call("post", f"/documents/{sealed.pk}/revise/", WHY).json()
    assert (again["code"], again["document_id"]) == ("document.already_replaced", str(new.pk))
    shown = api.call("get", f"/documents/{sealed.pk}/").json()
    assert shown["replaced_by"] == str(new.pk)


def test_an_unsigned_document_is_taken_back_with_a_reason(
    letter: Document, own: Any, run_outbox: Callable[[], int]
) -> None:
    refused = own.call("post", f"/documents/{letter.pk}/void/", {"reason": "x"})
    assert refused.json()["errors"][0]["pointer"] == "/reason"
    answer = own.call("post", f"/documents/{letter.pk}/void/", {"reason": "Договорились с банком"})
    assert answer.status_code == 200, answer.json()
    assert (
        answer.json()["void_reason"] == "Договорились с банком"
        and "sign" not in answer.json()["allowed_actions"]
    )
    assert set(Document.objects.filter(group=letter.group).values_list("status", flat=True)) == {"void"}
    assert Track.objects.get(pk=letter.track_id).state == "PREPARING"
    history = str(own.call("get", f"/cases/{letter.case_id}/timeline/").json())
    assert "Договорились с банком" in history
    assert (
        own.call("post", f"/documents/{letter.pk}/void/", WHY).json()["code"] == "document.step_not_allowed"
    )
    assert (
        own.call("post", f"/documents/{letter.pk}/revise/", WHY).json()["code"] == "document.step_not_allowed"
    )


def test_a_signed_document_is_not_taken_back(letter: Document, own: Any) -> None:
    sign_and_seal(letter)
    assert own.call("post", f"/documents/{letter.pk}/void/", WHY).json()["code"] == "document.already_signed"
    letter.refresh_from_db()
    assert letter.status == DocumentStatus.SEALED and letter.translations.get().status == "ready_to_sign"
    assert "void" not in own.call("get", f"/documents/{letter.pk}/").json()["allowed_actions"]


@pytest.mark.parametrize("step", ["revise", "void"])
def test_others_and_ended_cases_change_nothing(
    letter: Document, stranger: User, manager: User, api_for: Api, step: str
) -> None:
    for person in (stranger, manager):
        answer = api_for(person).call("post", f"/documents/{letter.pk}/{step}/", WHY)
        assert (answer.status_code, answer.json()["code"]) == (404, "document.not_found")
    for path in ("versions/", "compare/"):
        assert api_for(stranger).call("get", f"/documents/{letter.pk}/{path}").status_code == 404
    Case.objects.filter(pk=letter.case_id).update(status=CaseStatus.CLOSED, outcome="DEFERRAL")
    api = api_for(letter.case.borrower)
    answer = api.call("post", f"/documents/{letter.pk}/{step}/", WHY)
    assert (answer.status_code, answer.json()["code"]) == (409, "case.transition_not_allowed")
    assert step not in api.call("get", f"/documents/{letter.pk}/").json()["allowed_actions"]
    assert Document.objects.get(pk=letter.pk).status == DocumentStatus.READY_TO_SIGN
    assert not DocumentDraft.objects.filter(revises=letter).exists()


def test_versions_of_different_documents_are_not_compared(
    letter: Document, own: Any, request_letter: Document
) -> None:
    answer = own.call("get", f"/documents/{letter.pk}/compare/?other={request_letter.pk}")
    assert (answer.status_code, answer.json()["code"]) == (404, "document.not_found")
    assert own.call("get", f"/documents/{letter.pk}/compare/").status_code == 404
    assert own.call("get", f"/documents/{letter.pk}/compare/?other=not-an-id").status_code == 400


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("а б в\n", "а г в\n", [("same", "а "), ("removed", "б "), ("added", "г "), ("same", "в\n")]),
        ("один\n", "один\n", [("same", "один\n")]),
        ("", "новое\n", [("added", "новое\n")]),
        ("было\n", "", [("removed", "было\n")]),
        ("совсем другие слова тут\n", "ничего общего нет\n",
         [("removed", "совсем другие слова тут\n"), ("added", "ничего общего нет\n")]),
    ],
)  # fmt: skip
def test_changes_read_as_both_texts(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    found = list(changes(old, new))
    assert [(one.kind, one.text) for one in found] == expected
    assert "".join(one.text for one in found if one.kind != "added") == old
    assert "".join(one.text for one in found if one.kind != "removed") == new


def test_all_documents_of_a_case_are_prepared_by_hand_and_told_one_by_one(
    case: Case, own_of: Any, run_outbox: Callable[[], int]
) -> None:
    api = own_of(case)
    first = api.call("post", f"/cases/{case.pk}/document-set/", {}).json()["items"]
    assert [(row["code"], row["outcome"]) for row in first] == [("RESTRUCT_BANK", "made")]
    run_outbox()
    again = api.call("post", f"/cases/{case.pk}/document-set/", {}).json()["items"]
    assert [(row["outcome"], row["document_id"]) for row in again] == [("already", first[0]["document_id"])]
    assert Document.objects.filter(case=case).count() == 2


def test_a_set_begins_questions_and_says_which(
    borrower: User, today: date, own_of: Any, run_outbox: Callable[[], int]
) -> None:
    case = cases.make_case(
        borrower, events=[{"kind": "INSCRIPTION_RECEIVED", "date": "2026-11-10", "text": ""}]
    )
    track = case.tracks.exclude(kind="RESTRUCTURING").get()
    Track.objects.filter(pk=track.pk).update(state="PREPARING", opened_at=clock.now())
    found = (
        own_of(case)
        .call("post", f"/cases/{case.pk}/document-set/", {"track_id": str(track.pk)})
        .json()["items"]
    )
    asked = [row for row in found if row["outcome"] == "asks"]
    assert asked and all(row["missing"] and row["draft_id"] for row in asked)
    assert DocumentDraft.objects.filter(pk__in=[row["draft_id"] for row in asked]).count() == len(asked)


@pytest.fixture
def own_of(api_for: Api) -> Any:
    return lambda case: api_for(case.borrower)


def test_nobody_else_prepares_a_set(case: Case, stranger: User, manager: User, api_for: Api) -> None:
    for person in (stranger, manager):
        answer = api_for(person).call("post", f"/cases/{case.pk}/document-set/", {})
        assert answer.status_code in (403, 404)
    assert not Document.objects.filter(case=case).exists()
    wrong = api_for(case.borrower).call("post", f"/cases/{case.pk}/document-set/", {"track_id": str(case.pk)})
    assert (wrong.status_code, wrong.json()["code"]) == (404, "case.track_not_found")
    Case.objects.filter(pk=case.pk).update(status=CaseStatus.CLOSED, outcome="DEFERRAL")
    ended = api_for(case.borrower).call("post", f"/cases/{case.pk}/document-set/", {})
    assert ended.json()["code"] == "case.transition_not_allowed"


def test_a_set_reads_the_debts_of_a_case_once(
    borrower: User, today: date, django_assert_max_num_queries: Any, run_outbox: Callable[[], int]
) -> None:
    case = cases.make_case(borrower)
    run_outbox()
    actor = accounts.actor_for(borrower)
    with django_assert_max_num_queries(40) as caught:
        set_making.prepare_all(actor=actor, case_id=case.pk)
    read = [one["sql"] for one in caught.captured_queries if 'FROM "cases_casestory"' in one["sql"]]
    assert len(read) <= 1


def test_pdf_a_is_made_when_asked_for_and_never_in_place_of_what_was_signed(
    letter: Document, own: Any, run_outbox: Callable[[], int]
) -> None:
    assert own.call("get", f"/documents/{letter.pk}/file/?format=pdfa").status_code == 404
    asked = own.call("post", f"/documents/{letter.pk}/pdfa/", {})
    assert (asked.status_code, asked.json()["archival"]["state"]) == (202, "preparing")
    own.call("post", f"/documents/{letter.pk}/pdfa/", {})
    assert OutboxRow.objects.filter(handler="documents.archive").count() == 1
    run_outbox()
    letter.refresh_from_db()
    shown = own.call("get", f"/documents/{letter.pk}/").json()
    assert shown["archival"]["state"] == "ready" and "download_pdfa" in shown["allowed_actions"]
    data = own.call("get", f"/documents/{letter.pk}/file/?format=pdfa").content
    assert data.startswith(b"%PDF-") and b"pdfaid" in data
    assert hashlib.sha256(files.read(letter.pdf_file)).hexdigest() == letter.sha256
    assert hashlib.sha256(data).hexdigest() != letter.sha256


def test_pdf_a_of_a_sealed_document_leaves_the_sealed_file(
    letter: Document, own: Any, run_outbox: Callable[[], int]
) -> None:
    sealed = sign_and_seal(letter)
    own.call("post", f"/documents/{letter.pk}/pdfa/", {})
    run_outbox()
    sealed.refresh_from_db()
    assert sealed.archival_file_id not in (None, sealed.sealed_file_id, sealed.pdf_file_id)
    assert own.call("get", f"/documents/{letter.pk}/file/?format=sealed").content == b"%PDF-1.7 sealed"


def test_strangers_order_no_pdf_a(letter: Document, stranger: User, api_for: Api) -> None:
    assert api_for(stranger).call("post", f"/documents/{letter.pk}/pdfa/", {}).status_code == 404
    assert not OutboxRow.objects.filter(handler="documents.archive").exists()


def test_a_document_says_how_many_are_converted_before_it(case: Case, api_for: Api) -> None:
    set_making.prepare_all(actor=accounts.actor_for(case.borrower), case_id=case.pk)
    rows = api_for(case.borrower).call("get", f"/cases/{case.pk}/documents/").json()["items"]
    assert sorted(row["queue_ahead"] for row in rows) == [0, 1]


def test_lists_of_documents_take_the_same_number_of_queries(
    borrower: User, today: date, api_for: Api, run_outbox: Callable[[], int]
) -> None:
    def queries(debts: int) -> int:
        debt = cases.form_data()["obligations"][0]
        made = cases.make_case(
            borrower, obligations=[debt | {"contract_number": f"К-{debts}-{at}"} for at in range(debts)]
        )
        run_outbox()
        api = api_for(borrower)
        api.call("get", f"/cases/{made.pk}/documents/")
        with CaptureQueriesContext(
            connection,
        ) as caught:
            found = api.call("get", f"/cases/{made.pk}/documents/").json()["items"]
        assert len(found) == 2 * debts
        return len(caught)

    assert queries(1) == queries(4)
