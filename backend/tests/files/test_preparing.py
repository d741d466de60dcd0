"""Forms of files for the screen: made off the request, kept, and gone with their source."""

import io
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from PIL import Image

from kenes.accounts.models import User
from kenes.files import access, forms, preparing, services
from kenes.files.converter import Pool, converter_pool
from kenes.files.errors import FormNotThere, StoredFileNotFound
from kenes.files.models import DerivedFile, Preparation, StoredFile
from kenes.files.testing import a_pdf, a_png
from kenes.files.tests import hostile

from .tus_client import a_person

pytestmark = pytest.mark.django_db
SECRET_PLACE = b"43.2380N"


class NoLeases:
    """A converter that is away has nothing to lease."""

    def set(self, name: str, value: str, *, px: int | None = None) -> object:
        return None

    def exists(self, *names: str) -> object:
        return 0

    def delete(self, *names: str) -> object:
        return 0

    def eval(self, script: str, numkeys: int, *keys_and_args: str) -> object:
        return 0


def store(data: bytes, owner_kind: str = "person", owner_id: uuid.UUID | None = None) -> StoredFile:
    """An upload that has passed the virus check."""
    file = services.store(
        data=data, name="Снимок.jpg", mime="", origin="uploaded", owner_kind=owner_kind,
        owner_id=owner_id or uuid.uuid4(),
    )  # fmt: skip
    StoredFile.objects.filter(pk=file.pk).update(scan="clean")
    file.refresh_from_db()
    return file


def prepared(file: StoredFile) -> Preparation:
    preparing.ask(file)
    preparing.prepare(file_id=file.pk, pool=converter_pool(), last_try=False)
    return Preparation.objects.get(file=file)


def camera_photo(orientation: int = 6) -> bytes:
    """A photo as a phone keeps it: lying, with the turn and the place in its EXIF data."""
    picture = Image.new("RGB", (2400, 1800), "white")
    picture.paste((200, 0, 0), (0, 0, 2400, 300))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET_PLACE.decode()
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_photo_is_turned_shrunk_and_tells_no_place() -> None:
    photo = camera_photo()
    assert SECRET_PLACE in photo
    file = store(photo)
    row = prepared(file)
    web = forms.content(file, "web")
    assert (row.state, row.page_sizes) == ("ready", [[1200, 1600]])
    assert (web.mime, web.name) == ("image/webp", "Снимок.webp")
    assert SECRET_PLACE not in web.data and b"EXIF" not in web.data
    with Image.open(io.BytesIO(web.data)) as picture:
        assert picture.size == (1200, 1600)
        # What was at the top of the lying photo is at the right of the upright one.
        assert picture.convert("RGB").getpixel((1190, 800))[0] > 150  # type: ignore[index]
        assert picture.convert("RGB").getpixel((1190, 800))[1] < 60  # type: ignore[index]
    assert forms.content(file, "original").data == photo


@pytest.mark.parametrize("data", [hostile.heic(), hostile.picture("WEBP"), hostile.picture("PNG")])
def test_every_kind_of_picture_has_a_web_form(data: bytes) -> None:
    file = store(data)
    assert prepared(file).state == "ready"
    assert forms.page(file, 1).mime == "image/webp"
    with pytest.raises(FormNotThere):
        forms.page(file, 2)


def test_pages_of_a_pdf_are_known_before_they_are_drawn_and_drawn_once() -> None:
    file = store(a_pdf(pages=3))
    row = prepared(file)
    assert row.page_sizes == [[1240, 1755]] * 3
    assert not DerivedFile.objects.exists()
    page = forms.page(file, 2)
    with Image.open(io.BytesIO(page.data)) as picture:
        assert picture.size == (1240, 1755)
    assert forms.page(file, 2).data == page.data
    assert DerivedFile.objects.get().page == 2
    for number in (0, 4, 10**9):
        with pytest.raises(FormNotThere):
            forms.page(file, number)


def test_a_turned_page_has_the_size_as_seen() -> None:
    file = store(a_pdf().replace(b"/MediaBox [0 0 595 842]", b"/MediaBox [0 0 595 842] /Rotate 90"))
    assert prepared(file).page_sizes == [[1240, 876]]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (hostile.docx("Договор займа"), "Договор"),
        ("Қарыз туралы анықтама\n\x0cекінші бет\n".encode(), "Қарыз"),
        (hostile.xlsx("Төлем <кестесі> & т.б."), "Төлем <кестесі> & т.б."),
    ],
)
def test_documents_get_a_preview(data: bytes, word: str) -> None:
    from kenes.files import pages

    file = store(data)
    row = prepared(file)
    assert row.state == "ready" and len(row.page_sizes) == 1
    preview = forms.content(file, "pdf")
    assert preview.name == "Снимок.pdf" or preview.name.endswith(".pdf")
    assert word in pages.pdf_text(preview.data)
    assert forms.page(file, 1).data


def test_while_the_converter_is_away_a_file_waits_and_in_the_end_has_no_pages() -> None:
    away = Pool(addresses=("127.0.0.1:9",), leases=NoLeases(), wait_seconds=0.05)
    file = store(hostile.docx())
    preparing.ask(file)
    from kenes.foundation.providers import Temporary

    with pytest.raises(Temporary):
        preparing.prepare(file_id=file.pk, pool=away, last_try=False)
    assert Preparation.objects.get().state == "preparing"
    with pytest.raises(Temporary):
        preparing.prepare(file_id=file.pk, pool=away, last_try=True)
    assert Preparation.objects.get().state == "none"


def test_preparing_twice_keeps_one_form() -> None:
    file = store(a_png())
    prepared(file)
    Preparation.objects.update(state="preparing")
    prepared(file)
    assert DerivedFile.objects.count() == 1
    assert StoredFile.objects.filter(owner_kind="file").count() == 1


def test_nothing_is_made_of_what_is_not_checked() -> None:
    file = services.store(
        data=a_png(), name="a.png", mime="", origin="uploaded", owner_kind="person", owner_id=uuid.uuid4()
    )
    assert preparing.ask(file) is None
    assert not Preparation.objects.exists()


def test_forms_go_with_their_source(media: Path, run_outbox: Callable[[], int]) -> None:
    owner = uuid.uuid4()
    file = store(a_pdf(), owner_id=owner)
    prepared(file)
    forms.page(file, 1)
    assert sum(path.is_file() for path in media.rglob("*")) == 2
    assert services.request_removal(owner_kind="person", owner_id=owner) == 1
    run_outbox()
    assert not [path for path in media.rglob("*") if path.is_file()]
    assert not StoredFile.objects.filter(content_removed_at__isnull=True).exists()
    with pytest.raises(StoredFileNotFound):
        preparing.keep(file, "page", b"x", "image/webp", 1)
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_forms_cannot_be_asked_for_by_their_own_id(api_for: Callable[[User], Any]) -> None:
    person = a_person()
    file = store(a_png(), owner_id=person.pk)
    prepared(file)
    form = DerivedFile.objects.get().file
    client = api_for(person)
    assert client.call("get", f"/files/{file.pk}/").status_code == 200
    assert client.call("get", f"/files/{form.pk}/").status_code == 404
    assert "file" not in access.kinds()


@pytest.mark.django_db(transaction=True)
def test_a_page_looked_at_by_many_at_once_is_kept_once(media: Path) -> None:
    file = store(a_pdf())
    prepared(file)

    def look(_number: int) -> bytes:
        try:
            return forms.page(StoredFile.objects.get(pk=file.pk), 1).data
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=4) as pool:
        seen = set(pool.map(look, range(4)))
    assert len(seen) == 1
    assert DerivedFile.objects.count() == 1
    assert sum(path.is_file() for path in media.rglob("*")) == 2


def test_the_viewer_is_told_what_is_there(
    api_for: Callable[[User], Any], run_outbox: Callable[[], int]
) -> None:
    person = a_person()
    client = api_for(person)
    file = services.store(
        data=a_pdf(pages=2), name="Письмо.pdf", mime="application/pdf", origin="generated", owner_kind="person",
        owner_id=person.pk,
    )  # fmt: skip
    told = client.call("get", f"/files/{file.pk}/").json()
    assert (told["state"], told["pages_state"], told["pages"]) == ("ready", "preparing", [])
    run_outbox()
    told = client.call("get", f"/files/{file.pk}/").json()
    assert (told["pages_state"], told["sha256"], told["mime"]) == ("ready", file.sha256, "application/pdf")
    assert told["pages"][1] == {
        "page": 2, "width": 1240, "height": 1755, "url": f"/api/v1/files/{file.pk}/pages/2/",
    }  # fmt: skip
    picture = client.get(told["pages"][1]["url"])
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/webp")
    assert picture["Cache-Control"].startswith("private") and picture["X-Content-Type-Options"] == "nosniff"
    stranger = api_for(a_person(1))
    for path in ("", "pages/2/"):
        assert stranger.call("get", f"/files/{file.pk}/{path}").status_code == 404
    services.remove_content(file_id=file.pk)
    told = client.call("get", f"/files/{file.pk}/").json()
    assert (told["state"], told["pages"], told["pages_state"]) == ("removed", [], "none")
    assert client.get(f"/api/v1/files/{file.pk}/pages/2/").status_code == 410


@pytest.mark.parametrize(
    ("scan", "state"), [("pending", "checking"), ("infected", "infected"), ("unscannable", "unscannable"), ("failed", "failed")]
)  # fmt: skip
def test_what_is_not_checked_shows_nothing(api_for: Callable[[User], Any], scan: str, state: str) -> None:
    person = a_person()
    file = store(a_pdf(), owner_id=person.pk)
    StoredFile.objects.update(scan=scan)
    client = api_for(person)
    assert client.call("get", f"/files/{file.pk}/").json()["state"] == state
    assert client.call("get", f"/files/{file.pk}/pages/1/").status_code == 409
    for form in ("original", "pdf", "web"):
        assert client.call("post", f"/files/{file.pk}/link/", {"form": form}).status_code == 409
