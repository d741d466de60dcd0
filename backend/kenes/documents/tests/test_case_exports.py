"""Files about a case: who may take it along, what is inside, how it is found, loaded and forgotten."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation
from docx import Document as Docx

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import DataRead, User
from kenes.cases.collaboration import comments
from kenes.cases.models import Case
from kenes.documents.errors import ExportNotFound, ExportNotReady
from kenes.documents.exports import case_export_data, case_exports
from kenes.documents.exports.case_report import report
from kenes.documents.models import CaseExport, Document
from kenes.files import services as files
from kenes.files.converter import Pool
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden

Api = Callable[[User], Any]
PDF = b"%PDF-1.7 made"


class PaperPool(Pool):
    """Keeps what it was given instead of converting it: LibreOffice has tests of its own."""

    def to_pdf(self, docx: bytes) -> bytes:
        return PDF


@pytest.fixture
def pool(leases: Any) -> Pool:
    return PaperPool(addresses=("nowhere:1",), leases=leases)


def actor_of(user: User) -> Actor:
    return account_selectors.actor_for(User.objects.get(pk=user.pk))


def made(user: User, case: Case, kind: str, pool: Pool, language: str = "ru") -> CaseExport:
    row = case_exports.request_export(actor=actor_of(user), case_id=case.pk, kind=kind, language=language)
    case_exports.make(export_id=row.pk, last_try=True, pool=pool)
    return CaseExport.objects.get(pk=row.pk)


def test_who_may_take_a_case_along(
    case: Case, borrower: User, stranger: User, manager: User, supervisor: User, api_for: Api
) -> None:
    address = f"/cases/{case.pk}/exports/"
    assert api_for(stranger).call("get", address).status_code == 404
    assert api_for(manager).call("get", address).status_code == 403, "the pool is seen masked"
    body = {"kind": "pdf", "language": "ru"}
    for person in (borrower, supervisor):
        client = api_for(person)
        assert client.call("get", address).json() == {"items": []}
        refused = client.call("post", address, body)
        assert (refused.status_code, refused.json()["code"]) == (403, "auth.proof_required")
    with pytest.raises(Forbidden):
        case_exports.request_export(actor=actor_of(manager), case_id=case.pk, kind="pdf", language="ru")


def test_the_archive_holds_what_its_reader_sees_and_sums_of_everything(
    letter: Document, borrower: User, supervisor: User, pool: Pool
) -> None:
    case = letter.case
    head = actor_of(supervisor)
    comments.add_comment(actor=head, case_id=case.pk, text="только своим", audience="internal")
    comments.add_comment(actor=head, case_id=case.pk, text="Добрый день", audience="public")
    row = made(borrower, case, "zip", pool)
    assert (row.status, row.progress_percent) == ("ready", 100)
    assert row.file is not None
    with zipfile.ZipFile(io.BytesIO(files.read(row.file))) as archive:
        names = set(archive.namelist())
        told = json.loads(archive.read("case.json"))
        sums = dict(reversed(line.split("  ")) for line in archive.read("SHA256SUMS").decode().splitlines())
        assert sums == {name: hashlib.sha256(archive.read(name)).hexdigest() for name in sums}
    assert {"report.pdf", "case.json", "manifest.json", "SHA256SUMS"} <= names
    assert any(name.startswith("letters/") for name in names)
    words = json.dumps(told, ensure_ascii=False)
    assert "Добрый день" in words and "только своим" not in words
    assert str(borrower.iin) not in words
    inside = made(supervisor, case, "zip", pool)
    assert inside.file is not None
    with zipfile.ZipFile(io.BytesIO(files.read(inside.file))) as archive:
        assert "только своим" in archive.read("case.json").decode()


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("ru", "Справка о ходе дела"),
        ("kk", "Істің барысы туралы анықтама"),
        ("en", "Report on the course of the case"),
    ],
)
def test_the_report_speaks_the_readers_language(
    letter: Document, borrower: User, language: str, title: str
) -> None:
    with translation.override(language):
        told = case_export_data.gather(
            actor=actor_of(borrower), case_id=letter.case_id, language=language, files=False
        )
        page = Docx(io.BytesIO(report(told)))
    words = "\n".join(paragraph.text for paragraph in page.paragraphs)
    cells = "\n".join(cell.text for table in page.tables for row in table.rows for cell in row.cells)
    assert title in words
    assert "4417/КР-2024" in cells and letter.number in cells
    assert "PAGE" in page.sections[0].footer._element.xml


def test_a_file_is_found_again_loaded_with_a_trace_and_gone_after_a_week(
    case: Case, borrower: User, supervisor: User, pool: Pool, api_for: Api
) -> None:
    row = made(supervisor, case, "pdf", pool)
    head = api_for(supervisor)
    (item,) = head.call("get", f"/cases/{case.pk}/exports/").json()["items"]
    assert (item["id"], item["download"], item["size"]) == (str(row.pk), True, len(PDF))
    answer = head.call("get", f"/cases/{case.pk}/exports/{row.pk}/file/")
    assert (answer.content, answer["Content-Disposition"].split(";")[0]) == (PDF, "attachment")
    read = DataRead.objects.get(person=borrower, kind="export")
    assert (read.case_id, read.reader_id) == (case.pk, supervisor.pk)
    shown = api_for(borrower).call("get", "/me/reads/").json()["items"][0]
    assert shown["case_number"] == case.number
    assert api_for(borrower).call("get", f"/cases/{case.pk}/exports/{row.pk}/file/").status_code == 404
    with clock.frozen(clock.now() + timedelta(days=8)), pytest.raises(ExportNotReady):
        case_exports.download(actor=actor_of(supervisor), case_id=case.pk, export_id=row.pk)
    case_exports.expire(export_id=row.pk)
    with pytest.raises(ExportNotReady):
        case_exports.download(actor=actor_of(supervisor), case_id=case.pk, export_id=row.pk)
    with pytest.raises(ExportNotFound):
        case_exports.download(actor=actor_of(borrower), case_id=case.pk, export_id=row.pk)


def test_a_second_press_makes_no_second_file(case: Case, supervisor: User, pool: Pool) -> None:
    actor = actor_of(supervisor)
    first = case_exports.request_export(actor=actor, case_id=case.pk, kind="pdf", language="kk")
    second = case_exports.request_export(actor=actor, case_id=case.pk, kind="pdf", language="kk")
    assert first.pk == second.pk
    case_exports.make(export_id=first.pk, last_try=False, pool=pool)
    case_exports.make(export_id=first.pk, last_try=False, pool=pool)
    assert CaseExport.objects.get().status == "ready"


def test_a_right_that_has_gone_stops_the_file(case: Case, manager: User, pool: Pool) -> None:
    Case.objects.filter(pk=case.pk).update(assignee=manager)
    row = case_exports.request_export(actor=actor_of(manager), case_id=case.pk, kind="pdf", language="ru")
    Case.objects.filter(pk=case.pk).update(assignee=None)
    case_exports.make(export_id=row.pk, last_try=False, pool=pool)
    failed = CaseExport.objects.get(pk=row.pk)
    assert (failed.status, failed.failure, failed.file_id) == ("failed", "forbidden", None)
