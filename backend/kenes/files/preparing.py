"""What is made of a file for the screen, off the request: a picture for the web, a preview as PDF, sizes of pages.

The original stays as it came. Forms are generated files of the kind of owner "file": they are removed with their source.
Pages are drawn at the first look and kept.
"""

from __future__ import annotations

import io
from typing import Final, Literal
from uuid import UUID

from django.db import IntegrityError, transaction
from PIL import Image

from kenes.files import pages, plain_documents, services
from kenes.files.content_types import PICTURES
from kenes.files.converter import Pool
from kenes.files.errors import FormNotThere, StoredFileNotFound
from kenes.files.limited import run as limited
from kenes.files.models import DerivedFile, Preparation, StoredFile
from kenes.files.selectors import is_readable
from kenes.foundation import clock, logs
from kenes.foundation.providers import Rejected, Temporary
from kenes.outbox import services as outbox

log = logs.get(__name__)
State = Preparation.State
Form = DerivedFile.Form

OWNER_KIND: Final = "file"
WEB_SIDE: Final = 1600
PDF: Final = "application/pdf"
TEXT: Final = "text/plain"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TABLE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PREPARED: Final = frozenset({PDF, TEXT, WORD, TABLE, *PICTURES})
_ENDINGS: Final = {"application/pdf": "pdf", "image/webp": "webp"}


@transaction.atomic
def ask(file: StoredFile) -> Preparation | None:
    """Have a file prepared, once; None for kinds that have no pages. Safe to repeat."""
    if file.mime not in PREPARED or file.owner_kind == OWNER_KIND or not is_readable(file):
        return None
    row, made = Preparation.objects.get_or_create(file=file, defaults={"updated_at": clock.now()})
    if made:
        outbox.enqueue("files.prepare", {"file_id": str(file.pk)}, key=f"files.prepare:{file.pk}")
    return row


def prepare(*, file_id: UUID, pool: Pool, last_try: bool) -> None:
    """Make the forms of one file; run outside a transaction, safe to repeat.

    A file that cannot be drawn has no pages. Temporary while the converter is away; at the last try there are no pages.
    """
    row = Preparation.objects.select_related("file").filter(file_id=file_id).first()
    if row is None or row.state != State.PREPARING or not is_readable(row.file):
        return
    try:
        sizes = _make(row.file, pool)
    except Temporary:
        if last_try:
            _settle(file_id, State.NONE, [])
        raise
    except (Rejected, limited.Refused, limited.TooHeavy) as problem:
        log.warning(
            "file_not_drawn", file_id=str(file_id), problem=type(problem).__name__, reason=str(problem)[:60]
        )
        _settle(file_id, State.NONE, [])
    else:
        _settle(file_id, State.READY if sizes else State.NONE, sizes)


def _make(file: StoredFile, pool: Pool) -> list[list[int]]:
    """Make what the kind needs; sizes of the pages in pixels."""
    data = services.read(file)
    if file.mime in PICTURES:
        options = {"work": "web", "kind": PICTURES[file.mime], "side": WEB_SIDE}
        made = limited.run("pictures", options, data)
        keep(file, Form.WEB, made.data, "image/webp")
        return [[made.facts["width"], made.facts["height"]]]
    if file.mime == PDF:
        return pages.page_sizes(data)
    preview = pool.to_pdf(_as_document(data, file.mime))
    keep(file, Form.PDF, preview, PDF)
    return pages.page_sizes(preview)


def _as_document(data: bytes, mime: str) -> bytes:
    """What the converter reads: a Word file as it is, texts and tables as simple ones."""
    if mime == TEXT:
        return plain_documents.of_text(data)
    if mime == TABLE:
        return plain_documents.of_tables(limited.run("tables", {}, data).facts["sheets"])
    return data


def keep(
    source: StoredFile,
    form: Literal["web", "pdf", "page"] | DerivedFile.Form,
    data: bytes,
    mime: str,
    page: int = 0,
) -> StoredFile:
    """Keep a form of a file; of two that make it at once the first is kept and the second's bytes are deleted.

    StoredFileNotFound when the source was removed meanwhile: what was made of it must not outlive it.
    """
    name = f"{form}{page or ''}.{_ENDINGS.get(mime, 'bin')}"
    made = services.store(
        data=data, name=name, mime=mime, origin="generated", owner_kind=OWNER_KIND, owner_id=source.pk
    )
    try:
        with transaction.atomic():
            # The lock: a removal waits for this row, or this row is not written.
            there = StoredFile.objects.select_for_update().filter(
                pk=source.pk, content_removed_at__isnull=True
            )
            if not there.exists():
                raise StoredFileNotFound
            DerivedFile.objects.create(source=source, form=form, page=page, file=made)
    except (IntegrityError, StoredFileNotFound) as problem:
        services.remove_content(file_id=made.pk)
        StoredFile.objects.filter(pk=made.pk).delete()
        if isinstance(problem, StoredFileNotFound):
            raise
        return DerivedFile.objects.select_related("file").get(source=source, form=form, page=page).file
    return made


def _settle(file_id: UUID, state: Preparation.State, sizes: list[list[int]]) -> None:
    Preparation.objects.filter(file_id=file_id, state=State.PREPARING).update(
        state=state, page_sizes=sizes, updated_at=clock.now()
    )


def page(file: StoredFile, number: int) -> StoredFile:
    """The picture of one page, from 1, drawn now when nobody has looked at it before; outside a transaction.

    Raises what `services.require_readable` raises, FormNotThere for a page that does not exist or is not prepared, and
    Temporary when drawing took too long.
    """
    services.require_readable(file)
    row = Preparation.objects.filter(file=file, state=State.READY).first()
    if row is None or not 1 <= number <= len(row.page_sizes):
        raise FormNotThere
    if file.mime in PICTURES:
        return _form(file, Form.WEB)
    drawn = (
        DerivedFile.objects.select_related("file").filter(source=file, form=Form.PAGE, page=number).first()
    )
    if drawn is not None:
        return drawn.file
    pdf = services.read(file if file.mime == PDF else _form(file, Form.PDF))
    width, height = row.page_sizes[number - 1]
    try:
        picture = pages.draw(pdf, number, width=width, height=height)
    except Rejected as problem:
        raise FormNotThere from problem
    return keep(file, Form.PAGE, _as_webp(picture), "image/webp", number)


def _form(file: StoredFile, form: DerivedFile.Form) -> StoredFile:
    row = DerivedFile.objects.select_related("file").filter(source=file, form=form, page=0).first()
    if row is None:
        raise FormNotThere
    return row.file


def _as_webp(png: bytes) -> bytes:
    """A page drawn by our own program, in a third of its size."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(png), formats=("PNG",)) as picture:
        picture.convert("RGB").save(out, "WEBP", quality=80, method=3)
    return out.getvalue()
