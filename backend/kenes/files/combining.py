"""Several photos made into one PDF: each straightened and shrunk to a page of A4, in the order they are given."""

from __future__ import annotations

import io
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

import pikepdf
from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.files import names, receiving, storage
from kenes.files.content_types import PICTURES
from kenes.files.errors import FileDamaged, FileTooComplex
from kenes.files.errors_uploads import UploadExpired, UploadNotComplete, UploadNotFound
from kenes.files.limited import run as limited
from kenes.files.models import Upload
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, Throttled

MAX_PHOTOS: Final = 30
# Points of A4, upright.
_A4: Final = (595.28, 841.89)
# One person makes one PDF at a time; longer than the slowest one takes.
_BUSY_SECONDS: Final = 120

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo and how it is to be seen; `corners` of the sheet clockwise from the upper left, 0 to 1, or None."""

    upload_id: UUID
    corners: tuple[Point, Point, Point, Point] | None
    turn: Literal[0, 90, 180, 270]


@dataclass(frozen=True, slots=True)
class _Sheet:
    jpeg: bytes
    width: int
    height: int
    gray: bool


def combine(*, actor: Actor, photos: Sequence[Photo], name: str, look: Literal["color", "gray"]) -> Upload:
    """A complete upload of one PDF made of the person's photos, which are then spent: kept an hour for another try.

    Raises FieldErrors (/uploads/N/…) for what is no photo of his or has impossible corners, FileDamaged, TooManyUploads,
    PersonQuotaReached, FileTooLarge, and Throttled while another PDF of the person is being made.
    """
    busy = f"files.combine:{actor.user_id}"
    if not cache.add(busy, "1", _BUSY_SECONDS):
        raise Throttled(retry_after=5)
    try:
        # The processes do the work, the threads only wait: two at once keep two cores busy.
        with ThreadPoolExecutor(max_workers=2) as pool:
            pages = [_photo(actor, index, photo) for index, photo in enumerate(photos)]
            made = [pool.submit(_sheet, index, page, look) for index, page in enumerate(pages)]
            sheets = [one.result() for one in made]
        pdf = pdf_of(sheets)
        key = storage.write(pdf, area=storage.QUARANTINE)
        try:
            return _keep(actor, photos, names.clean(name, "application/pdf"), pdf, key)
        except BaseException:
            storage.remove(key)
            raise
    finally:
        cache.delete(busy)


def _photo(actor: Actor, index: int, photo: Photo) -> tuple[Photo, str, bytes]:
    """The photo with its kind and bytes."""
    try:
        data = receiving.content_of(actor=actor, upload_id=photo.upload_id, max_bytes=receiving.max_bytes())
        mime = receiving.get_upload(actor=actor, upload_id=photo.upload_id).mime
    except (UploadNotFound, UploadExpired, UploadNotComplete) as problem:
        text = _("This photo is not here any more. Take it again.")
        raise FieldErrors([FieldError(f"/uploads/{index}/id", "unknown", text)]) from problem
    if mime not in PICTURES:
        text = _("Only photos are made into a PDF.")
        raise FieldErrors([FieldError(f"/uploads/{index}/id", "not_a_photo", text)])
    return photo, PICTURES[mime], data


def _sheet(index: int, page: tuple[Photo, str, bytes], look: str) -> _Sheet:
    photo, kind, data = page
    options = {"work": "sheet", "kind": kind, "corners": photo.corners, "turn": photo.turn, "look": look}
    try:
        made = limited.run("pictures", options, data)
    except limited.Refused as problem:
        if problem.code != "corners":
            raise FileDamaged from problem
        text = _("The corners lie too close together.")
        raise FieldErrors([FieldError(f"/uploads/{index}/corners", "invalid", text)]) from problem
    except limited.TooHeavy as problem:
        raise FileTooComplex from problem
    return _Sheet(made.data, made.facts["width"], made.facts["height"], gray=look == "gray")


def pdf_of(sheets: Sequence[_Sheet]) -> bytes:
    """A PDF with one JPEG on each page of A4, lying where the picture is wider than tall."""
    pdf = pikepdf.new()
    for sheet in sheets:
        width, height = _A4 if sheet.height >= sheet.width else (_A4[1], _A4[0])
        scale = min(width / sheet.width, height / sheet.height)
        drawn = (sheet.width * scale, sheet.height * scale)
        left, bottom = (width - drawn[0]) / 2, (height - drawn[1]) / 2
        image = pikepdf.Stream(
            pdf, sheet.jpeg, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=sheet.width,
            Height=sheet.height, ColorSpace=pikepdf.Name.DeviceGray if sheet.gray else pikepdf.Name.DeviceRGB,
            BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        draw = f"q {drawn[0]:.3f} 0 0 {drawn[1]:.3f} {left:.3f} {bottom:.3f} cm /I Do Q"
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page, MediaBox=[0, 0, width, height], Contents=pdf.make_stream(draw.encode()),
            Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=pdf.make_indirect(image))),
        )  # fmt: skip
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    out = io.BytesIO()
    pdf.save(out, compress_streams=True)
    return out.getvalue()


@transaction.atomic
def _keep(actor: Actor, photos: Sequence[Photo], name: str, pdf: bytes, key: str) -> Upload:
    now = clock.now()
    made = receiving.keep_made(actor=actor, name=name, data=pdf, mime="application/pdf", storage_key=key)
    spent = Upload.objects.filter(
        pk__in={photo.upload_id for photo in photos}, person_id=made.person_id, spent_at__isnull=True
    )
    spent.update(spent_at=now, expires_at=now + receiving.SPENT_LIFETIME)
    return made
