"""Papers that a case waits for, given by the borrower: uploaded and checked, or promised for a day."""

from datetime import timedelta
from typing import Any

import pytest

from kenes.accounts.models import User
from kenes.cases import personal_data, testing
from kenes.cases.models import Case
from kenes.cases.tests.room_world import upload as put_file
from kenes.cases.tests.test_intake_api import settle, waiting
from kenes.cases.tracks import paper_files
from kenes.event_log import services as event_log
from kenes.event_log.models import EventRow
from kenes.files.events import FileBlocked, FileCleared
from kenes.files.models import StoredFile
from kenes.foundation import clock
from kenes.foundation.actor import SystemActor
from kenes.outbox.models import OutboxRow
from kenes.outbox.testing import run_outbox

__all__ = ["waiting"]  # a fixture


def upload(client: Any, case: Case, index: int = 0) -> Any:
    paper = list(case.missing_papers.order_by("asked_at", "pk"))[index]
    return put_file(client, f"/cases/{case.pk}/papers/{paper.pk}/file/")


def promise(client: Any, case: Case, on: str, index: int = 0) -> Any:
    paper = list(case.missing_papers.order_by("asked_at", "pk"))[index]
    return client.call("post", f"/cases/{case.pk}/papers/{paper.pk}/promise/", {"on": on})


def cleared(case: Case) -> None:
    """The virus check has passed every file of the papers."""
    OutboxRow.objects.filter(handler="files.scan").delete()
    for file in StoredFile.objects.filter(owner_kind=paper_files.OWNER_KIND, scan="pending"):
        StoredFile.objects.filter(pk=file.pk).update(scan="clean")
        passed = FileCleared(file_id=file.pk, owner_kind=file.owner_kind, owner_id=file.owner_id)
        event_log.record(passed, actor=SystemActor("virus-check"))
    run_outbox()


def test_an_uploaded_paper_counts_once_it_is_checked(
    waiting: Case, borrower: User, manager: User, api_for: Any
) -> None:
    own, staff = api_for(borrower), api_for(manager)
    page = upload(own, waiting).json()
    first = page["papers"][0]
    assert (first["state"], first["file_name"], first["file_state"]) == (
        "missing",
        "справка.pdf",
        "checking",
    )
    assert first["asked_by"] == manager.full_name
    cleared(waiting)
    page = own.call("get", f"/cases/{waiting.pk}/").json()
    assert (page["papers"][0]["state"], page["papers"][0]["file_state"]) == ("received", "ready")
    assert page["status"] == "awaiting_borrower"
    upload(own, waiting, 1)
    cleared(waiting)
    assert Case.objects.get(pk=waiting.pk).status == "triage"
    told = ("case.paper_given", "case.paper_settled")
    types = list(EventRow.objects.filter(type__in=told).values_list("type", flat=True))
    assert sorted(types) == ["case.paper_given"] * 2 + ["case.paper_settled"] * 2
    path = f"/api/v1/cases/{waiting.pk}/papers/{page['papers'][0]['id']}/file/"
    answer = staff.get(path)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_blocked_file_leaves_the_paper_missing_and_another_replaces_it(
    waiting: Case, borrower: User, api_for: Any
) -> None:
    own = api_for(borrower)
    upload(own, waiting)
    former = waiting.missing_papers.exclude(file_id=None).get().file_id
    assert former is not None
    StoredFile.objects.filter(pk=former).update(scan="infected")
    paper = own.call("get", f"/cases/{waiting.pk}/").json()["papers"][0]
    assert (paper["state"], paper["file_state"]) == ("missing", "refused")
    assert upload(own, waiting).json()["papers"][0]["file_state"] == "checking"
    assert waiting.missing_papers.exclude(file_id=None).get().file_id != former


def test_a_file_that_was_replaced_meanwhile_settles_nothing(
    waiting: Case, borrower: User, api_for: Any
) -> None:
    own = api_for(borrower)
    upload(own, waiting)
    former = waiting.missing_papers.exclude(file_id=None).get().file_id
    assert former is not None
    upload(own, waiting)
    assert paper_files.take_checked(former) is False
    assert waiting.missing_papers.filter(received_at__isnull=False).count() == 0


def test_the_borrower_says_when_he_brings_a_paper(waiting: Case, borrower: User, api_for: Any) -> None:
    own = api_for(borrower)
    ahead, past = clock.today() + timedelta(days=2), clock.today() - timedelta(days=1)
    answer = promise(own, waiting, past.isoformat()).json()
    assert [error["pointer"] for error in answer["errors"]] == ["/on"]
    paper = promise(own, waiting, ahead.isoformat()).json()["papers"][0]
    assert (paper["state"], paper["brings_on"]) == ("missing", ahead.isoformat())
    titles = [row["title"] for row in own.call("get", f"/cases/{waiting.pk}/timeline/").json()["items"]]
    assert any("принес" in title.lower() for title in titles), titles
    # An upload takes the place of the promise.
    assert upload(own, waiting).json()["papers"][0]["brings_on"] is None


def test_a_settled_paper_takes_nothing_more(
    waiting: Case, borrower: User, manager: User, api_for: Any
) -> None:
    settle(api_for(manager), waiting, 0, "waived")
    assert upload(api_for(borrower), waiting).json()["code"] == "case.paper_settled"
    day = clock.today().isoformat()
    assert promise(api_for(borrower), waiting, day).json()["code"] == "case.paper_settled"


def test_strangers_learn_nothing_of_papers(
    waiting: Case, manager: User, other_manager: User, api_for: Any
) -> None:
    day = clock.today().isoformat()
    stranger = testing.make_borrower(phone="+77015550001", iin="900101300007", name="Чужой Человек")
    for person in (stranger, other_manager):
        assert upload(api_for(person), waiting).status_code == 404
        assert promise(api_for(person), waiting, day).status_code == 404
    # Staff ask for papers; they do not give them for the borrower.
    assert upload(api_for(manager), waiting).status_code == 403
    assert promise(api_for(manager), waiting, day).status_code == 403


def test_staff_say_until_when(waiting: Case, borrower: User, manager: User, api_for: Any) -> None:
    staff = api_for(manager)
    settle(staff, waiting, 0, "waived")
    settle(staff, waiting, 1, "waived")
    page = staff.call("get", f"/cases/{waiting.pk}/").json()
    body = {
        "action": "request_documents",
        "papers": ["Выписка"],
        "papers_due_on": "2026-12-10",
        "version": page["version"],
    }
    assert staff.call("post", f"/cases/{waiting.pk}/move/", body).status_code == 200
    papers = api_for(borrower).call("get", f"/cases/{waiting.pk}/").json()["papers"]
    assert [paper["due_on"] for paper in papers if paper["state"] == "missing"] == ["2026-12-10"]


def test_what_was_uploaded_goes_with_the_rest(waiting: Case, borrower: User, api_for: Any) -> None:
    upload(api_for(borrower), waiting)
    file_id = waiting.missing_papers.exclude(file_id=None).get().file_id
    personal_data.mask_case(Case.objects.get(pk=waiting.pk))
    assert not waiting.missing_papers.exclude(file_id=None).exists()
    assert not any(row.title for row in waiting.missing_papers.all())
    assert OutboxRow.objects.filter(handler="files.remove", payload__file_id=str(file_id)).exists()


def told(client: Any, case: Case) -> list[tuple[str, str]]:
    """Titles of the history with who did it, newest first."""
    items = client.call("get", f"/cases/{case.pk}/timeline/").json()["items"]
    return [(item["title"], item["actor_label"]) for item in items]


def blocked(case: Case, verdict: str) -> None:
    """The virus check has not let the newest file of a paper in."""
    OutboxRow.objects.filter(handler="files.scan").delete()
    file = StoredFile.objects.get(owner_kind=paper_files.OWNER_KIND, scan="pending")
    StoredFile.objects.filter(pk=file.pk).update(scan=verdict)
    event = FileBlocked(
        file_id=file.pk, owner_kind=file.owner_kind, owner_id=file.owner_id, verdict=verdict
    )  # fmt: skip
    event_log.record(event, actor=SystemActor("virus-check"))
    run_outbox()
    assert paper_files.note_refused(file.pk, verdict) is False


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        ("infected", "Файл бумаги не принят: в нём найден вирус"),
        ("failed", "Файл бумаги закрыт: его не удалось проверить на вирусы"),
    ],
)
def test_the_history_says_that_a_paper_was_refused(
    waiting: Case, borrower: User, manager: User, api_for: Any, verdict: str, words: str
) -> None:
    own, staff = api_for(borrower), api_for(manager)
    upload(own, waiting)
    blocked(waiting, verdict)
    for reader in (own, staff):
        assert told(reader, waiting)[0] == (words, "Kenes Hub")
    assert own.call("get", f"/cases/{waiting.pk}/").json()["papers"][0]["state"] == "missing"


def test_the_borrower_is_spoken_to_in_his_own_history(
    waiting: Case, borrower: User, manager: User, api_for: Any
) -> None:
    own, staff = api_for(borrower), api_for(manager)
    day = clock.today() + timedelta(days=4)
    promise(own, waiting, day.isoformat())
    upload(own, waiting, 1)
    mine, theirs = told(own, waiting), told(staff, waiting)
    assert mine[0] == ("Бумага загружена", "Вы") and theirs[0] == ("Заёмщик загрузил бумагу", "Заёмщик")
    assert mine[1][0].startswith("Вы принесёте бумагу ")
    assert theirs[1][0].startswith("Заёмщик принесёт бумагу ")
    assert "заёмщик" not in " ".join(title for title, _who in mine).lower()
    for reader, words in ((own, "Ждём документы от вас"), (staff, "Ждём документы от заёмщика")):
        page = reader.call("get", f"/cases/{waiting.pk}/").json()
        row = reader.call("get", "/cases/").json()["items"][0]
        assert {page["status_label"], page["headline"], row["status_label"], row["headline"]} == {words}
