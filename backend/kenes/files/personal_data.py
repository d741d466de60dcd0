"""Files that a person uploaded for himself: photo, proofs, powers of attorney."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.files import selectors, services
from kenes.files.models import StoredFile
from kenes.foundation.personal_data import Copy, Counts, ExportFile, Subject, register

OWNER_KIND = "person"


def _files(subject: Subject) -> QuerySet[StoredFile]:
    return selectors.files_of(OWNER_KIND, subject.person_id).filter(content_removed_at__isnull=True)


def counts(subject: Subject) -> Counts:
    count = _files(subject).count()
    return Counts(given=count, erased=count)


def copy(subject: Subject) -> Copy:
    rows = list(_files(subject))
    return Copy(
        [
            {"name": row.name, "type": row.mime, "size": row.size, "created_at": row.created_at}
            for row in rows
        ],
        [ExportFile(row.name, services.reader(row)) for row in rows],
    )


def erase(subject: Subject) -> int:
    return services.request_removal(owner_kind=OWNER_KIND, owner_id=subject.person_id)


register("files", label=_("Uploaded files"), order=70, preview=counts, export=copy, erase=erase)
