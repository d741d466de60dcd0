"""Write `docs/procedures.md` anew from the tables of cases and procedures."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from kenes.cases.tracks import procedure_docs


class Command(BaseCommand):
    """`manage.py write_procedure_docs`"""

    help = "Write docs/procedures.md from the tables of cases and procedures"

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(settings.BASE_DIR).parent / "docs" / "procedures.md"
        target.write_text(procedure_docs.page(), encoding="utf-8")
        self.stdout.write(str(target))
