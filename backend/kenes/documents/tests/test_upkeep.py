"""A signed letter never changes; only its bytes may be stored anew, by upkeep that names itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import Error, connection, transaction

from kenes.documents.models import Dispatch, Document
from kenes.documents.tests.test_consent import dispatch as dispatch
from kenes.foundation import rotation

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
