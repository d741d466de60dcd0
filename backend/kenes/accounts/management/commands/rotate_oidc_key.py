"""Give the tokens a new signing key; old tokens stay valid until they end by themselves."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kenes.accounts import token_keys


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--purpose",
            choices=token_keys.PURPOSES,
            default=token_keys.OIDC,
            help="oidc: ID tokens of partner programs; app: access tokens of our app",
        )
        parser.add_argument(
            "--at-once",
            action="store_true",
            help="the old key has leaked, or there is none yet: sign with the new one now and refuse the old",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        key = token_keys.rotate(options["purpose"], at_once=options["at_once"])
        self.stdout.write(f"{key.kid} signs from {key.not_before:%Y-%m-%d %H:%M} UTC")
