"""Demonstration people only, without cases."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kenes.accounts import demo


class Command(BaseCommand):
    help = "Makes the demonstration people with known passwords; refused unless DEMO is set."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            demo.load()
        except demo.NotADemonstration as problem:
            raise CommandError("known passwords are made only with DEMO=true") from problem
