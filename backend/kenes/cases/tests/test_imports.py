"""Cases from a file: the preview by row and cell, all or nothing, never twice."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from kenes.accounts.models import User
from kenes.cases.api import inputs
from kenes.cases.errors.lists import ImportFileTooLarge, ImportFileUnreadable
from kenes.cases.lists import import_choices, import_columns, import_files, imports, jobs
from kenes.cases.models import WORKING, Case, JobRow, JobState, ListJob, RecordedConsent
from kenes.event_log.models import EventRow

Api = Callable[[User], Any]
pytestmark = pytest.mark.usefixtures("reference", "today")

ROW: dict[str, Any] = {
    "reference": "1", "full_name": "Ахметов Ержан Серикович", "iin": "900101300007", "phone": "8 701 234 56 78",
    "address": "г. Алматы, ул. Абая, д. 1", "language": "ru", "consent": "paper", "consent_on": "17.11.2026",
    "creditor": "Банк ЦентрКредит", "creditor_type": "BANK", "contract": "4417/КР-2024",
    "contract_on": date(2024, 5, 14), "principal": "1 391 360,50", "interest": 73875, "penalty": "",
    "overdue_since": "22.10.2026", "income_now": 98000, "income_before": "320 000", "dependents": 2,
    "hardship": "job loss", "hardship_since": "30.09.2026", "hardship_text": "Сократили", "relief": "deferral",
    "defer_months": 6,
}  # fmt: skip
OTHER = {
    **ROW,
    "reference": "2",
    "full_name": "Сериков Абай Маратович",
    "iin": "900101300811",
    "phone": "+77012345679",
}


def xlsx(*rows: dict[str, Any], head: list[str] | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    names = [column.code for column in import_columns.COLUMNS]
    sheet.append(head or names)
    for row in rows:
        sheet.append([row.get(name, "") for name in names])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def send(api: Any, data: bytes, name: str = "cases.xlsx") -> Any:
    api.cookies["csrftoken"] = "a" * 32
    return api.post(
        "/api/v1/cases/imports/preview/",
        {"file": SimpleUploadedFile(name, data)},
        HTTP_X_CSRFTOKEN="a" * 32,
    )


def errors(job_id: str) -> dict[int, str]:
    """By the row of the file as a spreadsheet numbers it: the head is row 1."""
    rows = JobRow.objects.filter(job_id=UUID(job_id)).exclude(code="")
    return {row.position + 1: row.detail for row in rows}


def run() -> None:
    while (job := ListJob.objects.filter(state__in=WORKING).first()) is not None:
        jobs.run_piece({"job_id": str(job.pk), "step": job.step})


def test_a_file_is_looked_at_then_brought_in_with_consents(supervisor: User, api_for: Api) -> None:
    api = api_for(supervisor)
    second = {**ROW, "contract": "МК-20881", "creditor": "МФО «Айқын Қаржы»", "creditor_type": "mfo"}
    seen = send(api, xlsx(ROW, second, OTHER))
    assert seen.status_code == 201, seen.content
    job = seen.json()
    assert errors(job["id"]) == {}
    assert (job["state"], job["total"], job["failed"]) == ("preview", 3, 0)
    assert not Case.objects.exists()
    assert api.call("post", f"/cases/imports/{job['id']}/start/").json()["state"] == "queued"
    run()
    done = ListJob.objects.get(pk=job["id"])
    assert (done.state, done.changed, done.params) == (JobState.DONE, 3, {})
    cases = Case.objects.order_by("number")
    assert [case.source for case in cases] == ["import", "import"]
    assert cases[0].obligations.count() == 2
    assert cases[0].total_tiyn == 2 * (139_136_050 + 7_387_500)
    consent = RecordedConsent.objects.get(case=cases[0])
    assert (consent.given_by, consent.given_on) == ("paper", date(2026, 11, 17))
    assert EventRow.objects.get(type="person.cases_imported").data["cases"] == 2
    listed = api.call("get", "/cases/?source=import").json()["items"]
    assert {row["source"] for row in listed} == {"import"} and len(listed) == 2


def test_errors_stand_at_their_row_and_cell(supervisor: User, api_for: Api) -> None:
    bad = {**OTHER, "iin": "900101300001", "principal": "много", "consent": "maybe", "address": ""}
    answer = send(api_for(supervisor), xlsx(ROW, bad)).json()
    found = errors(answer["id"])
    assert set(found) == {3}
    for title in ("ИИН", "Основной долг, ₸", "Как дано согласие", "Адрес"):
        assert f"{title}: " in found[3]
    assert answer["failed"] == 1
    refused = api_for(supervisor).call("post", f"/cases/imports/{answer['id']}/start/")
    assert refused.json()["code"] == "case.import_has_errors"
    assert not Case.objects.exists()


def test_the_words_are_those_of_the_form(supervisor: User, api_for: Api) -> None:
    api = api_for(supervisor)
    late = {**ROW, "overdue_since": "01.01.2030", "full_name": "Ержан"}
    words = errors(send(api, xlsx(late)).json()["id"])[2]
    assert "Просрочка с: " in words and "ФИО: " in words


def test_an_empty_row_does_not_shift_the_numbers_of_those_below(supervisor: User, api_for: Api) -> None:
    bad = {**OTHER, "iin": "900101300001"}
    assert set(errors(send(api_for(supervisor), xlsx(ROW, {}, bad)).json()["id"])) == {4}


def test_choices_are_understood_in_words_of_any_language(supervisor: User, api_for: Api) -> None:
    told = {
        "hardship": "Потеря работы", "relief": "отсрочка платежей; Мерзімді ұзарту", "consent": "На бумаге",
        "creditor_type": "Bank", "language": "Қазақша", "term_months": 72,
    }  # fmt: skip
    job = send(api_for(supervisor), xlsx({**ROW, **told})).json()
    assert errors(job["id"]) == {}
    form = ListJob.objects.get(pk=job["id"]).params["groups"][0]["form"]
    assert form["hardship"]["code"] == "JOB_LOSS"
    assert form["relief"]["kinds"] == ["DEFERRAL", "TERM_EXTENDED"]
    assert (form["applicant"]["language"], form["obligations"][0]["creditor_type"]) == ("kk", "BANK")


def test_a_word_that_is_no_choice_is_quoted_beside_what_may_be_written(
    supervisor: User, api_for: Api
) -> None:
    wrong = {**ROW, "hardship": "JOBLOSS", "relief": "отсрочка платежей, чудо", "consent": "устно"}
    found = errors(send(api_for(supervisor), xlsx(wrong)).json()["id"])[2].split("\n")
    assert [line.split(" ", 2)[0] for line in found].count("Причина:") == 1
    assert any("«JOBLOSS»" in line and "Потеря работы" in line for line in found)
    assert any("«чудо»" in line and "Отсрочка платежей" in line for line in found)
    assert any("«устно»" in line and "На бумаге" in line for line in found)


def test_the_choices_of_the_file_are_those_of_the_form() -> None:
    assert set(import_choices.RELIEFS) == set(inputs.RELIEF_KINDS)


def test_the_template_names_every_choice_in_words(supervisor: User, api_for: Api) -> None:
    book = load_workbook(io.BytesIO(imports.template("xlsx", "ru")))
    lines = {(row[1], row[2]) for row in book.worksheets[1].iter_rows(values_only=True)}
    assert {("JOB_LOSS", "Потеря работы"), ("DEFERRAL", "Отсрочка платежей"), ("MFO", "МФО")} <= lines
    assert all(words for code, words in lines if code)


@pytest.mark.parametrize("again", ["file", "row", "twice"])
def test_nothing_is_imported_twice(supervisor: User, api_for: Api, again: str) -> None:
    api, data = api_for(supervisor), xlsx(ROW)
    if again == "twice":
        words = errors(send(api, xlsx(ROW, {**ROW, "reference": "7"})).json()["id"])
        assert "Номер договора: Тот же договор есть в строке 2" in words[3]
        return
    job = send(api, data).json()
    api.call("post", f"/cases/imports/{job['id']}/start/")
    run()
    if again == "file":
        refused = send(api, data).json()
        assert (refused["code"], refused["job_id"]) == ("case.import_known", job["id"])
    else:
        assert "Номер договора: " in errors(send(api, xlsx(ROW, OTHER)).json()["id"])[2]
    assert Case.objects.count() == 1


def test_a_failure_in_the_middle_leaves_nothing_behind(
    supervisor: User, borrower: User, api_for: Api
) -> None:
    """The second person has begun a form of his own meanwhile: the first one's case goes back too."""
    api = api_for(supervisor)
    theirs = {**OTHER, "phone": borrower.phone, "iin": borrower.iin, "full_name": borrower.full_name}
    job = send(api, xlsx(ROW, theirs)).json()
    assert job["failed"] == 0, errors(job["id"])
    api_for(borrower).call("post", "/cases/", {"language": "ru"})
    api.call("post", f"/cases/imports/{job['id']}/start/")
    run()
    done = ListJob.objects.get(pk=job["id"])
    assert (done.state, done.changed, done.failed) == (JobState.FAILED, 0, 1)
    assert not Case.objects.exclude(status="draft").exists()
    assert list(errors(job["id"])) == [3]


def test_only_who_may_imports(manager: User, admin: User, supervisor: User, api_for: Api) -> None:
    for person in (manager, admin):
        assert send(api_for(person), xlsx(ROW)).status_code == 403
    job = send(api_for(supervisor), xlsx(ROW)).json()
    assert api_for(manager).call("post", f"/cases/imports/{job['id']}/start/").status_code == 403


def test_the_template_is_a_file_that_can_be_imported(supervisor: User, api_for: Api) -> None:
    api = api_for(supervisor)
    for kind in ("xlsx", "csv"):
        answer = api.call("get", f"/cases/imports/template/?format={kind}")
        assert answer.status_code == 200
        sheet = import_files.read(answer.content)
        known = import_columns.known_titles()
        assert [import_columns.column_of(title, known) for title in sheet.head] == [
            column.code for column in import_columns.COLUMNS
        ]
    book = load_workbook(io.BytesIO(imports.template("xlsx", "kk")))
    assert len(book.sheetnames) == 2


@pytest.mark.parametrize("lang", ["ru", "kk", "en"])
def test_the_example_of_the_template_is_nobodys_case(supervisor: User, api_for: Api, lang: str) -> None:
    api = api_for(supervisor)
    for kind in ("xlsx", "csv"):
        told = errors(send(api, imports.template(kind, lang), f"t.{kind}").json()["id"])
        assert told == {
            2: "Свой номер: Это строка-пример из шаблона. Удалите её или впишите на её место свои данные."
        }, kind
    # Written over in part it is still no real contract, whatever else the row says.
    half = errors(send(api, xlsx(OTHER, {**ROW, "contract": import_columns.EXAMPLE_CONTRACT})).json()["id"])
    assert half.keys() == {3} and half[3].startswith("Номер договора: Это строка-пример")
    assert Case.objects.count() == 0


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (80 * 1024 * 1024))
    return out.getvalue()


def _entities() -> bytes:
    source = zipfile.ZipFile(io.BytesIO(xlsx(ROW)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in source.infolist():
            data = source.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                data = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + data
            archive.writestr(part, data)
    return out.getvalue()


def test_what_is_no_table_is_refused(supervisor: User, api_for: Api, subtests: pytest.Subtests) -> None:
    for data in [
        b"", b"PK\x03\x04 broken", b"\x00\x01\x02", b"one line only", b"a;b\n1;2\n", b"%PDF-1.7", _entities(),
        b"reference\n" + b"1\x00\n",
    ]:  # fmt: skip
        with subtests.test(data=data):
            answer = send(api_for(supervisor), data)
            assert answer.status_code in {400, 409}, answer.content


def test_bombs_and_endless_tables_are_refused() -> None:
    with pytest.raises(ImportFileTooLarge):
        import_files.read(_bomb())
    with pytest.raises(ImportFileTooLarge):
        import_files.read(b"reference;iin\n" + b"1;2\n" * 2000)
    with pytest.raises(ImportFileUnreadable):
        import_files.read(b"a\nb\n" + b";" * 100 + b"\n")


def test_old_spreadsheets_of_the_country_are_read() -> None:
    sheet = import_files.read("Свой номер;ФИО\r\n1;Ахметов Ержан\r\n".encode("cp1251"))
    assert sheet.rows[0][1] == ("1", "Ахметов Ержан")
