"""Load the reference data of every app; running it again changes nothing."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Loads rules, calendar, creditors, consent texts and templates (each app's own data, idempotent)."

    def handle(self, *args: Any, **options: Any) -> None:
        for config in apps.get_app_configs():
            load = getattr(config, "load_reference_data", None)
            if load is not None:
                load()
                self.stdout.write(f"{config.label}: reference data is in place")
