"""Judge a signature that anybody brings: in a process of its own, with little memory and time; nothing is kept.

The program beside this module, `check_program`, knows nothing of the product: it gets bytes on standard input and
answers with one line of JSON. The product tells it which authorities count and whom to ask about revocation.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives import serialization
from django.conf import settings

from kenes.files.limited import run as limited
from kenes.signing import organisation_seal
from kenes.signing.errors import CheckersBusy

SECONDS: Final = 25
_AT_ONCE: Final = 3
_WAIT_SECONDS: Final = 10
# For one question to the authority; a silent one makes the answer «unknown».
_ASKING_SECONDS: Final = 4.0
_PROGRAM: Final = Path(__file__).with_name("check_program.py")
_places = threading.BoundedSemaphore(_AT_ONCE)


def check(*, signature: bytes, document: bytes | None, at: datetime | None) -> dict[str, Any]:
    """The report of `kzsign` as JSON, whatever the bytes are.

    `at` is the time to judge at where no trusted time stamp tells it. What takes too much time or memory is
    «unknown» with the reason `too_heavy`. Raises CheckersBusy when others are being judged already.
    """
    options = _options(signature, document, at)
    with _place():
        try:
            report = limited.run(_PROGRAM, options, signature + (document or b""), seconds=SECONDS).facts
        except (limited.TooHeavy, limited.Refused):
            return _not_judged("too_heavy")
    return {"evidence": None, **report}


def _options(signature: bytes, document: bytes | None, at: datetime | None) -> dict[str, Any]:
    return {
        "package_root": str(settings.BASE_DIR),
        "signature_bytes": len(signature),
        "document_bytes": None if document is None else len(document),
        "at": None if at is None else at.isoformat(),
        "anchors_dir": str(settings.KZSIGN_ANCHORS_DIR),
        "test_anchors": settings.KZSIGN_TEST_ANCHORS,
        "seal_authorities": [
            one.public_bytes(serialization.Encoding.DER).hex() for one in organisation_seal.authorities()
        ],
        "ocsp_url": settings.OCSP_URL,
        "hosts": list(settings.ESIGN_HOSTS),
        "lists_dir": str(settings.KZSIGN_LISTS_DIR),
        "seconds": _ASKING_SECONDS,
    }


@contextmanager
def _place() -> Iterator[None]:
    if not _places.acquire(timeout=_WAIT_SECONDS):
        raise CheckersBusy
    try:
        yield
    finally:
        _places.release()


def _not_judged(reason: str) -> dict[str, Any]:
    return {"verdict": "unknown", "format": "unknown", "reason": reason, "signers": [], "evidence": None}
