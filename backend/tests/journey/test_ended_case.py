"""A case that has ended takes no new signature and no new letter: nothing of it would be sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kenes.accounts.models import User
from kenes.accounts.selectors import actor_for
from kenes.cases import services as cases
from kenes.documents.models import Document
from kenes.signing.models import Signature
from kenes.signing.tests.factories import last_code, make_document, request_with_code

from .conftest import Browser

pytestmark = pytest.mark.django_db


def test_a_cancelled_case_takes_no_signature_and_no_new_letter(
    borrower: User, today: date, browser: Callable[[User], Browser], settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    document = make_document(borrower)
    request = request_with_code(actor_for(borrower), document)
    client = browser(borrower)
    assert client.get(f"/documents/{document.pk}/").json()["allowed_actions"][0] == "sign"

    cases.move_case(actor=actor_for(borrower), case_id=document.case_id, action="cancel", version=1)

    assert not {"sign", "regenerate"} & set(
        client.get(f"/documents/{document.pk}/").json()["allowed_actions"]
    )
    path = f"/signature-requests/{request.pk}"
    for address, body in (
        (f"/documents/{document.pk}/signature-requests/", {}),
        (f"{path}/send-code/", {"document_sha256": document.sha256}),
        (f"{path}/confirm/", {"code": last_code(borrower)}),
        (f"/documents/{document.pk}/regenerate/", {}),
    ):
        answer = client.post(address, body)
        assert answer.status_code == 409, (address, answer.content)
    assert not Signature.objects.exists()
    assert Document.objects.get(pk=document.pk).status == "ready_to_sign"
