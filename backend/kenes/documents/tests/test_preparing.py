from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from kenes.accounts import selectors as accounts
from kenes.accounts.models import User
from kenes.cases import testing as cases
from kenes.cases.models import Case, Track
from kenes.cases.states.track import TrackState
from kenes.cases.tracks import procedures
from kenes.cases.tracks.progress import Said
from kenes.documents import catalogue, permissions, services
from kenes.documents.authoring.build import FOLDER
from kenes.documents.editing import editions
from kenes.documents.errors import DocumentAlreadySigned, DocumentNotFound, DocumentStepNotAllowed
from kenes.documents.models import Document, TemplateVersion
from kenes.documents.preparing import preparation
from kenes.documents.states import DocumentStatus
from kenes.documents.tests.conftest import SYSTEM, sign_and_seal
from kenes.event_log.models import EventRow
from kenes.files import pages
from kenes.files import services as files
from kenes.files.converter import Pool, converter_pool
from kenes.files.models import StoredFile
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden
from kenes.foundation.providers import Rejected, Temporary
from kenes.outbox.models import OutboxRow

pytestmark = pytest.mark.django_db


def events(case: Case) -> list[str]:
    rows = EventRow.objects.filter(stream__subject_id=case.pk).order_by("seq")
    return [row.type for row in rows if row.type.startswith(("document", "dispatch"))]


def borrower_actor(case: Case) -> Actor:
    return accounts.actor_for(case.borrower)


def test_a_submitted_case_gets_its_letter_in_both_languages(
    case: Case, run_outbox: Callable[[], int]
) -> None:
    run_outbox()
    russian, kazakh = Document.objects.filter(case=case).order_by("-language")
    assert (russian.language, kazakh.language) == ("ru", "kk")
    assert russian.number == kazakh.number == f"{case.number}-01"
    assert russian.needs_signature and kazakh.translation_of_id == russian.pk
    assert {russian.status, kazakh.status} == {DocumentStatus.READY_TO_SIGN}
    assert russian.track.state == TrackState.READY_TO_SIGN
    assert events(case) == ["document.ready"]
    pdf = files.read(russian.pdf_file)
    assert hashlib.sha256(pdf).hexdigest() == russian.sha256
    assert russian.pages == len(russian.sizes) == 2
    assert case.borrower.iin not in str(EventRow.objects.values_list("data", flat=True))


def test_the_text_on_the_screen_is_the_text_of_the_pdf(letter: Document) -> None:
    shown = letter.text.replace("|", " ").split()
    printed = pages.pdf_text(files.read(letter.pdf_file)).split()
    assert "Досымова" in shown and "1" in shown
    rest = list(printed)
    missing = [word for word in shown if word not in rest or rest.remove(word)]
    # Words that a line end divides stand apart in the PDF.
    assert len(missing) <= 4, missing


def test_dates_and_terms_come_from_the_case(letter: Document) -> None:
    text = letter.text.replace("\u00a0", " ")
    assert "№ KH-2026-000001-01 от 18 ноября 2026 года" in text
    assert "в пределах 30 календарных дней" in text
    assert "(редакция 1, номер +7 ••• ••• 18 41)" in text


def test_an_english_speaking_borrower_signs_the_russian_text(
    borrower: User, today: date, run_outbox: Callable[[], int]
) -> None:
    applicant = cases.form_data()["applicant"] | {"language": "en"}
    case = cases.make_case(borrower, applicant=applicant)
    run_outbox()
    assert Document.objects.get(case=case, translation_of__isnull=True).language == "ru"


def test_a_kazakh_borrower_signs_the_kazakh_text(
    borrower: User, today: date, run_outbox: Callable[[], int]
) -> None:
    case = cases.make_case(borrower, applicant=cases.form_data()["applicant"] | {"language": "kk"})
    run_outbox()
    original = Document.objects.get(case=case, translation_of__isnull=True)
    assert original.language == "kk" and "басшысына" in original.text
    assert "ПЕРЕВОД НА РУССКИЙ" in original.translations.get().text


def test_each_debt_gets_its_own_letter_and_number(
    borrower: User, today: date, run_outbox: Callable[[], int]
) -> None:
    debt = cases.form_data()["obligations"][0]
    other = debt | {
        "creditor_name": "ТОО «МФО «Айқын Қаржы»",
        "creditor_type": "MFO",
        "contract_number": "МК-20881",
    }
    case = cases.make_case(borrower, obligations=[debt, other])
    run_outbox()
    originals = Document.objects.filter(case=case, translation_of__isnull=True).order_by("number")
    assert [(row.code, row.number[-3:]) for row in originals] == [
        ("RESTRUCT_BANK", "-01"),
        ("RESTRUCT_MFO", "-02"),
    ]


def test_handlers_that_run_twice_make_one_letter(case: Case, run_outbox: Callable[[], int]) -> None:
    run_outbox()
    kept = list(Document.objects.order_by("pk").values_list("pk", "pdf_file", "sha256"))
    OutboxRow.objects.update(status=OutboxRow.Status.PENDING, available_at=clock.now())
    run_outbox()
    assert list(Document.objects.order_by("pk").values_list("pk", "pdf_file", "sha256")) == kept
    assert events(case) == ["document.ready"]
    assert StoredFile.objects.filter(owner_kind="document").count() == 4


def test_a_crash_after_converting_leaves_nothing_half_done(case: Case, run_outbox: Callable[[], int]) -> None:
    document = services.open_letter(track_id=Track.objects.get(case=case, kind="RESTRUCTURING").pk)
    assert document is not None
    preparation.make_files(document, converter_pool())
    assert not StoredFile.objects.filter(owner_kind="document").exists()
    run_outbox()
    assert Document.objects.filter(case=case, status=DocumentStatus.READY_TO_SIGN).count() == 2
    assert events(case) == ["document.ready"]
    assert StoredFile.objects.filter(owner_kind="document").count() == 4


def test_a_letter_that_never_works_is_marked_and_can_be_made_anew(
    case: Case, run_outbox: Callable[[], int]
) -> None:
    track = Track.objects.get(case=case, kind="RESTRUCTURING")
    document = services.open_letter(track_id=track.pk)
    assert document is not None
    broken = document.content | {"relief": document.content["relief"] | {"kinds": []}}
    Document.objects.filter(pk=document.pk).update(content=broken)
    with pytest.raises(Rejected):
        preparation.prepare(document_id=document.pk, last_try=False)
    document.refresh_from_db()
    assert (document.status, document.failure) == (DocumentStatus.FAILED, "letter_incomplete")
    assert events(case) == ["document.failed"]
    renewed = services.regenerate(actor=borrower_actor(case), document_id=document.pk)
    run_outbox()
    renewed.refresh_from_db()
    assert renewed.status == DocumentStatus.READY_TO_SIGN and renewed.number.endswith("-02")


def test_without_a_converter_the_work_waits_and_fails_at_the_last_try(case: Case) -> None:
    leases = converter_pool().leases
    dead = Pool(
        addresses=("127.0.0.1:9",), leases=leases, wait_seconds=0.1, prefix="kenes:converter-test:dead"
    )
    document = services.open_letter(track_id=Track.objects.get(case=case, kind="RESTRUCTURING").pk)
    assert document is not None
    for last_try, status in ((False, DocumentStatus.PREPARING), (True, DocumentStatus.FAILED)):
        with pytest.raises(Temporary):
            preparation.prepare(document_id=document.pk, last_try=last_try, pool=dead)
        document.refresh_from_db()
        assert document.status == status


def test_a_translation_that_fails_does_not_hold_up_the_letter(
    case: Case, run_outbox: Callable[[], int]
) -> None:
    original = services.open_letter(track_id=Track.objects.get(case=case, kind="RESTRUCTURING").pk)
    assert original is not None
    translation = original.translations.get()
    whole = translation.content
    Document.objects.filter(pk=translation.pk).update(
        content=whole | {"relief": whole["relief"] | {"kinds": []}}
    )
    preparation.prepare(document_id=original.pk, last_try=False)
    assert events(case) == []
    with pytest.raises(Rejected):
        preparation.prepare(document_id=translation.pk, last_try=False)
    assert events(case) == ["document.failed", "document.ready"]
    assert Track.objects.get(pk=original.track_id).state == TrackState.READY_TO_SIGN
    Document.objects.filter(pk=translation.pk).update(content=whole)
    preparation.prepare(document_id=translation.pk, last_try=False)
    translation.refresh_from_db()
    assert translation.status == DocumentStatus.READY_TO_SIGN
    assert events(case) == ["document.failed", "document.ready"]


def test_a_new_version_takes_the_place_of_an_unsigned_one(
    letter: Document, run_outbox: Callable[[], int]
) -> None:
    renewed = services.regenerate(actor=borrower_actor(letter.case), document_id=letter.pk)
    assert renewed.track.state == TrackState.PREPARING
    run_outbox()
    statuses = (
        Document.objects.filter(case=letter.case)
        .order_by("number", "language")
        .values_list("status", flat=True)
    )
    assert list(statuses) == ["superseded", "superseded", "ready_to_sign", "ready_to_sign"]
    assert Track.objects.get(pk=letter.track_id).state == TrackState.READY_TO_SIGN
    assert events(letter.case) == [
        "document.ready", "document.superseded", "document.revised", "document.ready",
    ]  # fmt: skip
    with pytest.raises(DocumentStepNotAllowed):
        services.mark_signed(actor=SYSTEM, document_id=letter.pk, signed_at=clock.now())


def _stop(case: Case) -> None:
    said = Said(on=clock.today(), reason="Долг погашен")
    track = case.tracks.get(kind="RESTRUCTURING")
    procedures.move_track(actor=borrower_actor(case), track_id=track.pk, action="withdraw", said=said)


def test_a_stopped_procedure_needs_no_unsigned_letter(
    case: Case, letter: Document, run_outbox: Callable[[], int]
) -> None:
    _stop(case)
    run_outbox()
    assert set(Document.objects.values_list("status", flat=True)) == {"void"}
    assert events(case).count("document.voided") == 1
    assert services.void_unsigned(track_id=letter.track_id) == 0
    with pytest.raises(DocumentStepNotAllowed):
        services.mark_signed(actor=SYSTEM, document_id=letter.pk, signed_at=clock.now())
    with pytest.raises(DocumentStepNotAllowed):
        services.regenerate(actor=borrower_actor(case), document_id=letter.pk)


def test_a_signed_letter_outlives_its_procedure(
    case: Case, letter: Document, run_outbox: Callable[[], int]
) -> None:
    sign_and_seal(letter)
    track = case.tracks.get(kind="RESTRUCTURING")
    track.state = "WITHDRAWN"
    track.save(update_fields=["state"])
    assert services.void_unsigned(track_id=track.pk) == 0
    letter.refresh_from_db()
    assert letter.status == "sealed"
    assert letter.translations.get().status == "ready_to_sign"


def test_a_signed_letter_is_never_made_anew(letter: Document) -> None:
    services.mark_signed(actor=SYSTEM, document_id=letter.pk, signed_at=clock.now())
    with pytest.raises(DocumentAlreadySigned):
        services.regenerate(actor=borrower_actor(letter.case), document_id=letter.pk)
    assert Document.objects.filter(case=letter.case).count() == 2


def test_a_manager_of_another_case_cannot_renew_a_letter(letter: Document, manager: User) -> None:
    assert letter.case.assignee_id is None
    with pytest.raises(DocumentNotFound):
        services.regenerate(actor=accounts.actor_for(manager), document_id=letter.pk)
    Case.objects.filter(pk=letter.case_id).update(assignee=manager)
    assert services.regenerate(actor=accounts.actor_for(manager), document_id=letter.pk).pk != letter.pk
    with pytest.raises(Forbidden):
        permissions.require(Actor(user_id=None), "document.regenerate", letter.case)


def test_only_the_signed_text_can_be_signed_and_only_once(letter: Document) -> None:
    translation = letter.translations.get()
    with pytest.raises(DocumentStepNotAllowed):
        services.mark_signed(actor=SYSTEM, document_id=translation.pk, signed_at=clock.now())
    services.mark_signed(actor=SYSTEM, document_id=letter.pk, signed_at=clock.now())
    with pytest.raises(DocumentAlreadySigned):
        services.mark_signed(actor=SYSTEM, document_id=letter.pk, signed_at=clock.now())
    assert Track.objects.get(pk=letter.track_id).state == TrackState.SIGNED


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "0" * 64},
        {"content": {}},
        {"text": "other"},
        {"pdf_file": None},
        {"number": "KH-2026-999999-01"},
        {"status": "ready_to_sign"},
        {"status": "superseded"},
        {"signed_at": None},
    ],
)
def test_the_database_refuses_to_change_a_signed_letter(letter: Document, change: dict[str, object]) -> None:
    services.mark_signed(actor=SYSTEM, document_id=letter.pk, signed_at=clock.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(pk=letter.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(pk=letter.pk)._raw_delete("default")


def test_the_sealed_file_is_attached_once(letter: Document) -> None:
    sealed = sign_and_seal(letter)
    assert sealed.status == DocumentStatus.SEALED
    again = services.attach_sealed(
        actor=SYSTEM, document_id=letter.pk, file_id=sealed.pdf_file_id, sha256="0" * 64
    )
    assert again.sealed_file_id == sealed.sealed_file_id
    assert events(letter.case).count("document.sealed") == 1


def test_templates_are_published_once_and_a_changed_one_as_a_new_version(
    reference: None, tmp_path: Path
) -> None:
    every = sum(len(kind.templates) for kind in catalogue.kinds().values())
    assert TemplateVersion.objects.count() == every
    assert services.load_reference_data() == 0
    folder = shutil.copytree(FOLDER, tmp_path / "templates")
    shutil.copy(folder / "RESTRUCT_MFO" / "ru.docx", folder / "RESTRUCT_BANK" / "ru.docx")
    assert editions.publish_from_files(folder) == 1
    versions = TemplateVersion.objects.filter(code="RESTRUCT_BANK", language="ru").order_by("version")
    assert [row.version for row in versions] == [1, 2]
    assert versions[0].effective_to == versions[1].effective_from
