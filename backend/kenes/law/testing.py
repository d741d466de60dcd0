"""Rules, the calendar, indices and rates of the data files for tests, read and compiled once."""

from typing import Final

from kenes.foundation.testing import Remembered
from kenes.law import services

load_reference_data: Final = Remembered(services.load_reference_data)
