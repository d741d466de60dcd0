"""The event log by hand: `event_log verify` proves that no row was changed, `event_log anchor` closes the day now."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kenes.event_log import anchoring, selectors, stamping
from kenes.event_log.models import DailyAnchor, EventRow, EventStream
from kenes.foundation import clock


class Command(BaseCommand):
    help = "verify: recompute every chain, head, anchor and time stamp. anchor: anchor and stamp the log up to now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["verify", "anchor"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "anchor":
            self._anchor()
        else:
            self._verify()

    def _anchor(self) -> None:
        made = anchoring.anchor(clock.today() - timedelta(days=1))
        stamped = stamping.stamp_pending()
        self.stdout.write(f"anchor of {made.day}: root {made.root}")
        self.stdout.write(f"stamped now: {stamped}" if settings.TSP_URL else _UNSTAMPED)

    def _verify(self) -> None:
        faults = list(selectors.verify())
        for fault in faults:
            self.stderr.write(f"{fault.stream} #{fault.seq}: {fault.reason}")
        if faults:
            first = faults[0]
            raise CommandError(
                f"{len(faults)} faults; the first: {first.stream} #{first.seq}: {first.reason}"
            )
        self.stdout.write(
            f"{EventStream.objects.count()} chains, {EventRow.objects.count()} events: all hold"
        )
        anchors = list(DailyAnchor.objects.select_related("stamp").defer("heads"))
        trusted = [moment for one in anchors if (moment := stamping.trusted_at(one)) is not None]
        self.stdout.write(
            f"{len(anchors)} daily anchors, {len(trusted)} with a time stamp that is trusted here"
        )
        self._say_what_no_anchor_covers(anchors)
        if trusted:
            self.stdout.write(f"nothing before {max(trusted).isoformat()} was changed since then")
        elif not settings.TSP_URL:
            self.stdout.write(_UNSTAMPED)

    def _say_what_no_anchor_covers(self, anchors: list[DailyAnchor]) -> None:
        """Anchors at the end can be taken away without breaking the chain of the others: say where it ends."""
        newest = max((one.day for one in anchors), default=None)
        if newest is not None and newest >= clock.today() - timedelta(days=2):
            return
        rows = EventRow.objects.filter(at__lt=clock.now() - timedelta(days=2))
        if newest is not None:
            rows = rows.filter(at__gt=max(one.created_at for one in anchors))
        if rows.exists():
            since = newest.isoformat() if newest is not None else "the beginning"
            self.stdout.write(f"no anchor since {since}: the timer stands, or anchors were taken away")


_UNSTAMPED = "TSP_URL is not set: anchors have no time stamp of an independent authority"
