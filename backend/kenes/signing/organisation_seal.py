"""The seal of this installation: the key is loaded once per process and kept."""

import threading
from pathlib import Path
from typing import Final

from cryptography import x509
from django.conf import settings

from kenes.foundation import clock
from kenes.signing.seal_keys import ANCHOR_FILE, ensure_seal_identity, trusted_authorities
from kenes.signing.sealing import Sealer

ORGANISATION: Final = "Kenes Hub"
_lock = threading.Lock()
_kept: dict[str, Sealer] = {}


def sealer() -> Sealer:
    """The sealer with the key in use; makes the key at the first start. Raises SealKeyError."""
    folder = settings.SEAL_KEY_DIR
    with _lock:
        kept = _kept.get(str(folder))
        if kept is None or kept.identity.is_due(clock.now()):
            identity = ensure_seal_identity(
                folder, settings.SEAL_KEY_PASSPHRASE, ORGANISATION, now=clock.now()
            )
            kept = _kept[str(folder)] = Sealer(identity)
        return kept


def authorities() -> list[x509.Certificate]:
    """Authorities whose seals count as ours, read anew each time: certificates may be added while running."""
    found = trusted_authorities(settings.SEAL_KEY_DIR)
    return found or [sealer().identity.authority]


def anchors_folder() -> Path:
    """The folder with the present authority's certificate alone, for people and for checkers."""
    sealer()
    return (settings.SEAL_KEY_DIR / ANCHOR_FILE).parent


def check() -> None:
    """For health: the key opens."""
    sealer()
