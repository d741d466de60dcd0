"""What stands in the cells of an Excel file. Runs by itself in a limited process: a file in, one line of JSON out.

Formulas are not computed: the values that were saved with them are shown.
"""

import io
import json
import sys
import warnings
import zipfile
from datetime import date, datetime, time
from typing import Any, Final

from openpyxl import load_workbook

MAX_SHEETS: Final = 10
MAX_ROWS: Final = 500
MAX_COLUMNS: Final = 30
MAX_TEXT: Final = 300


def _shown(value: Any) -> str:
    """A value as a table shows it."""
    match value:
        case None:
            return ""
        case bool():
            return "+" if value else "−"
        case datetime():
            text = value.strftime("%d.%m.%Y %H:%M")
            return text.removesuffix(" 00:00")
        case date():
            return value.strftime("%d.%m.%Y")
        case time():
            return value.strftime("%H:%M")
        case float():
            return f"{value:.10g}".replace(".", ",")
    return str(value)[:MAX_TEXT]


def _rows(sheet: Any) -> list[list[str]]:
    """Rows with something in them, cut to the columns that are used."""
    rows = [
        [_shown(cell) for cell in row]
        for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)
    ]
    while rows and not any(rows[-1]):
        rows.pop()
    used = max((index + 1 for row in rows for index, text in enumerate(row) if text), default=0)
    return [(row + [""] * used)[:used] for row in rows]


def main() -> int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(
                io.BytesIO(sys.stdin.buffer.read()), read_only=True, data_only=True, keep_links=False
            )
            shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            sheets = [{"name": sheet.title[:100], "rows": _rows(sheet)} for sheet in shown[:MAX_SHEETS]]
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OSError,
        IndexError,
        zipfile.BadZipFile,
        SyntaxError,
    ):
        sys.stdout.write(json.dumps({"refused": "broken"}) + "\n")
        return 3
    sys.stdout.write(json.dumps({"sheets": sheets}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
