"""Things that happen later: status changes and webhook calls, kept on disk until done."""

import asyncio
import json
import logging
import sqlite3
import time
from collections.abc import Awaitable, Callable
from typing import Any

log = logging.getLogger("sandbox.timeline")

Action = Callable[[dict[str, Any]], Awaitable[None]]


class Timeline:
    """Runs planned steps when they are due, also those planned before a restart."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._actions: dict[str, Action] = {}
        self._planned = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()

    def register(self, name: str, action: Action) -> None:
        """Say what a step of this name does."""
        self._actions[name] = action

    def plan(self, delay_seconds: float, name: str, payload: dict[str, Any]) -> None:
        """Plan a step; it is on disk when this returns."""
        self._connection.execute(
            "INSERT INTO step (due_at, action, payload) VALUES (?, ?, ?)",
            (time.time() + delay_seconds, name, json.dumps(payload)),
        )
        self._planned.set()

    async def run(self) -> None:
        """Run due steps for ever; each in its own task, so that a slow call delays nobody."""
        while True:
            self._planned.clear()
            for row in self._due():
                self._connection.execute("DELETE FROM step WHERE id = ?", (row["id"],))
                task = asyncio.create_task(self._perform(row["action"], json.loads(row["payload"])))
                self._running.add(task)
                task.add_done_callback(self._running.discard)
            try:
                await asyncio.wait_for(self._planned.wait(), timeout=self._pause())
            except TimeoutError:
                continue

    def _due(self) -> list[sqlite3.Row]:
        return self._connection.execute(
            "SELECT * FROM step WHERE due_at <= ? ORDER BY due_at, id LIMIT 100", (time.time(),)
        ).fetchall()

    def _pause(self) -> float:
        row = self._connection.execute("SELECT min(due_at) FROM step").fetchone()
        if row[0] is None:
            return 60.0
        return max(0.01, min(60.0, float(row[0]) - time.time()))

    async def _perform(self, name: str, payload: dict[str, Any]) -> None:
        try:
            await self._actions[name](payload)
        except Exception:
            log.exception("step_failed name=%s", name)
