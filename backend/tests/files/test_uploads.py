"""Uploads by parts: the protocol as tus 1.0.0 says, limits, refusals, expiry, and attaching exactly once."""

import os
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kenes.accounts.models import Role, User
from kenes.files import receiving, services, storage
from kenes.files.errors_uploads import UploadNotFound
from kenes.files.models import StoredFile, Upload, UploadPart
from kenes.files.testing import a_pdf, a_png
from kenes.files.tests import hostile
from kenes.foundation import clock
from kenes.foundation.actor import Actor

from .tus_client import Tus, a_person, checksum

pytestmark = pytest.mark.django_db
MIB = 1024 * 1024


@pytest.fixture
def person() -> User:
    return a_person()


@pytest.fixture
def tus(person: User, api_for: Callable[[User], Any]) -> Tus:
    return Tus(api_for(person))


def objects(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def large(size: int = 2 * MIB + 600_001) -> bytes:
    return a_pdf(extra=os.urandom(size // 2).hex().encode())


def test_what_the_server_can_is_said(tus: Tus) -> None:
    answer = tus.send("OPTIONS", "/uploads/", kind="")
    assert answer.status_code == 204
    assert answer["Tus-Version"] == answer["Tus-Resumable"] == "1.0.0"
    assert answer["Tus-Extension"] == "creation,checksum,expiration,termination"
    assert answer["Tus-Checksum-Algorithm"] == "sha1,sha256"
    assert answer["Tus-Max-Size"] == str(25 * MIB)


def test_a_file_comes_by_parts_and_is_put_together(tus: Tus, media: Path) -> None:
    data = large()
    upload_id = tus.opened(len(data))
    first = tus.part(upload_id, 0, data[:MIB], Upload_Checksum=checksum(data[:MIB], "sha1"))
    assert (first.status_code, first["Upload-Offset"], first["Tus-Resumable"]) == (204, str(MIB), "1.0.0")
    assert "Upload-Expires" in first
    head = tus.head(upload_id)
    assert (head.status_code, head["Upload-Offset"], head["Upload-Length"]) == (200, str(MIB), str(len(data)))
    assert head["Cache-Control"] == "no-store" and head.content == b""
    assert tus.state(upload_id) | {"expires_at": ""} == {
        "id": upload_id, "name": "Справка.pdf", "size": len(data), "offset": MIB, "state": "receiving",
        "code": "", "detail": "", "expires_at": "",
    }  # fmt: skip
    assert tus.part(upload_id, MIB, data[MIB : 2 * MIB]).status_code == 204
    assert tus.part(upload_id, 2 * MIB, data[2 * MIB :]).status_code == 204
    assert tus.state(upload_id)["state"] == "complete"
    upload = Upload.objects.get()
    assert storage.read(upload.storage_key) == data and upload.mime == "application/pdf"
    assert len(objects(media)) == 1 and not UploadPart.objects.exists()


def test_parts_are_encrypted_at_rest(tus: Tus, media: Path) -> None:
    data = a_pdf(extra="Досымов Кайрат".encode())
    upload_id = tus.opened(len(data) + 5, "Досымов.pdf")
    tus.part(upload_id, 0, data)
    assert objects(media)
    assert not any("Досымов".encode() in path.read_bytes() for path in objects(media))


WRONG_BEGINNINGS: dict[str, tuple[dict[str, Any], int, str]] = {
    "no_length": ({"Upload_Length": None}, 400, "uploads.header_invalid"),
    "no_number": ({"Upload_Length": "ten"}, 400, "uploads.header_invalid"),
    "negative": ({"Upload_Length": "-5"}, 400, "uploads.header_invalid"),
    "other_digits": ({"Upload_Length": "١٢٣"}, 400, "uploads.header_invalid"),
    "endless": ({"Upload_Length": "9" * 40}, 400, "uploads.header_invalid"),
    "empty": ({"Upload_Length": "0"}, 400, "files.empty"),
    "too_large": ({"Upload_Length": str(25 * MIB + 1)}, 413, "files.too_large"),
    "no_version": ({"Tus_Resumable": None}, 412, "uploads.version_wrong"),
    "other_version": ({"Tus_Resumable": "0.2.2"}, 412, "uploads.version_wrong"),
    "name_no_base64": ({"Upload_Metadata": "filename ***"}, 400, "uploads.header_invalid"),
    "name_no_utf8": ({"Upload_Metadata": "filename //79"}, 400, "uploads.header_invalid"),
    "name_twice": ({"Upload_Metadata": "filename YQ==,filename Yg=="}, 400, "uploads.header_invalid"),
    "much_metadata": ({"Upload_Metadata": "x " + "a" * 5000}, 400, "uploads.header_invalid"),
}


@pytest.mark.parametrize("name", WRONG_BEGINNINGS)
def test_what_cannot_be_begun_is_refused(tus: Tus, name: str) -> None:
    headers, status, code = WRONG_BEGINNINGS[name]
    if headers.get("Tus_Resumable", "") is None:
        headers = {"Tus_Resumable": ""}
    if headers.get("Upload_Length", "") is None:
        headers = {"Upload_Length": ""}
    answer = tus.begin(100, **headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Upload.objects.exists()
    if status == 412:
        assert answer["Tus-Version"] == "1.0.0"


WRONG_PARTS: dict[str, tuple[dict[str, Any], int, str]] = {
    "offset_ahead": ({"offset": 20}, 409, "uploads.offset_wrong"),
    "offset_behind": ({"offset": 0}, 409, "uploads.offset_wrong"),
    "no_offset": ({"Upload_Offset": ""}, 400, "uploads.header_invalid"),
    "beyond_the_end": ({"data": b"x" * 200}, 413, "uploads.part_too_large"),
    "larger_than_a_part": ({"data": b"x" * (MIB + 1)}, 413, "uploads.part_too_large"),
    "other_version": ({"Tus_Resumable": "2.0.0"}, 412, "uploads.version_wrong"),
    "damaged": ({"Upload_Checksum": checksum(b"other")}, 460, "uploads.checksum_wrong"),
    "md5": ({"Upload_Checksum": "md5 YQ=="}, 400, "uploads.checksum_unknown"),
    "no_sum": ({"Upload_Checksum": "sha1 %%%"}, 400, "uploads.checksum_unknown"),
    "json": ({"kind": "application/json"}, 415, "uploads.part_type"),
}


@pytest.mark.parametrize("name", WRONG_PARTS)
def test_a_wrong_part_changes_nothing(tus: Tus, media: Path, name: str) -> None:
    wrong, status, code = WRONG_PARTS[name]
    upload_id = tus.opened(100)
    assert tus.part(upload_id, 0, b"x" * 10).status_code == 204
    before = objects(media)
    answer = tus.part(upload_id, **{"offset": 10, "data": b"y" * 10, **wrong})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert tus.head(upload_id)["Upload-Offset"] == "10"
    assert objects(media) == before


def test_what_is_refused_answers_the_last_part_and_stays_to_be_asked(tus: Tus, media: Path) -> None:
    data = a_pdf(catalog="/OpenAction << /S /JavaScript /JS (x) >>")
    upload_id = tus.opened(len(data))
    assert tus.part(upload_id, 0, data[:50]).status_code == 204
    answer = tus.part(upload_id, 50, data[50:])
    assert (answer.status_code, answer.json()["code"]) == (400, "files.active_content")
    state = tus.state(upload_id)
    assert (state["state"], state["code"], state["offset"]) == ("refused", "files.active_content", len(data))
    assert state["detail"] == answer.json()["detail"]
    assert objects(media) == []
    assert tus.part(upload_id, 0, data).status_code == 409


def test_an_upload_is_for_its_person_alone(tus: Tus, api_for: Callable[[User], Any]) -> None:
    upload_id = tus.opened(10)
    other = Tus(api_for(a_person(1)))
    assert other.head(upload_id).status_code == 404
    assert other.part(upload_id, 0, b"x").status_code == 404
    assert other.client.get(f"/api/v1/uploads/{upload_id}/").status_code == 404
    assert other.send("DELETE", f"/uploads/{upload_id}/", kind="").status_code == 404
    assert tus.head(upload_id)["Upload-Offset"] == "0"


def test_a_part_needs_the_token_of_the_form(tus: Tus) -> None:
    upload_id = tus.opened(10)
    answer = tus.part(upload_id, 0, b"x", X_CSRFToken="b" * 32)
    assert answer.status_code == 403
    assert tus.head(upload_id)["Upload-Offset"] == "0"


def test_taking_an_upload_back_deletes_its_bytes(tus: Tus, media: Path, run_outbox: Any) -> None:
    upload_id = tus.opened(100)
    tus.part(upload_id, 0, b"x" * 10)
    assert tus.send("DELETE", f"/uploads/{upload_id}/", kind="").status_code == 204
    assert tus.head(upload_id).status_code == 404
    run_outbox()
    assert objects(media) == []


def test_after_a_day_an_upload_is_gone_with_its_bytes(tus: Tus, media: Path, run_outbox: Any) -> None:
    begun, whole = tus.opened(100), tus.whole(a_pdf())
    tus.part(begun, 0, b"x" * 10)
    assert receiving.remove_expired() == 0
    with clock.frozen(clock.now() + timedelta(hours=24, seconds=1)):
        assert tus.part(begun, 10, b"x").status_code == 410
        assert tus.head(whole).status_code == 410
        assert receiving.remove_expired() == 2
        assert tus.head(begun).status_code == 404
        run_outbox()
    assert objects(media) == [] and not UploadPart.objects.exists()


def test_so_many_wait_and_no_more(tus: Tus, settings: Any) -> None:
    settings.UPLOADS_OPEN_PER_PERSON = 2
    first = tus.opened(10)
    tus.opened(10)
    answer = tus.begin(10)
    assert (answer.status_code, answer.json()["code"]) == (409, "uploads.too_many")
    tus.send("DELETE", f"/uploads/{first}/", kind="")
    assert tus.begin(10).status_code == 201


def test_refused_files_count_for_the_hour(tus: Tus, person: User) -> None:
    now = clock.now()
    rows = [
        Upload(person_id=person.pk, name="a", size=1, state="refused", created_at=now, expires_at=now)
        for _ in range(receiving.BEGUN_PER_HOUR)
    ]
    Upload.objects.bulk_create(rows)
    answer = tus.begin(10)
    assert (answer.status_code, answer["Retry-After"]) == (429, "600")
    with clock.frozen(now + timedelta(hours=1, seconds=1)):
        assert tus.begin(10).status_code == 201


def test_a_file_does_not_come_in_thousands_of_crumbs(tus: Tus, media: Path) -> None:
    upload_id = tus.opened(2000)
    UploadPart.objects.bulk_create(
        UploadPart(upload_id=upload_id, start=start, size=1, storage_key=f"parts/{start}")
        for start in range(receiving.MAX_PARTS)
    )
    Upload.objects.update(offset=receiving.MAX_PARTS)
    answer = tus.part(upload_id, receiving.MAX_PARTS, b"x")
    assert (answer.status_code, answer.json()["code"]) == (400, "uploads.too_many_parts")
    assert objects(media) == [] and tus.head(upload_id)["Upload-Offset"] == str(receiving.MAX_PARTS)


def test_room_of_a_person_counts_what_waits_and_what_is_kept(tus: Tus, person: User, settings: Any) -> None:
    data = a_pdf()
    actor = Actor(user_id=person.pk)
    kept = receiving.content_of(actor=actor, upload_id=uuid.UUID(tus.whole(data)), max_bytes=MIB)
    services.store(
        data=kept, name="a.pdf", mime="", origin="uploaded", owner_kind="case", owner_id=uuid.uuid4()
    )
    assert StoredFile.objects.get().uploaded_by == person.pk
    settings.UPLOAD_QUOTA_PER_PERSON = len(data) + 100
    tus.opened(60)
    answer = tus.begin(41)
    assert (answer.status_code, answer.json()["code"]) == (409, "files.person_quota_reached")
    assert tus.begin(40).status_code == 201


def attach(tus: Tus, upload_id: object, kind: str = "application/json") -> Any:
    return tus.client.call("put", "/me/photo/", {"upload": upload_id})


def test_an_attached_upload_is_used_up(tus: Tus, person: User, media: Path, run_outbox: Any) -> None:
    upload_id = tus.whole(a_png(), "я.png")
    assert attach(tus, upload_id).status_code == 200
    person.refresh_from_db()
    assert person.photo_file_id
    again = attach(tus, upload_id)
    assert (again.status_code, again.json()["code"]) == (404, "uploads.not_found")
    assert tus.head(upload_id).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"upload": "no id"}, 400),
        ({"upload": None}, 400),
        ({}, 400),
        ({"upload": [1]}, 400),
        ({"file": "x"}, 400),
    ],
)
def test_what_is_no_upload_is_refused(tus: Tus, body: dict[str, Any], status: int) -> None:
    answer = tus.client.call("put", "/me/photo/", body)
    assert (answer.status_code, answer.json()["code"]) == (status, "validation")


def test_only_an_own_and_whole_upload_is_attached(tus: Tus, api_for: Callable[[User], Any]) -> None:
    half = tus.opened(100)
    tus.part(half, 0, b"x" * 50)
    assert attach(tus, half).json()["code"] == "uploads.not_complete"
    whole = tus.whole(a_png(), "a.png")
    other = Tus(api_for(a_person(1)))
    assert attach(other, whole).status_code == 404
    assert attach(tus, whole).status_code == 200
    assert attach(tus, str(uuid.uuid4())).json()["code"] == "uploads.not_found"


def test_an_upload_larger_than_the_place_takes_is_refused_and_stays(tus: Tus) -> None:
    upload_id = tus.opened(6 * MIB)
    assert attach(tus, upload_id).json()["code"] == "files.too_large"
    assert tus.head(upload_id).status_code == 200


def test_a_refused_attaching_leaves_the_upload(tus: Tus) -> None:
    upload_id = tus.whole(a_pdf())
    assert attach(tus, upload_id).json()["code"] == "accounts.photo_not_usable"
    assert tus.state(upload_id)["state"] == "complete"


def test_a_rolled_back_attaching_leaves_the_upload(tus: Tus, person: User) -> None:
    from django.db import transaction

    upload_id = uuid.UUID(tus.whole(a_pdf()))
    data = receiving.content_of(actor=Actor(user_id=person.pk), upload_id=upload_id, max_bytes=MIB)
    with pytest.raises(RuntimeError), transaction.atomic():
        store(data)
        raise RuntimeError
    assert Upload.objects.filter(pk=upload_id).exists()
    store(data)
    with pytest.raises(UploadNotFound):
        store(data)
    assert StoredFile.objects.count() == 1


def store(data: bytes) -> StoredFile:
    return services.store(
        data=data, name="a.pdf", mime="", origin="uploaded", owner_kind="case", owner_id=uuid.uuid4()
    )


def test_an_attached_upload_is_checked_for_viruses_and_then_read(
    tus: Tus, person: User, scanner: Any, run_outbox: Any
) -> None:
    data = large()
    received = receiving.content_of(
        actor=Actor(user_id=person.pk), upload_id=uuid.UUID(tus.whole(data)), max_bytes=5 * MIB
    )
    file = store(received)
    assert (file.scan, file.mime, file.size) == ("pending", "application/pdf", len(data))
    run_outbox()
    file.refresh_from_db()
    assert services.read(file) == data


@hypothesis_settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(cuts=st.lists(st.integers(min_value=1, max_value=900), max_size=12))
def test_any_split_gives_the_same_bytes(tus: Tus, cuts: list[int]) -> None:
    data = a_pdf(extra=b"0123456789abcdef" * 40)
    places = sorted({cut for cut in cuts if cut < len(data)})
    upload_id = tus.opened(len(data))
    for start, end in zip([0, *places], [*places, len(data)], strict=True):
        assert tus.part(upload_id, start, data[start:end]).status_code == 204
    assert storage.read(Upload.objects.get(pk=upload_id).storage_key) == data


def test_staff_and_people_of_creditors_send_files_too(api_for: Callable[[User], Any]) -> None:
    for number, role in enumerate((Role.MANAGER, Role.CREDITOR_OFFICER), start=5):
        assert Tus(api_for(a_person(number, role))).begin(10).status_code == 201


def test_a_hostile_picture_is_refused_at_its_last_part(tus: Tus) -> None:
    data = hostile.huge_png(30_000, 30_000)
    upload_id = tus.opened(len(data), "a.png")
    answer = tus.part(upload_id, 0, data)
    assert (answer.status_code, answer.json()["code"]) == (400, "files.picture_too_large")
    assert tus.state(upload_id)["code"] == "files.picture_too_large"
