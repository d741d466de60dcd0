"""The list of locked files for staff: who sees it, releasing with a reason, checking again."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kenes.accounts.models import Role, User
from kenes.accounts.testing import prove
from kenes.event_log.models import EventRow
from kenes.files import services
from kenes.files.models import StoredFile
from kenes.files.testing import a_pdf
from kenes.foundation import clock

from .tus_client import a_person

pytestmark = pytest.mark.django_db


def locked(scan: str) -> StoredFile:
    file = services.store(
        data=a_pdf(), name="Справка Досымова.pdf", mime="", origin="uploaded", owner_kind="case",
        owner_id=uuid.uuid4(),
    )  # fmt: skip
    StoredFile.objects.filter(pk=file.pk).update(scan=scan, scanned_at=clock.now())
    file.refresh_from_db()
    return file


@pytest.fixture
def staff(api_for: Callable[[User], Any]) -> Any:
    client = api_for(a_person(1, Role.MANAGER))
    prove(client)
    return client


def test_the_list_names_what_is_locked_and_no_names(staff: Any) -> None:
    infected, failed = locked("infected"), locked("failed")
    locked("clean"), locked("pending")
    page = staff.call("get", "/staff/files/blocked/").json()
    assert [row["id"] for row in page["items"]] == [str(failed.pk), str(infected.pk)]
    assert [row["allowed_actions"] for row in page["items"]] == [["release", "scan_again"], []]
    assert "Досымов" not in str(page)
    with CaptureQueriesContext(
        connection,
    ) as one:
        staff.call("get", "/staff/files/blocked/")
    for _ in range(4):
        locked("unscannable")
    with CaptureQueriesContext(connection) as many:
        assert len(staff.call("get", "/staff/files/blocked/").json()["items"]) == 6
    assert len(many) == len(one)


def test_releasing_needs_a_reason_and_a_fresh_proof(staff: Any, api_for: Callable[[User], Any]) -> None:
    file = locked("unscannable")
    path = f"/staff/files/{file.pk}/release/"
    assert staff.call("post", path, {"reason": " "}).status_code == 400
    unproved = api_for(a_person(2, Role.MANAGER))
    assert unproved.call("post", path, {"reason": "Знаю"}).json()["code"] == "auth.proof_required"
    assert StoredFile.objects.get(pk=file.pk).released_by is None
    answer = staff.call("post", path, {"reason": "Знаю отправителя"}).json()
    assert (answer["state"], answer["allowed_actions"]) == ("released", [])
    assert services.read(StoredFile.objects.get(pk=file.pk)) == a_pdf()
    assert EventRow.objects.filter(type="file.released").count() == 1
    assert staff.call("get", "/staff/files/blocked/").json()["items"] == []


def test_an_infected_file_stays_locked(staff: Any) -> None:
    file = locked("infected")
    answer = staff.call("post", f"/staff/files/{file.pk}/release/", {"reason": "Знаю"})
    assert (answer.status_code, answer.json()["code"]) == (409, "files.infected")
    assert staff.call("post", f"/staff/files/{file.pk}/scan-again/").json()["state"] == "infected"


def test_a_file_is_checked_again(staff: Any, scanner: Any, run_outbox: Callable[[], int]) -> None:
    file = locked("failed")
    assert staff.call("post", f"/staff/files/{file.pk}/scan-again/").json()["state"] == "checking"
    run_outbox()
    assert StoredFile.objects.get(pk=file.pk).scan == "clean"


def test_others_see_and_do_nothing(api_for: Callable[[User], Any]) -> None:
    file = locked("failed")
    for number, role in enumerate((Role.BORROWER, Role.CREDITOR_OFFICER, Role.ACCOUNTANT), start=3):
        client = api_for(a_person(number, role))
        assert client.call("get", "/staff/files/blocked/").status_code == 403
        assert client.call("post", f"/staff/files/{file.pk}/release/", {"reason": "x"}).status_code == 403
        assert client.call("post", f"/staff/files/{file.pk}/scan-again/").status_code == 403
    assert StoredFile.objects.get(pk=file.pk).scan == "failed"
