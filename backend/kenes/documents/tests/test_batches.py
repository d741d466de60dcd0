"""One kind of document for many cases: rows, report, ZIP, rights, and a worker that is killed on the way."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import signal
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connections

from kenes.accounts import selectors as accounts
from kenes.accounts.models import DataRead, User
from kenes.cases import testing as cases
from kenes.cases.lists import jobs
from kenes.cases.models import WORKING, Case, JobRow, ListJob
from kenes.documents.bulk import batches
from kenes.documents.interviews import drafts
from kenes.documents.models import BatchItem, Document, DocumentDraft
from kenes.event_log.models import EventRow
from kenes.files import services as files
from kenes.foundation import clock
from kenes.outbox import services as outbox
from kenes.outbox.models import OutboxRow

pytestmark = pytest.mark.django_db
Api = Callable[[User], Any]
KIND = "DEBT_STATEMENT_REQUEST"


@pytest.fixture
def chosen(borrower: User, stranger: User, today: date, run_outbox: Callable[[], int]) -> list[Case]:
    """Two cases with one debt, one with two."""
    debt = cases.form_data()["obligations"][0]
    other = debt | {
        "creditor_name": "ТОО «МФО «Айқын Қаржы»",
        "creditor_type": "MFO",
        "contract_number": "МК-1",
    }
    made = [
        cases.make_case(borrower),
        cases.make_case(stranger),
        cases.make_case(borrower, obligations=[debt | {"contract_number": "Б-77"}, other]),
    ]
    run_outbox()
    return made


def order(api: Any, found: list[Case], **changes: Any) -> Any:
    body = {
        "code": KIND, "forms": ["pdf", "docx"], "languages": ["ru", "kk"],
        "selection": {"ids": [str(case.pk) for case in found]},
    }  # fmt: skip
    return api.call("post", "/document-batches/", body | changes)


def finish(run_outbox: Callable[[], int]) -> None:
    """Let time pass until no long work is left."""
    for _ in range(60):
        OutboxRow.objects.filter(status="pending").update(available_at=clock.now(), leased_until=None)
        run_outbox()
        if not ListJob.objects.filter(state__in=WORKING).exists():
            return
    raise AssertionError("the work does not come to an end")


def unpacked(answer: Any) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def test_hundreds_are_made_row_by_row_and_taken_as_one_zip(
    chosen: list[Case], supervisor: User, api_for: Api, run_outbox: Callable[[], int]
) -> None:
    api = api_for(supervisor)
    answer = order(api, chosen)
    assert answer.status_code == 201, answer.json()
    job = answer.json()
    assert (job["total"], job["kind"], job["can_be_taken"]) == (4, "document", False)
    assert api.call("get", f"/document-batches/{job['id']}/file/").json()["code"] == "case.job_file_not_ready"
    finish(run_outbox)
    job = api.call("get", f"/document-batches/{job['id']}/").json()
    assert (job["state"], job["changed"], job["failed"], job["converting"]) == ("done", 4, 0, 0)
    made = Document.objects.filter(code=KIND)
    assert made.count() == 8 and set(made.values_list("status", flat=True)) == {"ready_to_sign"}
    packed = unpacked(api.call("get", f"/document-batches/{job['id']}/file/"))
    texts = {name for name in packed if "/" in name}
    assert len(texts) == 16
    assert {name.split("/")[0] for name in texts} == {case.number for case in chosen}
    for line in packed["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(packed[name]).hexdigest() == digest
    assert all(packed[name].startswith(b"%PDF-") for name in texts if name.endswith(".pdf"))
    report = list(csv.reader(io.StringIO(packed["report.csv"].decode("utf-8-sig")), delimiter=";"))
    assert len(report) == 5
    assert chosen[0].borrower_name not in str(report) + " ".join(packed)
    rows = api.call("get", f"/document-batches/{job['id']}/rows/").json()["items"]
    assert all(row["document_number"] and row["state"] == "changed" for row in rows)
    # The borrowers see who took their documents; the log says how many, and names nobody.
    assert DataRead.objects.filter(kind="export", case_id=chosen[0].pk).exists()
    told = EventRow.objects.filter(type__in=["person.documents_ordered", "person.documents_taken"])
    assert told.count() == 2 and chosen[0].borrower_name not in str(list(told.values_list("data")))


def test_a_second_order_finds_everything_there_and_makes_nothing(
    chosen: list[Case], supervisor: User, api_for: Api, run_outbox: Callable[[], int]
) -> None:
    api = api_for(supervisor)
    order(api, chosen)
    finish(run_outbox)
    before = Document.objects.count()
    job = order(api, chosen, languages=["ru"], forms=["pdf"]).json()
    finish(run_outbox)
    job = api.call("get", f"/document-batches/{job['id']}/").json()
    assert (job["changed"], job["skipped"], Document.objects.count()) == (0, 4, before)
    rows = api.call("get", f"/document-batches/{job['id']}/rows/?state=skipped").json()["items"]
    assert {row["code"] for row in rows} == {"document.already_there"} and all(row["detail"] for row in rows)
    packed = unpacked(api.call("get", f"/document-batches/{job['id']}/file/"))
    assert len([name for name in packed if name.endswith("_ru.pdf")]) == 4
    assert not [name for name in packed if "_kk" in name or name.endswith(".docx")]


def test_rows_tell_which_answers_lack_and_leave_no_questions_behind(
    chosen: list[Case], supervisor: User, api_for: Api, run_outbox: Callable[[], int]
) -> None:
    before = DocumentDraft.objects.count()
    api = api_for(supervisor)
    job = order(api, chosen, code="PENALTY_WRITEOFF").json()
    finish(run_outbox)
    rows = api.call("get", f"/document-batches/{job['id']}/rows/").json()["items"]
    assert {row["code"] for row in rows} == {"document.lacks_answers"}
    asked = next(
        one for one in batches.catalogue.kinds()["PENALTY_WRITEOFF"].fields if one.code == "penalty.reason"
    )
    assert all(str(asked.ask) in row["detail"] for row in rows)
    assert (
        DocumentDraft.objects.count() == before
        and not Document.objects.filter(code="PENALTY_WRITEOFF").exists()
    )
    assert api.call("get", f"/document-batches/{job['id']}/file/").json()["code"] == "case.job_file_not_ready"


def test_answers_that_were_given_before_are_used(
    chosen: list[Case], supervisor: User, api_for: Api, run_outbox: Callable[[], int]
) -> None:
    case = chosen[0]
    asked = drafts.begin(
        actor=accounts.actor_for(case.borrower), case_id=case.pk, code="PENALTY_WRITEOFF",
        obligation_id=case.obligations.get().pk,
    )  # fmt: skip
    drafts.answer(
        actor=accounts.actor_for(case.borrower), draft_id=asked.draft.pk, version=1,
        answers={"penalty.reason": "NO_NOTICE"},
    )  # fmt: skip
    job = order(api_for(supervisor), chosen, code="PENALTY_WRITEOFF").json()
    finish(run_outbox)
    states = Counter(JobRow.objects.filter(job_id=job["id"]).values_list("state", flat=True))
    assert states == {"changed": 1, "failed": 3}
    asked.draft.refresh_from_db()
    assert asked.draft.document is not None


def test_pdf_a_is_waited_for_and_packed(
    chosen: list[Case], supervisor: User, api_for: Api, run_outbox: Callable[[], int]
) -> None:
    api = api_for(supervisor)
    job = order(api, chosen[:1], forms=["pdfa"], languages=["kk"]).json()
    finish(run_outbox)
    packed = unpacked(api.call("get", f"/document-batches/{job['id']}/file/"))
    (name,) = [name for name in packed if name.endswith("_kk.pdfa.pdf")]
    assert b"pdfaid:part" in packed[name] or b"pdfaid" in packed[name]
    document = Document.objects.get(code=KIND, language="kk")
    assert hashlib.sha256(files.read(document.pdf_file)).hexdigest() == document.sha256


def test_who_may_not_take_cases_along_orders_nothing(
    chosen: list[Case],
    supervisor: User,
    borrower: User,
    manager: User,
    api_for: Api,
    run_outbox: Callable[[], int],
) -> None:
    assert order(api_for(borrower), chosen).status_code == 403
    # A manager reaches the cases that are his: the others are refused, or not even found.
    Case.objects.filter(pk=chosen[0].pk).update(assignee=manager)
    job = order(api_for(manager), chosen).json()
    finish(run_outbox)
    made = Document.objects.filter(code=KIND, translation_of__isnull=True)
    assert set(made.values_list("case_id", flat=True)) == {chosen[0].pk}
    # Another's work is nobody else's business.
    for path in ("", "rows/", "file/"):
        answer = api_for(supervisor).call("get", f"/document-batches/{job['id']}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "case.job_not_found")


def test_who_has_lost_a_case_does_not_take_its_documents(
    chosen: list[Case], manager: User, api_for: Api, run_outbox: Callable[[], int]
) -> None:
    Case.objects.filter(pk__in=[chosen[0].pk, chosen[1].pk]).update(assignee=manager)
    api = api_for(manager)
    job = order(api, chosen[:2]).json()
    finish(run_outbox)
    Case.objects.filter(pk=chosen[1].pk).update(assignee=None)
    packed = unpacked(api.call("get", f"/document-batches/{job['id']}/file/"))
    assert {name.split("/")[0] for name in packed if "/" in name} == {chosen[0].number}
    assert "case.not_found" in packed["not-included.csv"].decode()
    assert chosen[1].number not in packed["report.csv"].decode()


def test_the_zip_is_there_for_a_week(
    chosen: list[Case], supervisor: User, api_for: Api, run_outbox: Callable[[], int]
) -> None:
    api = api_for(supervisor)
    job = order(api, chosen[:1]).json()
    finish(run_outbox)
    ListJob.objects.filter(pk=job["id"]).update(finished_at=clock.now() - timedelta(days=7, seconds=1))
    assert api.call("get", f"/document-batches/{job['id']}/file/").json()["code"] == "case.job_file_not_ready"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "NO_SUCH_KIND"}, "document.kind_not_found"),
        ({"code": "COVER_LETTER"}, "document.kind_not_found"),
        ({"forms": []}, "validation"),
        ({"languages": ["en"]}, "validation"),
        ({"selection": {"ids": []}}, "validation"),
        ({"code": "x\x00"}, "validation"),
    ],
)
def test_a_wrong_order_is_refused(
    chosen: list[Case], supervisor: User, api_for: Api, change: dict[str, Any], code: str
) -> None:
    answer = order(api_for(supervisor), chosen, **change)
    assert (answer.status_code, answer.json()["code"]) == (404 if code.startswith("document") else 400, code)
    assert not ListJob.objects.exists()


def test_stopped_work_makes_no_more_and_keeps_what_is_made(
    chosen: list[Case], supervisor: User, api_for: Api, run_outbox: Callable[[], int]
) -> None:
    api = api_for(supervisor)
    job = order(api, chosen).json()
    jobs.stop(actor=accounts.signed_in_actor(supervisor), job_id=job["id"])
    run_outbox()
    assert not Document.objects.filter(code=KIND).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["between_rows", "inside_a_row", "before_the_next_piece"])
def test_a_worker_killed_on_the_way_loses_and_doubles_nothing(
    chosen: list[Case], supervisor: User, api_for: Api, run_outbox: Callable[[], int], moment: str
) -> None:
    job = order(api_for(supervisor), chosen).json()
    connections.close_all()
    child = os.fork()
    if child == 0:  # pragma: no cover - the process ends by its own signal
        _die_at(moment)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    halfway = BatchItem.objects.filter(job_id=job["id"], document__isnull=False).count()
    assert halfway == {"between_rows": 2, "inside_a_row": 1, "before_the_next_piece": 4}[moment]
    with clock.frozen(clock.now() + outbox.LEASE + timedelta(seconds=1)):
        finish(run_outbox)
    row = ListJob.objects.get(pk=job["id"])
    assert (row.state, row.changed, row.skipped, row.failed) == ("done", 4, 0, 0)
    made = Document.objects.filter(code=KIND, translation_of__isnull=True)
    assert made.count() == 4 == made.values("case_id", "obligation_id").distinct().count()
    assert Document.objects.filter(code=KIND).count() == 8
    assert OutboxRow.objects.filter(key__startswith="prepare:", payload__document_id__in=[
        str(pk) for pk in Document.objects.filter(code=KIND).values_list("pk", flat=True)
    ]).count() == 8  # fmt: skip


def _die_at(moment: str) -> None:  # pragma: no cover - runs in the child
    def die(*args: object, **kwargs: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    run_row, make, calls = batches._run_row, batches.drafts.make, iter(range(9))
    if moment == "between_rows":
        batches._run_row = lambda *told: die() if next(calls) == 2 else run_row(*told)
    elif moment == "inside_a_row":
        # The document is written, the transaction is not committed.
        def made(*told: Any) -> Any:
            written = make(*told)
            return die() if next(calls) == 1 else written

        batches.drafts.make = made
    else:
        batches._close_finished = die
    try:
        while outbox.run_batch():
            pass
    finally:
        os._exit(0)
