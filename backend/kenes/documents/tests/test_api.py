from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kenes.accounts.models import User
from kenes.cases import testing as cases
from kenes.cases.models import Case
from kenes.documents.models import Document
from kenes.documents.tests.conftest import confirm_address, sign_and_seal

pytestmark = pytest.mark.django_db

Client = Callable[[User], Any]


@pytest.fixture
def own(api_for: Client, borrower: User) -> Any:
    return api_for(borrower)


def test_the_borrower_reads_the_letters_of_the_case(own: Any, letter: Document) -> None:
    answer = own.call("get", f"/cases/{letter.case_id}/documents/", accept_language="kk")
    assert answer.status_code == 200
    first, second = answer.json()["items"]
    assert first["id"] == str(letter.pk) and first["needs_signature"] and first["translation_of"] is None
    assert first["allowed_actions"] == [
        "sign", "download_pdf", "download_docx", "regenerate", "revise", "void", "make_pdfa", "package",
    ]  # fmt: skip
    assert first["title"] == "Банктік қарыз шартының талаптарын өзгерту туралы өтініш"
    assert first["status"] == "ready_to_sign" and first["pages"] == 2 and first["dispatch"] is None
    assert second["translation_of"] == str(letter.pk) and second["allowed_actions"] == [
        "download_pdf",
        "download_docx",
        "make_pdfa",
    ]
    assert second["language"] == "kk"


def test_a_letter_has_all_that_is_needed_to_read_and_sign_it(own: Any, letter: Document) -> None:
    detail = own.call("get", f"/documents/{letter.pk}/").json()
    assert detail["sha256"] == letter.sha256 and detail["case_number"] == letter.case.number
    assert detail["translations"] == [{"id": str(letter.translations.get().pk), "language": "kk"}]
    assert "Досымова Кайрата Ануаровича" in detail["text"]
    assert [page["page"] for page in detail["preview_pages"]] == [1, 2]
    picture = own.get(detail["preview_pages"][0]["url"])
    assert picture.status_code == 200 and picture["Content-Type"] == "image/png"
    assert picture["X-Content-Type-Options"] == "nosniff" and "private" in picture["Cache-Control"]
    from PIL import Image

    drawn = Image.open(io.BytesIO(picture.content))
    assert drawn.size == (detail["preview_pages"][0]["width"], detail["preview_pages"][0]["height"])
    again = own.call("get", f"/documents/{letter.pk}/pages/1/")
    assert again.content == picture.content


def test_a_page_that_is_not_there(own: Any, letter: Document, subtests: pytest.Subtests) -> None:
    for page in [0, 3, 99999]:
        with subtests.test(page=page):
            answer = own.call("get", f"/documents/{letter.pk}/pages/{page}/")
            assert (answer.status_code, answer.json()["code"]) == (404, "document.page_not_found")


def test_files_are_downloads_named_by_number(own: Any, letter: Document) -> None:
    pdf = own.call("get", f"/documents/{letter.pk}/file/?format=pdf")
    assert hashlib.sha256(pdf.content).hexdigest() == letter.sha256
    assert pdf["Content-Disposition"] == f'attachment; filename="{letter.number}_ru.pdf"'
    assert pdf["X-Content-Type-Options"] == "nosniff" and pdf["Cache-Control"] == "private, no-store"
    docx = own.call("get", f"/documents/{letter.pk}/file/?format=docx")
    assert docx.content.startswith(b"PK") and ".docx" in unquote(docx["Content-Disposition"])
    assert own.call("get", f"/documents/{letter.pk}/file/").content == pdf.content
    sealed = own.call("get", f"/documents/{letter.pk}/file/?format=sealed")
    assert (sealed.status_code, sealed.json()["code"]) == (404, "document.file_not_found")
    assert own.call("get", f"/documents/{letter.pk}/file/?format=exe").status_code == 400
    assert own.call("get", f"/documents/{letter.pk}/file/?other=1").status_code == 400


def test_a_sealed_letter_shows_its_dispatch(
    own: Any, letter: Document, run_outbox: Callable[[], int]
) -> None:
    letter.obligation.creditor.addresses.all().delete()
    sign_and_seal(letter)
    detail = own.call("get", f"/documents/{letter.pk}/").json()
    assert detail["dispatch"]["status"] == "waiting_address" and detail["dispatch"]["allowed_actions"] == []
    assert detail["allowed_actions"] == [
        "download_pdf", "download_docx", "download_sealed", "revise", "make_pdfa", "package",
    ]  # fmt: skip
    assert own.call("get", f"/documents/{letter.pk}/file/?format=sealed").content == b"%PDF-1.7 sealed"
    assert (
        own.call("post", f"/documents/{letter.pk}/regenerate/", {}).json()["code"]
        == "document.already_signed"
    )


def test_a_letter_that_waits_only_for_its_turn_is_not_said_to_lack_an_address(
    own: Any, letter: Document
) -> None:
    sign_and_seal(letter)
    assert letter.obligation.creditor.addresses.filter(status="confirmed").exists()
    assert own.call("get", f"/documents/{letter.pk}/").json()["dispatch"]["status"] == "queued"
    listed = own.call("get", f"/cases/{letter.case_id}/documents/").json()["items"]
    assert {row["dispatch"]["status"] for row in listed if row["dispatch"]} == {"queued"}


def test_a_letter_is_made_anew_and_the_same_key_makes_one(own: Any, letter: Document) -> None:
    key = str(uuid4())
    first = own.call("post", f"/documents/{letter.pk}/regenerate/", {}, idempotency_key=key)
    assert first.status_code == 200 and first.json()["status"] == "preparing"
    assert first.json()["number"] == f"{letter.case.number}-02" and first.json()["sha256"] is None
    assert (
        own.call("get", f"/documents/{first.json()['id']}/pages/1/").json()["code"]
        == "document.file_not_found"
    )
    again = own.call("post", f"/documents/{letter.pk}/regenerate/", {}, idempotency_key=key)
    assert again.json()["id"] == first.json()["id"]
    assert Document.objects.filter(case=letter.case).count() == 4


ADDRESSES = [
    ("get", "/cases/{case}/documents/"),
    ("get", "/documents/{document}/"),
    ("get", "/documents/{document}/pages/1/"),
    ("get", "/documents/{document}/file/"),
    ("post", "/documents/{document}/regenerate/"),
    ("post", "/dispatches/{dispatch}/retry/"),
]


def test_letters_do_not_exist_for_others(
    letter: Document,
    stranger: User,
    manager: User,
    supervisor: User,
    api: Any,
    api_for: Client,
    subtests: pytest.Subtests,
) -> None:
    sign_and_seal(letter)
    for method, address in ADDRESSES:
        with subtests.test(method=method, address=address):
            Case.objects.filter(pk=letter.case_id).update(assignee=None)
            path = address.format(case=letter.case_id, document=letter.pk, dispatch=letter.dispatch.pk)
            body = {} if method == "post" else None
            assert api.call(method, path, body).status_code == 401
            forbidden = {403} if "retry" in address else {404}
            assert api_for(stranger).call(method, path, body).status_code in forbidden
            # A manager sees the case in the pool, and no letter of it until the case is his.
            assert api_for(manager).call(method, path, body).status_code == 404
            Case.objects.filter(pk=letter.case_id).update(assignee=manager)
            expected = {"/documents/{document}/regenerate/": 409, "/dispatches/{dispatch}/retry/": 409}.get(
                address, 200
            )
            assert api_for(manager).call(method, path, body).status_code == expected
            assert api_for(supervisor).call(method, path, body).status_code == expected


@pytest.mark.parametrize("path", ["/documents/{0}/", "/documents/{0}/file/", "/cases/{0}/documents/"])
def test_what_is_absent_looks_like_what_is_hidden(
    letter: Document, stranger: User, api_for: Client, path: str
) -> None:
    hidden_id = letter.case_id if "cases" in path else letter.pk
    client = api_for(stranger)
    hidden, absent = client.call("get", path.format(hidden_id)), client.call("get", path.format(uuid4()))
    for answer in (hidden, absent):
        assert answer.status_code == 404
    assert hidden.json() | {"instance": ""} == absent.json() | {"instance": ""}


def test_the_list_costs_the_same_for_one_letter_and_for_many(
    api_for: Client, borrower: User, today: object, run_outbox: Callable[[], int]
) -> None:
    debt = cases.form_data()["obligations"][0]
    debts = [debt | {"contract_number": f"N-{index}"} for index in range(4)]
    case = cases.make_case(borrower, obligations=debts)
    run_outbox()
    letters = list(Document.objects.filter(case=case, translation_of__isnull=True).order_by("number"))
    client = api_for(borrower)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.call("get", f"/cases/{case.pk}/documents/").status_code == 200
        return len(captured)

    queries()
    confirm_address(letters[0].obligation.creditor)
    from kenes.documents.tests.test_dispatching import run_letters

    # Two of them first: what one is done about, another may still wait for.
    for document in letters[:2]:
        sign_and_seal(document)
    run_letters()
    two = queries()
    for document in letters[2:]:
        sign_and_seal(document)
    run_letters()
    assert queries() == two <= 12
