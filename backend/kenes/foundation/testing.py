"""Quick ways to a known database: reference data written from memory, and tables emptied after tests that commit."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, cast

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

from kenes.foundation import clock

_OF_MIGRATIONS: Final = {"django_content_type", "auth_permission"}
# Before everything that happens in a test, whichever test is the first.
LOADED_AT: Final = datetime(2026, 1, 1, tzinfo=UTC)


class Remembered:
    """A loader of reference data that costs its work once; afterwards the rows themselves are written.

    Only into empty tables: where something is there already, the loader itself runs and decides.
    """

    def __init__(self, load: Callable[[], object]) -> None:
        self._load = load
        self._rows: dict[str, str] = {}

    @transaction.atomic
    def __call__(self) -> None:
        """The rows are there afterwards, as if the loader had run."""
        if self._rows and _empty(list(self._rows)):
            self._write()
            return
        before = _counts()
        with clock.frozen(LOADED_AT):
            self._load()
        after = _counts()
        filled = [table for table, count in after.items() if count != before[table]]
        if all(before[table] == 0 for table in filled):
            self._rows = {table: _json(table) for table in filled}

    def _write(self) -> None:
        with connection.cursor() as cursor:
            # References between the tables are looked at when the test's transaction ends.
            for table, rows in self._rows.items():
                name = connection.ops.quote_name(table)
                made_up = f"jsonb_populate_recordset(NULL::{name}, %s::jsonb)"
                cursor.execute(f"INSERT INTO {name} SELECT * FROM {made_up}", [rows])  # noqa: S608  (our own)
            models = [model for model in apps.get_models() if model._meta.db_table in self._rows]
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)


@transaction.atomic
def empty_tables() -> None:
    """Delete what a test has committed, without the second that Django's `flush` takes.

    Only tables that hold rows are touched, by DELETE, with the triggers that forbid it switched off; what the
    migrations leave behind (content types, permissions) stays as it is.
    """
    names = [
        connection.ops.quote_name(table)
        for table, count in _counts().items()
        if count and table not in _OF_MIGRATIONS
    ]
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        for name in names:
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608  (our own)
        # A table whose references wait to be checked cannot be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in names:
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")


def _tables() -> list[str]:
    return sorted(
        {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    )


def _counts() -> dict[str, int]:
    names = [connection.ops.quote_name(table) for table in _tables()]
    counts = ", ".join(f"(SELECT count(*) FROM {name})" for name in names)  # noqa: S608  (tables of our own)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return dict(zip(_tables(), cursor.fetchone() or (), strict=True))


def _empty(tables: list[str]) -> bool:
    some = " OR ".join(f"EXISTS (SELECT FROM {connection.ops.quote_name(table)})" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {some}")
        return not cast("tuple[bool]", cursor.fetchone())[0]


def _json(table: str) -> str:
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(table)
        cursor.execute(f"SELECT jsonb_agg(t)::text FROM {name} t")  # noqa: S608  (our own)
        return cast("tuple[str]", cursor.fetchone())[0]
