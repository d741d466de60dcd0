"""What a person has sent and not attached: in the copy of his data, gone at erasure, moved when accounts become one."""

from pathlib import Path
from typing import Any

import pytest

from kenes.files import personal_data, receiving
from kenes.files.models import Upload
from kenes.files.testing import a_pdf, sent
from kenes.foundation.personal_data import Subject

from .tus_client import a_person

pytestmark = pytest.mark.django_db


def subject(person: Any) -> Subject:
    return Subject(person_id=person.pk)


def test_uploads_stand_in_the_copy_and_go_at_erasure(media: Path, run_outbox: Any) -> None:
    person, other = a_person(), a_person(1)
    sent(person.pk, a_pdf(), "Справка.pdf")
    receiving.begin(actor=receiving.Actor(user_id=person.pk), size=100, name="Ещё.pdf")
    kept = sent(other.pk, a_pdf())
    assert personal_data.counts(subject(person)).given == 2
    rows = personal_data.copy(subject(person)).data
    assert [row["name"] for row in rows] == ["Справка.pdf", "Ещё.pdf"]
    assert personal_data.erase(subject(person)) == 2
    run_outbox()
    assert [upload.pk for upload in Upload.objects.all()] == [kept]
    assert sum(path.is_file() for path in media.rglob("*")) == 1


def test_uploads_move_with_their_account() -> None:
    gone, stays = a_person(), a_person(1)
    upload_id = sent(gone.pk, a_pdf())
    receiving.hand_over(from_id=gone.pk, to_id=stays.pk)
    assert Upload.objects.get(pk=upload_id).person_id == stays.pk
