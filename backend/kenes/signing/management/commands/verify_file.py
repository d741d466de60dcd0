"""Judge a PDF on the command line, as the public page does: `manage.py verify_file letter.pdf`."""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from kenes.signing import verification
from kenes.signing.errors import NotPdf


class Command(BaseCommand):
    help = "Say whether a PDF is a signed or sealed document of this installation. Exit code 0 only for a valid one."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--language", choices=["ru", "kk", "en"], default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = options["file"].read_bytes()
        except OSError as problem:
            raise CommandError(f"{options['file']}: {problem.strerror}") from problem
        with translation.override(options["language"]):
            try:
                found = verification.verify_file(data)
            except NotPdf as problem:
                raise CommandError(str(problem.detail)) from problem
            self.stdout.write(f"{found.verdict}: {found.reason}")
            if found.document:
                self.stdout.write(f"  {found.document.kind_label} № {found.document.number}")
            if found.signature:
                self.stdout.write(
                    f"  {found.signature.signer or '-'}, {found.signature.signed_at:%Y-%m-%d %H:%M:%S} UTC"
                )
            for step in found.steps:
                self.stdout.write(f"  [{'+' if step.ok else '-'}] {step.label}: {step.detail}")
        if found.verdict != "valid":
            sys.exit(1)
