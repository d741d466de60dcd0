"""Reference data that is written from memory is what the loaders write."""

from typing import Any

import pytest
from django.db import connection, transaction

from kenes.cases import testing
from kenes.creditors.models import Creditor
from kenes.foundation.testing import Remembered
from kenes.law.models import CalendarDay, DeadlineRule

pytestmark = pytest.mark.django_db


def rows(*tables: str) -> dict[str, list[Any]]:
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"SELECT to_jsonb(t) FROM {table} t ORDER BY to_jsonb(t)::text")
            found[table] = cursor.fetchall()
        return found


TABLES = (
    "law_deadlinerule", "law_calendarday", "law_index", "law_rate", "accounts_consenttext", "creditors_creditor",
    "creditors_creditoraddress",
)  # fmt: skip


def test_rows_from_memory_are_those_of_the_loaders() -> None:
    load = Remembered(testing._load_reference_data)
    written = []
    for _time in range(2):
        with transaction.atomic():
            load()
            written.append(rows(*TABLES))
            transaction.set_rollback(True)
    assert all(written[0][table] for table in TABLES)
    assert written[0] == written[1]


def test_where_something_is_there_already_the_loaders_decide() -> None:
    load = Remembered(testing._load_reference_data)
    with transaction.atomic():
        load()
        lenders = Creditor.objects.count()
        transaction.set_rollback(True)
    kept = Creditor.objects.create(name_ru="Свой банк", type="BANK", status="verified")
    load()
    assert Creditor.objects.count() == lenders + 1 and Creditor.objects.filter(pk=kept.pk).exists()
    assert DeadlineRule.objects.exists() and CalendarDay.objects.exists()
