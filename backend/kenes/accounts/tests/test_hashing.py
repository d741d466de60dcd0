"""A wave of password sign-ins does not take every thread."""

import threading
import time
from typing import Any

import pytest

from kenes.accounts import hashing
from kenes.accounts.errors import SignInBusy
from kenes.accounts.models import User

from .conftest import PASSWORD


def test_two_wait_and_the_next_is_sent_away_at_once() -> None:
    had_turn: list[float] = []

    def wait_for_turn() -> None:
        with hashing.turn():
            had_turn.append(time.monotonic())

    with hashing.turn():
        waiting = [threading.Thread(target=wait_for_turn) for _ in range(2)]
        for thread in waiting:
            thread.start()
        time.sleep(0.05)
        started = time.monotonic()
        with pytest.raises(SignInBusy), hashing.turn():
            raise AssertionError("one more computed beside the first")
        assert time.monotonic() - started < 0.5
        assert had_turn == []
    for thread in waiting:
        thread.join(5)
    assert len(had_turn) == 2
    with hashing.turn():
        pass


@pytest.mark.django_db
def test_a_busy_service_says_when_to_come_again_and_counts_nothing(api: Any, manager: User) -> None:
    body = {"email": "manager@example.com", "password": PASSWORD}
    api.call("get", "/session/")
    release = threading.Event()

    def hold() -> None:
        with hashing.turn():
            release.wait(10)

    holders = [threading.Thread(target=hold) for _ in range(3)]
    for holder in holders:
        holder.start()
    time.sleep(0.05)
    try:
        answers = [api.call("post", "/auth/password/", body) for _ in range(20)]
    finally:
        release.set()
        for holder in holders:
            holder.join()
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(503, "auth.busy")}
    assert answers[0]["Retry-After"] == "1"
    assert api.call("post", "/auth/password/", body).status_code == 200
