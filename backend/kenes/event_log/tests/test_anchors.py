"""Daily anchors: stamped by an independent authority, linked to each other, and every change since is found."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from kenes.event_log import anchoring, selectors, services, stamping
from kenes.event_log.models import AnchorStamp, DailyAnchor, EventRow, EventStream
from kenes.event_log.tests.test_event_log import CASE, record
from kenes.foundation import clock
from kzsign.asn1 import Fields, integer, octets, parse
from kzsign.testing import Authority, time_stamp
from kzsign.testing.timestamps import granted
from kzsign.tests.web import Asked, Reply, Web

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.make()


@pytest.fixture
def service(settings: Any, authority: Authority, tmp_path: Path) -> Iterator[Web]:
    """A time-stamping service whose authority is trusted."""
    tsa = authority.tsa()

    def answer(asked: Asked) -> Reply:
        fields = Fields(parse(asked.body))
        fields.take()
        imprint = Fields(fields.take())
        algorithm, value = imprint.take(), octets(imprint.take())
        fields.optional(0x06)
        nonce = integer(fields.take(0x02))
        return Reply(
            granted(time_stamp(b"", tsa, nonce=nonce, imprint=value, imprint_algorithm=algorithm.raw))
        )

    settings.KZSIGN_ANCHORS_DIR, settings.KZSIGN_TEST_ANCHORS = tmp_path, True
    authority.write_anchors(tmp_path)
    with Web(answer) as web:
        settings.TSP_URL = f"{web.url}/tsp/"
        yield web


def change(table: str, sql: str, *params: object) -> None:
    """What somebody with the rights of the database owner could do."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql, params)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def faults() -> set[tuple[str, str]]:
    return {(fault.stream, fault.reason) for fault in selectors.verify()}


def told(action: str = "verify") -> str:
    out = io.StringIO()
    call_command("event_log", action, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def stamped_log() -> list[EventRow]:
    rows = record(3)
    record(2, uuid4())
    anchoring.anchor(DAY)
    assert stamping.stamp_pending() == 1
    return rows


def test_an_anchor_is_stamped_once_and_the_command_says_since_when(service: Web) -> None:
    stamped_log()
    assert stamping.stamp_pending() == 0

    stamp = AnchorStamp.objects.get()
    assert "TIME-STAMPING" in stamp.tsa
    assert faults() == set()
    text = told()
    assert "1 daily anchors, 1 with a time stamp that is trusted here" in text
    assert f"nothing before {stamp.stamped_at.isoformat()} was changed since then" in text


def test_without_a_service_the_anchor_stands_and_the_command_says_what_is_missing(settings: Any) -> None:
    settings.TSP_URL = ""
    record(1)

    assert "TSP_URL is not set" in told("anchor")
    assert (DailyAnchor.objects.count(), AnchorStamp.objects.count()) == (1, 0)
    assert "TSP_URL is not set" in told()


def test_a_silent_service_leaves_the_stamp_to_a_later_run(service: Web) -> None:
    record(1)
    anchoring.anchor(DAY)
    answer, service.answer = service.answer, lambda _asked: Reply(status=503)
    assert stamping.stamp_pending() == 0

    service.answer = answer
    assert stamping.stamp_pending() == 1


def test_a_stamp_of_an_authority_that_is_not_trusted_is_not_taken(
    service: Web, settings: Any, tmp_path: Path
) -> None:
    record(1)
    anchoring.anchor(DAY)
    settings.KZSIGN_ANCHORS_DIR = tmp_path / "empty"

    assert stamping.stamp_pending() == 0
    assert not AnchorStamp.objects.exists()


EVENTS = "event_log_eventrow"


def test_a_changed_row_is_found(service: Web) -> None:
    rows = stamped_log()
    change(EVENTS, f"UPDATE {EVENTS} SET data = '{{}}' WHERE id = %s", rows[1].pk)

    assert (f"case:{CASE}", "changed") in faults()
    with pytest.raises(CommandError, match=f"the first: case:{CASE} #2: changed"):
        told()


def test_a_deleted_row_is_found(service: Web) -> None:
    rows = stamped_log()
    change(EVENTS, f"DELETE FROM {EVENTS} WHERE id = %s", rows[1].pk)

    assert (f"case:{CASE}", "gap") in faults()


def test_an_inserted_row_is_found(service: Web) -> None:
    rows = stamped_log()
    columns = "stream_id, type, at, on_date, actor, data, previous, hash"
    change(
        EVENTS,
        f"INSERT INTO {EVENTS} (id, seq, {columns}) SELECT gen_random_uuid(), 4, {columns} FROM {EVENTS} WHERE id = %s",
        rows[2].pk,
    )

    assert {(f"case:{CASE}", "changed"), (f"case:{CASE}", "tail")} <= faults()


def test_a_tail_cut_together_with_its_head_is_found(service: Web) -> None:
    rows = stamped_log()
    change(EVENTS, f"DELETE FROM {EVENTS} WHERE id = %s", rows[2].pk)
    EventStream.objects.filter(subject_id=CASE).update(last_seq=2, head_hash=rows[1].hash)

    assert faults() == {(f"case:{CASE}", "missing since anchor")}


def test_a_chain_that_was_written_anew_from_the_start_is_found(service: Web) -> None:
    """Rows, hashes and head all right again: only the anchor knows better."""
    rows, previous = stamped_log(), ""
    for row in rows:
        row.data, row.previous = {"case_id": str(CASE), "state": "forged"}, previous
        row.hash = services.hash_of(row, "case", str(CASE))
        change(
            EVENTS,
            f"UPDATE {EVENTS} SET data = %s, previous = %s, hash = %s WHERE id = %s",
            json.dumps(row.data),
            row.previous,
            row.hash,
            row.pk,
        )
        previous = row.hash
    EventStream.objects.filter(subject_id=CASE).update(head_hash=previous)

    assert faults() == {(f"case:{CASE}", "missing since anchor")}


def test_a_stream_removed_as_a_whole_is_found(service: Web) -> None:
    stamped_log()
    change(
        EVENTS,
        f"DELETE FROM {EVENTS} WHERE stream_id IN (SELECT id FROM event_log_eventstream WHERE subject_id = %s)",
        CASE,
    )
    EventStream.objects.filter(subject_id=CASE).delete()

    assert faults() == {(f"case:{CASE}", "missing since anchor")}


ANCHORS = "event_log_dailyanchor"


def test_a_changed_anchor_is_found(service: Web) -> None:
    stamped_log()
    change(ANCHORS, f"UPDATE {ANCHORS} SET root = repeat('0', 64)")

    assert {(f"anchor:{DAY}", "changed"), (f"anchor:{DAY}", "time stamp of something else")} <= faults()


def test_an_anchor_that_was_made_to_fit_a_forged_chain_does_not_fit_its_stamp(service: Web) -> None:
    rows = stamped_log()
    change(EVENTS, f"DELETE FROM {EVENTS} WHERE id = %s", rows[2].pk)
    EventStream.objects.filter(subject_id=CASE).update(last_seq=2, head_hash=rows[1].hash)
    streams = EventStream.objects.order_by("kind", "subject_id")
    heads = [[f"{one.kind}:{one.subject_id}", one.last_seq, one.head_hash] for one in streams]
    root = anchoring.merkle_root([head[2] for head in heads])
    change(ANCHORS, f"UPDATE {ANCHORS} SET root = %s, heads = %s", root, json.dumps(heads))

    assert faults() == {(f"anchor:{DAY}", "time stamp of something else")}


def test_an_anchor_taken_out_of_the_middle_is_found() -> None:
    record(1)
    for days in range(3):
        anchoring.anchor(DAY + timedelta(days=days))
    change(ANCHORS, f"DELETE FROM {ANCHORS} WHERE day = %s", DAY + timedelta(days=1))

    assert faults() == {(f"anchor:{DAY + timedelta(days=2)}", "anchor before it changed")}


@pytest.mark.parametrize("table", [ANCHORS, "event_log_anchorstamp"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET created_at = now()", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_database_refuses_to_change_anchors_and_stamps(service: Web, table: str, sql: str) -> None:
    stamped_log()
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
    ):
        cursor.execute(sql.format(table))


def test_inclusion_leads_from_the_head_to_the_root() -> None:
    for _ in range(5):
        record(1, uuid4())
    rows = record(2)
    started = rows[1].at
    anchoring.anchor(DAY)
    record(1)

    proof = anchoring.inclusion("case", CASE, at_least=2, since=started)

    assert proof is not None
    node = bytes.fromhex(rows[1].hash)
    for side, neighbour in proof.steps:
        pair = bytes.fromhex(neighbour) + node if side == "left" else node + bytes.fromhex(neighbour)
        node = hashlib.sha256(pair).digest()
    assert node.hex() == proof.anchor.root
    assert anchoring.inclusion("case", CASE, at_least=3, since=started) is None
    assert anchoring.inclusion("case", uuid4(), at_least=1, since=started) is None


def test_the_command_says_that_the_newest_anchors_are_missing(service: Web) -> None:
    missing = "the timer stands, or anchors were taken away"
    record(1)
    # The log is younger than the timer needs: nothing is missing.
    assert missing not in told()
    with clock.frozen(clock.now() + timedelta(days=4)):
        assert f"no anchor since the beginning: {missing}" in told()
        record(1, uuid4())
        anchoring.anchor(clock.today() - timedelta(days=1))
        assert missing not in told()
        newest = DailyAnchor.objects.get().day
    with clock.frozen(clock.now() + timedelta(days=5)):
        record(1, uuid4())
    with clock.frozen(clock.now() + timedelta(days=9)):
        assert f"no anchor since {newest.isoformat()}: {missing}" in told()
        anchoring.anchor(clock.today() - timedelta(days=1))
        assert missing not in told()
        change("event_log_dailyanchor", "DELETE FROM event_log_dailyanchor WHERE day > %s", newest)
        assert f"no anchor since {newest.isoformat()}: {missing}" in told()
