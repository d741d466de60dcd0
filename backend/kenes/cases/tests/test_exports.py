"""The list as a file."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from kenes.accounts.models import User
from kenes.cases import testing
from kenes.cases.lists import exports
from kenes.cases.models import Case, ListJob
from kenes.event_log.models import EventRow
from kenes.files.models import StoredFile
from kenes.foundation import clock

Api = Callable[[User], Any]
COLUMNS = ["amount", "status", "term", "assignee", "tags", "tracks"]


@pytest.fixture
def cases(borrower: User, today: date) -> list[Case]:
    other = testing.make_borrower("+77015550001", "920803397822", "Есенұлы Бақытжан")
    made = [testing.make_case(borrower), testing.make_case(other)]
    # The form refuses such a name; an older or merged record may still hold one.
    Case.objects.filter(pk=made[1].pk).update(borrower_name='=HYPERLINK("http://x")')
    return made


def ordered(api: Any, **changes: Any) -> dict[str, Any]:
    body = {"format": "csv", "columns": COLUMNS, "selection": {"all_found": True}, "sort": "number"} | changes
    answer = api.call("post", "/cases/exports/", body)
    assert answer.status_code == 201, answer.content
    made: dict[str, Any] = answer.json()
    return made


def content(api: Any, job: dict[str, Any]) -> bytes:
    answer = api.call("get", f"/cases/jobs/{job['id']}/file/")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return b"".join(answer.streaming_content)


def test_a_csv_says_what_the_list_says_and_runs_no_formula(
    cases: list[Case], supervisor: User, api_for: Api, run_jobs: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(exports, "PIECE_ROWS", 1)
    monkeypatch.setattr(exports, "PAGE", 1)
    api = api_for(supervisor)
    job = ordered(api)
    assert api.call("get", f"/cases/jobs/{job['id']}/file/").json()["code"] == "case.job_file_not_ready"
    run_jobs()
    text = content(api, job).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0][:4] == ["Номер", "Заёмщик", "ИИН", "Долг, ₸"]
    assert [row[0] for row in rows[1:]] == [case.number for case in cases]
    assert rows[2][1].startswith("'=HYPERLINK")
    assert testing.IIN not in text
    assert rows[1][3] == f"{cases[0].total_tiyn / 100:.2f}".replace(".", ",")
    done = api.call("get", f"/cases/jobs/{job['id']}/").json()
    assert (done["state"], done["changed"], done["has_file"]) == ("done", 2, True)
    # Only the whole file is left of the parts.
    left = StoredFile.objects.filter(owner_kind="list_job", content_removed_at__isnull=True)
    assert [file.mime for file in left] == [exports.MIME["csv"]]


def test_an_xlsx_holds_text_as_text_and_sums_as_numbers(
    cases: list[Case], supervisor: User, api_for: Api, run_jobs: Callable[[], int]
) -> None:
    api = api_for(supervisor)
    job = ordered(api, format="xlsx")
    run_jobs()
    sheet = load_workbook(io.BytesIO(content(api, job))).active
    assert sheet is not None
    assert sheet["B3"].value.startswith("'=") and sheet["B3"].data_type == "s"
    assert (float(sheet["D2"].value), sheet["D2"].number_format) == (cases[0].total_tiyn / 100, "#,##0.00")
    days = {cell.number_format for cell in sheet[2] if cell.is_date}
    assert days == {"dd.mm.yyyy"}


def test_the_file_is_masked_as_the_reader_sees_the_list(
    cases: list[Case], manager: User, api_for: Api, run_jobs: Callable[[], int]
) -> None:
    api = api_for(manager)
    job = ordered(api, selection={"ids": [str(cases[0].id)]})
    run_jobs()
    text = content(api, job).decode()
    assert "Досымов Кайрат" not in text
    assert cases[0].number in text and cases[1].number not in text


def test_an_export_leaves_an_event_without_names(cases: list[Case], supervisor: User, api_for: Api) -> None:
    job = ordered(api_for(supervisor))
    event = EventRow.objects.get(type="person.cases_exported")
    assert event.data == {
        "person_id": str(supervisor.pk), "job_id": job["id"], "format": "csv", "rows": 2, "columns": COLUMNS,
    }  # fmt: skip


def test_who_may_not_export_gets_no_file(
    cases: list[Case], admin: User, supervisor: User, api_for: Api, run_jobs: Callable[[], int]
) -> None:
    body = {"format": "csv", "columns": COLUMNS, "selection": {"all_found": True}}
    assert api_for(admin).call("post", "/cases/exports/", body).status_code == 403
    nothing = body | {"selection": {"all_found": True, "filters": {"status": ["closed"]}}}
    assert (
        api_for(supervisor).call("post", "/cases/exports/", nothing).json()["code"] == "case.nothing_selected"
    )


def test_files_go_after_a_week(
    cases: list[Case], supervisor: User, api_for: Api, run_jobs: Callable[[], int]
) -> None:
    api = api_for(supervisor)
    job = ordered(api)
    run_jobs()
    assert exports.remove_old() == 0
    ListJob.objects.update(created_at=clock.now() - exports.KEPT_FOR * 2)
    assert exports.remove_old() == 1
    assert api.call("get", f"/cases/jobs/{job['id']}/file/").json()["code"] == "case.job_file_not_ready"
