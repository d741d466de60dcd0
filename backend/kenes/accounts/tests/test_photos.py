"""Photos: made plain, checked, shown to the person and to staff who see people."""

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kenes.accounts import photos
from kenes.accounts.errors_profile import PhotoNotUsable
from kenes.accounts.models import Role, User
from kenes.accounts.tests.test_specialists import staff
from kenes.files.models import StoredFile
from kenes.files.testing import EICAR, ClamdProcess
from kenes.foundation import providers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def scanner(settings: Any, tmp_path: Path) -> Iterator[None]:
    with ClamdProcess(tmp_path / "clamd") as running:
        antivirus = {
            "CLASS": "kenes.files.providers.clamd.Clamd",
            "OPTIONS": {"address": running.address},
        }
        settings.PROVIDERS = settings.PROVIDERS | {"antivirus": antivirus}
        providers.load.cache_clear()
        yield
    providers.load.cache_clear()


def picture(kind: str = "JPEG", size: tuple[int, int] = (900, 600), **options: Any) -> bytes:
    """Left half red, right half blue."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def put(client: Any, data: bytes, name: str = "me.jpg") -> Any:
    body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile(name, data)})
    client.cookies["csrftoken"] = "a" * 32
    return client.put(
        "/api/v1/me/photo/", body, content_type=MULTIPART_CONTENT, headers={"X-CSRFToken": "a" * 32}
    )


def clear(user: User) -> None:
    user.refresh_from_db()
    StoredFile.objects.filter(pk=user.photo_file_id).update(scan="clean")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_any_photo_becomes_a_small_jpeg(kind: str) -> None:
    small = Image.open(io.BytesIO(photos.plain_jpeg(picture(kind))))
    assert (small.format, small.size) == ("JPEG", (512, 341))


def test_a_photo_is_turned_and_forgets_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: turn by 90° to the right
    exif[0x010F] = "Camera of Kairat"
    exif.get_ifd(0x8825)[1] = "N"  # where it was taken
    plain = photos.plain_jpeg(picture(exif=exif))
    small = Image.open(io.BytesIO(plain))
    assert small.size == (341, 512)
    top, bottom = small.getpixel((170, 20)), small.getpixel((170, 490))
    assert isinstance(top, tuple) and isinstance(bottom, tuple)
    assert top[0] > 200 > bottom[0]
    assert dict(small.getexif()) == {}
    assert b"Camera" not in plain and b"Exif" not in plain


def test_transparency_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(out, "PNG")
    small = Image.open(io.BytesIO(photos.plain_jpeg(out.getvalue())))
    assert small.getpixel((5, 5)) == (255, 255, 255)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it has very many pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 10_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + b"\x00" * 40,
        picture()[:300],
        picture("PNG")[:60],
        b"\xff\xd8\xff" + b"\x00" * 100,
        b"%PDF-1.7\n",
        bomb(60_000, 60_000),
        bomb(6_000, 6_000),
        bomb(2**31 - 1, 2**31 - 1),
    ],
    ids=["empty", "svg", "gif", "cut", "cut_png", "noise", "pdf", "huge", "large", "absurd"],
)
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    with pytest.raises(PhotoNotUsable):
        photos.plain_jpeg(data)


@given(st.binary(max_size=60), st.integers(0, 400), st.sampled_from(["JPEG", "PNG", "WEBP"]))
def test_damaged_photos_are_used_or_refused_and_never_fail(noise: bytes, place: int, kind: str) -> None:
    whole = picture(kind, (40, 30))
    damaged = whole[:place] + noise + whole[place + len(noise) :]
    try:
        assert photos.plain_jpeg(damaged).startswith(b"\xff\xd8\xff")
    except PhotoNotUsable:
        return


def test_a_photo_is_shown_only_after_the_virus_check(
    borrower: User, api_for: Callable[[User], Any], run_outbox: Callable[[], int], scanner: None
) -> None:
    client = api_for(borrower)
    answer = put(client, picture())
    assert (answer.status_code, answer.json()) == (200, {"photo_url": None})
    assert client.call("get", "/me/photo/").status_code == 404
    run_outbox()
    shown = client.call("get", "/me/profile/").json()["photo_url"]
    assert shown.startswith("/api/v1/me/photo/?v=")
    photo = client.call("get", "/me/photo/")
    assert (photo.status_code, photo["Content-Type"]) == (200, "image/jpeg")
    assert photo["Cache-Control"] == "private, no-store" and photo["X-Content-Type-Options"] == "nosniff"


def test_a_photo_with_a_virus_behind_it_is_kept_without_the_virus(
    borrower: User, api_for: Callable[[User], Any], run_outbox: Callable[[], int], scanner: None
) -> None:
    put(api_for(borrower), picture() + EICAR)
    run_outbox()
    borrower.refresh_from_db()
    file = StoredFile.objects.get(pk=borrower.photo_file_id)
    assert file.scan == "clean"


def test_a_new_photo_replaces_the_bytes_of_the_old_one(
    borrower: User, api_for: Callable[[User], Any]
) -> None:
    client = api_for(borrower)
    put(client, picture())
    borrower.refresh_from_db()
    first = borrower.photo_file_id
    put(client, picture("PNG"))
    assert StoredFile.objects.get(pk=first).content_removed_at is not None
    assert client.call("delete", "/me/photo/").status_code == 204
    assert client.call("delete", "/me/photo/").status_code == 204
    borrower.refresh_from_db()
    assert borrower.photo_file_id is None
    assert StoredFile.objects.filter(content_removed_at__isnull=True).count() == 0


def test_only_the_person_and_who_sees_people_get_the_photo(
    borrower: User, api_for: Callable[[User], Any]
) -> None:
    put(api_for(borrower), picture())
    clear(borrower)
    address = f"/people/{borrower.pk}/photo/"
    assert api_for(borrower).call("get", "/me/photo/").status_code == 200
    assert api_for(borrower).call("get", address).status_code == 403
    assert api_for(staff("m@example.com", Role.MANAGER)).call("get", address).status_code == 403
    assert api_for(staff("s@example.com", Role.SUPERVISOR)).call("get", address).status_code == 200
    assert api_for(staff("a@example.com", Role.ADMIN)).call("get", f"/people/{'0' * 8}-0000-4000-8000-{'0' * 12}/photo/").status_code == 404  # fmt: skip


@pytest.mark.parametrize(
    ("size", "code"), [(5 * 1024 * 1024 + 1, "files.too_large"), (9 * 1024 * 1024, "files.too_large")]
)
def test_a_large_file_is_refused(
    borrower: User, api_for: Callable[[User], Any], size: int, code: str
) -> None:
    answer = put(api_for(borrower), b"\xff\xd8\xff" + b"\x00" * size)
    assert (answer.status_code, answer.json()["code"]) == (413, code)


def test_a_form_without_a_file_and_a_broken_form_are_refused(
    borrower: User, api_for: Callable[[User], Any]
) -> None:
    client = api_for(borrower)
    client.cookies["csrftoken"] = "a" * 32
    headers = {"X-CSRFToken": "a" * 32}
    empty = encode_multipart(BOUNDARY, {"other": "x"})
    answer = client.put("/api/v1/me/photo/", empty, content_type=MULTIPART_CONTENT, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "files.missing")
    broken = client.put(
        "/api/v1/me/photo/", b"nothing", content_type="multipart/form-data; boundary=x", headers=headers
    )
    assert broken.status_code == 400
    assert client.call("put", "/me/photo/", {"file": "x"}).status_code == 400
