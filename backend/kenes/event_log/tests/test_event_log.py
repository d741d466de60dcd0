"""The chain: every silent change is found, the database refuses to make one."""

import threading
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from kenes.event_log import anchoring, events, selectors, services
from kenes.event_log.events import Event
from kenes.event_log.models import EventRow, EventStream
from kenes.foundation.actor import Actor, SystemActor
from kenes.outbox.testing import run_outbox


@dataclass(frozen=True, slots=True)
class ThingMoved(Event):
    type: ClassVar[str] = "thing.moved"
    stream_field: ClassVar[str] = "case_id"
    case_id: UUID
    state: str
    due: date | None = None
    parts: tuple[UUID, ...] = ()


received: list[events.Recorded] = []


@services.subscribe(ThingMoved)
def note(event):
    received.append(event)


CASE = UUID("6a8f0a3e-8f0e-4d2c-9c56-5a6f6f6f6f6f")
PERSON = Actor(user_id=uuid4(), roles=frozenset({"manager"}))


def record(count=1, case_id=CASE):
    return [services.record(ThingMoved(case_id=case_id, state=f"s{n}"), actor=PERSON) for n in range(count)]


def change(sql, *params):
    """What somebody with the rights of the database owner could do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE event_log_eventrow DISABLE TRIGGER event_no_change")
        cursor.execute(sql, params)
        cursor.execute("ALTER TABLE event_log_eventrow ENABLE TRIGGER event_no_change")


@pytest.mark.django_db
def test_an_untouched_chain_holds():
    record(5)
    record(3, uuid4())
    assert list(selectors.verify()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "column", ["type = 'thing.other'", "data = '{\"state\": \"x\"}'", "actor = '{}'", "at = at + interval '1 second'",
               "on_date = on_date + 1", "previous = repeat('0', 64)", "hash = repeat('0', 64)"],
)  # fmt: skip
def test_a_changed_column_is_found(column):
    rows = record(3)
    change(f"UPDATE event_log_eventrow SET {column} WHERE id = %s", rows[1].pk)
    assert next(fault.reason for fault in selectors.verify()) == "changed"


@pytest.mark.django_db
def test_a_removed_row_and_a_cut_tail_are_found():
    rows = record(3)
    change("DELETE FROM event_log_eventrow WHERE id = %s", rows[1].pk)
    assert "gap" in {fault.reason for fault in selectors.verify()}
    rows = record(3, other := uuid4())
    change("DELETE FROM event_log_eventrow WHERE id = %s", rows[2].pk)
    assert {(f.stream, f.reason) for f in selectors.verify() if str(other) in f.stream} == {
        (f"case:{other}", "tail")
    }


@pytest.mark.django_db
def test_an_anchor_finds_a_tail_cut_together_with_its_head():
    rows = record(3)
    anchoring.anchor(date(2026, 11, 25))
    change("DELETE FROM event_log_eventrow WHERE id = %s", rows[2].pk)
    EventStream.objects.update(last_seq=2, head_hash=rows[1].hash)
    assert [fault.reason for fault in selectors.verify()] == ["missing since anchor"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE event_log_eventrow SET type = 'x'",
        "DELETE FROM event_log_eventrow",
        "TRUNCATE event_log_eventrow CASCADE",
    ],
)
def test_the_database_refuses_to_change_the_log(sql):
    record(1)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(sql)
    assert EventRow.objects.count() == 1


@pytest.mark.django_db
def test_a_subscriber_gets_the_event_as_it_was():
    received.clear()
    part = uuid4()
    services.record(ThingMoved(case_id=CASE, state="a", due=date(2026, 12, 8), parts=(part,)), actor=PERSON)
    run_outbox()
    event = received[0]
    assert event.data == ThingMoved(case_id=CASE, state="a", due=date(2026, 12, 8), parts=(part,))
    assert (event.actor.user_id, event.actor.roles) == (PERSON.user_id, PERSON.roles)


@pytest.mark.django_db(transaction=True)
def test_events_of_one_stream_recorded_at_once_make_one_chain():
    def work():
        for _ in range(5):
            record(1)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert list(EventRow.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 21))
    assert list(selectors.verify()) == []


@pytest.mark.django_db(transaction=True)
def test_an_event_of_a_rolled_back_change_does_not_exist():
    with pytest.raises(RuntimeError), transaction.atomic():
        record(1)
        raise RuntimeError
    assert not EventRow.objects.exists()


@pytest.mark.django_db
def test_an_event_cannot_hold_anything_but_plain_values():
    with pytest.raises(TypeError):
        services.record(ThingMoved(case_id=CASE, state=1.5), actor=SystemActor("x"))
    assert not EventRow.objects.exists()


def test_the_hash_is_the_one_an_outside_checker_computes():
    import hashlib

    canonical = (
        '{"actor":{"roles":["manager"]},"at":"2026-11-25T00:00:00.000000+00:00","data":{"state":"Ә"},'
        '"on_date":"2026-11-25","previous":"","seq":1,"stream":"case:1","type":"thing.moved"}'
    )
    assert services.chain_hash(
        stream="case:1", seq=1, type="thing.moved", at="2026-11-25T00:00:00.000000+00:00", on_date="2026-11-25",
        actor={"roles": ["manager"]}, data={"state": "Ә"}, previous="",
    ) == hashlib.sha256(canonical.encode()).hexdigest()  # fmt: skip
