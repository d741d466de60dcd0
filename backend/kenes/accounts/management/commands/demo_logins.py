"""Prints who can sign in to the demonstration and how."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kenes.accounts import demo, demo_people, demo_specialists


class Command(BaseCommand):
    help = "Prints the demonstration logins; refused unless DEMO is set."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            lines = [*demo.login_lines(), *demo_specialists.login_lines(), *demo_people.login_lines()]
            self.stdout.write("\n".join(lines))
        except demo.NotADemonstration as problem:
            raise CommandError("there are no demonstration logins without DEMO=true") from problem
