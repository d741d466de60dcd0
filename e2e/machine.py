"""Breaking and mending the stack under test: its supervisor, its processes, its queue of effects."""

import json
import os
import signal
import xmlrpc.client
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from celery import Celery  # type: ignore[import-untyped]

from e2e.kenes_client import wait_for


class Machine:
    """The one-machine stack whose settings `deploy/local` put into the environment."""

    def __init__(self) -> None:
        ports = json.loads(os.environ["KENES_PORTS"])
        lines = (Path(os.environ["RUN_DIR"]) / "secrets.env").read_text(encoding="utf-8").splitlines()
        secrets = dict(line.split("=", 1) for line in lines if "=" in line)
        address = f"http://kenes:{secrets['SUPERVISOR_PASSWORD']}@127.0.0.1:{ports['supervisor']}/RPC2"
        self._supervisor: Any = xmlrpc.client.ServerProxy(address).supervisor
        self._database = os.environ["DATABASE_URL"]

    def _info(self, program: str) -> dict[str, Any]:
        return dict(self._supervisor.getProcessInfo(f"app:{program}"))

    @contextmanager
    def stopped(self, program: str) -> Iterator[None]:
        """The program is stopped inside the block and runs again after it."""
        self._supervisor.stopProcess(f"app:{program}")
        try:
            yield
        finally:
            self.start(program)

    def start(self, program: str) -> None:
        """Start what is stopped; supervisord's «already started» is no trouble."""
        with suppress(xmlrpc.client.Fault):
            self._supervisor.startProcess(f"app:{program}", False)
        wait_for(f"{program} to run", lambda: self._info(program)["statename"] in {"RUNNING", "STARTING"})

    def kill(self, program: str) -> None:
        """kill -9 of the program and all its children at once; the supervisor starts it anew."""
        parent = int(self._info(program)["pid"])
        for process in [*_descendants(parent), parent]:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        wait_for(f"a new {program}", lambda: self._info(program)["pid"] not in {0, parent}, seconds=90)

    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run one statement; rows of a query."""
        with psycopg.connect(self._database, autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def run_timer(self, name: str) -> None:
        """Have a worker do now what a timer would do at its time."""
        with Celery(broker=os.environ["REDIS_URL"]) as celery:
            celery.send_task(name)

    def forget_dead_leases(self) -> None:
        """What a killed worker had taken is free now instead of after its lease of two minutes.

        Only while no worker holds a lane: rows that a living one is working on must stay his.
        """
        self.sql(
            "UPDATE outbox_outboxrow SET leased_until = NULL WHERE status = 'pending'"
            " AND leased_until < now() + interval '110 seconds'"
            " AND NOT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid BETWEEN 7301 AND 7310)"
        )

    def hurry_retries(self) -> None:
        """Retries that wait for their time come now."""
        self.sql(
            "UPDATE outbox_outboxrow SET available_at = now()"
            " WHERE status = 'pending' AND leased_until IS NULL AND attempts > 0"
        )


def _descendants(parent: int) -> list[int]:
    """Children of a process, their children and so on."""
    found: list[int] = []
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, task.read_text().split()):
                found += [child, *_descendants(child)]
    return found
