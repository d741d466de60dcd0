"""Nothing that names or quotes a person stays behind when a case becomes anonymous or its people are erased."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps

from kenes.accounts.models import Role, User
from kenes.accounts.personal_data import requests
from kenes.cases import personal_data, testing
from kenes.cases.lists import imports
from kenes.cases.models import (
    Absence,
    Case,
    CaseDeadline,
    CaseDraft,
    CaseStory,
    Comment,
    CommentVersion,
    CreditorAnswer,
    DeadlineChange,
    DebtSplit,
    EligibilityCheck,
    FieldChange,
    JobRow,
    ListJob,
    MissingPaper,
    OfferReply,
    PaperReading,
    Party,
    PartyInvitation,
    RecordedConsent,
    RequestedPaper,
    Reveal,
    Track,
)
from kenes.cases.parties import parties_people
from kenes.cases.tests.conftest import make_staff
from kenes.foundation import clock, crypto
from kenes.foundation.fields import EncryptedJSONField, EncryptedTextField
from kenes.foundation.personal_data import Subject

pytestmark = pytest.mark.django_db
WORDS = "Досымов Кайрат сказал"
PHONE, EMAIL = "+77015550701", "sister@example.com"
# Not about the people of a case.
ELSEWHERE = {"cases.Absence.note"}


def encrypted() -> dict[str, tuple[Any, str]]:
    """Every encrypted column of cases, by its name."""
    return {
        f"{model._meta.label}.{field.name}": (model, field.name)
        for model in apps.get_app_config("cases").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, EncryptedTextField | EncryptedJSONField)
    }


def said(names: set[str]) -> Iterator[str]:
    """Those of the columns in which something still stands."""
    columns = encrypted()
    for name in sorted(names):
        model, column = columns[name]
        if any(value not in ("", {}, [], None) for value in model.objects.values_list(column, flat=True)):
            yield name


def invite(case: Case, by: User, **who: Any) -> PartyInvitation:
    now = clock.now()
    contact = who.get("phone") or who.get("email")
    return PartyInvitation.objects.create(
        case=case, role="lawyer", full_name=WORDS, contact_hash=crypto.lookup_hash(f"party:{contact}"),
        token_hash=uuid4().hex, invited_by=by, created_at=now, sent_at=now,
        expires_at=now + timedelta(days=14), **who,
    )  # fmt: skip


def fill(case: Case, staff: User) -> None:
    """Words of people in every encrypted column of a case."""
    now, today = clock.now(), clock.today()
    debt = case.obligations.get()
    debt.collateral = debt.purpose = WORDS
    debt.guarantors = [{"role": "guarantor", "name": WORDS}]
    debt.save()
    DebtSplit.objects.create(
        obligation=debt, as_of=today, principal_tiyn=1, source="staff", note=WORDS, given_at=now,
        superseded_at=now,
    )  # fmt: skip
    CaseStory.objects.filter(case=case).update(
        **dict.fromkeys(("email", "address"), WORDS),
        **{name: {"words": WORDS} for name in ("income", "assets", "hardship", "relief")},
    )
    CaseDraft.objects.create(case=case, data={"name": WORDS}, saved_at=now)
    Case.objects.filter(pk=case.pk).update(borrower_name=WORDS)
    case.facts.update(text=WORDS)
    invite(case, staff, phone=PHONE)
    invite(case, staff, email=EMAIL)
    RecordedConsent.objects.create(
        case=case, person=case.borrower, given_by="paper", given_on=today, note=WORDS, told_iin=testing.IIN,
        objection=WORDS, recorded_by=staff, recorded_at=now,
    )  # fmt: skip
    MissingPaper.objects.create(case=case, title=WORDS, unreadable_reason=WORDS, asked_at=now)
    PaperReading.objects.create(case=case, file_id=uuid4(), made_at=now).findings.create(
        position=0, field="total", found={"quote": WORDS}, given={"text": WORDS}
    )
    comment = Comment.objects.create(case=case, author=staff, text=WORDS, created_at=now)
    CommentVersion.objects.create(comment=comment, text=WORDS, replaced_at=now)
    FieldChange.objects.create(case=case, field="address", old=WORDS, new=WORDS, created_at=now)
    Reveal.objects.create(case=case, user=staff, fields=["iin"], reason=WORDS, created_at=now)
    EligibilityCheck.objects.create(
        case=case, questionnaire="x", edition="1", on=today, verdict="yes", answers={"a": WORDS},
        result={"a": 1}, created_at=now,
    )  # fmt: skip
    note_term(case)
    note_work(case, staff)
    answer(case, staff)


def note_term(case: Case) -> None:
    term = CaseDeadline.objects.filter(case=case).first()
    assert term is not None
    DeadlineChange.objects.create(
        deadline=term, cause="suspended", old_due=term.due, new_due=term.due, old_start=term.start,
        new_start=term.start, note=WORDS, created_at=clock.now(),
    )  # fmt: skip


def note_work(case: Case, staff: User) -> ListJob:
    job = ListJob.objects.create(
        kind="bulk", action="suspend", owner=staff, params={"reason": WORDS}, state="done", created_at=clock.now()
    )  # fmt: skip
    JobRow.objects.create(job=job, position=0, case=case, detail=WORDS)
    return job


def answer(case: Case, staff: User) -> None:
    debt, now = case.obligations.get(), clock.now()
    track = Track.objects.filter(case=case).first() or Track(case=case, kind="RESTRUCTURING", created_at=now)
    track.external_number, track.updated_at = "ЖТ-7", now
    track.save()
    made = CreditorAnswer.objects.create(
        case=case, obligation=debt, track=track, creditor=debt.creditor, version=1, kind="papers",
        words=WORDS, given_by=staff, given_at=now,
    )  # fmt: skip
    RequestedPaper.objects.create(answer=made, position=0, code="OTHER", text=WORDS, excuse=WORDS)
    OfferReply.objects.create(answer=made, kind="decline", words=WORDS, given_by=case.borrower, given_at=now)


def test_no_encrypted_column_of_an_anonymous_case_says_anything(
    borrower: User, manager: User, today: date
) -> None:
    case = testing.make_case(borrower)
    fill(case, manager)
    names = set(encrypted()) - ELSEWHERE
    assert names - set(said(names)) == set(), "put something here, so that the test shows that it goes"
    personal_data.mask_case(Case.objects.select_for_update().get(pk=case.pk))
    assert list(said(names)) == [], "this stays behind in an anonymous case"
    row = Case.objects.get(pk=case.pk)
    assert set(row.tracks.values_list("external_number", flat=True)) == {""}
    assert {debt.contract_number for debt in row.obligations.all()} == {""}
    invited = PartyInvitation.objects.filter(case=case)
    assert set(invited.values_list("contact_hash", "accepted_at")) == {("", None)}
    assert not invited.filter(cancelled_at__isnull=True).exists()


def test_work_that_still_runs_keeps_its_words_until_it_ends(
    borrower: User, manager: User, today: date
) -> None:
    case = testing.make_case(borrower)
    job = note_work(case, manager)
    ListJob.objects.filter(pk=job.pk).update(state="running")
    personal_data.mask_case(Case.objects.select_for_update().get(pk=case.pk))
    assert ListJob.objects.get(pk=job.pk).params == {"reason": WORDS}
    assert JobRow.objects.get(job=job).detail == ""


def test_an_invited_person_is_forgotten_in_cases_of_others(
    borrower: User, manager: User, today: date
) -> None:
    case = testing.make_case(borrower)
    sister = testing.make_borrower(PHONE, "920803397822", "Есенұлы Айша")
    waiting = invite(case, manager, phone=PHONE)
    answered = invite(case, manager, email=EMAIL)
    answered.accepted_at, answered.answered_by = clock.now(), sister
    answered.save()
    strange = invite(case, manager, email="other@example.com")
    Party.objects.create(case=case, user=sister, role="lawyer", added_at=clock.now())
    subject = requests.subject_of(User.objects.get(pk=sister.pk))
    counts = parties_people._counts(subject)
    assert (counts.given, counts.masked, counts.kept) == (3, 2, 1)
    copy = parties_people._copy(subject).data
    assert [part["case"] for part in copy["parts"]] == [case.number]
    assert {row["phone"] or row["email"] for row in copy["invitations"]} == {PHONE, EMAIL}

    assert parties_people._erase(subject) == 2
    assert parties_people._erase(subject) == 0
    for row in (waiting, answered):
        row.refresh_from_db()
        assert (row.full_name, row.email, row.phone, row.contact_hash) == ("", "", "", "")
    assert waiting.cancelled_at is not None and answered.cancelled_at is None
    strange.refresh_from_db()
    assert strange.email and strange.cancelled_at is None
    assert Party.objects.filter(case=case, user=sister).exists()


def test_words_about_an_absence_go_with_the_person(db: None) -> None:
    person = make_staff("gone@example.com", Role.MANAGER)
    today = clock.today()
    row = Absence.objects.create(
        user=person, first_day=today, last_day=today, note="Больничный", created_at=clock.now()
    )
    subject = Subject(person.pk)
    assert parties_people._copy(subject).data["absences"][0]["note"] == "Больничный"
    assert (parties_people._erase(subject), parties_people._erase(subject)) == (1, 0)
    row.refresh_from_db()
    assert row.note == ""


def test_a_file_that_was_only_looked_at_is_forgotten_after_a_week(manager: User) -> None:
    job = ListJob.objects.create(
        kind="import", state="preview", owner=manager, params={"groups": [WORDS]}, created_at=clock.now()
    )
    assert imports.remove_old() == 0
    with clock.frozen(clock.now() + timedelta(days=8)):
        assert (imports.remove_old(), imports.remove_old()) == (1, 0)
    assert not ListJob.objects.filter(pk=job.pk).exists()
