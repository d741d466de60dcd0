"""Every reaction of the whole journey run twice, and killed after each of its commits: the end is the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from sandbox.testing import SandboxProcess

from conftest import ApiClient
from kenes.accounts.models import User
from kenes.cases.models import CaseDeadline, CaseEvent, Track
from kenes.documents.models import Dispatch, Document
from kenes.event_log import selectors as event_log
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.foundation.testing import empty_tables
from kenes.messaging.models import Message
from kenes.outbox import registry, services
from kenes.outbox.models import OutboxRow
from kenes.signing.models import SignatureRequest, VerificationRecord

from .conftest import DAY, Browser, load_reference
from .story import Story

pytestmark = pytest.mark.django_db(transaction=True)
Runner = Callable[[registry.Entry, dict[str, Any], registry.OutboxContext], None]


class Killed(BaseException):
    """The process ends here."""


def once(entry: registry.Entry, payload: dict[str, Any], context: registry.OutboxContext) -> None:
    entry.run(payload, context)


def twice(entry: registry.Entry, payload: dict[str, Any], context: registry.OutboxContext) -> None:
    entry.run(payload, context)
    entry.run(payload, context)


def killed_after_every_commit(
    entry: registry.Entry, payload: dict[str, Any], context: registry.OutboxContext
) -> None:
    """Run it killed after its first commit, then after its second, and so on until it comes to its end."""
    for limit in range(1, 30):
        if not _killed_after(limit, lambda: entry.run(payload, context)):
            return
    raise AssertionError("the reaction does not come to an end")


def _killed_after(limit: int, work: Callable[[], None]) -> bool:
    commit, done = connection.commit, 0

    def commit_and_die() -> None:
        nonlocal done
        commit()
        done += 1
        if done == limit:
            raise Killed

    connection.commit = commit_and_die
    try:
        work()
    except Killed:
        return True
    finally:
        del connection.commit
        connection.set_autocommit(True)
    return False


def drained(run: Runner) -> Callable[[], None]:
    """The outbox, each row run by `run`."""

    def drain() -> None:
        while rows := services.claim(limit=1):
            row = rows[0]
            entry = registry.find(row.handler)
            assert entry is not None
            with clock.demo_today(row.on_date):
                run(entry, row.payload, registry.OutboxContext(id=row.token, attempt=1))
            OutboxRow.objects.filter(pk=row.pk).update(
                status="done", finished_at=clock.now(), leased_until=None
            )

    return drain


def end_of(story: Story, sandbox: SandboxProcess) -> dict[str, Any]:
    """What must not depend on how often a reaction ran."""
    case = story.case_id
    return {
        "events": Counter(EventRow.objects.values_list("stream__kind", "type")),
        "tracks": sorted(Track.objects.filter(case_id=case).values_list("kind", "state")),
        "terms": sorted(CaseDeadline.objects.filter(case_id=case).values_list("rule_key", "due", "met_on"), key=str),
        "facts": sorted(CaseEvent.objects.filter(case_id=case).values_list("kind", "on", "source", "superseded_at"), key=str),
        "letters": sorted(Document.objects.filter(case_id=case).values_list("code", "language", "number", "status")),
        "dispatches": list(Dispatch.objects.filter(document__case_id=case).values_list("status", "round")),
        "requests": list(SignatureRequest.objects.values_list("status", flat=True)),
        "sealed": VerificationRecord.objects.exclude(sealed_sha256=None).count(),
        "messages": Counter(Message.objects.values_list("channel", "kind", "status")),
        "outbox": Counter(OutboxRow.objects.values_list("handler", "status")),
        "mail": len(sandbox.mail()),
        "sms": len(sandbox.sms()),
    }  # fmt: skip


def walked(run: Runner, sandbox: SandboxProcess, manager: Browser) -> dict[str, Any]:
    story = Story(ApiClient(), sandbox, drained(run), DAY)
    story.walk(manager)
    assert list(event_log.verify()) == []
    return end_of(story, sandbox)


def test_repeats_change_nothing(
    sandbox: SandboxProcess, staff: Callable[..., User], browser: Callable[[User], Browser]
) -> None:
    def end(run: Runner) -> dict[str, Any]:
        empty_tables()
        sandbox.reset()
        load_reference()
        return walked(run, sandbox, browser(staff("manager")))

    expected = end(once)
    assert (expected["mail"], expected["dispatches"]) == (2, [("accepted", 1), ("accepted", 1)])
    assert expected["events"]["case", "dispatch.waiting"] == 1
    for run in (twice, killed_after_every_commit):
        found = end(run)
        assert {
            name: (value, expected[name]) for name, value in found.items() if value != expected[name]
        } == {}
