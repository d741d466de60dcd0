"""Photos of people: made small and plain, checked for viruses, shown only once they are clean."""

import io
import warnings
from typing import Final
from uuid import UUID

from django.db import transaction
from PIL import Image, ImageOps

from kenes.accounts import permissions
from kenes.accounts.errors import PersonNotFound
from kenes.accounts.errors_profile import PhotoNotFound, PhotoNotUsable
from kenes.accounts.events_profile import PhotoChanged
from kenes.accounts.models import User
from kenes.event_log import services as event_log
from kenes.files import content_types, receiving
from kenes.files import selectors as file_selectors
from kenes.files import services as files
from kenes.files.errors import FileTooLarge
from kenes.files.models import StoredFile
from kenes.foundation.actor import Actor

MAX_BYTES: Final = 5 * 1024 * 1024
# A picture of a few kilobytes may unfold to gigabytes: its size is read before a pixel is drawn.
MAX_PIXELS: Final = 25_000_000
SIDE: Final = 512
_FORMATS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def plain_jpeg(data: bytes) -> bytes:
    """The photo as a JPEG of at most 512 × 512, upright, without any metadata; transparency becomes white.

    Raises PhotoNotUsable for other kinds, broken pictures and pictures with too many pixels.
    """
    kind = _FORMATS.get(content_types.detect(data))
    if kind is None:
        raise PhotoNotUsable
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=(kind,)) as picture:
            warnings.simplefilter("ignore")
            if picture.width * picture.height > MAX_PIXELS:
                raise PhotoNotUsable
            # Small before upright: turning the whole picture would need its memory twice.
            picture.thumbnail((SIDE, SIDE))
            return _written(ImageOps.exif_transpose(picture))
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        ArithmeticError,
        Image.DecompressionBombError,
    ) as problem:
        raise PhotoNotUsable from problem


def _written(picture: Image.Image) -> bytes:
    # A new canvas knows nothing of the camera, the place and the colour profile of the original.
    canvas = Image.new("RGB", picture.size, "white")
    seen = picture.convert("RGBA")
    canvas.paste(seen, mask=seen.getchannel("A"))
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


def set_photo(*, actor: Actor, user_id: UUID, data: bytes) -> User:
    """Give a person a photo; it is shown after the virus check. FileTooLarge, PhotoNotUsable, Forbidden.

    The bytes of the former one are deleted.
    """
    if len(data) > MAX_BYTES:
        raise FileTooLarge(limit_megabytes=MAX_BYTES // (1024 * 1024))
    small = plain_jpeg(data)
    with transaction.atomic():
        user = _locked(actor, user_id)
        file = files.store(
            data=small, name="photo.jpg", mime="image/jpeg", origin="uploaded", owner_kind="person", owner_id=user.pk
        )  # fmt: skip
        receiving.discard(data)
        former = _replace(actor, user, file.pk)
    _forget(former)
    return user


def remove_photo(*, actor: Actor, user_id: UUID) -> User:
    """Take the photo away and delete its bytes; without a photo nothing happens."""
    with transaction.atomic():
        user = _locked(actor, user_id)
        former = _replace(actor, user, None) if user.photo_file_id else None
    _forget(former)
    return user


def _locked(actor: Actor, user_id: UUID) -> User:
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise PersonNotFound
    permissions.require(actor, "person.edit", user.pk)
    return user


def _replace(actor: Actor, user: User, file_id: UUID | None) -> UUID | None:
    former, user.photo_file_id = user.photo_file_id, file_id
    user.save(update_fields=["photo_file_id"])
    event_log.record(PhotoChanged(person_id=user.pk, file_id=file_id), actor=actor)
    return former


def _forget(former: UUID | None) -> None:
    # After the commit: bytes do not come back with a rollback.
    if former is not None:
        files.remove_content(file_id=former)


def photo_of(user: User) -> StoredFile | None:
    """The photo when it may be shown, else None."""
    if user.photo_file_id is None:
        return None
    file = StoredFile.objects.filter(pk=user.photo_file_id).first()
    return file if file is not None and file_selectors.is_readable(file) else None


def photo_url(user: User, *, own: bool = True) -> str | None:
    """Where a browser gets the photo; None when there is none, or none that may be shown yet. One query at most."""
    if photo_of(user) is None:
        return None
    place = "me" if own else f"people/{user.pk}"
    # Another photo is another address, so a cached one is never shown for it.
    return f"/api/v1/{place}/photo/?v={str(user.photo_file_id)[:8]}"


def read_photo(user: User) -> bytes:
    """JPEG of the person; PhotoNotFound when there is none that may be shown."""
    file = photo_of(user)
    if file is None:
        raise PhotoNotFound
    return files.read(file)
