"""Signing by ЭЦП: two windows at once, signing for an organisation, time stamps that fail, turn and state under the lock."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from kenes.accounts.models import Organisation, User
from kenes.accounts.selectors import actor_for
from kenes.documents.models import Document
from kenes.event_log.models import EventRow
from kenes.files import services as files
from kenes.foundation import clock
from kenes.foundation.errors import KenesError
from kenes.outbox.models import OutboxRow
from kenes.signing.eds import authority as services
from kenes.signing.eds import judging, signing
from kenes.signing.eds.errors import EdsNoRightToSign, EdsOtherOrganisation, EdsOtherPerson
from kenes.signing.eds.models import EdsProof
from kenes.signing.models import Signature, SignatureRequest, VerificationRecord
from kenes.signing.services import requests
from kenes.signing.tests.conftest import Esign
from kenes.signing.tests.factories import ORIGIN, make_borrower, make_document, show
from kenes.signing.tests.test_eds_api import IIN, OTHER_IIN, give_iin, pdf_of, refused, send, signed, text
from kzsign import Trust, verify
from kzsign.online import Breaker
from kzsign.testing import Authority, Identity, sign_cms

pytestmark = pytest.mark.django_db(transaction=True)
ApiFor = Callable[[Any], Any]
BIN, OTHER_BIN = "220140918424", "990140000018"


@pytest.fixture
def borrower() -> User:
    return give_iin(make_borrower())


@pytest.fixture
def asked(borrower: User, document: Document) -> SignatureRequest:
    actor = actor_for(borrower)
    return show(actor, requests.request_signature(actor=actor, document_id=document.pk))


@pytest.fixture
def key(esign: Esign) -> Identity:
    return esign.authority.individual(iin=IIN)


def at_once(count: int, work: Callable[[int], object]) -> Counter[str]:
    barrier, outcomes, lock = threading.Barrier(count), Counter[str](), threading.Lock()

    def run(number: int) -> None:
        barrier.wait()
        try:
            work(number)
            outcome = "done"
        except KenesError as problem:
            outcome = problem.code
        finally:
            connection.close()
        with lock:
            outcomes[outcome] += 1

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_two_windows_at_once_make_one_signature(
    borrower: User, document: Document, asked: SignatureRequest, key: Identity
) -> None:
    actor = actor_for(borrower)
    # Each window signs for itself, so these are different signatures of one person.
    made = [text(signed(document, key)) for _ in range(4)]

    def work(number: int) -> None:
        signing.sign(
            actor=actor, request_id=asked.pk, cms=made[number], document_sha256=document.sha256, origin=ORIGIN
        )

    assert at_once(4, work) == {"done": 1, "signature.already_signed": 3}
    assert Signature.objects.count() == EdsProof.objects.count() == VerificationRecord.objects.count() == 1
    assert EventRow.objects.filter(type="signature.signed").count() == 1


def test_one_signature_in_two_documents_at_once_is_good_for_one(
    borrower: User, document: Document, asked: SignatureRequest, key: Identity
) -> None:
    actor = actor_for(borrower)
    twin = make_document(borrower, pdf=pdf_of(document))
    second = show(actor, requests.request_signature(actor=actor, document_id=twin.pk))
    cms, ids = text(signed(document, key)), [asked.pk, second.pk]

    def work(number: int) -> None:
        signing.sign(
            actor=actor, request_id=ids[number], cms=cms, document_sha256=document.sha256, origin=ORIGIN
        )

    assert at_once(2, work) == {"done": 1, "signing.eds_used": 1}
    assert Signature.objects.count() == EdsProof.objects.count() == 1
    assert SignatureRequest.objects.filter(status="signed").count() == 1


def test_the_authority_is_never_asked_inside_a_transaction(
    borrower: User, document: Document, asked: SignatureRequest, key: Identity
) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError):
        signing.sign(
            actor=actor_for(borrower), request_id=asked.pk, cms=text(signed(document, key)),
            document_sha256=document.sha256, origin=ORIGIN,
        )  # fmt: skip
    assert not Signature.objects.exists()


# --- turn and state


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"expires_at": clock.now() - timedelta(minutes=1)}, "signing.request_closed"),
        ({"status": "declined"}, "signing.request_closed"),
        ({"role": "approver"}, "signing.wrong_way"),
    ],
)
def test_a_request_that_cannot_be_answered(
    api_for: ApiFor,
    borrower: User,
    document: Document,
    asked: SignatureRequest,
    key: Identity,
    change: dict[str, Any],
    code: str,
) -> None:
    SignatureRequest.objects.update(**change)
    assert refused(send(api_for(borrower), asked, signed(document, key))) == (409, code)


def test_whoever_comes_later_waits_for_his_turn(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, key: Identity
) -> None:
    signing_round = asked.round
    assert signing_round is not None
    signing_round.is_ordered = True
    signing_round.save(update_fields=["is_ordered"])
    SignatureRequest.objects.filter(pk=asked.pk).update(position=2)
    SignatureRequest.objects.create(
        round=signing_round, document=document, signer=make_borrower(), position=1,
        document_sha256=document.sha256, expires_at=asked.expires_at, party_role="co_borrower",
    )  # fmt: skip
    answer = send(api_for(borrower), asked, signed(document, key))
    assert refused(answer) == (409, "signing.not_your_turn")


def test_an_iin_that_changes_while_the_authority_is_asked_signs_nothing(
    borrower: User, document: Document, asked: SignatureRequest, esign: Esign, key: Identity
) -> None:
    esign.sandbox.switch(ocsp="slow")
    outcome = Counter[str]()

    def run() -> None:
        try:
            signing.sign(
                actor=actor_for(borrower), request_id=asked.pk, cms=text(signed(document, key)),
                document_sha256=document.sha256, origin=ORIGIN,
            )  # fmt: skip
        except KenesError as problem:
            outcome[problem.code] += 1
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(2)
    give_iin(borrower, OTHER_IIN)
    thread.join()
    # Silent for longer than the time-out, or answered by the list: in neither case is there a signature.
    assert outcome.total() == 1
    assert not Signature.objects.exists()


# --- for an organisation


@pytest.fixture
def organisation(asked: SignatureRequest) -> Organisation:
    made = Organisation.objects.create(kind="creditor", name="ТОО «МФО»", bin=BIN, checked_at=clock.now())
    SignatureRequest.objects.filter(pk=asked.pk).update(organisation=made)
    return made


@pytest.mark.parametrize("role", ["head", "right_to_sign"])
def test_the_head_and_who_has_the_right_sign_for_the_organisation(
    api_for: ApiFor,
    borrower: User,
    document: Document,
    asked: SignatureRequest,
    organisation: Organisation,
    esign: Esign,
    role: str,
) -> None:
    client = api_for(borrower)
    wish = client.call("get", f"/signature-requests/{asked.pk}/eds/").json()["nca_params"]
    assert (wish["iin"], wish["bin"]) == (IIN, BIN)
    cms = signed(document, esign.authority.entity(bin=BIN, iin=IIN, role=role))
    assert send(client, asked, cms).status_code == 200
    signature = Signature.objects.get()
    assert (signature.certificate_bin, signature.certificate_role) == (BIN, role)
    assert signature.organisation == organisation


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"bin": BIN, "iin": IIN, "role": "employee"}, "signing.eds_no_right_to_sign"),
        ({"bin": BIN, "iin": IIN, "role": None}, "signing.eds_no_right_to_sign"),
        ({"bin": OTHER_BIN, "iin": IIN, "role": "head"}, "signing.eds_other_organisation"),
        ({"bin": BIN, "iin": OTHER_IIN, "role": "head"}, "signing.eds_other_person"),
        ({"bin": BIN, "iin": None, "role": None}, "signing.eds_no_person"),
    ],
)
def test_nobody_else_signs_for_the_organisation(
    api_for: ApiFor,
    borrower: User,
    document: Document,
    asked: SignatureRequest,
    organisation: Organisation,
    esign: Esign,
    facts: dict[str, Any],
    code: str,
) -> None:
    cms = signed(document, esign.authority.entity(**facts))
    assert refused(send(api_for(borrower), asked, cms)) == (400, code)


def test_a_persons_own_key_does_not_sign_for_the_organisation(
    api_for: ApiFor,
    borrower: User,
    document: Document,
    asked: SignatureRequest,
    organisation: Organisation,
    key: Identity,
) -> None:
    answer = send(api_for(borrower), asked, signed(document, key))
    assert refused(answer) == (400, "signing.eds_other_organisation")


def test_an_organisation_without_bin_is_signed_for_by_nobody(
    api_for: ApiFor,
    borrower: User,
    document: Document,
    asked: SignatureRequest,
    organisation: Organisation,
    key: Identity,
) -> None:
    Organisation.objects.update(bin=None)
    answer = send(api_for(borrower), asked, signed(document, key))
    assert refused(answer) == (400, "signing.eds_other_organisation")


def test_a_key_of_an_organisation_signs_for_the_person_alone_as_well(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, esign: Esign
) -> None:
    cms = signed(document, esign.authority.entity(bin=BIN, iin=IIN, role="employee"))
    assert send(api_for(borrower), asked, cms).status_code == 200


def test_the_rules_of_who_signs_by_themselves(esign: Esign) -> None:
    authority = Authority.make()
    trust = Trust.of(authority.root.certificate, intermediates=[authority.issuing.certificate])
    cms = sign_cms(b"text", authority.entity(bin=BIN, iin=IIN, role="employee"))
    signer = verify(cms, trust=trust).signers[0]
    judging.require_person(signer, iin=IIN)
    for empty in ("", OTHER_IIN):
        with pytest.raises(EdsOtherPerson):
            judging.require_person(signer, iin=empty)
    for other in ("", OTHER_BIN):
        with pytest.raises(EdsOtherOrganisation):
            judging.require_organisation(signer, bin=other)
    with pytest.raises(EdsNoRightToSign):
        judging.require_organisation(signer, bin=BIN)


# --- time stamps


@pytest.mark.parametrize("position", ["down", "refusing"])
def test_without_a_time_stamp_the_time_of_receipt_counts_and_a_stamp_follows(
    api_for: ApiFor,
    borrower: User,
    document: Document,
    asked: SignatureRequest,
    esign: Esign,
    key: Identity,
    position: str,
    run_outbox: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    esign.sandbox.switch(tsp=position)
    assert send(api_for(borrower), asked, signed(document, key)).status_code == 200
    signature = Signature.objects.get()
    assert (signature.time_source, signature.time_stamp) == ("server", None)
    assert signature.eds_proof.stamped_file is None
    waiting = OutboxRow.objects.filter(handler=signing.STAMP_LATER)
    assert waiting.count() == 1
    esign.sandbox.switch(tsp="ok")
    monkeypatch.setattr(services, "_tsp_breaker", Breaker())
    waiting.update(available_at=clock.now())
    run_outbox()
    proof = EdsProof.objects.get()
    assert proof.stamped_file is not None
    report = verify(files.read(proof.stamped_file), document=pdf_of(document), trust=services.trust())
    assert (report.verdict, report.signers[0].time_source) == ("valid", "timestamp")
    signature.refresh_from_db()
    assert signature.time_source == "server", "a signature is never changed afterwards"


def test_where_no_service_is_configured_nothing_waits(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, key: Identity, settings: Any
) -> None:
    settings.TSP_URL = ""
    assert send(api_for(borrower), asked, signed(document, key)).status_code == 200
    assert Signature.objects.get().time_source == "server"
    assert not OutboxRow.objects.filter(handler=signing.STAMP_LATER).exists()


def test_revocation_is_known_from_the_list_where_ocsp_is_silent(
    api_for: ApiFor, borrower: User, document: Document, asked: SignatureRequest, esign: Esign, settings: Any
) -> None:
    key = esign.authority.individual(iin=IIN)
    revoked = esign.authority.revoked(iin=IIN, reason=1)
    esign.sandbox.switch(ocsp="down")
    client = api_for(borrower)
    assert send(client, asked, signed(document, revoked)).status_code in {400, 503}
    assert not Signature.objects.exists()
    answer = send(client, asked, signed(document, key))
    assert answer.status_code == 200, answer.content
    assert Signature.objects.get().ocsp_answer is None
