"""Cases from a file: looked at row by row and cell by cell first, then brought in whole or not at all."""

import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, OperationalError, transaction
from django.utils import translation
from django.utils.translation import gettext as now_
from openpyxl import Workbook
from openpyxl.styles import Font
from rest_framework import serializers

from kenes.accounts import selectors as account_selectors
from kenes.cases.api import inputs, intake_serializers
from kenes.cases.errors.lists import ImportFileKnown, ImportFileUnreadable, ImportHasErrors, JobNotFound
from kenes.cases.events.lists import CasesImported
from kenes.cases.lists import import_choices, import_columns, import_files, jobs
from kenes.cases.models import CaseSource, JobKind, JobRow, JobState, ListJob, RowState
from kenes.cases.story import on_behalf, story, submission
from kenes.event_log import services as event_log
from kenes.files import receiving
from kenes.foundation import clock, crypto
from kenes.foundation.actor import Actor
from kenes.foundation.api import StrictSerializer, field_errors
from kenes.foundation.errors import FieldErrors, Forbidden, KenesError
from kenes.foundation.fields_api import PhoneField
from kenes.foundation.values import PhoneNumber

KEPT_FOR: Final = timedelta(days=7)
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(slots=True)
class Line:
    """One row of the file. `errors` are pairs of a column code (empty: the whole row) and words."""

    number: int
    values: dict[str, Any]
    errors: list[tuple[str, str]] = field(default_factory=list)

    def wrong(self, column: str | None, words: str) -> None:
        self.errors.append((column or "", words))


class _Person(StrictSerializer):
    phone = PhoneField()


def _require(actor: Actor) -> None:
    if not actor.can("case.import") or not actor.can(on_behalf.ABILITY) or actor.user_id is None:
        raise Forbidden


def preview(*, actor: Actor, data: bytes, language: str) -> ListJob:
    """Read a file and keep what was read, with every error beside its row; makes no case.

    Raises Forbidden, ImportFileUnreadable, ImportFileTooLarge, ImportFileKnown(job_id).
    """
    _require(actor)
    assert actor.user_id is not None
    hashes = crypto.lookup_hashes(hashlib.sha256(data).hexdigest())
    _require_new(hashes)
    with translation.override(language):
        lines = _lines(import_files.read(data))
        groups = _checked(lines)
    job = ListJob(
        kind=JobKind.IMPORT, state=JobState.PREVIEW, owner_id=actor.user_id, language=language,
        source_hash=hashes[0], params={"groups": groups}, total=len(lines), created_at=clock.now(),
        failed=sum(bool(line.errors) for line in lines),
    )  # fmt: skip
    with transaction.atomic():
        # One look at a time: the file that was looked at before is forgotten with what stood in it.
        ListJob.objects.filter(owner_id=actor.user_id, kind=JobKind.IMPORT, state=JobState.PREVIEW).delete()
        job.save(force_insert=True)
        JobRow.objects.bulk_create([_row(job, line) for line in lines])
        receiving.discard(data)
    return job


def _require_new(hashes: list[str]) -> None:
    known = ListJob.objects.filter(
        kind=JobKind.IMPORT, source_hash__in=hashes,
        state__in=[JobState.QUEUED, JobState.RUNNING, JobState.DONE],
    ).first()  # fmt: skip
    if known is not None:
        raise ImportFileKnown(job_id=str(known.pk))


def _row(job: ListJob, line: Line) -> JobRow:
    """Its position counts from nought, as everywhere, but over all rows of the file: people look for the row by that number."""
    words = "\n".join(f"{_title(column)}: {text}" if column else text for column, text in line.errors)
    return JobRow(
        job=job, position=line.number - 1, state=RowState.FAILED if line.errors else RowState.PENDING,
        code="case.import_row" if line.errors else "", detail=words, key=_keys(line.values)[0],
    )  # fmt: skip


def _title(code: str) -> str:
    return str(import_columns.BY_CODE[code].title)


def _keys(values: Mapping[str, Any]) -> list[str]:
    """What makes a row the same as one of another file: the person and the contract; under every key in use, newest first."""
    told = [str(values.get(name) or "").casefold() for name in ("iin", "creditor", "contract")]
    return crypto.lookup_hashes("|".join(["import", *told]))


def _lines(sheet: import_files.Sheet) -> list[Line]:
    known = import_columns.known_titles()
    codes = [import_columns.column_of(title, known) for title in sheet.head]
    if not any(codes):
        raise ImportFileUnreadable
    doubled = {code for code in codes if code and codes.count(code) > 1}
    missing = [c for c in import_columns.COLUMNS if c.required and c.code not in codes]
    lines = []
    for number, cells in sheet.rows:
        read = {code: cell for code, cell in zip(codes, cells, strict=False) if code}
        line = Line(number, {code: import_columns.BY_CODE[code].read(cell) for code, cell in read.items()})
        for column in missing:
            line.wrong(column.code, now_("This column is missing in the file."))
        for code in sorted(doubled):
            line.wrong(code, now_("This column stands twice in the file."))
        lines.append(line)
    return lines


def _checked(lines: list[Line]) -> list[dict[str, Any]]:
    """Rows with one own number are debts of one case. Notes every error on its row; gives the forms of the cases."""
    by_reference: dict[str, list[int]] = defaultdict(list)
    for position, line in enumerate(lines):
        by_reference[str(line.values.get("reference") or f"#{line.number}")].append(position)
    _note_known(lines)
    groups = []
    for positions in by_reference.values():
        own = [lines[position] for position in positions]
        form, person, consent = _form(own)
        _note_empty(own)
        _note_choices(own)
        _note_form(own, form)
        _note_person(own, person, consent)
        groups.append(
            {"rows": [line.number - 1 for line in own], "form": form, "person": person, "consent": consent}
        )
    _note_example(lines)
    return groups


def _note_example(lines: list[Line]) -> None:
    """The example of the template is nobody's debt: left in, or written over in part, it is refused for that alone."""
    marks = import_columns.marks_of_example()
    words = now_("This is the example row of the template. Remove it or write your own data over it.")
    for line in lines:
        marked = [code for code in marks if str(line.values.get(code) or "").casefold() in marks[code]]
        if marked:
            line.errors = [(marked[0], words)]


def _note_known(lines: list[Line]) -> None:
    keys = [_keys(line.values) for line in lines]
    done = JobRow.objects.filter(
        key__in=[key for own in keys for key in own], state=RowState.CHANGED, job__kind=JobKind.IMPORT
    )
    imported = set(done.values_list("key", flat=True))
    seen: dict[str, int] = {}
    for own, line in zip(keys, lines, strict=True):
        key = own[0]
        if imported & set(own):
            line.wrong("contract", now_("A case with this contract of this person has been imported before."))
        elif key in seen:
            line.wrong("contract", now_("The same contract stands in row %(row)s.") % {"row": seen[key]})
        seen.setdefault(key, line.number)


def _note_empty(own: list[Line]) -> None:
    for line in own:
        columns = import_columns.COLUMNS if line is own[0] else import_columns.OF_DEBT
        for column in columns:
            if column.required and column.code in line.values and not _given(line.values[column.code]):
                line.wrong(column.code, now_("This cell must not be empty."))
        if line is own[0]:
            continue
        for code in ("iin", "phone"):
            if _given(line.values.get(code)) and line.values[code] != own[0].values.get(code):
                line.wrong(code, now_("Rows of one case must be about one person."))


def _note_choices(own: list[Line]) -> None:
    """Words that stand for no code, each with what may be written instead."""
    for line in own:
        for code in import_choices.CHOICES:
            told = line.values.get(code)
            for words in [told] if isinstance(told, str) else told or []:
                if words and words not in import_choices.CHOICES[code]:
                    line.wrong(
                        code,
                        now_("“%(words)s” is not known here. Write one of: %(offered)s.")
                        % {"words": words, "offered": import_choices.offered(code)},
                    )


def _given(value: Any) -> bool:
    return value is not None and value != "" and value != []


def _form(own: list[Line]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The form, the person and the consent that the rows of one case tell of; empty cells are left to the defaults."""
    made: dict[str, Any] = {
        "applicant": {"language": "ru"},
        "obligations": [],
        "income": {},
        "hardship": {},
        "relief": {},
    }
    for column in import_columns.OF_CASE:
        value = own[0].values.get(column.code)
        if _given(value):
            _put(made, column.place, value)
    for line in own:
        debt: dict[str, Any] = {}
        for column in import_columns.OF_DEBT:
            value = line.values.get(column.code)
            if _given(value):
                debt[column.place.rsplit("/", 1)[-1]] = value
        made["obligations"].append(debt)
    person = {"phone": made.pop("phone", "")}
    consent = made.pop("consent", {})
    made.pop("reference", None)
    return made, person, consent


def _put(made: dict[str, Any], place: str, value: Any) -> None:
    *path, name = place.strip("/").split("/")
    for part in path:
        made = made.setdefault(part, {})
    made[name] = value


def _note_form(own: list[Line], form: dict[str, Any]) -> None:
    try:
        told = inputs.submission(inputs.validated(form))
    except FieldErrors as problem:
        _place(own, ((one.pointer, str(one.detail)) for one in problem.errors))
        return
    _place(own, ((one.pointer, str(one.detail)) for one in story.problems(told, clock.today())))


def _note_person(own: list[Line], person: dict[str, Any], consent: dict[str, Any]) -> None:
    for prefix, serializer in (
        ("", _Person(data=person)),
        ("/consent", intake_serializers.RecordedConsentInput(data=consent)),
    ):
        try:
            serializer.is_valid(raise_exception=True)
        except serializers.ValidationError as problem:
            _place(own, ((f"{prefix}{one.pointer}", str(one.detail)) for one in field_errors(problem.detail)))
    given_on = str(consent.get("given_on") or "")
    if given_on > clock.today().isoformat():
        own[0].wrong("consent_on", now_("This date has not come yet."))


def _place(own: list[Line], found: Iterable[tuple[str, str]]) -> None:
    """Put each error on the row and the cell that its place in the form came from; an empty cell has said so itself."""
    for pointer, words in found:
        column, debt = import_columns.place_in(pointer)
        line = own[debt] if debt is not None and debt < len(own) else own[0]
        if column is not None and any(code == column for code, _words in line.errors):
            continue
        line.wrong(column, words)


@transaction.atomic
def start(*, actor: Actor, job_id: UUID) -> ListJob:
    """Bring in what was looked at. Raises Forbidden, JobNotFound, ImportHasErrors, ImportFileKnown, JobBusy."""
    _require(actor)
    job = (
        ListJob.objects.select_for_update()
        .filter(pk=job_id, owner_id=actor.user_id, kind=JobKind.IMPORT, state=JobState.PREVIEW)
        .first()
    )
    if job is None:
        raise JobNotFound
    if job.failed:
        raise ImportHasErrors
    _require_new([job.source_hash])
    try:
        with transaction.atomic():
            return jobs.start(job)
    except IntegrityError:
        _require_new([job.source_hash])
        raise


@jobs.works(JobKind.IMPORT)
def run_piece(job: ListJob) -> bool:
    """All of it in one transaction: whatever fails, nothing is left behind, and the report says where it was."""
    actor = account_selectors.signed_in_actor(account_selectors.get_person(job.owner_id))
    at: list[int] = []
    try:
        with transaction.atomic(), translation.override(job.language):
            _require(actor)
            for group in job.params["groups"]:
                at[:] = group["rows"]
                _bring_in(actor, job, group)
            made = len(job.params["groups"])
            ListJob.objects.filter(pk=job.pk).update(changed=job.total, params={})
            event_log.record(CasesImported(person_id=job.owner_id, job_id=job.pk, cases=made), actor=actor)
    except OperationalError:
        raise
    except KenesError as problem:
        with translation.override(job.language):
            _note_failure(job, at, problem)
    return False


def _bring_in(actor: Actor, job: ListJob, group: dict[str, Any]) -> None:
    form = inputs.submission(inputs.validated(group["form"]))
    person = on_behalf.Person(
        phone=PhoneNumber.parse(group["person"]["phone"]), full_name=form.applicant.full_name,
        iin=form.applicant.iin,
    )  # fmt: skip
    given = group["consent"]
    consent = on_behalf.ConsentWords(given["given_by"], date.fromisoformat(given["given_on"]))
    draft = on_behalf.create_draft_for(
        actor=actor,
        person=person,
        consent=consent,
        language=form.applicant.language,
        source=CaseSource.IMPORT,
    )
    case = submission.submit_case(actor=actor, case_id=draft.pk, form=form)
    job.rows.filter(position__in=group["rows"]).update(state=RowState.CHANGED, case=case)


def _note_failure(job: ListJob, at: list[int], problem: KenesError) -> None:
    words = problem.text()
    if isinstance(problem, FieldErrors):
        words = "\n".join(str(one.detail) for one in problem.errors)
    job.rows.filter(position__in=at[:1]).update(state=RowState.FAILED, code=problem.code, detail=words)
    ListJob.objects.filter(pk=job.pk).update(
        state=JobState.FAILED, problem=problem.code, failed=1, finished_at=clock.now(), params={}
    )


def remove_old() -> int:
    """Forget files that were looked at and not brought in for a week, with the people in them; how many. Run daily."""
    old = ListJob.objects.filter(
        kind=JobKind.IMPORT, state=JobState.PREVIEW, created_at__lt=clock.now() - KEPT_FOR
    )
    count = old.count()
    old.delete()
    return count


def template(format: str, language: str) -> bytes:
    """An empty table with an example row, which an import refuses, and for XLSX a sheet that says what each column may hold."""
    with translation.override(language):
        head = [f"{column.title}{' *' if column.required else ''}" for column in import_columns.COLUMNS]
        example = [str(column.example) for column in import_columns.COLUMNS]
        if format == "csv":
            lines = [";".join(head), ";".join(example)]
            return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()
        return _template_xlsx(head, example)


def _template_xlsx(head: list[str], example: list[str]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = now_("Cases")
    sheet.append(head)
    sheet.append(example)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for cell in sheet[2]:
        cell.number_format = "@"
    sheet.freeze_panes = "A2"
    for column in sheet.columns:
        sheet.column_dimensions[column[0].column_letter].width = 22
    codes = book.create_sheet(now_("Codes"))
    codes.append(["", now_("Code"), now_("Or in words")])
    for column, choices in import_choices.CHOICES.items():
        codes.append([_title(column)])
        for value, words in choices.items():
            codes.append(["", value, str(words)])
    codes.column_dimensions["A"].width = 28
    codes.column_dimensions["B"].width, codes.column_dimensions["C"].width = 32, 48
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
