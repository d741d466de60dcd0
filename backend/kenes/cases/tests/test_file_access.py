"""Files of cases by their own id, and attaching what has come by parts, at every place that takes a file."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from kenes.accounts.models import User
from kenes.cases import testing
from kenes.cases.collaboration import comments
from kenes.cases.lists import import_columns
from kenes.cases.models import Case, CommentFile, CreditorAnswer, ListJob, RequestedPaper
from kenes.cases.tests.people_of_cases import NURBANK, actor_of
from kenes.cases.tests.room_world import Side, make_sides
from kenes.cases.tests.test_intake_api import waiting
from kenes.files.models import StoredFile, Upload
from kenes.files.testing import a_pdf, sent

__all__ = ["waiting"]  # a fixture
pytestmark = pytest.mark.django_db
ApiFor = Callable[[User], Any]


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    return testing.make_case(borrower, obligations=[*testing.FORM["obligations"], NURBANK])


@pytest.fixture
def sides(case: Case) -> tuple[Side, Side]:
    return make_sides(case)


@pytest.fixture
def stranger() -> User:
    return testing.make_borrower(phone="+77015550001", iin="900101300007", name="Чужой Человек")


def opens(api: Any, file_id: object) -> bool:
    """Whether the file can be asked for: all of its addresses answer alike."""
    told = api.call("get", f"/files/{file_id}/").status_code
    link = api.call("post", f"/files/{file_id}/link/", {"form": "original"}).status_code
    assert (told == 404) == (link == 404)
    return bool(told == 200)


def attached(api: Any, method: str, path: str, user: User, name: str = "справка.pdf") -> Any:
    """Attach a new upload of the person, and see that it is used up."""
    upload_id = sent(user.pk, a_pdf(), name)
    answer = api.call(method, path, {"upload": str(upload_id)})
    assert answer.status_code in {200, 201}, answer.content
    assert not Upload.objects.filter(pk=upload_id).exists()
    again = api.call(method, path, {"upload": str(upload_id)})
    assert (again.status_code, again.json()["code"]) == (404, "uploads.not_found")
    return answer


def test_a_paper_of_the_case(
    waiting: Case, borrower: User, manager: User, other_manager: User, stranger: User, api_for: ApiFor
) -> None:
    paper = waiting.missing_papers.order_by("asked_at", "pk")[0]
    attached(api_for(borrower), "put", f"/cases/{waiting.pk}/papers/{paper.pk}/file/", borrower)
    file = StoredFile.objects.get(owner_kind="missing_paper")
    assert (file.name, file.uploaded_by, file.scan) == ("справка.pdf", borrower.pk, "pending")
    StoredFile.objects.update(scan="clean")
    assert opens(api_for(borrower), file.pk) and opens(api_for(manager), file.pk)
    assert not opens(api_for(stranger), file.pk) and not opens(api_for(other_manager), file.pk)


def test_who_may_not_give_a_paper_keeps_his_upload(waiting: Case, manager: User, api_for: ApiFor) -> None:
    paper = waiting.missing_papers.order_by("asked_at", "pk")[0]
    upload_id = sent(manager.pk, a_pdf())
    path = f"/cases/{waiting.pk}/papers/{paper.pk}/file/"
    assert api_for(manager).call("put", path, {"upload": str(upload_id)}).status_code == 403
    assert Upload.objects.filter(pk=upload_id).exists()


def test_a_file_of_a_comment_is_for_who_reads_the_comment(
    waiting: Case, borrower: User, manager: User, stranger: User, api_for: ApiFor
) -> None:
    case = waiting
    path = f"/cases/{case.pk}/comment-files/"
    attached(api_for(manager), "post", path, manager)
    row = CommentFile.objects.get()
    assert opens(api_for(manager), row.file_id) is True and not opens(api_for(borrower), row.file_id)
    comments.add_comment(
        actor=actor_of(manager), case_id=case.pk, text="", audience="internal", file_ids=[row.pk]
    )
    assert not opens(api_for(borrower), row.file_id)
    attached(api_for(borrower), "post", path, borrower)
    public = CommentFile.objects.exclude(pk=row.pk).get()
    comments.add_comment(
        actor=actor_of(borrower), case_id=case.pk, text="", audience="public", file_ids=[public.pk]
    )
    assert opens(api_for(manager), public.file_id) and not opens(api_for(stranger), public.file_id)


def test_papers_and_answers_between_borrower_and_creditor(
    case: Case, borrower: User, sides: tuple[Side, Side], api_for: ApiFor
) -> None:
    one, other = sides
    bank, rival, own = api_for(one.officer), api_for(other.officer), api_for(borrower)
    given = attached(bank, "post", "/room/files/", one.officer, "ответ.pdf").json()
    StoredFile.objects.update(scan="clean")
    assert opens(bank, given["id"]) and not opens(rival, given["id"]) and not opens(own, given["id"])
    body = {"kind": "papers", "papers": [{"code": "INCOME_CERTIFICATE"}], "file_id": given["id"]}
    assert bank.call("post", f"/room/letters/{one.letter.pk}/answer/", body).status_code == 200
    assert opens(own, given["id"]) and not opens(rival, given["id"])
    paper = RequestedPaper.objects.get()
    attached(own, "put", f"/cases/{case.pk}/answer-papers/{paper.pk}/file/", borrower)
    StoredFile.objects.update(scan="clean")
    paper.refresh_from_db()
    assert opens(own, paper.file_id) and not opens(bank, paper.file_id)
    answer = CreditorAnswer.objects.get()
    assert own.call("post", f"/cases/{case.pk}/answers/{answer.pk}/papers/").status_code == 200
    assert opens(bank, paper.file_id) and not opens(rival, paper.file_id)


def test_a_list_of_cases_is_read_and_its_upload_used_up(
    supervisor: User, api_for: ApiFor, run_outbox: Callable[[], int]
) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append([column.code for column in import_columns.COLUMNS])
    book.active.append(["x"] * len(import_columns.COLUMNS))
    out = io.BytesIO()
    book.save(out)
    upload_id = sent(supervisor.pk, out.getvalue(), "список.xlsx")
    path = "/cases/imports/preview/"
    answer = api_for(supervisor).call("post", path, {"upload": str(upload_id)})
    assert answer.status_code == 201, answer.content
    assert ListJob.objects.count() == 1 and not Upload.objects.exists()
    run_outbox()
    assert api_for(supervisor).call("post", path, {"upload": str(upload_id)}).status_code == 404


def test_files_without_a_rule_are_nobodys(supervisor: User, borrower: User, api_for: ApiFor) -> None:
    from kenes.files import services

    for kind in ("list_job", "case_export", "data_request", "file", "made_up"):
        file = services.store(
            data=b"x", name="x", mime="text/plain", origin="generated", owner_kind=kind, owner_id=borrower.pk
        )
        for person in (supervisor, borrower):
            assert not opens(api_for(person), file.pk)
