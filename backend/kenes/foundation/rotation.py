"""Bring everything that is encrypted or hashed under the newest keys, while the system runs.

A store is one place that keeps such values. Encrypted model fields are found by themselves; other places (files,
sessions, JSON of other packages, look-up hashes) register a store. Every store can say how much is still under an older
key and can be rotated again and again: a killed run loses nothing and the next one goes on.

Rows are taken with a lock that is never waited for, so rotation neither loses a concurrent write nor blocks one for
longer than a batch; rows that somebody else holds come in the next pass.
"""

import base64
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Protocol

from django.apps import apps
from django.db import connection, models, transaction

from kenes.foundation import crypto, logs
from kenes.foundation.fields import EncryptedBytesField, EncryptedJSONField, EncryptedTextField

log = logs.get(__name__)

ENCRYPTED: Final = (EncryptedTextField, EncryptedJSONField, EncryptedBytesField)
PASSES: Final = 60
PAUSE_SECONDS: Final = 0.25
# What a trigger that guards unchangeable rows looks at (SET LOCAL kenes.upkeep).
UPKEEP: Final = "rotation"

Progress = Callable[[str, int], None]


class Store(Protocol):
    """A place with values under keys. `name` is for people."""

    @property
    def name(self) -> str: ...

    def pending(self) -> int:
        """How many values are still under an older key."""

    def rotate(self, *, batch: int, progress: Progress) -> int:
        """Bring everything under the newest key; how many values were brought. Unreadable ones are logged and stay."""


_registered: list[Store] = []


def register(store: Store) -> None:
    """Add a store that is not an encrypted model field."""
    _registered.append(store)


def stores() -> list[Store]:
    """All stores: tables with encrypted fields by name, then what apps registered."""
    tables: list[Store] = [table for model in apps.get_models() if (table := _table_of(model)) is not None]
    return [*sorted(tables, key=lambda store: store.name), *_registered]


def upkeep(cursor: Any) -> None:
    """Tell triggers in this transaction that bytes change and their meaning does not."""
    cursor.execute("SELECT set_config('kenes.upkeep', %s, true)", [UPKEEP])


def renewed(stored: bytes) -> bytes:
    """The same plain value under the newest key; UnreadableValue when no configured key fits."""
    return crypto.encrypt(crypto.decrypt(stored))


def passes(one_pass: Callable[[], int], pending: Callable[[], int]) -> int:
    """Repeat a pass until nothing is left, or nothing more can be brought; what all passes brought."""
    total = 0
    for _number in range(PASSES):
        brought = one_pass()
        total += brought
        left = pending()
        if not left:
            break
        if not brought:
            # Locked by others, or unreadable: wait a little, and stop when that does not help either.
            time.sleep(PAUSE_SECONDS)
            if pending() == left and not one_pass():
                break
    return total


@dataclass(frozen=True, slots=True)
class Table:
    """Encrypted columns of one model."""

    model: type[models.Model]
    columns: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.model._meta.label} ({', '.join(self.columns)})"

    def _old(self) -> tuple[str, list[Any]]:
        header = crypto.newest_header()
        parts = [f'substring("{column}" from 1 for {len(header)}) <> %s' for column in self.columns]
        return f"({' OR '.join(parts)})", [header] * len(self.columns)

    def pending(self) -> int:
        condition, params = self._old()
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT count(*) FROM "{self.model._meta.db_table}" WHERE {condition}', params)  # noqa: S608  (names of our own models)
            return int(cursor.fetchone()[0])

    def rotate(self, *, batch: int, progress: Progress) -> int:
        return passes(lambda: self._one_pass(batch, progress), self.pending)

    def _one_pass(self, batch: int, progress: Progress) -> int:
        brought, after = 0, None
        while True:
            rows, changed = self._one_batch(batch, after)
            brought += changed
            if changed:
                progress(self.name, brought)
            if not rows:
                return brought
            after = rows[-1][0]

    @transaction.atomic
    def _one_batch(self, batch: int, after: Any) -> tuple[list[Any], int]:
        condition, params = self._old()
        table, key = self.model._meta.db_table, str(self.model._meta.pk.column)
        names = ", ".join(f'"{column}"' for column in self.columns)
        behind = f' AND "{key}" > %s' if after is not None else ""
        with connection.cursor() as cursor:
            upkeep(cursor)
            cursor.execute(
                f'SELECT "{key}", {names} FROM "{table}" WHERE {condition}{behind}'  # noqa: S608
                f' ORDER BY "{key}" LIMIT {int(batch)} FOR NO KEY UPDATE SKIP LOCKED',
                [*params, *([after] if after is not None else [])],
            )
            rows = cursor.fetchall()
            return rows, sum(self._renew(cursor, table, key, row) for row in rows)

    def _renew(self, cursor: Any, table: str, key: str, row: Any) -> int:
        changes: dict[str, tuple[bytes, bytes]] = {}
        for column, value in zip(self.columns, row[1:], strict=True):
            stored = None if value is None else bytes(value)
            if stored is None or crypto.is_newest(stored):
                continue
            try:
                changes[column] = (stored, renewed(stored))
            except crypto.UnreadableValue:
                log.error("value_unreadable", table=table, row=str(row[0]), column=column)
        if not changes:
            return 0
        # The comparison is a second line: the lock already keeps writers away.
        sets = ", ".join(f'"{column}" = %s' for column in changes)
        same = " AND ".join(f'"{column}" = %s' for column in changes)
        cursor.execute(
            f'UPDATE "{table}" SET {sets} WHERE "{key}" = %s AND {same}',  # noqa: S608
            [*(new for _old, new in changes.values()), row[0], *(old for old, _new in changes.values())],
        )
        return len(changes) if cursor.rowcount else 0


def _table_of(model: type[models.Model]) -> Table | None:
    if not model._meta.managed or model._meta.proxy:
        return None
    columns = tuple(
        str(field.column) for field in model._meta.local_concrete_fields if isinstance(field, ENCRYPTED)
    )
    return Table(model, columns) if columns else None


def hash_store(
    model: type[models.Model],
    column: str,
    *,
    right: Callable[[Any], Any],
    fields: tuple[str, ...],
    only: models.Q | None = None,
) -> Store:
    """A store for a look-up hash of `model`: `right(row)` gives the value under the newest key from decrypted `fields`."""
    return _HashStore(model, column, right, fields, only or models.Q())


@dataclass(frozen=True, slots=True)
class _HashStore:
    model: type[models.Model]
    column: str
    right: Callable[[Any], Any]
    fields: tuple[str, ...]
    only: models.Q

    @property
    def name(self) -> str:
        return f"{self.model._meta.label} (look-up hash {self.column})"

    def _rows(self, after: Any, batch: int, *, lock: bool) -> list[Any]:
        rows = self.model._default_manager.filter(self.only).only("pk", self.column, *self.fields)
        if lock:
            rows = rows.select_for_update(skip_locked=True)
        return list((rows if after is None else rows.filter(pk__gt=after)).order_by("pk")[:batch])

    def _walk(self, batch: int, *, lock: bool) -> Iterator[list[Any]]:
        after = None
        while rows := self._rows(after, batch, lock=lock):
            yield rows
            after = rows[-1].pk

    def _is_wrong(self, row: Any) -> bool:
        return bool(getattr(row, self.column) != self.right(row))

    def pending(self) -> int:
        return sum(self._is_wrong(row) for rows in self._walk(1000, lock=False) for row in rows)

    def rotate(self, *, batch: int, progress: Progress) -> int:
        return passes(lambda: self._one_pass(batch, progress), self.pending)

    def _one_pass(self, batch: int, progress: Progress) -> int:
        brought, after = 0, None
        while True:
            with transaction.atomic():
                rows = self._rows(after, batch, lock=True)
                wrong = [row for row in rows if self._is_wrong(row)]
                for row in wrong:
                    found = self.model._default_manager.filter(
                        pk=row.pk, **{self.column: getattr(row, self.column)}
                    )
                    brought += found.update(**{self.column: self.right(row)})
            if wrong:
                progress(self.name, brought)
            if not rows:
                return brought
            after = rows[-1].pk


def renewed_text(text: str) -> str | None:
    """Base64 of an encrypted value under the newest key; None when the text is something else or is new already."""
    try:
        stored = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    if len(stored) < 3 or stored[0] != 1 or crypto.is_newest(stored):
        return None
    try:
        return base64.b64encode(renewed(stored)).decode()
    except crypto.UnreadableValue:
        return None


def renewed_json(value: Any) -> tuple[Any, int]:
    """A JSON value with every encrypted text in it under the newest key, and how many there were."""
    if isinstance(value, str):
        new = renewed_text(value)
        return (value, 0) if new is None else (new, 1)
    if isinstance(value, dict):
        pairs = {name: renewed_json(inner) for name, inner in value.items()}
        return {name: new for name, (new, _count) in pairs.items()}, sum(
            count for _new, count in pairs.values()
        )
    if isinstance(value, list):
        made = [renewed_json(inner) for inner in value]
        return [new for new, _count in made], sum(count for _new, count in made)
    return value, 0


def text_store(name: str, model: type[models.Model], column: str) -> Store:
    """A store for a column of another package that holds encrypted texts in base64, alone or inside JSON."""
    return _TextStore(name, model, column)


@dataclass(frozen=True, slots=True)
class _TextStore:
    name: str
    model: type[models.Model]
    column: str

    def _rows(self, after: Any, batch: int, *, lock: bool) -> list[Any]:
        rows = self.model._default_manager.only("pk", self.column)
        if lock:
            rows = rows.select_for_update(skip_locked=True, of=("self",))
        return list((rows if after is None else rows.filter(pk__gt=after)).order_by("pk")[:batch])

    def pending(self) -> int:
        count, after = 0, None
        while rows := self._rows(after, 500, lock=False):
            count += sum(bool(renewed_json(getattr(row, self.column))[1]) for row in rows)
            after = rows[-1].pk
        return count

    def rotate(self, *, batch: int, progress: Progress) -> int:
        return passes(lambda: self._one_pass(batch, progress), self.pending)

    def _one_pass(self, batch: int, progress: Progress) -> int:
        brought, after = 0, None
        while True:
            with transaction.atomic():
                rows = self._rows(after, batch, lock=True)
                for row in rows:
                    new, count = renewed_json(getattr(row, self.column))
                    if count:
                        self.model._default_manager.filter(pk=row.pk).update(**{self.column: new})
                        brought += 1
            if not rows:
                return brought
            progress(self.name, brought)
            after = rows[-1].pk
