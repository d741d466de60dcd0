"""Evidence packages over HTTP: who may have them, when they are made anew, what is written down."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kenes.accounts.models import DataRead, Role, User
from kenes.cases.models import Case
from kenes.documents.models import Document
from kenes.event_log.models import EventRow
from kenes.files import access
from kenes.files.errors import StoredFileNotFound
from kenes.files.models import StoredFile
from kenes.foundation import clock
from kenes.messaging.models import Message
from kenes.signing.evidence.models import EvidencePackage
from kenes.signing.evidence.tests.samples import actor_of, publish_agreement, run_documents, signed_document
from kenes.signing.keeping import mask_old
from kenes.signing.models import Signature
from kenes.signing.tests.factories import make_borrower, make_document, make_person

pytestmark = pytest.mark.django_db(transaction=True)
ApiFor = Callable[[Any], Any]


@pytest.fixture
def signed() -> tuple[User, Document]:
    return signed_document()


def _events(kind: str) -> int:
    return EventRow.objects.filter(type=kind).count()


def test_a_package_is_ordered_made_and_loaded(api_for: ApiFor, signed: tuple[User, Document]) -> None:
    borrower, document = signed
    client, path = api_for(borrower), f"/documents/{document.pk}/evidence/"

    assert client.call("get", path).json()["code"] == "evidence.not_ordered"
    ordered = client.call("post", path, {})
    assert (ordered.status_code, ordered.json()["state"], ordered.json()["url"]) == (202, "preparing", None)
    assert client.call("get", f"{path}file/").json()["code"] == "evidence.not_ready"

    run_documents()
    ready = client.call("get", path).json()
    assert (ready["state"], ready["progress"]) == ("ready", 100)
    loaded = client.call("get", ready["url"].removeprefix("/api/v1"))
    assert loaded.status_code == 200
    assert loaded.headers["Cache-Control"] == "private, no-store"
    with zipfile.ZipFile(io.BytesIO(loaded.content)) as archive:
        names = set(archive.namelist())
    assert {
        "manifest.json", "manifest.p7s", "check.pyz", "README.txt", "document/original.pdf", "document/source.docx",
        "document/sealed.pdf", "signatures/01/signature.json", "signatures/01/sms.json",
        "signatures/01/agreement.json", "signatures/01/agreement.txt", "events/chain.json", "summary_ru.pdf",
        "summary_kk.pdf", "summary_en.pdf",
    } <= names  # fmt: skip
    assert (_events("evidence.ordered"), _events("evidence.made"), _events("evidence.taken")) == (1, 1, 1)


def test_no_code_and_no_whole_number_is_in_a_package(api_for: ApiFor, signed: tuple[User, Document]) -> None:
    borrower, document = signed
    client = api_for(borrower)
    client.call("post", f"/documents/{document.pk}/evidence/", {})
    run_documents()
    content = client.call("get", f"/documents/{document.pk}/evidence/file/").content

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        texts = [archive.read(name) for name in archive.namelist() if name.endswith((".json", ".txt"))]
    phone = borrower.phone.encode()
    assert all(
        phone not in text and b"code_hash" not in text and b"203.0.113.7" not in text for text in texts
    )


def test_the_kept_package_is_given_back_until_something_changes(
    api_for: ApiFor, signed: tuple[User, Document]
) -> None:
    borrower, document = signed
    client, path = api_for(borrower), f"/documents/{document.pk}/evidence/"
    client.call("post", path, {})
    run_documents()
    first = EvidencePackage.objects.get()

    again = client.call("post", path, {}).json()
    assert (again["state"], EvidencePackage.objects.get().version) == ("ready", 1)

    Message.objects.filter(kind="signature").update(status="delivered")
    assert client.call("post", path, {}).json()["state"] == "preparing"
    assert client.call("post", path, {}).json()["state"] == "preparing"
    run_documents()
    second = EvidencePackage.objects.get()
    assert (second.version, second.status) == (2, "ready")
    assert second.file_id != first.file_id


def test_strangers_find_no_evidence(api_for: ApiFor, signed: tuple[User, Document]) -> None:
    _borrower, document = signed
    path = f"/documents/{document.pk}/evidence/"
    for person in (
        make_borrower_without_agreement(),
        make_person(role=Role.LAWYER),
        make_person(role=Role.NOTARY),
    ):
        client = api_for(person)
        for answer in (
            client.call("get", path),
            client.call("post", path, {}),
            client.call("get", f"{path}file/"),
        ):
            assert answer.status_code == 404
    assert EvidencePackage.objects.count() == 0


def make_borrower_without_agreement() -> User:
    return make_person(full_name="Чужой Человек")


def test_staff_without_the_case_find_none_and_who_works_it_is_written_down(
    api_for: ApiFor, signed: tuple[User, Document]
) -> None:
    borrower, document = signed
    manager, other = make_person(role=Role.MANAGER), make_person(role=Role.MANAGER)
    document.case.assignee = manager
    document.case.save(update_fields=["assignee"])
    path = f"/documents/{document.pk}/evidence/"

    assert api_for(other).call("post", path, {}).status_code == 404
    assert api_for(manager).call("post", path, {}).status_code == 202
    run_documents()
    assert api_for(manager).call("get", f"{path}file/").status_code == 200
    read = DataRead.objects.get(person_id=borrower.pk, kind="export")
    assert (read.reader_id, read.fields) == (manager.pk, ["evidence"])


def test_the_file_itself_is_read_by_the_same_people(api_for: ApiFor, signed: tuple[User, Document]) -> None:
    borrower, document = signed
    api_for(borrower).call("post", f"/documents/{document.pk}/evidence/", {})
    run_documents()
    file_id = EvidencePackage.objects.get().file_id
    assert file_id is not None

    assert isinstance(access.get_file(actor=actor_of(borrower), file_id=file_id), StoredFile)
    with pytest.raises(StoredFileNotFound):
        access.get_file(actor=actor_of(make_borrower_without_agreement()), file_id=file_id)


def test_what_is_not_signed_proves_nothing(api_for: ApiFor) -> None:
    publish_agreement()
    borrower = make_borrower()
    document = make_document(borrower)

    answer = api_for(borrower).call("post", f"/documents/{document.pk}/evidence/", {})

    assert (answer.status_code, answer.json()["code"]) == (409, "evidence.nothing_signed")


def test_a_lost_file_fails_the_package_and_a_new_order_tries_again(
    api_for: ApiFor, signed: tuple[User, Document]
) -> None:
    borrower, document = signed
    client, path = api_for(borrower), f"/documents/{document.pk}/evidence/"
    StoredFile.objects.filter(pk=document.docx_file_id).update(storage_key="absent")
    client.call("post", path, {})
    run_documents()
    failed = client.call("get", path).json()
    assert (failed["state"], failed["url"]) == ("failed", None)

    assert client.call("post", path, {}).json()["state"] == "preparing"


def test_the_checker_is_given_to_anybody(api: Any) -> None:
    answer = api.call("get", "/evidence-checker/")

    assert answer.status_code == 200
    assert answer.content.startswith(b"#!/usr/bin/env python3\nPK")


def test_the_certificates_of_our_seal_are_published(
    api_for: ApiFor, api: Any, signed: tuple[User, Document]
) -> None:
    borrower, document = signed
    client = api_for(borrower)
    client.call("post", f"/documents/{document.pk}/evidence/", {})
    run_documents()
    content = client.call("get", f"/documents/{document.pk}/evidence/file/").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        inside = hashlib.sha256(archive.read("anchors/01-seal.cer")).hexdigest()

    assert inside in {item["sha256"] for item in api.call("get", "/seal-authorities/").json()["items"]}


def test_a_package_goes_with_the_names_of_those_who_signed(
    api_for: ApiFor, signed: tuple[User, Document]
) -> None:
    borrower, document = signed
    api_for(borrower).call("post", f"/documents/{document.pk}/evidence/", {})
    run_documents()
    long_ago = clock.now() - timedelta(days=10_000)
    Case.objects.filter(pk=document.case_id).update(status="archived", closed_at=long_ago)

    assert mask_old(clock.now() - timedelta(days=1)) == 1
    assert not EvidencePackage.objects.exists()
    assert not Signature.objects.get().signer_name
