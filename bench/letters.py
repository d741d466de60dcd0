"""The letter that the benchmarks use."""

from pathlib import Path

import kenes.documents
from kenes.documents.tests.letters import BANK_LETTER

TEMPLATE = Path(kenes.documents.__file__).parent / "templates" / "RESTRUCT_BANK" / "ru.docx"

__all__ = ["BANK_LETTER", "TEMPLATE"]
