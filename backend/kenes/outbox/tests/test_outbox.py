"""The outbox: nothing lost, order kept, failures retried and shown."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import transaction

from kenes.foundation import clock
from kenes.foundation.providers import Rejected, Temporary
from kenes.outbox import registry, selectors, services
from kenes.outbox.models import OutboxRow
from kenes.outbox.testing import run_outbox

seen: list[tuple[dict, registry.OutboxContext]] = []
behaviour: dict[str, object] = {"raise": None}
_lock = threading.Lock()


@registry.handler("outbox_tests.note")
def note(payload, context):
    with _lock:
        seen.append((payload, context))
    if payload.get("sleep"):
        time.sleep(payload["sleep"])
    if behaviour["raise"]:
        raise behaviour["raise"]


@pytest.fixture(autouse=True)
def _clean():
    seen.clear()
    behaviour["raise"] = None


def row():
    return OutboxRow.objects.get()


@pytest.mark.django_db
def test_an_effect_runs_once_and_is_done():
    services.enqueue("outbox_tests.note", {"n": 1}, key="a")
    assert run_outbox() == 1
    assert [payload for payload, _ in seen] == [{"n": 1}]
    assert row().status == "done"
    assert run_outbox() == 0


@pytest.mark.django_db
def test_the_same_key_is_not_added_twice():
    for _ in range(3):
        services.enqueue("outbox_tests.note", {}, key="a")
    assert run_outbox() == 1


@pytest.mark.django_db(transaction=True)
def test_an_effect_of_a_rolled_back_change_does_not_exist():
    with pytest.raises(RuntimeError), transaction.atomic():
        services.enqueue("outbox_tests.note", {}, key="a")
        raise RuntimeError
    assert run_outbox() == 0
    assert not seen


@pytest.mark.django_db
def test_a_failed_effect_waits_longer_each_time_and_is_dead_after_eight_tries():
    behaviour["raise"] = Temporary("down")
    services.enqueue("outbox_tests.note", {}, key="a")
    at, waits = clock.now(), []
    for attempt in range(1, 9):
        with clock.frozen(at):
            assert services.run_batch() == 1
            assert services.run_batch() == 0
        current = row()
        assert current.attempts == attempt
        if attempt < 8:
            waits.append((current.available_at - at).total_seconds())
            at = current.available_at + timedelta(seconds=1)
    assert waits == sorted(waits)
    assert waits[-1] >= 3000
    assert row().status == "dead"
    assert selectors.counts_by_status()["dead"] == 1
    assert len({context.id for _, context in seen}) == 1


@pytest.mark.django_db
def test_a_refusal_is_dead_at_once_and_can_be_given_a_new_life():
    behaviour["raise"] = Rejected("550")
    services.enqueue("outbox_tests.note", {}, key="a")
    services.run_batch()
    assert (row().status, row().attempts) == ("dead", 1)
    behaviour["raise"] = None
    assert services.retry_dead() == 1
    assert run_outbox() == 1
    assert row().status == "done"


@pytest.mark.django_db
def test_an_error_text_is_kept_without_numbers_of_people():
    behaviour["raise"] = ValueError("bad ИИН 900101300007")
    services.enqueue("outbox_tests.note", {}, key="a")
    services.run_batch()
    assert "900101300007" not in row().last_error
    assert "ValueError" in row().last_error


@pytest.mark.django_db
def test_rows_with_one_ordering_key_run_one_after_another_also_when_the_first_fails():
    services.enqueue("outbox_tests.note", {"n": 1}, key="a", ordering_key="chat")
    services.enqueue("outbox_tests.note", {"n": 2}, key="b", ordering_key="chat")
    services.enqueue("outbox_tests.note", {"n": 3}, key="c")
    behaviour["raise"] = Temporary()
    services.run_batch()
    assert sorted(payload["n"] for payload, _ in seen) == [1, 3]
    behaviour["raise"] = None
    seen.clear()
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        run_outbox()
    assert [payload["n"] for payload, _ in seen if payload["n"] != 3] == [1, 2]


@pytest.mark.django_db
def test_a_lease_keeps_others_away_and_ends():
    services.enqueue("outbox_tests.note", {}, key="a")
    assert len(services.claim()) == 1
    assert services.claim() == []
    with clock.frozen(clock.now() + services.LEASE + timedelta(seconds=1)):
        assert len(services.claim()) == 1


@pytest.mark.django_db
def test_a_slow_row_gives_the_rest_of_its_batch_back(monkeypatch):
    monkeypatch.setattr(services, "BATCH_SECONDS", 0.05)
    services.enqueue("outbox_tests.note", {"sleep": 0.1}, key="a")
    services.enqueue("outbox_tests.note", {}, key="b")
    assert services.run_batch() == 1
    waiting = OutboxRow.objects.get(key="b")
    assert (waiting.status, waiting.leased_until, waiting.attempts) == ("pending", None, 0)


@pytest.mark.django_db
def test_the_demo_day_of_the_request_holds_in_the_reaction():
    days = []
    registry._handlers["outbox_tests.note"] = registry.Entry(lambda *_: days.append(clock.today()), "default")
    try:
        from datetime import date

        with clock.demo_today(date(2026, 11, 18)):
            services.enqueue("outbox_tests.note", {}, key="a")
        run_outbox()
        assert days == [date(2026, 11, 18)]
    finally:
        registry._handlers["outbox_tests.note"] = registry.Entry(note, "default")


@pytest.mark.django_db(transaction=True)
def test_many_workers_run_each_row_once():
    services.enqueue_many([("outbox_tests.note", {"n": n}, f"k{n}") for n in range(200)])

    def work():
        from django.db import connection

        while services.run_batch(limit=7):
            pass
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(5)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    run_outbox()
    assert sorted(payload["n"] for payload, _ in seen) == list(range(200))


def test_a_handler_cannot_be_registered_twice():
    with pytest.raises(ValueError, match="twice"):
        registry.add("outbox_tests.note", note)


@pytest.mark.django_db
def test_an_unknown_handler_is_refused_when_it_is_enqueued():
    with pytest.raises(LookupError):
        services.enqueue("outbox_tests.nobody", {}, key="a")
    assert not OutboxRow.objects.exists()
