"""Timing both sides by turns: A B B A A B after a warm-up, one client and eight, with processor time beside it."""

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from django.conf import settings

from bench.b1 import cpu
from bench.b1.asking import Ask, Question
from bench.b1.peers import Server

ORDER: Final = "ABBAAB"
WARM_SECONDS: Final = 0.5
MOST_ASKED: Final = 60
# Above this size one REST answer takes minutes.
REST_UP_TO: Final = 20_000


@dataclass(slots=True)
class Timed:
    """Milliseconds of each answer, seconds of the rounds, and of processors that both application and database used."""

    ms: list[float] = field(default_factory=list)
    seconds: float = 0.0
    processor: float = 0.0
    # The median of each round: how far they lie apart is the spread.
    rounds: list[float] = field(default_factory=list)

    def percentile(self, percent: int) -> float:
        if len(self.ms) < 2:
            return self.ms[0] if self.ms else 0.0
        return statistics.quantiles(self.ms, n=100, method="inclusive")[percent - 1]

    @property
    def per_second(self) -> float:
        return len(self.ms) / self.seconds if self.seconds else 0.0

    @property
    def processor_ms(self) -> float:
        return self.processor * 1000 / len(self.ms) if self.ms else 0.0


@dataclass(slots=True)
class Measured:
    """One operation at one size by one number of clients. Without a `table` it was asked of our side alone."""

    size: int
    clients: int
    operation: str
    ours: Timed
    table: Timed | None
    rest: Timed | None
    found_ours: int | None
    found_table: int | None
    same: str


@dataclass(frozen=True, slots=True)
class Sides:
    """Both running applications, what to ask of them, and as whom."""

    ours: Server
    theirs: Server
    asked: dict[str, Any]
    peer: dict[str, Any]
    database: Callable[[], float]

    def our_client(self) -> httpx.Client:
        """Signed in by a cookie, with the token that a search needs."""
        asked = self.asked
        client = httpx.Client(
            base_url=self.ours.base, trust_env=False, timeout=300,
            headers={"Host": "localhost", "Referer": settings.PUBLIC_URL},
            cookies={asked["cookie"]: asked["cookies"]["supervisor"]},
        )  # fmt: skip
        client.get("/api/v1/session/").raise_for_status()
        client.headers["X-CSRFToken"] = client.cookies[asked["csrf"]]
        return client

    def their_client(self) -> httpx.Client:
        cookies = {"sessionid": self.peer["session"]}
        return httpx.Client(base_url=self.theirs.base, trust_env=False, timeout=300, cookies=cookies)

    def ask_ours(self, ask: Ask, clients: int, seconds: float, into: Timed) -> None:
        """One round of our side."""
        self._round(self.our_client, self.ours, ask, (clients, seconds), into)

    def ask_theirs(self, ask: Ask, clients: int, seconds: float, into: Timed) -> None:
        """One round of the other side."""
        self._round(self.their_client, self.theirs, ask, (clients, seconds), into)

    def _round(self, client_of: Any, server: Server, ask: Ask, how: tuple[int, float], into: Timed) -> None:
        clients, seconds = how
        made = [client_of() for _ in range(clients)]
        before = cpu.of_tree(server.pid) + self.database()
        started = time.perf_counter()
        times = _all_at_once(made, ask, started + seconds)
        into.seconds += time.perf_counter() - started
        into.processor += cpu.of_tree(server.pid) + self.database() - before
        into.ms += times
        into.rounds.append(statistics.median(times))
        for client in made:
            client.close()


def _all_at_once(made: list[httpx.Client], ask: Ask, until: float) -> list[float]:
    """All clients ask until the time is over or enough was asked; each waits for its own answer."""
    times: list[float] = []
    problems: list[BaseException] = []

    def work(client: httpx.Client) -> None:
        try:
            for _ in range(MOST_ASKED):
                begun = time.perf_counter()
                ask(client)
                times.append((time.perf_counter() - begun) * 1000)
                if time.perf_counter() > until:
                    return
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=work, args=(client,)) for client in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    return times


def measure(
    question: Question, sides: Sides, *, size: int, seconds: float, numbers: tuple[int, ...]
) -> Iterator[Measured]:
    """The question asked by each number of clients, after both sides were found to answer the same."""
    found_ours, found_table, same = compare(question, sides)
    for clients in numbers:
        ours, table = Timed(), Timed() if question.table else None
        sides.ask_ours(question.ours, clients, min(seconds, WARM_SECONDS), Timed())
        if question.table:
            sides.ask_theirs(question.table, clients, min(seconds, WARM_SECONDS), Timed())
        for side in ORDER:
            if side == "A":
                sides.ask_ours(question.ours, clients, seconds, ours)
            elif question.table and table is not None:
                sides.ask_theirs(question.table, clients, seconds, table)
        rest = None
        if question.rest is not None and size <= REST_UP_TO and clients == 1:
            rest = Timed()
            sides.ask_theirs(question.rest, 1, seconds, rest)
        yield Measured(size, clients, question.name, ours, table, rest, found_ours, found_table, same)


def compare(question: Question, sides: Sides) -> tuple[int | None, int | None, str]:
    """Whether both sides answer the same; told, and refused where they must."""
    if question.ours_found is None or question.table_found is None:
        return None, None, ""
    with closing(sides.our_client()) as one, closing(sides.their_client()) as two:
        ours, theirs = question.ours_found(one), question.table_found(two)
    if ours == theirs:
        return ours[1], theirs[1], "same page, same count"
    assert question.differs, (question.name, ours[1], theirs[1], ours[0][:3], theirs[0][:3])
    assert ours[1] > theirs[1], (question.name, ours[1], theirs[1])
    return ours[1], theirs[1], "the peer finds letters, not forms"
