"""The nightly look at stored bytes: what is lost or changed is told once, and comes back when it is restored."""

import uuid
from pathlib import Path
from typing import Any

import pytest

from kenes.accounts.models import Role
from kenes.event_log.models import EventRow
from kenes.files import keeping, services
from kenes.files.errors import FileContentLost
from kenes.files.models import StoredFile
from kenes.files.testing import EICAR, a_pdf
from kenes.foundation import clock
from kenes.messaging.models import Message

from .tus_client import a_person

pytestmark = pytest.mark.django_db


def generated(data: bytes = b"letter") -> StoredFile:
    return services.store(
        data=data, name="a.pdf", mime="application/pdf", origin="generated", owner_kind="case",
        owner_id=uuid.uuid4(),
    )  # fmt: skip


def test_changed_and_lost_files_are_told_once_and_never_given_out(media: Path) -> None:
    well, lost, changed = generated(), generated(), generated()
    (media / lost.storage_key).unlink()
    (media / changed.storage_key).write_bytes((media / generated(b"other").storage_key).read_bytes())
    assert keeping.verify_slice() == keeping.Checked(4, 2)
    assert keeping.verify_slice() == keeping.Checked(4, 2)
    told = {row.data["file_id"]: row.data["how"] for row in EventRow.objects.filter(type="file.lost")}
    assert told == {str(lost.pk): "lost", str(changed.pk): "changed"}
    assert EventRow.objects.filter(type="file.lost").count() == 2
    assert keeping.lost_count() == 2
    for file in (lost, changed):
        with pytest.raises(FileContentLost):
            services.read(file)
    assert services.read(well) == b"letter"
    with pytest.raises(RuntimeError):
        keeping.require_none_lost()


def test_a_restored_file_is_well_again(media: Path) -> None:
    file = generated()
    path = media / file.storage_key
    kept = path.read_bytes()
    path.unlink()
    keeping.verify_slice()
    path.write_bytes(kept)
    assert keeping.verify_slice() == keeping.Checked(1, 0)
    keeping.require_none_lost()
    assert services.read(file) == b"letter"


def test_a_slice_takes_those_first_that_were_not_looked_at_for_longest() -> None:
    first, second, third = generated(), generated(), generated()
    now = clock.now()
    StoredFile.objects.filter(pk=first.pk).update(verified_at=now)
    StoredFile.objects.filter(pk=second.pk).update(verified_at=now.replace(year=now.year - 1))
    assert keeping.verify_slice(most=2).looked == 2
    before = {file.pk: file.verified_at for file in (first, second, third)}
    looked = {file.pk for file in StoredFile.objects.all() if file.verified_at and file.verified_at > now}
    assert looked == {second.pk, third.pk} and before[third.pk] is None


def test_removed_files_are_not_missed() -> None:
    file = generated()
    services.remove_content(file_id=file.pk)
    assert keeping.verify_slice() == keeping.Checked(0, 0)


def verified_admin() -> Any:
    admin = a_person(7, Role.ADMIN)
    admin.email_verified_at = clock.now()
    admin.save(update_fields=["email_verified_at"])
    return admin


def test_administrators_get_one_letter_an_hour_about_infected_files(scanner: Any, run_outbox: Any) -> None:
    admin = verified_admin()
    a_person(8, Role.MANAGER)
    for _ in range(3):
        services.store(
            data=a_pdf(extra=EICAR), name="Справка Досымова.pdf", mime="", origin="uploaded", owner_kind="case",
            owner_id=uuid.uuid4(),
        )  # fmt: skip
    with clock.frozen(clock.now()):
        run_outbox()
    letter = Message.objects.get(kind="file_alarm")
    assert letter.person_id == admin.pk
    assert "Досымов" not in str(letter.body)


def test_a_lost_file_is_told_to_administrators(media: Path, run_outbox: Any) -> None:
    verified_admin()
    file = generated()
    (media / file.storage_key).unlink()
    keeping.verify_slice()
    run_outbox()
    assert Message.objects.filter(kind="file_alarm").count() == 1
