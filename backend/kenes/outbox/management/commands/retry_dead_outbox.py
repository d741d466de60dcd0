"""Give dead outbox rows a new life."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kenes.outbox import services


class Command(BaseCommand):
    help = "Run dead outbox rows again (all, or of one handler)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--handler")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{services.retry_dead(options['handler'])} rows will be tried again")
