"""What hangs on a case, and how it goes over when two cases become one.

Every foreign key to a case stands in a section, also those of apps above (`register`); a test walks all tables and finds what
nobody has decided. Rows that hang on a debt or a procedure go with it, because their ids stay.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db.models import Model
from django.utils.functional import Promise

from kenes.cases.models import Case

Count = Callable[[UUID], int]
Move = Callable[[UUID, UUID], None]


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of rows: how many a case has, and how they go from the merged case to the kept one."""

    code: str
    label: Promise | str
    columns: tuple[str, ...]
    count: Count
    move: Move
    order: int = 50
    # Every row arrives; elsewhere doubles (a tag on both, a link between the two) may vanish.
    exact: bool = False


sections: Final[dict[str, Section]] = {}
# Columns whose rows stay with the merged case, with the reason why nothing is lost by it.
STAYS: Final[dict[str, str]] = {}


def register(
    code: str, *, label: Promise | str, columns: tuple[str, ...], count: Count, move: Move, order: int = 50,
    exact: bool = False,
) -> None:  # fmt: skip
    """Say how rows go over: `columns` are the foreign keys to a case ("documents.Document.case") that it takes care of.

    `order` is the place among the others: debts (10) go before what hangs on them.
    """
    sections[code] = Section(code, label, columns, count, move, order, exact)


def follows(
    code: str, *, label: Promise | str, column: str, order: int = 50, once: tuple[str, ...] = ()
) -> None:
    """Rows that simply name another case afterwards.

    `once` are columns that may say the same only once in a case: what the kept case has already is not said again.
    """

    def model() -> tuple[type[Model], str]:
        name, _dot, field = column.rpartition(".")
        return apps.get_model(name), field

    def count(case_id: UUID) -> int:
        table, field = model()
        return table._default_manager.filter(**{field: case_id}).count()

    def move(gone_id: UUID, kept_id: UUID) -> None:
        table, field = model()
        rows = table._default_manager.filter(**{field: gone_id})
        if once:
            said = set(table._default_manager.filter(**{field: kept_id}).values_list(*once))
            twice = [pk for pk, *key in rows.values_list("pk", *once) if tuple(key) in said]
            table._default_manager.filter(pk__in=twice).delete()
        rows.update(**{f"{field}_id": kept_id})

    register(code, label=label, columns=(column,), count=count, move=move, order=order, exact=not once)


def stays(column: str, reason: str) -> None:
    """These rows stay with the merged case."""
    STAYS[column] = reason


def in_order() -> list[Section]:
    """Sections as they are moved."""
    return sorted(sections.values(), key=lambda section: (section.order, section.code))


def decided_columns() -> set[str]:
    """Every foreign key to a case that is taken care of."""
    return {column for section in sections.values() for column in section.columns} | set(STAYS)


def columns_to(model: type[Model]) -> set[str]:
    """Every foreign key to this table, as "app.Model.field"."""
    return {
        f"{table._meta.label}.{field.name}"
        for table in apps.get_models()
        for field in table._meta.get_fields()
        if getattr(field, "concrete", False) and field.is_relation and field.related_model is model
    }


def move_undecided(gone_id: UUID, kept_id: UUID) -> None:
    """A table that nobody has decided about goes over plainly: better than to leave its rows behind."""
    for column in sorted(columns_to(Case) - decided_columns()):
        name, _dot, field = column.rpartition(".")
        rows: Any = apps.get_model(name)._default_manager.filter(**{field: gone_id})
        rows.update(**{f"{field}_id": kept_id})
