"""B1: the list of cases and the search, side by side with django-helpdesk on one PostgreSQL.

    python -m bench b1 [--quick] [--sizes 1000,20000,200000] [--json FILE] [--keep]

Each operation is asked of both sides in alternating rounds (A B B A A B) after a warm-up, by one client and by eight. What both
find is compared before anything is timed. The peer's staff table is the opponent; its REST interface, which walks the whole
table before it pages, is shown beside it. Databases of the run are removed afterwards unless `--keep` is given.
"""

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
from django.conf import settings

from bench.b1 import peers, records
from bench.b1.asking import Ask, Question, questions
from bench.measure import Row, load

CLIENTS: Final = (1, 8)
# Seconds of one round of one side; a slow answer is waited for once.
ROUND_SECONDS, QUICK_SECONDS = 2.0, 0.4
MOST_ASKED: Final = 60
# Above this size one REST answer takes minutes.
REST_UP_TO: Final = 20_000
BUDGETS: Final = {"list": {20_000: 60, 200_000: 150}, "search": {20_000: 120, 200_000: 300}}
DATABASES: Final = ("kenes_bench_b1", "kenes_bench_b1_peer")


@dataclass(slots=True)
class Timed:
    """Milliseconds of each answer, and how many a second all clients together got."""

    ms: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def percentile(self, percent: int) -> float:
        if len(self.ms) < 2:
            return self.ms[0] if self.ms else 0.0
        return statistics.quantiles(self.ms, n=100, method="inclusive")[percent - 1]

    @property
    def per_second(self) -> float:
        return len(self.ms) / self.seconds if self.seconds else 0.0


@dataclass(slots=True)
class Measured:
    """One operation at one size by one number of clients."""

    size: int
    clients: int
    operation: str
    ours: Timed
    table: Timed
    rest: Timed | None
    found_ours: int | None
    found_table: int | None
    same: str


def rows() -> Iterator[Row]:
    options = _options(sys.argv)
    measured: list[Measured] = []
    started = load()
    facts: dict[str, Any] = {}
    try:
        for size in options["sizes"]:
            measured += _at_size(size, options, facts)
    finally:
        if not options["keep"]:
            peers.drop(_server_url(), *DATABASES)
    _print(measured, facts, started)
    if options["json"]:
        with Path(options["json"]).open("w", encoding="utf-8") as file:
            json.dump(
                {"facts": facts, "rows": [_plain(one) for one in measured]},
                file,
                ensure_ascii=False,
                indent=1,
            )
    yield from map(_row, measured)
    yield from _growth(measured)


def _options(arguments: list[str]) -> dict[str, Any]:
    def after(name: str) -> str:
        return arguments[arguments.index(name) + 1] if name in arguments else ""

    quick = "--quick" in arguments
    sizes = [int(one) for one in after("--sizes").split(",") if one] or (
        [records.BASE] if quick else list(records.SIZES)
    )
    return {
        "sizes": sizes, "seconds": QUICK_SECONDS if quick else ROUND_SECONDS, "json": after("--json"),
        "keep": "--keep" in arguments,
    }  # fmt: skip


def _server_url() -> str:
    database = settings.DATABASES["default"]
    return (
        f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
        f"/{database['NAME']}"
    )


def _at_size(size: int, options: dict[str, Any], facts: dict[str, Any]) -> list[Measured]:
    own_url, peer_url = (peers.database(_server_url(), name) for name in DATABASES)
    python, own, their = peers.install(), peers.ours(own_url), peers.theirs(peer_url)
    asked, peer = _seed(size, python, own, their)
    facts.setdefault("peer", peers.versions(python))
    facts[f"load at {size}"] = load()
    port = 18_100 + os.getpid() % 700
    with (
        peers.server(
            Path(sys.executable), "config.wsgi", own, peers.ROOT / "backend", port, "/health/live"
        ) as one,
        peers.server(python, "wsgi", their, peers.PEER, port + 1, "/admin/login/") as two,
    ):
        sides = _Sides(one, two, asked, peer)
        return [
            made
            for question in questions(asked, peer)
            for made in _measure(question, sides, size, options["seconds"])
        ]


def _seed(
    size: int, python: Any, own: dict[str, str], their: dict[str, str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Fill both databases from the same records."""
    manage = [sys.executable, str(peers.ROOT / "backend" / "manage.py"), "migrate", "-v0"]
    subprocess.run(manage, env=own, check=True)
    asked = peers.run_json([sys.executable, "-m", "bench.b1.seed", str(size)], own, peers.ROOT)
    kept = peers.scratch() / "records.json"
    kept.write_text(json.dumps({"base": asked["base"], "rare": asked["rare"]}))
    subprocess.run([str(python), "-m", "django", "migrate", "-v0"], env=their, cwd=peers.PEER, check=True)
    peer = peers.run_json([str(python), "seed.py", str(kept), str(size)], their, peers.PEER)
    return asked, peer


@dataclass(frozen=True, slots=True)
class _Sides:
    ours: str
    theirs: str
    asked: dict[str, Any]
    peer: dict[str, Any]

    def our_client(self) -> httpx.Client:
        """Signed in by a cookie, with the token that a search needs."""
        asked = self.asked
        client = httpx.Client(
            base_url=self.ours, trust_env=False, timeout=300,
            headers={"Host": "localhost", "Referer": settings.PUBLIC_URL},
            cookies={asked["cookie"]: asked["cookies"]["supervisor"]},
        )  # fmt: skip
        client.get("/api/v1/session/").raise_for_status()
        client.headers["X-CSRFToken"] = client.cookies[asked["csrf"]]
        return client

    def their_client(self) -> httpx.Client:
        return httpx.Client(
            base_url=self.theirs, trust_env=False, timeout=300, cookies={"sessionid": self.peer["session"]}
        )


def _measure(question: Question, sides: _Sides, size: int, seconds: float) -> Iterator[Measured]:
    found_ours, found_table, same = _compare(question, sides)
    for clients in CLIENTS:
        ours, table = Timed(), Timed()
        _round(sides.our_client, question.ours, clients, min(seconds, 0.5), Timed())
        _round(sides.their_client, question.table, clients, min(seconds, 0.5), Timed())
        for side in "ABBAAB":
            if side == "A":
                _round(sides.our_client, question.ours, clients, seconds, ours)
            else:
                _round(sides.their_client, question.table, clients, seconds, table)
        rest = None
        if question.rest is not None and size <= REST_UP_TO and clients == 1:
            rest = Timed()
            _round(sides.their_client, question.rest, 1, seconds, rest)
        yield Measured(size, clients, question.name, ours, table, rest, found_ours, found_table, same)


def _compare(question: Question, sides: _Sides) -> tuple[int | None, int | None, str]:
    """Whether both sides answer the same; told, and refused where they must."""
    if question.ours_found is None or question.table_found is None:
        return None, None, "the same record"
    with closing(sides.our_client()) as one, closing(sides.their_client()) as two:
        ours, theirs = question.ours_found(one), question.table_found(two)
    if ours == theirs:
        return ours[1], theirs[1], "same page, same count"
    assert question.differs, (question.name, ours[1], theirs[1], ours[0][:3], theirs[0][:3])
    return ours[1], theirs[1], "the peer finds letters, not forms"


def _round(client_of: Any, ask: Ask, clients: int, seconds: float, into: Timed) -> None:
    """All clients ask until the time is over or enough was asked; each waits for its own answer."""
    made = [client_of() for _ in range(clients)]
    until = time.perf_counter() + seconds
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
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    into.seconds += time.perf_counter() - started
    into.ms += times
    for client in made:
        client.close()
    if problems:
        raise problems[0]


def _print(measured: list[Measured], facts: dict[str, Any], started: str) -> None:
    print(f"\nB1 {started} at the start, {load()} at the end; {json.dumps(facts)}")
    print(
        "| cases | clients | operation | ours p50 / p95 ms (per s) | staff table p50 / p95 ms (per s) | REST p50 ms | found ours / table | checked |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for one in measured:
        rest = f"{one.rest.percentile(50):.0f}" if one.rest else ""
        found = "" if one.found_ours is None else f"{one.found_ours} / {one.found_table}"
        print(
            f"| {one.size} | {one.clients} | {one.operation} | {_told(one.ours)} | {_told(one.table)} | {rest} | {found} |"
            f" {one.same} |"
        )


def _told(timed: Timed) -> str:
    spread = f"{min(timed.ms):.0f}–{max(timed.ms):.0f}"
    return f"{timed.percentile(50):.0f} / {timed.percentile(95):.0f} ({timed.per_second:.0f}), {spread}, n={len(timed.ms)}"


def _plain(one: Measured) -> dict[str, Any]:
    def side(timed: Timed | None) -> dict[str, float] | None:
        if timed is None:
            return None
        return {
            "p50_ms": timed.percentile(50), "p95_ms": timed.percentile(95), "per_second": timed.per_second,
            "min_ms": min(timed.ms), "max_ms": max(timed.ms), "asked": len(timed.ms),
        }  # fmt: skip

    return {**asdict(one), "ours": side(one.ours), "table": side(one.table), "rest": side(one.rest)}


def _row(one: Measured) -> Row:
    kind = "search" if one.operation.startswith("search") else "list"
    budget = BUDGETS[kind].get(one.size) if one.clients == 1 else None
    p95 = one.ours.percentile(95)
    return Row(
        f"{one.operation}, {one.size} cases, {one.clients} client(s)",
        f"p50 {one.ours.percentile(50):.0f} ms, p95 {p95:.0f} ms",
        f"p95 ≤ {budget} ms" if budget else "",
        budget is None or p95 <= budget,
        f"staff table p50 {one.table.percentile(50):.0f} ms",
        f"× {one.table.percentile(50) / one.ours.percentile(50):.1f}",
    )


def _growth(measured: list[Measured]) -> Iterator[Row]:
    """At 200 000 cases no slower than 2.5 times 20 000."""
    small = {one.operation: one for one in measured if one.size == 20_000 and one.clients == 1}
    for one in measured:
        if one.size == 200_000 and one.clients == 1 and one.operation in small:
            ratio = one.ours.percentile(50) / small[one.operation].ours.percentile(50)
            yield Row(f"{one.operation}, 200 000 beside 20 000", f"× {ratio:.2f}", "≤ × 2.5", ratio <= 2.5)
