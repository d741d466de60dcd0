"""In which ways a request can be signed, shown to the signer and held by the server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kenes.accounts.models import Consent, User
from kenes.accounts.selectors import actor_for
from kenes.documents.models import Document
from kenes.foundation import clock
from kenes.foundation.errors import KenesError
from kenes.signing import methods
from kenes.signing.methods import Method
from kenes.signing.models import Signature, SignatureRequest
from kenes.signing.services import requests
from kenes.signing.tests.conftest import Esign
from kenes.signing.tests.factories import last_code, make_borrower, request_with_code, show
from kenes.signing.tests.test_eds_api import give_iin

pytestmark = pytest.mark.django_db(transaction=True)
ApiFor = Callable[[Any], Any]
ALL_OPEN = {"sms": "", "ncalayer": "", "egov_qr": "", "paper": ""}


@pytest.fixture
def borrower() -> User:
    return give_iin(make_borrower())


@pytest.fixture
def asked(borrower: User, document: Document, esign: Esign) -> SignatureRequest:
    actor = actor_for(borrower)
    return show(actor, requests.request_signature(actor=actor, document_id=document.pk))


def ways(client: Any, request: SignatureRequest) -> dict[str, str]:
    answer = client.call("get", f"/signature-requests/{request.pk}/methods/")
    assert answer.status_code == 200, answer.content
    items = answer.json()["items"]
    assert all(one["is_allowed"] == (not one["reason_code"]) == (not one["reason"]) for one in items)
    return {one["method"]: one["reason_code"] for one in items}


def held(request: SignatureRequest) -> dict[str, str]:
    """The same rules where the server holds them."""
    request = SignatureRequest.objects.select_related("document", "signer").get(pk=request.pk)
    found = {}
    for method in Method:
        try:
            methods.require_allowed(request, method)
            found[str(method)] = ""
        except KenesError as problem:
            found[str(method)] = problem.code
    return found


def both(api_for: ApiFor, borrower: User, request: SignatureRequest) -> dict[str, str]:
    shown = ways(api_for(borrower), request)
    assert shown == held(request)
    return shown


def test_everything_is_open_for_an_ordinary_letter(
    api_for: ApiFor, borrower: User, asked: SignatureRequest
) -> None:
    assert both(api_for, borrower, asked) == ALL_OPEN


@pytest.mark.parametrize(
    ("change", "closed"),
    [
        ({"phone_verified_at": None, "iin": None, "iin_hash": None}, {"sms": "signing.phone_missing", "ncalayer": "signing.iin_missing", "egov_qr": "signing.iin_missing"}),
        ({"iin": None, "iin_hash": None}, {"ncalayer": "signing.iin_missing", "egov_qr": "signing.iin_missing"}),
    ],
)  # fmt: skip
def test_what_the_account_lacks(
    api_for: ApiFor, borrower: User, asked: SignatureRequest, change: dict[str, Any], closed: dict[str, str]
) -> None:
    User.objects.filter(pk=borrower.pk).update(**change)
    assert both(api_for, borrower, asked) == {**ALL_OPEN, **closed}


def test_without_the_agreement_no_code(api_for: ApiFor, borrower: User, asked: SignatureRequest) -> None:
    Consent.objects.update(withdrawn_at=clock.now())
    assert both(api_for, borrower, asked) == {**ALL_OPEN, "sms": "signing.agreement_missing"}


@pytest.mark.parametrize(("days", "code"), [(0, "signing.phone_changed_recently"), (6.9, "signing.phone_changed_recently"), (7.1, "")])  # fmt: skip
def test_a_number_that_was_changed_lately(
    api_for: ApiFor, borrower: User, asked: SignatureRequest, days: float, code: str
) -> None:
    User.objects.filter(pk=borrower.pk).update(phone_changed_at=clock.now() - timedelta(days=days))
    assert both(api_for, borrower, asked) == {**ALL_OPEN, "sms": code}


def test_the_code_itself_is_refused_after_a_change_of_the_number(
    api_for: ApiFor, borrower: User, document: Document
) -> None:
    request = request_with_code(actor_for(borrower), document)
    digits = last_code(borrower)
    User.objects.filter(pk=borrower.pk).update(phone_changed_at=clock.now())
    client = api_for(borrower)
    sent = client.call(
        "post", f"/signature-requests/{request.pk}/send-code/", {"document_sha256": document.sha256}
    )
    assert (sent.status_code, sent.json()["code"]) == (409, "signing.phone_changed_recently")
    assert "7" in sent.json()["detail"]
    answer = client.call("post", f"/signature-requests/{request.pk}/confirm/", {"code": digits})
    assert (answer.status_code, answer.json()["code"]) == (409, "signing.phone_changed_recently")
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("code", "closed"),
    [
        ("INSCRIPTION_OBJECTION", {"sms": "signing.code_not_enough"}),
        ("RESTRUCT_BANK", {}),
    ],
)
def test_what_the_kind_of_document_asks_for(
    api_for: ApiFor, borrower: User, asked: SignatureRequest, code: str, closed: dict[str, str]
) -> None:
    Document.objects.update(code=code)
    assert both(api_for, borrower, asked) == {**ALL_OPEN, **closed}


def test_where_the_telephone_is_not_switched_on(
    api_for: ApiFor, borrower: User, asked: SignatureRequest, settings: Any
) -> None:
    settings.SIGEX_URL = ""
    assert both(api_for, borrower, asked) == {**ALL_OPEN, "egov_qr": "signing.qr_off"}


def test_where_no_certificates_of_an_authority_are_installed(
    api_for: ApiFor, borrower: User, asked: SignatureRequest, settings: Any, tmp_path: Path
) -> None:
    settings.KZSIGN_ANCHORS_DIR = tmp_path / "none"
    closed = {"ncalayer": "signing.eds_not_set_up", "egov_qr": "signing.eds_not_set_up"}
    assert both(api_for, borrower, asked) == {**ALL_OPEN, **closed}


def test_who_only_approves_signs_in_no_way(api_for: ApiFor, borrower: User, asked: SignatureRequest) -> None:
    SignatureRequest.objects.update(role="approver")
    assert set(both(api_for, borrower, asked).values()) == {"signing.wrong_way"}


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_reasons_are_in_the_readers_language(
    api_for: ApiFor, borrower: User, asked: SignatureRequest, language: str, settings: Any
) -> None:
    settings.SIGEX_URL = ""
    client = api_for(borrower)
    answer = client.call("get", f"/signature-requests/{asked.pk}/methods/", Accept_Language=language)
    words = {"ru": "не включено", "kk": "қосылмаған", "en": "not switched on"}
    reason = next(one["reason"] for one in answer.json()["items"] if one["method"] == "egov_qr")
    assert words[language] in reason
