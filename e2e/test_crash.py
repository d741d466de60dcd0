"""kill -9 at the worst moments: a signed letter is never lost, never sent twice unseen."""

import random
import time
from collections.abc import Callable
from typing import Any

import pytest

from e2e.kenes_client import Sandbox, wait_for
from e2e.machine import Machine
from e2e.stories import Story, ready_letter


def _repeats(story: Story) -> int:
    return sum(attempt["is_repeat"] for attempt in story.dispatch()["attempts"])


def _bring_through(machine: Machine, *stories: Story, hurry: bool = True) -> None:
    """Wait until each letter was accepted; leases of killed workers and waiting times are cut short if `hurry`."""

    def all_accepted() -> bool:
        if hurry:
            machine.forget_dead_leases()
            machine.hurry_retries()
        return all(story.dispatch().get("status") == "accepted" for story in stories)

    wait_for("the letters to be accepted", all_accepted, seconds=90 if hurry else 400, every=1)


def _require_once(story: Story) -> None:
    """One signature; one letter, or a repeat under the same Message-ID that says so."""
    mails = story.mails()
    repeats = _repeats(story)
    assert 1 <= len(mails) <= 1 + repeats, f"{len(mails)} letters, {repeats} repeats shown"
    to = {mail["to"] for mail in mails}
    same_case = [
        mail for mail in story.sandbox.mails(to=to.pop()) if story.document()["number"] in mail["subject"]
    ]
    assert len(same_case) <= len(mails), "a letter went out under another Message-ID"
    assert [row["is_repeat"] for row in reversed(mails)] == [False, *[True] * (len(mails) - 1)]


def _signatures(machine: Machine, story: Story) -> int:
    rows = machine.sql("SELECT count(*) FROM signing_signature WHERE document_id = %s", story.document_id)
    return int(rows[0][0])


def test_worker_killed_between_signing_and_mail(base_url: str, sandbox: Sandbox, machine: Machine) -> None:
    """The commit of «sign» is all that is certain; the workers die right after it, at random moments."""
    delays = [0.0, 0.1, *(random.uniform(0.1, 1.5) for _ in range(2))]
    stories = [ready_letter(base_url, sandbox) for _ in delays]
    for story, delay in zip(stories, delays, strict=True):
        assert story.sign()["status"] == "signed"
        time.sleep(delay)
        machine.kill("worker")
    _bring_through(machine, *stories)
    for story in stories:
        _require_once(story)
        assert _signatures(machine, story) == 1


def test_nothing_left_before_the_kill_means_exactly_one_letter(
    base_url: str, sandbox: Sandbox, machine: Machine, vendors_ok: Sandbox
) -> None:
    """No attempt could reach the mail server before the kill, so there is one letter and no repeat."""
    story = ready_letter(base_url, sandbox)
    vendors_ok.switch(smtp="down")
    story.sign()
    time.sleep(0.5)
    machine.kill("worker")
    vendors_ok.switch(smtp="ok")
    _bring_through(machine, story)
    assert len(story.mails()) == 1
    assert _repeats(story) == 0


@pytest.mark.parametrize(("switch", "letters"), [("drop_after_data", 2), ("lose_after_data", 1)])
def test_line_lost_after_the_letter_was_said(
    base_url: str, vendors_ok: Sandbox, machine: Machine, switch: str, letters: int
) -> None:
    """The server may have it or not: it is sent again under the same Message-ID and shown as a repeat."""
    story = ready_letter(base_url, vendors_ok)
    vendors_ok.switch(smtp=switch)
    story.sign()
    wait_for("an attempt without an answer", lambda: _outcome(story, "unknown"), seconds=40)
    header = story.dispatch()["message_id_header"]
    vendors_ok.switch(smtp="ok")
    _bring_through(machine, story)
    assert story.dispatch()["message_id_header"] == header
    assert len(story.mails()) == letters
    assert story.dispatch()["attempts"][-1]["is_repeat"] is True


def test_worker_killed_in_the_middle_of_the_smtp_talk(
    base_url: str, vendors_ok: Sandbox, machine: Machine
) -> None:
    """The server has the letter and has not answered yet when the worker dies."""
    story = ready_letter(base_url, vendors_ok)
    vendors_ok.switch(smtp="slow")
    story.sign()
    wait_for("the letter at the server", lambda: story.dispatch().get("message_id_header") and story.mails())
    machine.kill("worker")
    vendors_ok.switch(smtp="ok")
    _bring_through(machine, story)
    _require_once(story)
    assert len(story.mails()) == 2
    assert _repeats(story) == 1
    page = story.kenes.get(f"/cases/{story.case_id}/timeline/", limit=50)
    assert page["items"]


@pytest.mark.soak
def test_lease_of_a_killed_worker_ends_by_itself(base_url: str, sandbox: Sandbox, machine: Machine) -> None:
    """Nobody helps: after two minutes another worker takes what the killed one held."""
    stories = [ready_letter(base_url, sandbox) for _ in range(6)]
    for story in stories:
        story.sign()
        time.sleep(random.uniform(0, 1.2))
        machine.kill("worker")
    _bring_through(machine, *stories, hurry=False)
    for story in stories:
        _require_once(story)
        assert _signatures(machine, story) == 1


def _outcome(story: Story, outcome: str) -> Any:
    attempts: list[dict[str, Any]] = story.dispatch().get("attempts", [])
    look: Callable[[dict[str, Any]], bool] = lambda attempt: attempt["outcome"] == outcome  # noqa: E731
    return next(filter(look, attempts), None)
