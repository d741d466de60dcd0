"""Write the words of cases for the search anew, in small batches, while people work."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from kenes.cases.search import lexicon, upkeep


class Command(BaseCommand):
    help = (
        "Bring the search up to date: without options only what is missing or made by older rules (goes on where it was"
        " stopped); --all everything, needed after keys of look-up were changed or names of creditors were mended"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="every case")
        parser.add_argument("--after", type=UUID, help="with --all: go on after this id, as printed")
        parser.add_argument("--batch", type=int, default=upkeep.BATCH, help="cases in one transaction")
        parser.add_argument("--sweep", action="store_true", help="afterwards take unused words off the list")

    def handle(self, *args: Any, **options: Any) -> None:
        written = 0
        if options["all"]:
            for last, count in upkeep.rebuild_all(options["after"], options["batch"]):
                written += count
                self.stdout.write(f"{written} written, go on with --after {last}")
        else:
            for count in upkeep.rebuild_stale(options["batch"]):
                written += count
                self.stdout.write(f"{written} written")
        if options["sweep"]:
            self.stdout.write(f"{lexicon.sweep()} words swept")
        self.stdout.write(f"Done: {written} cases.")
