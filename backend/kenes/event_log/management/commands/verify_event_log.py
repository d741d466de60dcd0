"""Verify every hash chain and every daily anchor."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kenes.event_log import selectors
from kenes.event_log.models import EventRow, EventStream


class Command(BaseCommand):
    help = "Walks the event log and names every place where a chain does not hold."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(selectors.verify())
        for fault in faults:
            self.stderr.write(f"{fault.stream} #{fault.seq}: {fault.reason}")
        if faults:
            raise CommandError(f"{len(faults)} faults")
        self.stdout.write(
            f"{EventStream.objects.count()} chains, {EventRow.objects.count()} events: all hold"
        )
