"""Load the rules, the calendar and the indices alone."""

from typing import Any

from django.core.management.base import BaseCommand

from kenes.law import services


class Command(BaseCommand):
    help = "Brings rules of terms, calendar and indices to the state of the data files; idempotent."

    def handle(self, *args: Any, **options: Any) -> None:
        services.load_reference_data()
        self.stdout.write("law: reference data is in place")
