"""Reading stored files. Who may see a file is decided by the app that owns what it belongs to."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from kenes.files.errors import StoredFileNotFound
from kenes.files.models import StoredFile


def get_file(file_id: UUID) -> StoredFile:
    """One file; raises StoredFileNotFound."""
    file = StoredFile.objects.filter(pk=file_id).first()
    if file is None:
        raise StoredFileNotFound
    return file


def files_of(owner_kind: str, owner_id: UUID) -> QuerySet[StoredFile]:
    """Files of one owner, oldest first."""
    return StoredFile.objects.filter(owner_kind=owner_kind, owner_id=owner_id).order_by("created_at", "id")


def bytes_of(owner_kind: str, owner_id: UUID) -> int:
    """Plain size of everything uploaded for one owner."""
    uploaded = files_of(owner_kind, owner_id).filter(
        origin=StoredFile.Origin.UPLOADED, content_removed_at__isnull=True
    )
    return uploaded.aggregate(total=Sum("size"))["total"] or 0


def bytes_sent_by(person_id: UUID) -> int:
    """Plain size of everything that a person has uploaded and that is still kept."""
    kept = StoredFile.objects.filter(uploaded_by=person_id, content_removed_at__isnull=True)
    return kept.aggregate(total=Sum("size"))["total"] or 0


def is_readable(file: StoredFile) -> bool:
    """Whether `services.read` will give the bytes."""
    if file.content_removed_at is not None:
        return False
    if file.scan in {StoredFile.Scan.NOT_NEEDED, StoredFile.Scan.CLEAN}:
        return True
    return file.released_by is not None and file.scan != StoredFile.Scan.INFECTED


def quarantined_before(moment: datetime) -> QuerySet[StoredFile]:
    """Infected files whose time in quarantine is over."""
    return StoredFile.objects.filter(
        scan=StoredFile.Scan.INFECTED,
        content_removed_at__isnull=True,
        scanned_at__lt=moment,
    )


def blocked() -> QuerySet[StoredFile]:
    """Files that the virus check keeps locked and nobody has released, unordered."""
    return StoredFile.objects.filter(
        scan__in=[StoredFile.Scan.INFECTED, StoredFile.Scan.UNSCANNABLE, StoredFile.Scan.FAILED],
        content_removed_at__isnull=True,
        released_by__isnull=True,
    )


def counts_by_scan() -> dict[str, float]:
    """Files by scan state, for metrics."""
    rows = StoredFile.objects.values_list("scan").annotate(count=Count("id"))
    return {scan: float(count) for scan, count in rows}
