"""A copy of everything that is kept about a person, with real cases in it."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kenes.accounts.models import DataRead, User
from kenes.accounts.personal_data import copies
from kenes.cases import testing
from kenes.cases.models import Case
from kenes.event_log.models import EventRow
from kenes.files import services as files
from kenes.files.models import StoredFile
from kenes.foundation import clock, crypto
from kenes.foundation.actor import Actor
from kenes.messaging import services as messaging

from .data_request_steps import proven, run_requests

Api = Callable[[User], Any]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    return testing.make_case(borrower)


def test_a_copy_holds_everything_and_can_be_checked(
    case: Case, borrower: User, api_for: Api, tmp_path: Path
) -> None:
    messaging.send_sms(key="a", phone=testing.PHONE, text="Ваш номер", kind="test", person_id=borrower.pk)
    files.store(
        data=b"photo", name="../пас порт.jpg", mime="image/jpeg", origin="generated", owner_kind="person",
        owner_id=borrower.pk,
    )  # fmt: skip
    client = proven(api_for(borrower))
    preview = client.call("get", "/me/data-requests/preview/?kind=export").json()
    given = {section["code"]: section["given"] for section in preview["sections"]}
    assert (given["cases"], given["consents"], given["files"], given["profile"]) == (1, 3, 1, 1)

    opened = client.call("post", "/me/data-requests/", {"kind": "export"})
    assert (opened.status_code, opened.json()["status"]) == (201, "running")
    again = client.call("post", "/me/data-requests/", {"kind": "export"})
    assert (again.status_code, again.json()["code"]) == (409, "data_request.already_open")
    path = f"/me/data-requests/{opened.json()['id']}/"
    assert client.call("get", path + "file/").json()["code"] == "data_request.copy_not_ready"

    run_requests()
    done = client.call("get", path).json()
    assert (done["status"], done["progress_percent"], done["allowed_actions"]) == ("done", 100, ["download"])
    answer = client.call("get", path + "file/")
    assert answer["Content-Type"] == "application/zip" and answer["Cache-Control"] == "no-store"

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    manifest = json.loads(archive.read("manifest.json"))
    for name, entry in manifest["files"].items():
        assert hashlib.sha256(archive.read(name)).hexdigest() == entry["sha256"]
    assert set(archive.namelist()) == {*manifest["files"], "manifest.json"}
    assert "Копия ваших данных" in archive.read("README.txt").decode()
    sections = {
        name.partition("-")[2]: json.loads(archive.read(name))
        for name in manifest["files"]
        if "data/" in name
    }
    assert sections["profile.json"]["data"]["iin"] == testing.IIN
    assert sections["cases.json"]["data"][0]["number"] == case.number
    assert sections["cases.json"]["data"][0]["story"]["income"]
    assert "Ваш номер" in [row["text"] for row in sections["messages.json"]["data"]]
    assert any(
        archive.read(name) == b"photo" for name in manifest["files"] if name.startswith("files/files/")
    )

    stored = StoredFile.objects.get(owner_kind="data_request")
    on_disk = (tmp_path / "media" / stored.storage_key).read_bytes()
    assert crypto.is_newest(on_disk) and b"manifest.json" not in on_disk
    read = DataRead.objects.get()
    assert (read.kind, read.person_id, read.reader_id) == ("export", borrower.pk, borrower.pk)
    assert EventRow.objects.filter(type="data_request.downloaded").count() == 1


def test_a_copy_needs_a_fresh_proof_and_is_nobody_elses(
    case: Case, borrower: User, supervisor: User, api_for: Api
) -> None:
    client = api_for(borrower)
    assert (
        client.call("post", "/me/data-requests/", {"kind": "export"}).json()["code"] == "auth.proof_required"
    )
    opened = proven(client).call("post", "/me/data-requests/", {"kind": "export"}).json()
    run_requests()
    other = proven(api_for(testing.make_borrower("+77015550001", "920803397822", "Есенұлы")))
    staff = proven(api_for(supervisor))
    for stranger in (other, staff):
        assert stranger.call("get", f"/me/data-requests/{opened['id']}/file/").status_code == 404
        assert stranger.call("get", f"/me/data-requests/{opened['id']}/").status_code == 404
    assert other.call("get", "/data-requests/").status_code == 403


def test_a_copy_made_twice_leaves_one_file_and_ends_with_its_days(borrower: User, api_for: Api) -> None:
    client = proven(api_for(borrower))
    opened = client.call("post", "/me/data-requests/", {"kind": "export"}).json()
    # A worker was killed after it had stored the file and before it could say so.
    files.store(
        data=b"half", name="x.zip", mime="application/zip", origin="generated",
        owner_kind="data_request", owner_id=opened["id"],
    )  # fmt: skip
    run_requests()
    copies.make(request_id=opened["id"])
    kept = StoredFile.objects.filter(owner_kind="data_request", content_removed_at__isnull=True)
    assert kept.count() == 1
    with clock.frozen(clock.now() + timedelta(days=8)):
        proven(client)
        late = client.call("get", f"/me/data-requests/{opened['id']}/").json()
        assert (late["allowed_actions"], late["file_expires_at"]) == ([], None)
        assert copies.remove_old(clock.now() - timedelta(days=7)) == 1
        assert copies.remove_old(clock.now() - timedelta(days=7)) == 0
    assert not kept.exists()


def test_staff_do_not_take_the_copy_while_they_look_through_the_persons_eyes(
    borrower: User, supervisor: User
) -> None:
    from kenes.foundation.errors import ViewingOnly

    seen = Actor(borrower.pk, frozenset({"borrower"}), viewed_by=supervisor.pk)
    with pytest.raises(ViewingOnly):
        copies.download(actor=seen, request_id=borrower.pk)
