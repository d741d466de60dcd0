"""Requests for help: what specialists see before the choice, proposals, the choice, who learns what."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from kenes.accounts.models import Membership, User
from kenes.cases.models import Case, Obligation, Party
from kenes.cases.tests.people_of_cases import actor_of, join, organisation, person, specialist
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.messaging.models import Message
from kenes.specialists import marketplace
from kenes.specialists.models import HelpRequest, Proposal
from kenes.specialists.tests.conftest import NOON

pytestmark = pytest.mark.django_db
ApiFor = Callable[[User], Any]
ASK = {
    "kind": "lawyer",
    "topics": ["restructuring"],
    "summary": "Банк отказал в отсрочке, доход упал вдвое. Нужна помощь с жалобой.",
    "language": "ru",
}
PROPOSE = {
    "fee_kind": "fixed",
    "fee_tiyn": 5_000_000,
    "days": 14,
    "words": "Изучу документы и подготовлю жалобу.",
}


def ask(client: Any, case: Case, **more: Any) -> Any:
    return client.call("post", f"/cases/{case.pk}/help/", {**ASK, **more})


def test_specialists_see_the_summary_and_rounded_figures_only(
    case: Case, borrower: User, lawyer: User, api_for: ApiFor
) -> None:
    assert ask(api_for(borrower), case).status_code == 201
    listed = api_for(lawyer).call("get", "/desk/requests/")
    row = listed.json()["items"][0]
    assert row["figures"] == {
        "creditor_types": ["BANK"],
        "debts": 1,
        "total_up_to_tiyn": 300_000_000,
        "overdue": "month",
    }
    debt = Obligation.objects.get(case=case)
    text = listed.content.decode()
    for secret in (
        borrower.full_name, str(borrower.iin), str(borrower.phone), str(case.pk), str(case.number),
        debt.contract_number, debt.creditor.name_ru, str(debt.total_tiyn), str(borrower.pk),
    ):  # fmt: skip
        assert secret not in text
    assert api_for(lawyer).call("get", f"/cases/{case.pk}/").status_code == 404


def test_a_summary_that_tells_who_it_is_is_not_published(case: Case, borrower: User, api_for: ApiFor) -> None:
    client = api_for(borrower)
    words = "Я Досымов Кайрат, телефон 8 707 555 18 41, банк отказал в отсрочке."
    refused = ask(client, case, summary=words)
    assert refused.json()["errors"][0]["pointer"] == "/summary"
    masked = client.call("post", f"/cases/{case.pk}/help/mask/", {"text": words}).json()
    assert masked["changed"] and "Досымов" not in masked["text"] and "8 707" not in masked["text"]
    assert ask(client, case, summary=masked["text"]).status_code == 201
    again = ask(client, case, summary=masked["text"])
    assert (again.status_code, again.json()["code"]) == (409, "help.already_open")


def test_wrong_requests_are_named(
    case: Case, borrower: User, api_for: ApiFor, subtests: pytest.Subtests
) -> None:
    for change, pointer in [
        ({"topics": ["no_such"]}, "/topics/0"),
        ({"topics": []}, "/topics"),
        ({"online": False}, "/city"),
        ({"kind": "notary"}, "/kind"),
        ({"summary": "a\u0000" * 40}, "/summary"),
        ({"summary": 5}, "/summary"),
        ({"language": None}, "/language"),
    ]:
        with subtests.test(change=change, pointer=pointer):
            answer = ask(api_for(borrower), case, **change)
            assert answer.status_code == 400
            assert pointer in [row["pointer"] for row in answer.json()["errors"]]


def test_the_chosen_one_takes_part_and_the_others_are_told(
    case: Case, borrower: User, lawyer: User, api_for: ApiFor, run_outbox: Callable[[], int]
) -> None:
    second = specialist("lawyer", "+77015550412", "second@example.com")
    own = api_for(borrower)
    request_id = ask(own, case).json()["items"][0]["id"]
    for user in (lawyer, second):
        made = api_for(user).call("post", f"/desk/requests/{request_id}/propose/", PROPOSE)
        assert made.status_code == 201, made.content
        assert made.json()["case_id"] is None
    twice = api_for(lawyer).call("post", f"/desk/requests/{request_id}/propose/", PROPOSE)
    assert twice.json()["code"] == "help.proposed_already"
    offers = own.call("get", f"/cases/{case.pk}/help/").json()["items"][0]["proposals"]
    assert {row["specialist_name"] for row in offers} == {lawyer.full_name, second.full_name}
    chosen = Proposal.objects.get(specialist=lawyer)
    path = f"/cases/{case.pk}/help/{request_id}/choose/"
    refused = own.call("post", path, {"proposal_id": str(chosen.pk)})
    assert refused.json()["errors"][0]["pointer"] == "/transfer_consent"
    done = own.call("post", path, {"proposal_id": str(chosen.pk), "transfer_consent": True})
    assert done.status_code == 200, done.content
    chosen.refresh_from_db()
    assert chosen.status == "accepted" and chosen.transfer_consent_at is not None
    assert Proposal.objects.get(specialist=second).status == "rejected"
    assert Party.objects.filter(case=case, user=lawyer, role="lawyer", removed_at=None).exists()
    assert api_for(lawyer).call("get", f"/cases/{case.pk}/").status_code == 200
    assert api_for(second).call("get", f"/cases/{case.pk}/").status_code == 404
    seen = api_for(lawyer).call("get", "/desk/proposals/").json()["items"][0]
    assert seen["case_id"] == str(case.pk)
    assert api_for(second).call("get", "/desk/proposals/").json()["items"][0]["case_id"] is None
    run_outbox()
    addresses = {message.address for message in Message.objects.filter(kind="specialists")}
    assert {"lawyer@example.com", "second@example.com"} <= addresses
    again = own.call("post", path, {"proposal_id": str(chosen.pk), "transfer_consent": True})
    assert again.status_code == 409
    months = api_for(lawyer).call("get", "/desk/sums/").json()["items"]
    assert months[0]["total_tiyn"] == PROPOSE["fee_tiyn"]


def test_who_serves_the_creditor_is_not_told(
    case: Case, borrower: User, lawyer: User, api_for: ApiFor
) -> None:
    body = organisation("Банк")
    join(Obligation.objects.get(case=case).creditor, body)
    request_id = ask(api_for(borrower), case).json()["items"][0]["id"]
    Membership.objects.create(user=lawyer, organisation=body)
    client = api_for(lawyer)
    assert client.call("get", "/desk/requests/").json()["items"] == []
    refused = client.call("post", f"/desk/requests/{request_id}/propose/", PROPOSE)
    assert (refused.status_code, refused.json()["code"]) == (404, "help.request_not_found")


def test_terms_end_by_themselves(case: Case, borrower: User, lawyer: User) -> None:
    form = marketplace.HelpForm("lawyer", ("restructuring",), str(ASK["summary"]))
    request = marketplace.ask_for_help(actor=actor_of(borrower), case_id=case.pk, form=form)
    proposal = marketplace.propose(
        actor=actor_of(lawyer), request_id=request.pk, form=marketplace.ProposalForm("free", 0, 3, "Помогу с жалобой")
    )  # fmt: skip
    assert marketplace.expire() == 0
    with clock.frozen(NOON + timedelta(days=11)):
        assert marketplace.expire() == 1
        proposal.refresh_from_db()
        assert proposal.status == "expired"
    with clock.frozen(NOON + timedelta(days=22)):
        assert marketplace.expire() == 1
    request.refresh_from_db()
    assert request.status == "expired"
    assert EventRow.objects.filter(type="help.request_ended").count() == 1


def test_strangers_learn_nothing(case: Case, borrower: User, lawyer: User, api_for: ApiFor) -> None:
    request_id = ask(api_for(borrower), case).json()["items"][0]["id"]
    for user in (person("+77015550997"), lawyer):
        client = api_for(user)
        for path in ("", f"{request_id}/cancel/", f"{request_id}/choose/", "mask/"):
            method = "post" if path else "get"
            body = (
                {"text": "a"}
                if path == "mask/"
                else {"proposal_id": str(uuid4())}
                if "choose" in path
                else None
            )
            assert client.call(method, f"/cases/{case.pk}/help/{path}", body).status_code == 404, path
        assert client.call("get", f"/cases/{case.pk}/sessions/").status_code == 404
    plain = api_for(person("+77015550996"))
    for path in ("/desk/requests/", "/desk/proposals/", "/desk/counts/", "/desk/sums/"):
        assert plain.call("get", path).status_code == 403
    mediator = specialist("mediator", "+77015550413")
    assert api_for(mediator).call("get", "/desk/requests/").json()["items"] == []
    assert api_for(mediator).call("post", f"/desk/requests/{request_id}/propose/", PROPOSE).status_code == 404
    assert HelpRequest.objects.get().proposals.count() == 0


def test_another_specialist_cannot_withdraw_a_proposal(
    case: Case, borrower: User, lawyer: User, api_for: ApiFor
) -> None:
    request_id = ask(api_for(borrower), case).json()["items"][0]["id"]
    made = api_for(lawyer).call("post", f"/desk/requests/{request_id}/propose/", PROPOSE).json()
    second = specialist("lawyer", "+77015550412")
    path = f"/desk/proposals/{made['id']}/withdraw/"
    assert api_for(second).call("post", path).status_code == 404
    assert api_for(lawyer).call("post", path).json()["status"] == "withdrawn"
