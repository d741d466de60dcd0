"""B1: the list of cases and the search, side by side with django-helpdesk on one PostgreSQL.

    python -m bench b1 [--quick] [--sizes 1000,20000,200000] [--clients 1,8] [--seconds 2] [--json FILE] [--keep]

Each operation is asked of both sides in alternating rounds (A B B A A B) after a warm-up, by one client and by eight. What both
find is compared before anything is timed. The peer's staff table is the opponent; its REST interface, which walks the whole
table before it pages, is shown beside it. Operations that the peer has nothing like are asked of our side alone. Databases of
the run are removed afterwards unless `--keep` is given.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from bench.b1 import cpu, peers, records, report
from bench.b1.asking import alone, questions
from bench.b1.rounds import Measured, Sides, measure
from bench.measure import Row, load

CLIENTS: Final = (1, 8)
# Seconds of one round of one side; a slow answer is waited for once.
ROUND_SECONDS, QUICK_SECONDS = 2.0, 0.4
DATABASES: Final = ("kenes_bench_b1", "kenes_bench_b1_peer")


def rows() -> Iterator[Row]:
    options = _options(sys.argv)
    measured: list[Measured] = []
    started = load()
    facts: dict[str, Any] = {}
    try:
        for size in options["sizes"]:
            for one in _at_size(size, options, facts):
                measured.append(one)
    finally:
        # Also what was measured before something went wrong.
        report.show(measured, facts, started)
        if not options["keep"]:
            peers.drop(_server_url(), *DATABASES)
    if options["json"]:
        kept = {"facts": facts, "rows": [report.plain(one) for one in measured]}
        Path(options["json"]).write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
    yield from report.rows(measured)


def _options(arguments: list[str]) -> dict[str, Any]:
    def after(name: str) -> str:
        return arguments[arguments.index(name) + 1] if name in arguments else ""

    def numbers(name: str) -> list[int]:
        return [int(one) for one in after(name).split(",") if one]

    quick = "--quick" in arguments
    return {
        "sizes": numbers("--sizes") or ([records.BASE] if quick else list(records.SIZES)),
        "clients": tuple(numbers("--clients")) or CLIENTS,
        "seconds": float(after("--seconds") or (QUICK_SECONDS if quick else ROUND_SECONDS)),
        "json": after("--json"),
        "keep": "--keep" in arguments,
    }


def _server_url() -> str:
    database = settings.DATABASES["default"]
    return (
        f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
        f"/{database['NAME']}"
    )


def _at_size(size: int, options: dict[str, Any], facts: dict[str, Any]) -> Iterator[Measured]:
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
        sides = Sides(one, two, asked, peer, cpu.of_server(_server_url()))
        seconds = options["seconds"]
        for question in questions(asked, peer):
            yield from measure(question, sides, size=size, seconds=seconds, numbers=options["clients"])
        for question in alone(asked):
            yield from measure(question, sides, size=size, seconds=seconds / 2, numbers=(1,))


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
