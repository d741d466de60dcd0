"""Short links: five minutes, for who asked, written down, asked again at use."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kenes.accounts.models import User
from kenes.event_log.models import EventRow
from kenes.files import services
from kenes.files.models import StoredFile
from kenes.files.testing import a_pdf
from kenes.foundation import clock

from .tus_client import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return a_person()


@pytest.fixture
def file(person: User) -> StoredFile:
    return services.store(
        data=a_pdf(), name="Справка «о доходах».pdf", mime="application/pdf", origin="generated",
        owner_kind="person", owner_id=person.pk,
    )  # fmt: skip


@pytest.fixture
def client(person: User, api_for: Callable[[User], Any]) -> Any:
    return api_for(person)


def link(client: Any, file: StoredFile, form: str = "original") -> str:
    answer = client.call("post", f"/files/{file.pk}/link/", {"form": form})
    assert answer.status_code == 200, answer.content
    return str(answer.json()["url"])


def test_a_link_gives_the_bytes_to_save_and_both_are_written_down(client: Any, file: StoredFile) -> None:
    url = link(client, file)
    answer = client.get(url)
    assert (answer.status_code, answer.content) == (200, a_pdf())
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["Cache-Control"] == "private, no-store"
    events = EventRow.objects.filter(type__startswith="file.").order_by("seq")
    assert [(row.type, row.data["form"]) for row in events] == [
        ("file.link_issued", "original"),
        ("file.opened", "original"),
    ]
    assert {row.stream.kind for row in events.select_related("stream")} == {"person"}
    assert "Справка" not in str([row.data for row in events]) and "Справка" not in url


def test_a_link_ends_after_five_minutes(client: Any, file: StoredFile) -> None:
    now = clock.now()
    with clock.frozen(now):
        url = link(client, file)
    with clock.frozen(now + timedelta(minutes=4, seconds=58)):
        assert client.get(url).status_code == 200
    with clock.frozen(now + timedelta(minutes=5, seconds=2)):
        answer = client.get(url)
    assert (answer.status_code, answer.json()["code"]) == (404, "files.link_invalid")
    assert EventRow.objects.filter(type="file.opened").count() == 1


def test_a_link_is_for_who_asked(
    client: Any, file: StoredFile, api_for: Callable[[User], Any], api: Any
) -> None:
    url = link(client, file)
    assert api_for(a_person(1)).get(url).status_code == 404
    assert api.get(url).status_code == 401
    assert not EventRow.objects.filter(type="file.opened").exists()


@pytest.mark.parametrize("change", ["end", "form", "other_salt", "rubbish"])
def test_a_changed_link_is_refused(client: Any, file: StoredFile, change: str) -> None:
    from django.core import signing

    url = link(client, file)
    token = url.split("/")[-2]
    given = {
        "end": token[:-1] + ("A" if token[-1] != "A" else "B"),
        "form": "x" + token,
        "other_salt": signing.dumps({"f": str(file.pk), "k": "original", "p": "x", "t": 1}, salt="other"),
        "rubbish": "%00",
    }[change]
    answer = client.get(f"/api/v1/files/content/{given}/")
    assert (answer.status_code, answer.json()["code"]) == (404, "files.link_invalid")


def test_at_use_it_is_asked_again_whether_the_file_may_be_read(client: Any, file: StoredFile) -> None:
    url = link(client, file)
    StoredFile.objects.update(owner_id=uuid.uuid4())
    assert client.get(url).status_code == 404
    StoredFile.objects.update(owner_id=a_person(1).pk, scan="infected")
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("change", "status"), [({"scan": "infected"}, 409), ({"content_removed_at": "now"}, 410)]
)
def test_a_file_that_was_locked_or_removed_meanwhile_is_not_given(
    client: Any, file: StoredFile, change: dict[str, Any], status: int
) -> None:
    url = link(client, file)
    StoredFile.objects.update(
        **{name: clock.now() if value == "now" else value for name, value in change.items()}
    )
    assert client.get(url).status_code == status
    assert not EventRow.objects.filter(type="file.opened").exists()


def test_no_link_to_what_is_not_there(client: Any, file: StoredFile, api_for: Callable[[User], Any]) -> None:
    assert client.call("post", f"/files/{file.pk}/link/", {"form": "web"}).status_code == 404
    assert client.call("post", f"/files/{file.pk}/link/", {"form": "exe"}).status_code == 400
    assert client.call("post", f"/files/{uuid.uuid4()}/link/", {"form": "original"}).status_code == 404
    stranger = api_for(a_person(1))
    assert stranger.call("post", f"/files/{file.pk}/link/", {"form": "original"}).status_code == 404
    assert not EventRow.objects.filter(type__startswith="file.").exists()


def test_a_pdf_is_its_own_preview(client: Any, file: StoredFile) -> None:
    assert client.get(link(client, file, "pdf")).content == a_pdf()
