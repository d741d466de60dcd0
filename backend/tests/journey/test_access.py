"""Whose is whose: another person's things look exactly like things that do not exist; staff see what their role says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from conftest import ApiClient
from kenes.accounts import services as account_services
from kenes.accounts.models import Consent, RoleGrant, User
from kenes.accounts.selectors import actor_for
from kenes.cases import services as case_services
from kenes.cases import testing
from kenes.cases.collaboration import comments
from kenes.cases.models import Case, CaseNumberCounter
from kenes.documents.models import Dispatch, Document
from kenes.foundation import clock
from kenes.signing.models import SignatureRequest
from kenes.signing.tests.factories import make_document, request_with_code

from . import story as told
from .conftest import SYSTEM, Browser

pytestmark = pytest.mark.django_db
Open = Callable[[User], Browser]
NOT_STAFF = (
    "borrower", "representative", "creditor_officer", "creditor_admin", "lawyer", "mediator", "notary",
    "ombudsman_officer", "accountant", "content_editor",
)  # fmt: skip


@dataclass
class Things:
    """What one borrower has: a submitted case, and a letter with its request and dispatch."""

    case: Case
    document: Document
    request: SignatureRequest
    dispatch: Dispatch

    def addresses(self) -> list[tuple[str, str, Any]]:
        return _addresses(
            self.case.pk, self.document.pk, self.request.pk, self.dispatch.pk, self.document.sha256
        )


def _addresses(
    case: Any, document: Any, request: Any, dispatch: Any, sha256: str
) -> list[tuple[str, str, Any]]:
    return [
        ("get", f"/cases/{case}/", None),
        ("get", f"/cases/{case}/draft/", None),
        ("put", f"/cases/{case}/draft/", {"step": "a", "data": {}}),
        ("post", f"/cases/{case}/submit/", testing.form_data()),
        ("get", f"/cases/{case}/timeline/", None),
        ("get", f"/cases/{case}/documents/", None),
        ("post", f"/cases/{case}/assign/", {"assignee_id": None, "version": 1}),
        ("post", f"/cases/{case}/move/", {"action": "cancel", "version": 1}),
        ("post", f"/cases/{case}/comments/", {"text": "a", "audience": "public"}),
        ("post", f"/cases/{case}/facts/", {"kind": "REFUSED", "date": "2026-11-10"}),
        ("post", f"/cases/{case}/reveal/", {"fields": ["iin"], "reason": "why not"}),
        ("get", f"/documents/{document}/", None),
        ("get", f"/documents/{document}/pages/1/", None),
        ("get", f"/documents/{document}/file/?format=pdf", None),
        ("post", f"/documents/{document}/regenerate/", {}),
        ("post", f"/documents/{document}/signature-requests/", {}),
        ("get", f"/signature-requests/{request}/", None),
        ("post", f"/signature-requests/{request}/send-code/", {"document_sha256": sha256}),
        ("post", f"/signature-requests/{request}/confirm/", {"code": "123456"}),
        ("post", f"/signature-requests/{request}/decline/", {"reason": ""}),
        ("post", f"/dispatches/{dispatch}/retry/", {}),
    ]  # fmt: skip


@pytest.fixture
def things(borrower: User, today: date, settings: Any, tmp_path: Any) -> Things:
    settings.MEDIA_ROOT = tmp_path
    # The letter's factory numbers its cases by itself.
    CaseNumberCounter.objects.create(year=today.year, last=900_000)
    case = testing.make_case(borrower)
    document = make_document(borrower)
    request = request_with_code(actor_for(borrower), document)
    now = clock.now()
    creditor = document.obligation.creditor
    dispatch = Dispatch.objects.create(document=document, creditor=creditor, created_at=now, updated_at=now)
    return Things(case, document, request, dispatch)


def answers(client: ApiClient, addresses: list[tuple[str, str, Any]]) -> list[tuple[int, Any]]:
    found = []
    for method, path, body in addresses:
        answer = client.call(method, path, body, X_Demo_Date="2026-11-18")
        shown = answer.json() if "json" in answer["Content-Type"] else answer.content
        if isinstance(shown, dict):
            shown.pop("instance", None)
        found.append((answer.status_code, shown))
    return found


def absent() -> list[tuple[str, str, Any]]:
    return _addresses(uuid4(), uuid4(), uuid4(), uuid4(), "a" * 64)


@pytest.mark.parametrize("role", NOT_STAFF)
def test_things_of_another_person_look_absent(things: Things, staff: Any, browser: Open, role: str) -> None:
    client = browser(staff(role)).client
    real, made_up = answers(client, things.addresses()), answers(client, absent())
    differing = [
        (path, got, other)
        for (_m, path, _b), got, other in zip(things.addresses(), real, made_up, strict=True)
        if got != other
    ]
    assert differing == []
    assert {status for status, _body in real} <= {403, 404}
    assert client.call("get", "/cases/").json()["items"] == []
    assert client.call("post", "/cases/search/", {"query": "Досымов"}).json()["items"] == []


def test_guests_and_closed_accounts_get_nothing(
    things: Things, borrower: User, staff: Any, browser: Open
) -> None:
    """Sessions that were open when the account was closed end at once, also those of its owner."""
    closed = [borrower, staff("supervisor"), staff("manager")]
    clients = [ApiClient(), *[browser(person).client for person in closed]]
    for person in closed:
        account_services.deactivate(actor=SYSTEM, user_id=person.pk)
    for client in clients:
        assert {status for status, _body in answers(client, things.addresses())} == {401}


def test_a_revoked_role_ends_at_once(things: Things, staff: Any, browser: Open) -> None:
    person = staff("supervisor")
    client = browser(person).client
    assert client.call("get", f"/cases/{things.case.pk}/").status_code == 200
    RoleGrant.objects.filter(user=person).update(revoked_at=clock.now())
    assert client.call("get", f"/cases/{things.case.pk}/").status_code == 404


def test_an_administrator_sees_that_a_case_exists_and_nothing_in_it(
    things: Things, staff: Any, browser: Open
) -> None:
    client = browser(staff("admin")).client
    for method, path, body in things.addresses():
        answer = client.call(method, path, body, X_Demo_Date="2026-11-18")
        assert answer.status_code in {403, 404}, (path, answer.content)
    rows = client.call("get", "/cases/").json()["items"]
    assert rows and all(row["borrower_name"] == "" and row["creditors"] == [] for row in rows)
    assert "Досымов" not in str(rows) and told.IIN[8:] not in str(rows)
    assert client.call("post", "/cases/search/", {"query": "Досымов"}).json()["items"] == []
    assert client.call("post", "/cases/search/", {"query": testing.IIN}).json()["items"] == []


SECRET_FACT, SECRET_WORDS = "Отказали: болезнь жены", "Позвоните на +77075551841, я на больничном"


@pytest.fixture
def told_case(things: Things, borrower: User) -> Case:
    """A case in the pool, with the borrower's own words in facts, messages and moves."""
    actor, case = actor_for(borrower), things.case
    case_services.record_fact(
        actor=actor, case_id=case.pk, kind="REFUSED", on=date(2026, 11, 10), text=SECRET_FACT
    )
    comments.add_comment(actor=actor, case_id=case.pk, text=SECRET_WORDS, audience="public")
    version = Case.objects.values_list("version", flat=True).get(pk=case.pk)
    case_services.move_case(
        actor=actor, case_id=case.pk, action="suspend", version=version, reason=SECRET_WORDS,
        resume_on=date(2026, 12, 20),
    )  # fmt: skip
    return case


def test_the_pool_is_masked_everywhere(told_case: Case, staff: Any, browser: Open) -> None:
    manager = browser(staff("manager"))
    path = f"/cases/{told_case.pk}"
    shown = [
        manager.get(f"{path}/"), manager.get(f"{path}/timeline/?limit=100"), manager.get("/cases/"),
        manager.post("/cases/search/", {"query": testing.IIN}),
    ]  # fmt: skip
    assert {answer.status_code for answer in shown} == {200}
    told_there = " ".join(answer.content.decode() for answer in shown)
    hardship, address = testing.FORM["hardship"]["text"], testing.FORM["applicant"]["address"]
    for secret in (
        SECRET_FACT,
        SECRET_WORDS,
        hardship,
        address,
        "Кайрат",
        testing.IIN,
        testing.PHONE,
        "k.dosymov",
    ):
        assert secret not in told_there, secret
    assert manager.get(f"{path}/documents/").status_code == 404
    assert manager.post(f"{path}/reveal/", {"fields": ["iin"], "reason": "Проверка"}).status_code == 403
    assert manager.post(f"{path}/comments/", {"text": "a", "audience": "public"}).status_code == 403


def test_the_assigned_manager_reads_all_and_others_no_more(
    told_case: Case, staff: Any, browser: Open
) -> None:
    mine, other = staff("manager"), staff("manager")
    version = Case.objects.values_list("version", flat=True).get(pk=told_case.pk)
    case_services.assign_case(
        actor=actor_for(mine), case_id=told_case.pk, assignee_id=mine.pk, version=version
    )
    path = f"/cases/{told_case.pk}"
    history = browser(mine).get(f"{path}/timeline/?limit=100").content.decode()
    assert SECRET_FACT in history and SECRET_WORDS in history
    assert SECRET_FACT in browser(mine).get(f"{path}/").content.decode()
    assert {browser(other).get(f"{path}/{end}").status_code for end in ("", "timeline/", "documents/")} == {
        404
    }


def test_a_withdrawn_agreement_stops_signing_and_submitting(
    things: Things, borrower: User, browser: Open
) -> None:
    client = browser(borrower)
    draft = client.post("/cases/").json()["id"]
    Consent.objects.filter(person=borrower).update(withdrawn_at=clock.now())
    path = f"/signature-requests/{things.request.pk}"
    for answer in (
        client.post(f"{path}/confirm/", {"code": "123456"}),
        client.post(f"{path}/send-code/", {"document_sha256": things.document.sha256}),
        client.post(f"/cases/{draft}/submit/", testing.form_data()),
    ):
        assert answer.status_code == 409, answer.content
    assert Document.objects.get(pk=things.document.pk).status == "ready_to_sign"


def test_the_demonstration_day_is_refused_outside_a_demonstration(
    borrower: User, browser: Open, settings: Any
) -> None:
    settings.DEMO = False
    assert browser(borrower).get("/session/").status_code == 400
    assert browser(borrower).client.call("get", "/session/").json()["today"] == clock.today().isoformat()
