"""Write the DOCX templates of letters and their text dumps from the texts in `documents/authoring`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from kenes.documents.authoring.build import write_all


class Command(BaseCommand):
    help = "Write documents/templates/<CODE>/<language>.docx and .txt"

    def handle(self, *args: Any, **options: Any) -> None:
        for path in write_all():
            self.stdout.write(f"{path.parent.name}/{path.name}")
