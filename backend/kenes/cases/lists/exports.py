"""The list as CSV or XLSX: what is shown, as it is shown to this reader, piece by piece off the request path."""

import csv
import io
import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import translation
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from kenes.accounts import selectors as account_selectors
from kenes.cases import selectors
from kenes.cases.errors.lists import JobFileNotReady, NothingSelected, TooManySelected
from kenes.cases.events.lists import CasesExported
from kenes.cases.lists import jobs, list_columns, listing
from kenes.cases.lists.bulk_runs import Selection
from kenes.cases.lists.list_filters import Filters
from kenes.cases.models import Case, JobKind, JobState, ListJob
from kenes.event_log import services as event_log
from kenes.files import selectors as file_selectors
from kenes.files import services as files
from kenes.foundation import clock, pagination
from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden

MOST: Final = 200_000
PIECE_ROWS: Final = 4_000
PAGE: Final = 500
KEPT_FOR: Final = timedelta(days=7)
OWNER: Final = "list_job"
MIME: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_CHUNK: Final = 64 * 1024


@transaction.atomic
def start(
    *, actor: Actor, format: str, selection: Selection, sort: str, columns: tuple[str, ...], language: str
) -> ListJob:
    """Order a file of the selected cases; the event of it names the person and the number of rows, no case.

    Raises Forbidden, NothingSelected, TooManySelected, JobBusy.
    """
    if not actor.can("case.export") or actor.user_id is None:
        raise Forbidden
    total = _found(actor, selection).count()
    if total == 0:
        raise NothingSelected
    if total > MOST:
        raise TooManySelected(most=MOST, found=total)
    job = ListJob(
        kind=JobKind.EXPORT, action=format, owner_id=actor.user_id, language=language, total=total,
        params={"selection": _plain(selection), "sort": sort, "columns": list(columns), "cursor": "", "parts": []},
        created_at=clock.now(),
    )  # fmt: skip
    jobs.start(job)
    event = CasesExported(person_id=actor.user_id, job_id=job.pk, format=format, rows=total, columns=columns)
    event_log.record(event, actor=actor)
    return job


def _found(actor: Actor, selection: Selection) -> Any:
    if selection.filters is None:
        return selectors.cases_visible_to(actor).filter(pk__in=selection.ids)
    return listing.cases(actor=actor, filters=selection.filters)


def _plain(selection: Selection) -> dict[str, Any]:
    def simple(value: Any) -> Any:
        if isinstance(value, tuple):
            return [simple(item) for item in value]
        return value if value is None or isinstance(value, bool | int | str) else str(value)

    filters = selection.filters
    return {
        "ids": [str(pk) for pk in selection.ids],
        "filters": None if filters is None else {name: simple(v) for name, v in asdict(filters).items()},
    }


def _selection(kept: dict[str, Any]) -> Selection:
    if kept["filters"] is None:
        return Selection(ids=tuple(UUID(pk) for pk in kept["ids"]))
    made: dict[str, Any] = {}
    for name, value in kept["filters"].items():
        if name not in Filters.__dataclass_fields__:
            continue
        if isinstance(value, list):
            made[name] = tuple(UUID(item) if name in {"creditor", "queue", "tag"} else item for item in value)
        elif value and name.endswith(("_after", "_before")):
            made[name] = date.fromisoformat(value)
        else:
            made[name] = value
    return Selection(filters=Filters(**made))


@jobs.works(JobKind.EXPORT)
def run_piece(job: ListJob) -> bool:
    """The next few thousand rows as a part of the file, and at the end the whole of it."""
    actor = account_selectors.signed_in_actor(account_selectors.get_person(job.owner_id))
    if not actor.can("case.export"):
        ListJob.objects.filter(pk=job.pk).update(state=JobState.FAILED, problem="forbidden")
        return False
    with translation.override(job.language):
        lines, cursor = _piece(actor, job)
        part = files.store(
            data=json.dumps(lines, ensure_ascii=False, default=_to_json).encode(), name="part.json",
            mime="application/json", origin="generated", owner_kind=OWNER, owner_id=job.pk,
        )  # fmt: skip
        with transaction.atomic():
            row = ListJob.objects.select_for_update().get(pk=job.pk)
            if row.step != job.step:
                return False
            row.params = {
                **row.params, "cursor": cursor or "", "parts": [*row.params["parts"], str(part.pk)],
            }  # fmt: skip
            row.changed += len(lines)
            row.save(update_fields=["params", "changed"])
        if cursor:
            return True
        if not jobs.is_stopped(job):
            _finish(row)
    return False


def _piece(actor: Actor, job: ListJob) -> tuple[list[list[Any]], str | None]:
    sort, columns = job.params["sort"], tuple(job.params["columns"])
    key = listing.order(actor, sort)
    found = listing.ordered(_found(actor, _selection(job.params["selection"])), sort)
    lines: list[list[Any]] = []
    cursor: str | None = job.params["cursor"]
    while len(lines) < PIECE_ROWS:
        page: list[Case]
        page, cursor = pagination.page(
            found, key=key, limit=PAGE, cursor=cursor or "",
            joined=lambda picked: listing.with_people(picked, sort),
        )  # fmt: skip
        lines += [list_columns.values(actor, columns, row, job.language) for row in listing.rows(actor, page)]
        if cursor is None:
            break
    return lines, cursor


def _to_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"n": str(value)}
    if isinstance(value, date | datetime):
        return {"d": value.isoformat()[:10]}
    return str(value)


def _cell(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return Decimal(value["n"]) if "n" in value else date.fromisoformat(value["d"])


def _lines(job: ListJob) -> Iterator[list[Any]]:
    for part in job.params["parts"]:
        stored = file_selectors.get_file(UUID(part))
        for line in json.loads(files.read(stored)):
            yield [_cell(value) for value in line]


def _finish(job: ListJob) -> None:
    header = list_columns.header(tuple(job.params["columns"]))
    write = _xlsx if job.action == "xlsx" else _csv
    data = write(header, _lines(job), job.language)
    stored = files.store(
        data=data, name=f"cases.{job.action}", mime=MIME[job.action], origin="generated", owner_kind=OWNER,
        owner_id=job.pk,
    )  # fmt: skip
    ListJob.objects.filter(pk=job.pk).update(file_id=stored.pk)
    for part in job.params["parts"]:
        files.remove_content(file_id=UUID(part))


def _csv(header: list[str], lines: Iterator[list[Any]], language: str) -> bytes:
    """UTF-8 with a mark; semicolons where the decimal sign is a comma, as spreadsheets of the country expect."""
    comma = language in {"ru", "kk"}
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";" if comma else ",", lineterminator="\r\n")
    writer.writerow(header)
    for line in lines:
        writer.writerow([_csv_cell(value, comma) for value in line])
    return out.getvalue().encode()


def _csv_cell(value: Any, comma: bool) -> Any:
    match value:
        case None:
            return ""
        case Decimal():
            text = f"{value:.2f}"
            return text.replace(".", ",") if comma else text
        case date():
            return value.strftime("%d.%m.%Y") if comma else value.isoformat()
        case str():
            return list_columns.formula_safe(value)
    return value


def _xlsx(header: list[str], lines: Iterator[list[Any]], language: str) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Kenes Hub")
    sheet.freeze_panes = "A2"
    sheet.append(header)
    for line in lines:
        sheet.append([_xlsx_cell(sheet, value, language) for value in line])
    with tempfile.TemporaryFile() as out:
        book.save(out)
        out.seek(0)
        return out.read()


def _xlsx_cell(sheet: Any, value: Any, language: str) -> Any:
    """A cell that a spreadsheet shows as the screen does: days by the language, sums with two places after the comma."""
    if value is None:
        return None
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=list_columns.formula_safe(value))
        cell.data_type = "s"
        return cell
    cell = WriteOnlyCell(sheet, value=value)
    match value:
        case date():
            cell.number_format = "yyyy-mm-dd" if language == "en" else "dd.mm.yyyy"
        case Decimal():
            cell.number_format = "#,##0.00"
    return cell


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """The bytes of an export and how to give them out."""

    name: str
    mime: str
    data: bytes

    def pieces(self) -> Iterator[bytes]:
        for start in range(0, len(self.data), _CHUNK):
            yield self.data[start : start + _CHUNK]


def file_of(*, actor: Actor, job_id: UUID) -> ReadyFile:
    """The ready file of one's own export. Raises JobNotFound, JobFileNotReady."""
    job = jobs.get_job(actor=actor, job_id=job_id)
    if job.file_id is None:
        raise JobFileNotReady
    day = clock.almaty(job.created_at).strftime("%Y-%m-%d")
    stored = file_selectors.get_file(job.file_id)
    return ReadyFile(f"kenes-cases-{day}.{job.action}", MIME[job.action], files.read(stored))


def remove_old() -> int:
    """Take away files of exports that are older than a week; returns how many. Run by the daily timer."""
    old = ListJob.objects.filter(
        kind=JobKind.EXPORT, file_id__isnull=False, created_at__lt=clock.now() - KEPT_FOR
    )
    count = 0
    for job in old:
        assert job.file_id is not None
        files.remove_content(file_id=job.file_id)
        # What was searched for may be a name: it goes with the file.
        ListJob.objects.filter(pk=job.pk).update(file_id=None, params={})
        count += 1
    return count
