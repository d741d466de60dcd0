"""Rows of an XLSX or CSV file as text, days and numbers; nothing in a file is believed, run or kept on disk."""

import csv
import io
import zipfile
from dataclasses import dataclass
from typing import Any, Final

from openpyxl import load_workbook

from kenes.cases.errors.lists import ImportFileTooLarge, ImportFileUnreadable

MAX_BYTES: Final = 5 * 1024 * 1024
MAX_ROWS: Final = 500
MAX_COLUMNS: Final = 60
MAX_CELL: Final = 4000
# What an honest workbook of that size unpacks to; more is a bomb.
_UNPACKED_BYTES: Final = 60 * 1024 * 1024
_PARTS: Final = 200
_XLSX: Final = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The head of the table and its rows with their numbers in the file; empty rows are left out."""

    head: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Any, ...]], ...]


def read(data: bytes) -> Sheet:
    """The first sheet of a file. Raises ImportFileUnreadable, ImportFileTooLarge(rows, megabytes)."""
    if len(data) > MAX_BYTES:
        raise _too_large()
    lines = _xlsx(data) if data.startswith(_XLSX) else _csv(data)
    if not lines or len(lines) < 2:
        raise ImportFileUnreadable
    (_number, head), *rest = lines
    rows = [(number, row) for number, row in rest if any(str(cell or "").strip() for cell in row)]
    if len(rows) > MAX_ROWS:
        raise _too_large()
    titles = [str(cell or "").strip() for cell in head]
    while titles and not titles[-1]:
        titles.pop()
    return Sheet(tuple(titles), tuple(rows))


def _too_large() -> ImportFileTooLarge:
    return ImportFileTooLarge(rows=MAX_ROWS, megabytes=MAX_BYTES // (1024 * 1024))


def _xlsx(data: bytes) -> list[tuple[int, tuple[Any, ...]]]:
    _require_honest(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            # The file says how large it is; only what stands in it counts.
            sheet.reset_dimensions()
            rows = sheet.iter_rows(max_row=MAX_ROWS * 2 + 2, max_col=MAX_COLUMNS, values_only=True)
            return [(number, tuple(map(_short, row))) for number, row in enumerate(rows, start=1)]
        finally:
            book.close()
    except ImportFileUnreadable:
        raise
    except Exception as problem:
        # The library fails in many ways on a broken workbook; all of them mean the same to a person.
        raise ImportFileUnreadable from problem


def _require_honest(data: bytes) -> None:
    """Sizes are counted while unpacking: what the directory of an archive says of them may be a lie."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > _PARTS:
                raise ImportFileUnreadable
            left = _UNPACKED_BYTES
            for part in parts:
                left -= _unpacked(archive, part, left)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as problem:
        raise ImportFileUnreadable from problem


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    size = 0
    with archive.open(part) as content:
        while chunk := content.read(64 * 1024):
            size += len(chunk)
            if size > left:
                raise _too_large()
            # Entities of a document type can grow without end when they are read.
            if part.filename.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk):
                raise ImportFileUnreadable
    return size


def _short(cell: Any) -> Any:
    return cell[:MAX_CELL] if isinstance(cell, str) else cell


def _csv(data: bytes) -> list[tuple[int, tuple[Any, ...]]]:
    text = _text(data)
    if "\x00" in text:
        raise ImportFileUnreadable
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    lines: list[tuple[int, tuple[Any, ...]]] = []
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            if len(row) > MAX_COLUMNS:
                raise ImportFileUnreadable
            lines.append((len(lines) + 1, tuple(cell[:MAX_CELL] for cell in row)))
            if len(lines) > MAX_ROWS * 2 + 2:
                raise _too_large()
    except csv.Error as problem:
        raise ImportFileUnreadable from problem
    return lines


def _text(data: bytes) -> str:
    """UTF-8 with or without a mark, or the code page in which old spreadsheets of the country save."""
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ImportFileUnreadable
