"""Lists of revoked certificates kept as proof: what was known when OCSP was silent and a signature was taken all the same."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction

from kenes.files import services as files
from kenes.foundation import logs
from kenes.foundation.identifiers import new_id
from kenes.foundation.providers import require_no_transaction
from kenes.signing.eds.models import RevocationList

log = logs.get(__name__)
# Whom the stored list belongs to, in `files`.
OWNER: Final = "revocation_list"
# The whole list of the national authority has some 21 MB.
LARGEST: Final = 32 * 1024 * 1024


def keep(found: Iterable[bytes]) -> list[RevocationList]:
    """The lists as rows, each stored once however many signatures rest on it; one above `LARGEST` by hash and size alone.

    Writes files, so never in a transaction; what no signature comes to rest on is dropped by `drop_unused`.
    """
    require_no_transaction()
    return [_kept(data) for data in found]


def _kept(data: bytes) -> RevocationList:
    digest = hashlib.sha256(data).hexdigest()
    known = RevocationList.objects.filter(sha256=digest).first()
    if known is not None:
        return known
    row_id, file = new_id(), None
    if len(data) <= LARGEST:
        file = files.store(
            data=data, name=f"{digest[:16]}.crl", mime="application/pkix-crl", origin="generated",
            owner_kind=OWNER, owner_id=row_id,
        )  # fmt: skip
    else:
        log.warning("revocation_list_too_large", sha256=digest, size=len(data))
    row, is_new = RevocationList.objects.get_or_create(
        sha256=digest, defaults={"id": row_id, "size": len(data), "file": file}
    )
    if not is_new and file is not None:
        # Another signature was quicker with the same list.
        files.request_removal_of(file_id=file.pk)
    return row


def drop_unused(before: datetime) -> int:
    """Drop lists kept before the moment on which no signature rests any more; how many. Safe to repeat."""
    dropped = 0
    unused = RevocationList.objects.filter(proofs__isnull=True, kept_at__lt=before)
    for row_id in list(unused.values_list("pk", flat=True)[:200]):
        with transaction.atomic():
            row = RevocationList.objects.select_for_update(of=("self",)).get(pk=row_id)
            if row.proofs.exists():
                continue
            row.delete()
            if row.file_id is not None:
                files.request_removal_of(file_id=row.file_id, ground="retention")
            dropped += 1
    return dropped
