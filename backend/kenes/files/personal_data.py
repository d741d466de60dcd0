"""Files that a person uploaded for himself (photo, proofs, powers of attorney), and uploads not attached yet."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.files import receiving, selectors, services
from kenes.files.models import StoredFile, Upload
from kenes.foundation.personal_data import Copy, Counts, ExportFile, Subject, register

OWNER_KIND = "person"


def _files(subject: Subject) -> QuerySet[StoredFile]:
    return selectors.files_of(OWNER_KIND, subject.person_id).filter(content_removed_at__isnull=True)


def _uploads(subject: Subject) -> QuerySet[Upload]:
    return Upload.objects.filter(person_id=subject.person_id).order_by("created_at", "id")


def counts(subject: Subject) -> Counts:
    files, waiting = _files(subject).count(), _uploads(subject).count()
    return Counts(given=files + waiting, erased=files + waiting)


def copy(subject: Subject) -> Copy:
    rows = list(_files(subject))
    return Copy(
        [{"name": row.name, "type": row.mime, "size": row.size, "created_at": row.created_at} for row in rows]
        + [
            {
                "name": row.name,
                "type": row.mime,
                "size": row.size,
                "created_at": row.created_at,
                "attached": False,
            }
            for row in _uploads(subject)
        ],
        [ExportFile(row.name, services.reader(row)) for row in rows],
    )


def erase(subject: Subject) -> int:
    removed = services.request_removal(owner_kind=OWNER_KIND, owner_id=subject.person_id)
    return removed + receiving.remove_all_of(subject.person_id)


register("files", label=_("Uploaded files"), order=70, preview=counts, export=copy, erase=erase)
