"""Photos made into one PDF: straightened by their corners, turned, in order, of the size of A4."""

import io
import uuid
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from django.core.cache import cache
from PIL import Image, ImageDraw

from kenes.accounts.models import User
from kenes.files import receiving
from kenes.files.models import Upload
from kenes.files.testing import a_pdf, a_png
from kenes.files.tests import hostile
from kenes.foundation import clock
from kenes.foundation.actor import Actor

from .tus_client import Tus, a_person

pytestmark = pytest.mark.django_db
# A sheet on a dark table, seen from the side; its upper left corner is red, its lower right blue.
CORNERS = [(0.2, 0.15), (0.75, 0.2), (0.85, 0.9), (0.1, 0.8)]


def photo(size: tuple[int, int] = (1200, 1600)) -> bytes:
    picture = Image.new("RGB", size, (40, 40, 40))
    points = [(x * size[0], y * size[1]) for x, y in CORNERS]
    draw = ImageDraw.Draw(picture)
    draw.polygon(points, fill=(235, 232, 225))
    for (x, y), colour in ((points[0], (220, 0, 0)), (points[2], (0, 0, 220))):
        inner = (size[0] * 0.48, size[1] * 0.5)
        near = [(x + (inner[0] - x) * part, y + (inner[1] - y) * part) for part in (0.0, 0.12)]
        draw.line(near, fill=colour, width=70)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


@pytest.fixture
def person() -> User:
    return a_person()


@pytest.fixture
def tus(person: User, api_for: Callable[[User], Any]) -> Tus:
    return Tus(api_for(person))


def combine(tus: Tus, photos: list[dict[str, Any]], **more: Any) -> Any:
    return tus.client.call("post", "/uploads/combine/", {"uploads": photos, "name": "Договор", **more})


def made(person: User, upload_id: str) -> pikepdf.Pdf:
    data = receiving.content_of(
        actor=Actor(user_id=person.pk), upload_id=uuid.UUID(upload_id), max_bytes=10**8
    )
    return pikepdf.open(io.BytesIO(data))


def drawn(pdf: pikepdf.Pdf, page: int) -> Image.Image:
    return pikepdf.PdfImage(pdf.pages[page].Resources.XObject.I).as_pil_image().convert("RGB")


def test_photos_become_pages_in_their_order(tus: Tus, person: User) -> None:
    first, second = tus.whole(photo(), "1.jpg"), tus.whole(a_png(300, 200), "2.png")
    answer = combine(
        tus, [{"id": second, "corners": None, "turn": 0}, {"id": first, "corners": CORNERS, "turn": 0}]
    )
    assert answer.status_code == 201, answer.content
    state = answer.json()
    assert (state["state"], state["name"], state["offset"]) == ("complete", "Договор.pdf", state["size"])
    pdf = made(person, state["id"])
    boxes = [[round(float(side)) for side in page.mediabox] for page in pdf.pages]
    assert boxes == [[0, 0, 842, 595], [0, 0, 595, 842]]


def test_a_sheet_is_straightened_by_its_corners(tus: Tus, person: User) -> None:
    state = combine(tus, [{"id": tus.whole(photo(), "1.jpg"), "corners": CORNERS, "turn": 0}]).json()
    page = drawn(made(person, state["id"]), 0)
    width, height = page.size
    assert (width, height) == (1405, 1987) or height <= 1987
    # The dark table is gone on every side, and the marks stand in their corners.
    edge = [page.getpixel((x, y)) for x in (4, width // 2, width - 5) for y in (height // 2,)]
    assert all(min(colour) > 150 for colour in edge)  # type: ignore[type-var]
    red, blue = page.getpixel((25, 25)), page.getpixel((width - 26, height - 26))
    assert red[0] > red[2] + 80 and blue[2] > blue[0] + 80  # type: ignore[index, operator]


@pytest.mark.parametrize(("turn", "corner"), [(90, (1, 0)), (180, (1, 1)), (270, (0, 1))])
def test_a_sheet_is_turned_clockwise(tus: Tus, person: User, turn: int, corner: tuple[int, int]) -> None:
    state = combine(tus, [{"id": tus.whole(photo(), "1.jpg"), "corners": CORNERS, "turn": turn}]).json()
    page = drawn(made(person, state["id"]), 0)
    x, y = (25 + part * (side - 51) for part, side in zip(corner, page.size, strict=True))
    red = page.getpixel((x, y))
    assert red[0] > red[2] + 80  # type: ignore[index, operator]


def test_the_gray_look_makes_paper_white_and_the_file_small(tus: Tus, person: User) -> None:
    one = tus.whole(photo((3000, 4000)), "1.jpg")
    colour = combine(tus, [{"id": one, "corners": CORNERS}], look="color").json()
    gray = combine(tus, [{"id": one, "corners": CORNERS}], look="gray").json()
    page = drawn(made(person, gray["id"]), 0)
    assert page.getpixel((page.width // 2, page.height // 2))[0] > 245  # type: ignore[index]
    assert gray["size"] < colour["size"] < 400_000


def test_spent_photos_are_kept_for_another_try_and_not_counted(tus: Tus, settings: Any) -> None:
    one = tus.whole(photo(), "1.jpg")
    settings.UPLOADS_OPEN_PER_PERSON = 2
    assert combine(tus, [{"id": one}]).status_code == 201
    upload = Upload.objects.get(pk=one)
    assert upload.spent_at is not None
    assert upload.expires_at <= clock.now() + receiving.SPENT_LIFETIME
    assert combine(tus, [{"id": one}]).status_code == 201
    answer = combine(tus, [{"id": one}])
    assert (answer.status_code, answer.json()["code"]) == (409, "uploads.too_many")


def test_heic_photos_are_combined_too(tus: Tus) -> None:
    assert combine(tus, [{"id": tus.whole(hostile.heic((640, 480)), "1.heic")}]).status_code == 201


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "corner_outside": ({"corners": [[0, 0], [1.2, 0], [1, 1], [0, 1]]}, "/uploads/0/corners/1/0"),
    "three_corners": ({"corners": [[0, 0], [1, 0], [1, 1]]}, "/uploads/0/corners"),
    "corners_in_one_place": ({"corners": [[0.5, 0.5]] * 4}, "/uploads/0/corners"),
    "no_number": ({"corners": [["a", 0], [1, 0], [1, 1], [0, 1]]}, "/uploads/0/corners/0/0"),
    "turn": ({"turn": 45}, "/uploads/0/turn"),
    "unknown": ({"id": str(uuid.uuid4())}, "/uploads/0/id"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_combined_is_named(tus: Tus, name: str) -> None:
    change, pointer = WRONG[name]
    answer = combine(tus, [{"id": tus.whole(a_png(), "1.png"), **change}])
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert Upload.objects.filter(spent_at__isnull=True).count() == 1


def test_only_own_photos_are_combined(tus: Tus, api_for: Callable[[User], Any]) -> None:
    pdf = tus.whole(a_pdf(), "1.pdf")
    assert combine(tus, [{"id": pdf}]).json()["errors"][0]["code"] == "not_a_photo"
    theirs = Tus(api_for(a_person(1))).whole(a_png(), "1.png")
    assert combine(tus, [{"id": theirs}]).json()["errors"][0]["code"] == "unknown"
    assert combine(tus, []).status_code == 400
    assert combine(tus, [{"id": pdf}] * 31).status_code == 400


def test_one_person_makes_one_pdf_at_a_time(tus: Tus, person: User) -> None:
    one = tus.whole(a_png(), "1.png")
    cache.add(f"files.combine:{person.pk}", "1", 60)
    assert combine(tus, [{"id": one}]).status_code == 429
    cache.delete(f"files.combine:{person.pk}")
    assert combine(tus, [{"id": one}]).status_code == 201
    assert combine(tus, [{"id": one}]).status_code == 201
