"""Recognition of what was uploaded, in the background: one page of pictures a step, each step safe to repeat.

`begin` follows the virus check. The first step takes the text that a file carries itself; pages that are pictures follow
one by one. A step that is killed is run again and finds what was already kept. A page that cannot be read costs its time
limit and stays empty; the others go on.
"""

from typing import Final
from uuid import UUID

from django.db import transaction

from kenes.event_log import services as event_log
from kenes.files import recognition_docx, services
from kenes.files import recognition_programs as programs
from kenes.files.events import FileTextRead
from kenes.files.models import StoredFile
from kenes.files.recognition_programs import PageText
from kenes.files.selectors import is_readable
from kenes.files.texts import MAX_PAGES, PDF
from kenes.files.texts_models import FileText, FileTextPage
from kenes.foundation import clock, logs
from kenes.foundation.actor import SystemActor
from kenes.foundation.errors import KenesError
from kenes.foundation.providers import Rejected, Temporary
from kenes.outbox import services as outbox

log = logs.get(__name__)

HANDLER: Final = "files.recognise"
READER: Final = SystemActor("recognition")
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PLAIN: Final = "text/plain"
PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/webp", "image/heic"})
READABLE: Final = frozenset({PDF, DOCX, PLAIN, *PICTURES})
# Recognition takes seconds a page; longer papers are looked at by people anyway.
MAX_PICTURE_PAGES: Final = 20
# Fewer letters are a page number or a stamp over a scan, not the text of the page.
_LETTERS_OF_TEXT: Final = 20
_kinds: Final[set[str]] = set()


def register(owner_kind: str) -> None:
    """Have uploads of this kind of owner read; the app that owns them calls it."""
    _kinds.add(owner_kind)


@transaction.atomic
def begin(file_id: UUID) -> bool:
    """Begin reading a file that has passed the virus check; whether there is something to do. Safe to repeat."""
    file = StoredFile.objects.select_for_update().filter(pk=file_id).first()
    if file is None or file.owner_kind not in _kinds or file.mime not in READABLE or not is_readable(file):
        return False
    _row, made = FileText.objects.get_or_create(file=file, defaults={"started_at": clock.now()})
    if made:
        _enqueue(file_id, 0)
    return made


def _enqueue(file_id: UUID, page: int) -> None:
    key = f"{HANDLER}:{file_id}:{page}"
    outbox.enqueue(
        HANDLER, {"file_id": str(file_id), "page": page}, key=key, ordering_key=f"{HANDLER}:{file_id}"
    )


def step(*, file_id: UUID, page: int) -> None:
    """One step: page 0 is the text that the file carries, others are pictures. Run outside a transaction."""
    row = FileText.objects.select_related("file").filter(file_id=file_id).first()
    if row is None or row.state != FileText.State.PREPARING:
        return
    try:
        data = services.read(row.file)
    except KenesError:  # removed, lost or locked meanwhile
        _finish(file_id, problem="content_lost")
        return
    if page == 0:
        _first(row, data)
    elif not FileTextPage.objects.filter(of=row, page=page).exists():
        found, problem = _recognised(row.file, data, page)
        _keep(file_id, {page: found}, done=page, problem=problem)
    _go_on(file_id)


def _first(row: FileText, data: bytes) -> None:
    """Keep what the file says itself and note which pages have to be recognised."""
    if row.waiting or FileTextPage.objects.filter(of=row).exists():
        return
    mime = row.file.mime
    if mime in PICTURES:
        _keep(row.file_id, {}, waiting=[1])
        return
    if mime != PDF:
        text = recognition_docx.text_of(data) if mime == DOCX else data.decode("utf-8", errors="replace")
        _keep(row.file_id, {1: PageText(text[: recognition_docx.MAX_CHARACTERS], ())} if text.strip() else {})
        return
    try:
        pages = programs.pdf_pages(data, last=MAX_PAGES)
    except (Rejected, Temporary) as problem:
        _keep(row.file_id, {}, problem=problem.args[0] if problem.args else "unreadable")
        return
    written = {n: page for n, page in enumerate(pages, start=1) if _letters(page.text) >= _LETTERS_OF_TEXT}
    pictures = [n for n in range(1, len(pages) + 1) if n not in written]
    problem_code = "too_many_pages" if len(pictures) > MAX_PICTURE_PAGES else ""
    _keep(row.file_id, written, waiting=pictures[:MAX_PICTURE_PAGES], problem=problem_code)


def _letters(text: str) -> int:
    return sum(char.isalpha() for char in text)


def _recognised(file: StoredFile, data: bytes, page: int) -> tuple[PageText, str]:
    """The page, empty with a code when it cannot be read: trying again would cost the same and bring the same."""
    try:
        return programs.picture_page(programs.pdf_picture(data, page) if file.mime == PDF else data), ""
    except (Rejected, Temporary) as problem:
        code = str(problem.args[0]).removeprefix("recognition.") if problem.args else "unreadable"
        log.warning("page_not_recognised", file_id=str(file.pk), page=page, problem=code)
        return PageText("", (), 0.0), code


@transaction.atomic
def _keep(
    file_id: UUID,
    pages: dict[int, PageText],
    *,
    waiting: list[int] | None = None,
    done: int = 0,
    problem: str = "",
) -> None:
    row = FileText.objects.select_for_update().filter(file_id=file_id).first()
    if row is None:  # taken away meanwhile with its file
        return
    rows = [
        FileTextPage(
            of=row, page=number, certainty=page.certainty, recognised=bool(done),
            content={
                "text": page.text.replace("\x00", ""),
                "words": [[w.text, w.left, w.top, w.width, w.height] for w in page.words],
            },
        )
        for number, page in pages.items()
    ]  # fmt: skip
    FileTextPage.objects.bulk_create(rows, ignore_conflicts=True)
    row.waiting = waiting if waiting is not None else [number for number in row.waiting if number != done]
    row.problem = problem[:40] or row.problem
    row.save(update_fields=["waiting", "problem"])


@transaction.atomic
def _go_on(file_id: UUID) -> None:
    row = FileText.objects.select_for_update().filter(file_id=file_id).first()
    if row is None:
        return
    if row.waiting:
        _enqueue(file_id, row.waiting[0])
    else:
        _finish(file_id)


@transaction.atomic
def _finish(file_id: UUID, problem: str = "") -> None:
    row = FileText.objects.select_for_update().select_related("file").filter(file_id=file_id).first()
    if row is None or row.state != FileText.State.PREPARING:
        return
    has_text = any(page.content["text"].strip() for page in row.pages.all())
    row.state = FileText.State.READY if has_text else FileText.State.NONE
    row.problem, row.finished_at = problem or row.problem, clock.now()
    row.save(update_fields=["state", "problem", "finished_at"])
    file = row.file
    event_log.record(
        FileTextRead(
            file_id=file.pk, owner_kind=file.owner_kind, owner_id=file.owner_id, has_text=has_text
        ),
        actor=READER,
    )  # fmt: skip
