"""Load demonstration data once, through the services of the apps."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Fills a demonstration with people and cases; refused unless DEMO is set."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=int, default=300, help="how many cases to make")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("demonstration data is loaded only with DEMO=true")
        for config in apps.get_app_configs():
            load = getattr(config, "load_demo_data", None)
            if load is not None:
                load(cases=options["cases"])
                self.stdout.write(f"{config.label}: demonstration data is in place")
