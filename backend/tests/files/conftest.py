"""The scanner and the storage of the tests of stored files."""

from kenes.files.tests.conftest import clamd, media, no_scanner, scanner

__all__ = ["clamd", "media", "no_scanner", "scanner"]
