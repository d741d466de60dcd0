"""A signed letter never changes; only its bytes may be stored anew, by upkeep that names itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, connection, transaction

from kenes.accounts.models import User
from kenes.cases.models import Case
from kenes.documents import personal_data
from kenes.documents.models import Dispatch, Document
from kenes.documents.tests.test_consent import dispatch as dispatch
from kenes.foundation import clock, rotation
from kenes.foundation.personal_data import Subject

pytestmark = pytest.mark.django_db


def test_a_signed_letter_comes_under_the_new_key_and_stays_the_same(
    dispatch: Dispatch, settings: Any
) -> None:
    before = dispatch.document
    old = settings.FIELD_ENCRYPTION_KEYS
    settings.FIELD_ENCRYPTION_KEYS = [("k9", b"n" * 32), *old]
    store = next(store for store in rotation.stores() if store.name.startswith("documents.Document"))
    assert store.pending()
    store.rotate(batch=10, progress=lambda _name, _count: None)
    assert store.pending() == 0
    after = Document.objects.get(pk=before.pk)
    assert (after.content, after.text, after.sha256) == (before.content, before.text, before.sha256)


def test_nobody_else_changes_a_signed_letter(dispatch: Dispatch) -> None:
    document = dispatch.document
    for change in ({"text": "другое"}, {"content": {}}, {"sha256": "0" * 64}):
        with pytest.raises(Error), transaction.atomic():
            Document.objects.filter(pk=document.pk).update(**change)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        rotation.upkeep(cursor)
        cursor.execute("UPDATE documents_document SET sha256 = %s WHERE id = %s", ["0" * 64, document.pk])


def test_a_signed_letter_is_emptied_only_after_the_term_of_evidence(dispatch: Dispatch) -> None:
    now = clock.now()
    case = Case.objects.get(pk=dispatch.document.case_id)
    assert personal_data.mask_signed(now) == 0  # the case is open
    Case.objects.filter(pk=case.pk).update(status="closed", outcome="WITHDRAWN", closed_at=now)
    assert personal_data.mask_signed(now) == 0
    assert personal_data.mask_signed(now + timedelta(seconds=1)) >= 1
    letter = Document.objects.get(pk=dispatch.document_id)
    assert (letter.content, letter.text, letter.sha256) == ({}, "", dispatch.document.sha256)
    assert letter.pdf_file is not None and letter.pdf_file.content_removed_at is not None
    assert personal_data.mask_signed(now + timedelta(seconds=1)) == 0


def test_erasure_leaves_signed_letters_and_takes_the_others(dispatch: Dispatch, borrower: User) -> None:
    subject = Subject(borrower.pk)
    other = Document.objects.exclude(group=dispatch.document.group)
    counted = personal_data.counts(subject)
    assert (counted.kept, counted.ground) == (counted.given - other.count(), "signed_documents")
    personal_data.erase(subject)
    letter = Document.objects.get(pk=dispatch.document_id)
    assert letter.content != {} and letter.pdf_file is not None
    assert letter.pdf_file.content_removed_at is None
