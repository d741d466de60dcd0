"""Bring everything under the newest keys while the system runs. See docs/runbooks/keys.md."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kenes.foundation import rotation


class Command(BaseCommand):
    help = "Re-encrypts values and files and recomputes look-up hashes under the newest keys; may be stopped and run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="only count; exit code 1 when something is left"
        )
        parser.add_argument("--batch", type=int, default=200, help="rows of one transaction (200)")
        parser.add_argument(
            "--pause",
            type=float,
            default=0.0,
            help="seconds to rest after each batch, to spare a busy database",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check()
            return
        batch = max(1, options["batch"])

        def progress(name: str, count: int) -> None:
            self._say(f"{name}: {count} so far")
            time.sleep(options["pause"])

        left = 0
        for store in rotation.stores():
            brought = store.rotate(batch=batch, progress=progress)
            pending = store.pending()
            left += pending
            if brought or pending:
                self._say(f"{store.name}: {brought} brought, {pending} left")
        self._end(left)

    def _check(self) -> None:
        left = 0
        for store in rotation.stores():
            pending = store.pending()
            left += pending
            if pending:
                self._say(f"{store.name}: {pending} under an older key")
        self._end(left)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _end(self, left: int) -> None:
        if left:
            self._say(f"{left} values are still under an older key")
            raise SystemExit(1)
        self._say("Everything is under the newest keys")
