"""Put an evidence package together: every file listed with its hash, the list sealed by the organisation."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs7

from kenes.signing.evidence.parts import Contents, as_json, iso
from kenes.signing.evidence.read_me import READ_ME
from kenes.signing.seal_keys import SealIdentity

FORMAT: Final = "kenes-evidence"
VERSION: Final = 1
MANIFEST: Final = "manifest.json"
SEAL: Final = "manifest.p7s"
STAMP: Final = "manifest.tst"
CHECKER: Final = "check.pyz"
_STORED: Final = (".pdf", ".docx", ".jpg", ".png", ".webp", ".pyz")


# A token over the seal; empty where none can be had.
Stamp = Callable[[bytes], bytes]


def pack(
    contents: Contents,
    *,
    checker: bytes,
    identity: SealIdentity,
    made_at: datetime,
    stamp: Stamp | None = None,
) -> tuple[bytes, bool]:
    """The ZIP, and whether it is stamped. `contents` holds all files but the checker, the reading help and the sealed list.

    Without `stamp`, or where it gives nothing, the list says that there is no time stamp.
    """
    contents.add(CHECKER, checker)
    contents.add("README.txt", READ_ME.encode())
    heads = _stamped(contents, identity, made_at, stamp) if stamp is not None else {}
    if not heads:
        manifest = as_json(_manifest(contents, made_at, is_stamped=False))
        heads = {MANIFEST: manifest, SEAL: seal(manifest, identity)}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        date = made_at.timetuple()[:6]
        for path, data in (*heads.items(), *sorted(contents.files.items())):
            entry = zipfile.ZipInfo(path, date_time=date)
            entry.compress_type = zipfile.ZIP_STORED if path.endswith(_STORED) else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return packed.getvalue(), STAMP in heads


def _stamped(contents: Contents, identity: SealIdentity, made_at: datetime, stamp: Stamp) -> dict[str, bytes]:
    """List, seal and stamp; nothing where no stamp can be had. The list announces it: taken away, it is missed."""
    manifest = as_json(_manifest(contents, made_at, is_stamped=True))
    sealed = seal(manifest, identity)
    token = stamp(sealed)
    return {MANIFEST: manifest, SEAL: sealed, STAMP: token} if token else {}


def _manifest(contents: Contents, made_at: datetime, *, is_stamped: bool) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": iso(made_at),
        "made_by": "Kenes Hub",
        **contents.index,
        "checker": CHECKER,
        "time_stamp": STAMP if is_stamped else None,
        "files": [
            {"path": path, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for path, data in sorted(contents.files.items())
        ],
    }


def seal(manifest: bytes, identity: SealIdentity) -> bytes:
    """Detached PKCS#7 (DER) over the list by the organisation's seal key, with its certificate and the authority's."""
    builder = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(manifest)
        .add_signer(identity.certificate, identity.key, hashes.SHA256())
        .add_certificate(identity.authority)
    )
    options = [
        pkcs7.PKCS7Options.DetachedSignature,
        pkcs7.PKCS7Options.Binary,
        pkcs7.PKCS7Options.NoCapabilities,
    ]
    return builder.sign(serialization.Encoding.DER, options)
