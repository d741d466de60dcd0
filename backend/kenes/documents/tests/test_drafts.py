"""The guided interview: what a document still needs is asked, kept, and made into the document once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from kenes.accounts import selectors as accounts
from kenes.accounts.models import User
from kenes.cases import services as case_services
from kenes.cases.models import Case, Track
from kenes.cases.tracks import procedures
from kenes.documents import catalogue
from kenes.documents.interviews import drafts, known
from kenes.documents.letters import samples
from kenes.documents.models import Document, DocumentDraft
from kenes.documents.tests.conftest import SYSTEM
from kenes.foundation.actor import Actor

pytestmark = pytest.mark.django_db
Client = Callable[[User], Any]
NOTARY = {"notary.name": "Байжанова Гүлнар Маратқызы", "objection.reason": "SUM_DISPUTED"}


@pytest.fixture
def notary_case(case: Case, run_outbox: Callable[[], int]) -> Case:
    """A notary's inscription was made and received; the procedure against it is open."""
    run_outbox()
    debt = case.obligations.get()
    for kind, on, text in (
        ("INSCRIPTION_MADE", 3, "2026-1184"),
        ("INSCRIPTION_RECEIVED", 10, "заказное письмо"),
    ):
        case_services.record_fact(
            actor=SYSTEM, case_id=case.pk, kind=kind, on=date(2026, 11, on), obligation_id=debt.pk, text=text
        )
    procedures.open_track(
        actor=SYSTEM, case_id=case.pk, kind="NOTARY_OBJECTION", obligation_id=debt.pk, reason="надпись"
    )
    run_outbox()
    return case


def the_draft(case: Case, code: str = "INSCRIPTION_OBJECTION") -> DocumentDraft:
    return DocumentDraft.objects.get(case=case, code=code, document__isnull=True)


def test_a_procedure_asks_what_its_document_needs_and_makes_what_needs_nothing(
    notary_case: Case, borrower: User, api_for: Client
) -> None:
    own = api_for(borrower)
    rows = own.call("get", f"/cases/{notary_case.pk}/document-drafts/", accept_language="kk").json()["items"]
    assert [row["code"] for row in rows] == ["INSCRIPTION_OBJECTION"]
    assert rows[0]["title"] == "Атқарушылық жазбаға қарсылық"
    detail = own.call("get", f"/document-drafts/{rows[0]['id']}/").json()
    assert detail["missing"] == ["notary.name", "objection.reason"]
    known = {one["code"]: one["value"] for one in detail["fields_asked"] if one["is_known"]}
    assert known["inscription.number"] == "2026-1184" and known["inscription.received_on"] == "2026-11-10"
    assert known["inscription.sum"] == 146772100
    # Nothing is missing for the request of a statement of the debt.
    assert Document.objects.filter(case=notary_case, code="DEBT_STATEMENT_REQUEST").exists()


def test_answers_are_kept_and_make_the_document(
    notary_case: Case, borrower: User, api_for: Client, run_outbox: Callable[[], int]
) -> None:
    own, draft = api_for(borrower), the_draft(notary_case)
    told = {**NOTARY, "notary.licence": " № 14012345 от  12 марта 2014 года. "}
    kept = own.call("patch", f"/document-drafts/{draft.pk}/", {"version": 1, "answers": told}).json()
    assert (kept["missing"], kept["version"]) == ([], 2)
    # A sentence of the document ends after it: no second full stop.
    licence = next(one for one in kept["fields_asked"] if one["code"] == "notary.licence")
    assert licence["value"] == "№ 14012345 от 12 марта 2014 года"
    made = own.call("post", f"/document-drafts/{draft.pk}/generate/")
    assert made.status_code == 201 and made.json()["status"] == "preparing"
    run_outbox()
    document = Document.objects.get(pk=made.json()["id"])
    assert document.status == "ready_to_sign" and document.translations.get().language == "kk"
    for said in (
        "Байжановой Гүлнар Маратқызы",
        "№ 2026-1184 от 3 ноября 2026",
        "1 467 721,00 тенге",
        "оспаривается",
    ):
        assert said in document.text.replace("\u00a0", " ")
    assert document.track is not None and document.track.state == "READY_TO_SIGN"
    # The notary takes ЭЦП or paper: it is signed, but not by a code, and no creditor gets it.
    cards = own.call("get", f"/cases/{notary_case.pk}/", accept_language="ru").json()["now"]
    assert "Прочитайте его и подпишите." in [card["text"] for card in cards]
    assert "sign" in own.call("get", f"/documents/{document.pk}/").json()["allowed_actions"]
    request = own.call("post", f"/documents/{document.pk}/signature-requests/").json()
    refused = own.call(
        "post", f"/signature-requests/{request['id']}/send-code/", {"document_sha256": document.sha256}
    )
    assert refused.json()["code"] == "signing.code_not_enough"
    # What was made is not made again, and the answers stand in the document alone.
    assert own.call("post", f"/document-drafts/{draft.pk}/generate/").status_code == 404
    draft.refresh_from_db()
    assert draft.answers == {} and document.content["answers"]["notary.name"] == NOTARY["notary.name"]


def test_a_document_is_not_made_while_answers_are_missing(
    notary_case: Case, borrower: User, api_for: Client
) -> None:
    own, draft = api_for(borrower), the_draft(notary_case)
    before = Document.objects.count()
    refused = own.call("post", f"/document-drafts/{draft.pk}/generate/")
    assert refused.status_code == 400
    assert [(one["pointer"], one["code"]) for one in refused.json()["errors"]] == [
        ("/answers/notary.name", "required"), ("/answers/objection.reason", "required"),
    ]  # fmt: skip
    assert Document.objects.count() == before


@pytest.mark.parametrize(
    ("code", "told", "problem"),
    [
        ("inscription.date", "вчера", "not_a_date"),
        ("inscription.sum", "много", "not_a_sum"),
        ("inscription.sum", -5, "not_a_sum"),
        ("inscription.sum", True, "not_a_sum"),
        ("objection.reason", "OTHER", "not_a_choice"),
        ("notary.name", 5, "not_a_text"),
        ("notary.name", "я" * 400, "too_long"),
        ("nothing.here", "x", "unknown_field"),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_is_kept(
    notary_case: Case, borrower: User, api_for: Client, code: str, told: Any, problem: str
) -> None:
    own, draft = api_for(borrower), the_draft(notary_case)
    body = {"version": 1, "answers": {"notary.licence": "№ 14012345", code: told}}
    refused = own.call("patch", f"/document-drafts/{draft.pk}/", body)
    assert refused.status_code == 400
    assert [(one["pointer"], one["code"]) for one in refused.json()["errors"]] == [
        (f"/answers/{code}", problem)
    ]
    draft.refresh_from_db()
    assert (draft.answers, draft.version) == ({}, 1)


def test_a_stale_answer_is_refused(notary_case: Case, borrower: User, api_for: Client) -> None:
    own, draft = api_for(borrower), the_draft(notary_case)
    assert (
        own.call("patch", f"/document-drafts/{draft.pk}/", {"version": 1, "answers": NOTARY}).status_code
        == 200
    )
    late = own.call(
        "patch", f"/document-drafts/{draft.pk}/", {"version": 1, "answers": {"notary.name": "Другая"}}
    )
    assert late.status_code == 409 and late.json()["code"] == "document_draft.changed_meanwhile"
    draft.refresh_from_db()
    assert draft.answers["notary.name"] == NOTARY["notary.name"]


def test_questions_are_hidden_from_others(
    notary_case: Case, stranger: User, manager: User, api_for: Client
) -> None:
    draft = the_draft(notary_case)
    asked = [
        ("get", f"/cases/{notary_case.pk}/document-kinds/", None),
        ("get", f"/cases/{notary_case.pk}/document-drafts/", None),
        ("post", f"/cases/{notary_case.pk}/document-drafts/", {"code": "POA_REVOKE"}),
        ("get", f"/document-drafts/{draft.pk}/", None),
        ("patch", f"/document-drafts/{draft.pk}/", {"version": 1, "answers": NOTARY}),
        ("delete", f"/document-drafts/{draft.pk}/", None),
        ("post", f"/document-drafts/{draft.pk}/generate/", None),
    ]
    for method, path, body in asked:
        assert api_for(stranger).call(method, path, body).status_code == 404, (method, path)
    draft.refresh_from_db()
    assert draft.answers == {} and draft.discarded_at is None and draft.document_id is None
    Case.objects.filter(pk=notary_case.pk).update(assignee=manager)
    for method, path, body in asked[:5]:
        assert api_for(manager).call(method, path, body).status_code in (200, 201), (method, path)


def test_only_what_fits_the_case_is_offered_and_begun(
    notary_case: Case, borrower: User, api_for: Client
) -> None:
    own, debt = api_for(borrower), str(notary_case.obligations.get().pk)
    items = own.call("get", f"/cases/{notary_case.pk}/document-kinds/").json()["items"]
    offered = {one["code"]: one for one in items}
    assert "RESTRUCT_MFO" not in offered and offered["RESTRUCT_BANK"]["subjects"] == [debt]
    assert "MEDIATION_TERMINATION" not in offered and "INVOICE" not in offered
    assert items[0]["is_suggested"] and items[0]["code"] == "INSCRIPTION_OBJECTION"
    begin = f"/cases/{notary_case.pk}/document-drafts/"
    for body, status, code in [
        ({"code": "NOTHING"}, 404, "document.kind_not_found"),
        ({"code": "RESTRUCT_MFO", "obligation_id": debt}, 409, "document.not_possible"),
        ({"code": "RESTRUCT_BANK"}, 409, "document.not_possible"),
        ({"code": "RESTRUCT_BANK", "obligation_id": str(uuid4())}, 409, "document.not_possible"),
        ({"code": "CREDITOR_LIST", "obligation_id": debt}, 409, "document.not_possible"),
    ]:
        refused = own.call("post", begin, body)
        assert (refused.status_code, refused.json()["code"]) == (status, code), body
    assert DocumentDraft.objects.filter(case=notary_case, document__isnull=True).count() == 1


def test_a_discarded_document_can_be_begun_anew(notary_case: Case, borrower: User, api_for: Client) -> None:
    own, draft = api_for(borrower), the_draft(notary_case)
    assert own.call("delete", f"/document-drafts/{draft.pk}/").status_code == 204
    assert own.call("get", f"/document-drafts/{draft.pk}/").status_code == 404
    body = {"code": draft.code, "obligation_id": str(draft.obligation_id)}
    again = own.call("post", f"/cases/{notary_case.pk}/document-drafts/", body)
    assert again.status_code == 201 and again.json()["id"] != str(draft.pk)


def test_changed_answers_make_a_new_version_of_an_unsigned_document(
    notary_case: Case, borrower: User, run_outbox: Callable[[], int]
) -> None:
    actor, draft = accounts.actor_for(borrower), the_draft(notary_case)
    drafts.answer(actor=actor, draft_id=draft.pk, version=1, answers=NOTARY)
    first = drafts.generate(actor=actor, draft_id=draft.pk)
    run_outbox()
    again = drafts.begin(
        actor=actor, case_id=notary_case.pk, code=first.code, obligation_id=draft.obligation_id
    ).draft
    drafts.answer(actor=actor, draft_id=again.pk, version=1, answers={**NOTARY, "objection.reason": "PAID"})
    second = drafts.generate(actor=actor, draft_id=again.pk)
    first.refresh_from_db()
    assert first.status == "superseded" and second.number > first.number
    # The same answers again are the same document.
    third = drafts.begin(
        actor=actor, case_id=notary_case.pk, code=first.code, obligation_id=draft.obligation_id
    ).draft
    drafts.answer(actor=actor, draft_id=third.pk, version=1, answers={**NOTARY, "objection.reason": "PAID"})
    assert drafts.generate(actor=actor, draft_id=third.pk).pk == second.pk


@pytest.mark.django_db(transaction=True)
def test_two_who_generate_at_once_make_one_document(notary_case: Case, borrower: User) -> None:
    actor, draft = accounts.actor_for(borrower), the_draft(notary_case)
    drafts.answer(actor=actor, draft_id=draft.pk, version=1, answers=NOTARY)
    made: list[UUID] = []
    start = threading.Barrier(4)

    def generate(one: Actor) -> None:
        start.wait()
        try:
            made.append(drafts.generate(actor=one, draft_id=draft.pk).pk)
        except drafts.DraftNotFound:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=generate, args=(actor,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert Document.objects.filter(case=notary_case, code=draft.code, language="ru").count() == 1


def test_the_agency_is_known_when_it_holds_the_debt_itself() -> None:
    kind = catalogue.kinds()["COLLECTOR_COMPLAINT"]
    held = samples.sample_for(catalogue.kinds()["COLLECTOR_CONTACT_RULES"])
    assert known.answers_for(kind, held, {})["agency.name"] == "ТОО «КА «Сары Дала Коллект»"
    assert "agency.name" not in known.answers_for(kind, samples.SAMPLE, {})


def test_the_overview_of_a_case_points_to_the_document_that_waits_for_answers(
    notary_case: Case, borrower: User, api_for: Client
) -> None:
    draft = the_draft(notary_case)
    Track.objects.filter(pk=draft.track_id).update(state="PREPARING")
    cards = api_for(borrower).call("get", f"/cases/{notary_case.pk}/").json()["now"]
    card = next(one for one in cards if one["track_id"] == str(draft.track_id))
    assert card["is_yours"] and card["action"]["kind"] == "answer_questions"
    assert card["action"]["draft_id"] == str(draft.pk)
