"""The certification authority of the tests of signing."""

from kenes.signing.tests.conftest import _esign_process, esign

__all__ = ["_esign_process", "esign"]
