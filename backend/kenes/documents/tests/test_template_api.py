"""The API of templates: rows, refusals with problems, constant queries, previews of one's own and of cases one may read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from kenes.accounts.models import DataRead, Role, User
from kenes.accounts.selectors import actor_for
from kenes.cases.models import Case
from kenes.documents.editing import demo, trials
from kenes.documents.editing.errors import TrialNotFound
from kenes.documents.models import Document as Letter
from kenes.documents.models import TemplateTrial, TemplateVersion
from kenes.documents.tests import templates
from kenes.documents.tests.templates import CODE, LANGUAGE
from kenes.files.models import StoredFile
from kenes.files.testing import EICAR, ClamdProcess
from kenes.files.tests.conftest import point_to
from kenes.foundation import clock, providers

pytestmark = pytest.mark.django_db
BASE = "/api/v1/staff/templates"
Api = Callable[..., Any]


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClamdProcess]:
    with ClamdProcess(tmp_path_factory.mktemp("clamd")) as running:
        yield running


@pytest.fixture(autouse=True)
def _scanner(clamd: ClamdProcess, settings: Any) -> Iterator[None]:
    point_to(settings, clamd.address)
    yield
    providers.load.cache_clear()


@pytest.fixture(autouse=True)
def _day(today: date, reference: None) -> None:
    """On a fixed day, with the templates of the repository published."""


@pytest.fixture
def editor() -> User:
    return templates.person(Role.CONTENT_EDITOR)[0]


@pytest.fixture
def chief() -> User:
    return templates.person(Role.SUPERVISOR)[0]


def sent(client: Any, path: str, docx: bytes) -> Any:
    """A file sent by a form, with the token that a browser brings."""
    client.cookies["csrftoken"] = "a" * 32
    file = SimpleUploadedFile("редакция.docx", docx, content_type="application/octet-stream")
    return client.post(f"{BASE}{path}", {"file": file}, HTTP_X_CSRFTOKEN="a" * 32)


def post(client: Any, path: str, body: Any) -> Any:
    return client.call("post", path.removeprefix("/api/v1"), body)


def test_a_file_with_a_virus_and_one_that_nobody_could_check_become_no_edition(
    api_for: Api, editor: User, settings: Any
) -> None:
    client, before = api_for(editor), TemplateVersion.objects.count()
    infected = io.BytesIO(templates.good())
    with zipfile.ZipFile(infected, "a") as archive:
        archive.writestr("word/media/note.txt", EICAR)
    refused = sent(client, f"/kinds/{CODE}/{LANGUAGE}/", infected.getvalue())
    assert (refused.status_code, refused.json()["code"]) == (409, "files.infected")
    point_to(settings, "127.0.0.1:9")
    waiting = sent(client, f"/kinds/{CODE}/{LANGUAGE}/", templates.good())
    assert (waiting.status_code, waiting.json()["code"]) == (503, "files.scanner_away")
    assert TemplateVersion.objects.count() == before


def test_the_list_and_a_kind_show_what_is_in_force_with_constant_queries(
    api_for: Api, editor: User, django_assert_max_num_queries: Any
) -> None:
    client = api_for(editor)
    with django_assert_max_num_queries(12):
        items = client.get(f"{BASE}/").json()["items"]
    row = next(one for one in items if one["code"] == CODE)
    assert [one["language"] for one in row["templates"]] == ["ru", "kk"]
    assert row["templates"][0]["in_force"]["state"] == "in_force"
    assert any(one["needs_review"] for one in items)
    kind = client.get(f"{BASE}/kinds/{CODE}/").json()
    assert (len(kind["versions"]), kind["can_upload"]) == (2, True)
    assert client.get(f"{BASE}/kinds/NOTHING/").status_code == 404


def test_a_broken_file_is_answered_with_every_problem_and_a_mended_one_is_kept(
    api_for: Api, editor: User, chief: User
) -> None:
    client = api_for(editor)
    answer = sent(
        client, f"/kinds/{CODE}/{LANGUAGE}/", templates.docx_with("{{ borower.name }}", "{% if debt.since %}")
    )
    body = answer.json()
    assert (answer.status_code, body["code"]) == (400, "template.refused")
    told = {one["code"]: one for one in body["problems"]}
    assert told["variable_unknown"]["paragraph"] == 1
    assert "borrower" in told["variable_unknown"]["near"]
    assert told["block_open"]["text"] == "Это нигде не закрыто: не хватает «endif»."
    answer = sent(
        client, f"/kinds/{CODE}/{LANGUAGE}/", templates.edited("Состояние задолженности", "Мой долг")
    )
    made = answer.json()
    assert (answer.status_code, made["state"], made["file_name"]) == (201, "draft", "редакция.docx")
    assert made["allowed_actions"] == ["edit", "propose", "withdraw"]
    path = f"{BASE}/versions/{made['id']}"
    answer = post(client, f"{path}/propose/", {"revision": 1, "note": "Проще"})
    assert (answer.status_code, answer.json()["state"]) == (200, "proposed")
    assert post(client, f"{path}/approve/", {"revision": 2}).status_code == 403
    second = api_for(chief)
    body = second.get(f"{path}/").json()
    for remark in body["remarks"]:
        ticked = {"revision": body["revision"], "remark": remark["id"], "checked": True}
        body = post(second, f"{path}/remark/", ticked).json()
    answer = post(second, f"{path}/approve/", {"revision": body["revision"]})
    assert (answer.status_code, answer.json()["state"]) == (200, "in_force")
    file = client.get(f"{path}/file/")
    assert file["Cache-Control"] == "private, no-store"
    assert "Мой долг" in "".join(one.text for one in Document(io.BytesIO(file.content)).paragraphs)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ACCOUNTANT])
def test_others_of_the_staff_get_no_further(api_for: Api, role: Role, editor: User) -> None:
    client = api_for(templates.person(role)[0])
    version = TemplateVersion.objects.filter(code=CODE).values_list("pk", flat=True)[0]
    for path in (
        "/",
        f"/kinds/{CODE}/",
        f"/versions/{version}/",
        f"/versions/{version}/file/",
        "/variables/",
    ):
        assert client.get(f"{BASE}{path}").status_code == 403
    assert sent(client, f"/kinds/{CODE}/{LANGUAGE}/", templates.good()).status_code == 403


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("propose", {"revision": "x", "note": "a"}), ("propose", {"revision": 1}), ("propose", {"revision": 10**30, "note": "a"}),
        ("propose", {"revision": 1, "note": "a\x00b"}), ("propose", {"revision": 1, "note": "a", "effective_from": "soon"}),
        ("propose", {"revision": 1, "note": "a", "effective_from": "2020-01-01"}), ("withdraw", []), ("trials", {"sample": "all"}),
        ("propose", {"revision": 1, "note": "\ud800"}), ("trials", {"sample": "case", "case_number": "x" * 500}),
    ],
)  # fmt: skip
def test_wrong_bodies_are_answered_at_their_fields(api_for: Api, editor: User, path: str, body: Any) -> None:
    client = api_for(editor)
    made = sent(client, f"/kinds/{CODE}/{LANGUAGE}/", templates.edited("Просьба", "Прошу")).json()
    answer = post(client, f"{BASE}/versions/{made['id']}/{path}/", body)
    assert answer.status_code == 400, answer.content


def test_odd_addresses_and_files_are_answered_plainly(api_for: Api, editor: User) -> None:
    client = api_for(editor)
    assert sent(client, f"/kinds/{CODE}/xx/", templates.good()).status_code == 404
    assert sent(client, "/kinds/NOTHING/ru/", templates.good()).status_code == 404
    assert sent(client, f"/kinds/{CODE}/{LANGUAGE}/", b"x" * (6 * 1024 * 1024)).status_code in (400, 413)
    assert sent(client, f"/kinds/{CODE}/{LANGUAGE}/", templates.good()).json()["code"] == "template.same"
    unknown = "00000000-0000-4000-8000-000000000000"
    for path in (
        f"/versions/{unknown}/",
        f"/trials/{unknown}/",
        f"/trials/{unknown}/pages/1/",
        f"/trials/{unknown}/file/",
    ):
        assert client.get(f"{BASE}{path}").status_code == 404
    version = TemplateVersion.objects.filter(code=CODE).values_list("pk", flat=True)[0]
    assert client.get(f"{BASE}/versions/{version}/compare/", {"with": "x"}).status_code == 400
    assert client.get(f"{BASE}/versions/{version}/compare/", {"with": unknown}).status_code == 404


def test_the_difference_and_the_catalogue_are_given(api_for: Api, editor: User, chief: User) -> None:
    client = api_for(editor)
    made = sent(
        client, f"/kinds/{CODE}/{LANGUAGE}/", templates.edited("Состояние задолженности", "Мой долг")
    ).json()
    body = api_for(chief).get(f"{BASE}/versions/{made['id']}/compare/").json()
    assert (body["count"], body["before"]["state"]) == (1, "in_force")
    changed = next(one for one in body["changes"] if one["what"] == "changed")
    assert {piece["sign"] for piece in changed["pieces"]} == {"same", "added", "removed"}
    found = client.get(f"{BASE}/variables/", {"code": CODE, "q": "неустойка"}).json()
    assert "{{ debt.penalty }}" in {one["tag"] for one in found["items"]}
    assert found["filters"]


def test_a_preview_is_made_by_the_outbox_and_seen_by_who_asked_alone(
    api_for: Api, editor: User, chief: User, run_outbox: Callable[[], int]
) -> None:
    client = api_for(editor)
    made = sent(
        client, f"/kinds/{CODE}/{LANGUAGE}/", templates.edited("Состояние задолженности", "Мой долг")
    ).json()
    path = f"{BASE}/versions/{made['id']}/trials/"
    trial = post(client, path, {"sample": "whole"}).json()
    assert trial["status"] == "queued"
    assert client.get(f"{BASE}/trials/{trial['id']}/pages/1/").status_code == 409
    run_outbox()
    ready = client.get(f"{BASE}/trials/{trial['id']}/").json()
    assert ready["status"] == "ready", ready
    assert client.get(path).json()["items"][0]["id"] == trial["id"]
    page = client.get(f"{BASE}/trials/{trial['id']}/pages/1/")
    assert (page.status_code, page.content[:4]) == (200, b"\x89PNG")
    assert client.get(f"{BASE}/trials/{trial['id']}/pages/99/").status_code == 404
    assert client.get(f"{BASE}/trials/{trial['id']}/file/", {"format": "pdf"}).content[:5] == b"%PDF-"
    docx = client.get(f"{BASE}/trials/{trial['id']}/file/", {"format": "docx"}).content
    assert "Мой долг" in "".join(one.text for one in Document(io.BytesIO(docx)).paragraphs)
    assert api_for(chief).get(f"{BASE}/trials/{trial['id']}/").status_code == 404
    assert api_for(chief).get(path).json()["items"] == []
    with clock.frozen(clock.now() + timedelta(days=2)), pytest.raises(TrialNotFound):
        trials.get_trial(actor=actor_for(editor), trial_id=trial["id"])
    trials.expire(trial_id=trial["id"])
    files = StoredFile.objects.filter(owner_kind="template_trial", owner_id=trial["id"])
    assert files.count() == 2
    assert all(file.content_removed_at is not None for file in files)


def test_a_preview_with_a_case_is_for_who_may_read_it_and_is_written_down(
    api_for: Api, editor: User, chief: User, case: Case, run_outbox: Callable[[], int]
) -> None:
    run_outbox()
    version = Letter.objects.get(case=case, language="ru").template_id
    path = f"{BASE}/versions/{version}/trials/"
    body = {"sample": "case", "case_number": case.number}
    refused = post(api_for(editor), path, body)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/case_number")
    absent = post(api_for(editor), path, {**body, "case_number": "KH-2026-999999"})
    assert absent.json()["errors"] == refused.json()["errors"], "hidden and absent look the same"
    assert not TemplateTrial.objects.exists()
    assert not DataRead.objects.filter(person_id=case.borrower_id).exists()
    answer = post(api_for(chief), path, body)
    assert answer.status_code == 201, answer.content
    read = DataRead.objects.get(person_id=case.borrower_id)
    assert (read.reader_id, read.fields, read.case_id) == (chief.pk, ["template_trial"], case.pk)
    run_outbox()
    ready = api_for(chief).get(f"{BASE}/trials/{answer.json()['id']}/").json()
    assert ready["status"] == "ready", ready
    assert trials.remove_of_person(case.borrower_id) == 1
    assert api_for(chief).get(f"{BASE}/trials/{answer.json()['id']}/").status_code == 404


def test_a_preview_that_does_not_come_out_says_where(
    api_for: Api, editor: User, run_outbox: Callable[[], int]
) -> None:
    client = api_for(editor)
    docx = templates.docx_with(
        "Слова", "{% if lender.kind == 'MFO' %}{{ debt.overdue }}{% endif %} {{ contract.amount }}"
    )
    made = sent(client, f"/kinds/{CODE}/{LANGUAGE}/", docx).json()
    assert {"may_be_empty"} <= {one["code"] for one in made["problems"]}
    # As if the sample had changed after the upload: the value is absent when the preview is made.
    TemplateVersion.objects.filter(pk=made["id"]).update(
        docx=templates.docx_with("Слова", "{{ debt.nothing }}")
    )
    trial = post(client, f"{BASE}/versions/{made['id']}/trials/", {"sample": "whole"}).json()
    run_outbox()
    failed = client.get(f"{BASE}/trials/{trial['id']}/").json()
    assert (failed["status"], failed["failure"]["paragraph"]) == ("failed", 2)
    assert failed["failure"]["quote"] == "{{ debt.nothing }}"


def test_the_demonstration_has_one_that_waits_and_one_that_is_scheduled(
    settings: Any, editor: User, chief: User
) -> None:
    settings.DEMO = True
    assert demo.load() == 2
    assert demo.load() == 0
    states = TemplateVersion.objects.filter(origin="people").values_list("code", "state")
    assert set(states) == {("POWER_OF_ATTORNEY", "proposed"), ("DEBT_STATEMENT_REQUEST", "approved")}
    waiting = TemplateVersion.objects.get(state="proposed")
    assert waiting.remarks
    assert waiting.problems == []
