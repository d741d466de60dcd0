"""The templates of letters for tests, read and compiled once."""

from typing import Final

from kenes.documents import services
from kenes.foundation.testing import Remembered

load_reference_data: Final = Remembered(services.load_reference_data)
