"""Answers of creditors, one by one and in bulk, with papers asked for; the borrower's replies to offers."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from kenes.accounts.models import User
from kenes.cases import testing
from kenes.cases.answers import offer_replies
from kenes.cases.models import (
    Case,
    CreditorAnswer,
    IncomingLetter,
    RequestedPaper,
)
from kenes.cases.tests.people_of_cases import NURBANK, debts_of
from kenes.cases.tests.room_world import REFUSAL, Side, arrive, make_sides, offer, state_of, upload
from kenes.event_log.models import EventRow
from kenes.files.models import StoredFile
from kenes.foundation import clock

pytestmark = pytest.mark.django_db
ApiFor = Callable[[User], Any]


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    return testing.make_case(borrower, obligations=[*testing.FORM["obligations"], NURBANK])


@pytest.fixture
def sides(case: Case) -> tuple[Side, Side]:
    return make_sides(case)


@pytest.mark.parametrize(
    ("body", "state", "fact"),
    [
        ({"kind": "agree", "words": ""}, "AGREED", "AGREED"),
        (offer(), "OFFER", "OFFER_RECEIVED"),
        (REFUSAL, "REFUSED", "REFUSED"),
        ({"kind": "papers", "papers": [{"code": "INCOME_CERTIFICATE"}]}, "MORE_INFO", None),
    ],
)
def test_an_answer_moves_the_procedure_and_is_kept(
    sides: tuple[Side, Side], api_for: ApiFor, case: Case, borrower: User, body: Any, state: str, fact: str | None
) -> None:  # fmt: skip
    one, other = sides
    answer = api_for(one.officer).call("post", f"/room/letters/{one.letter.pk}/answer/", body)
    assert answer.status_code == 200, answer.content
    assert (answer.json()["state"], answer.json()["answers"][0]["version"]) == (state, 1)
    assert state_of(one.debt) == state
    assert state_of(other.debt) == "SENT"
    if fact is not None:
        known = case.facts.get(kind=fact, obligation=one.debt)
        assert (known.source, known.on) == ("lender", clock.today())
        assert not case.deadlines.filter(
            obligation=one.debt, starts_on="APPLICATION_RECEIVED", bound="lender", met_on__isnull=True
        ).exists()
    assert EventRow.objects.filter(type="case.creditor_answered").count() == 1
    seen = api_for(borrower).call("get", f"/cases/{case.pk}/answers/").json()["items"]
    assert [row["obligation_id"] for row in seen] == [str(one.debt.pk)]
    assert one.officer.full_name not in str(seen)
    entry = IncomingLetter.objects.get(share=one.letter)
    assert (entry.answered_on, entry.assignee_id) == (clock.today(), one.officer.pk)


def test_what_is_wrong_with_an_answer_is_named(
    sides: tuple[Side, Side], api_for: ApiFor, subtests: pytest.Subtests
) -> None:
    for body, pointer in [
        ({"kind": "refuse"}, "/reason_code"),
        ({"kind": "refuse", "reason_code": "OTHER", "words": "нет"}, "/words"),
        ({"kind": "offer"}, "/terms"),
        (offer(valid_until="2026-11-01"), "/valid_until"),
        (offer(valid_until="2029-11-01"), "/valid_until"),
        (offer(terms={"defer_months": 36}), "/terms/defer_months"),
        (offer(terms={"forgive_principal_tiyn": 10**14}), "/terms/forgive_principal_tiyn"),
        (offer(terms={"payment_tiyn": 1}), "/terms/payment_tiyn"),
        (offer(terms={"first_payment_on": "2026-01-01"}), "/terms/first_payment_on"),
        (offer(terms={"term_months": 10**30}), "/terms/term_months"),
        (offer(terms={"rate_percent": True}), "/terms/rate_percent"),
        (offer(terms={"rate_percent": "1e9"}), "/terms/rate_percent"),
        (offer(file_id=str(uuid4())), "/file_id"),
        ({"kind": "papers"}, "/papers"),
        ({"kind": "papers", "papers": [{"code": "OTHER"}]}, "/papers/0/text"),
        ({"kind": "papers", "papers": [{"code": "NONE"}]}, "/papers/0/code"),
        ({"kind": "agree", "words": "a\u0000b"}, "/words"),
        ({"kind": "agree", "words": 7}, "/words"),
        ({"kind": []}, "/kind"),
        ({"kind": "agree", "more": 1}, "/more"),
    ]:
        with subtests.test(body=body, pointer=pointer):
            one, _other = sides
            answer = api_for(one.officer).call("post", f"/room/letters/{one.letter.pk}/answer/", body)
            assert answer.status_code == 400, answer.content
            assert pointer in [row["pointer"] for row in answer.json()["errors"]]
            assert not CreditorAnswer.objects.exists()
            assert state_of(one.debt) == "SENT"


def test_in_bulk_each_letter_stands_for_itself(
    sides: tuple[Side, Side], borrower: User, api_for: ApiFor
) -> None:
    one, other = sides
    second = testing.make_case(
        testing.make_borrower("+77075551849", "900101300007", "Омаров Серик Болатович"),
        obligations=[{**testing.FORM["obligations"][0], "contract_number": "9000/КР"}],
    )
    mine = arrive(debts_of(second)[0])
    client = api_for(one.officer)
    body = {
        "letter_ids": [str(one.letter.pk), str(other.letter.pk), str(mine.pk), str(uuid4())],
        "answer": offer(),
    }
    shown = client.call("post", "/room/answers/preview/", body).json()
    assert shown["possible"] == 2
    assert [row["code"] for row in shown["items"]] == ["", "letter.not_found", "", "letter.not_found"]
    assert shown["items"][0]["after"]["payment_tiyn"] > 0
    assert not CreditorAnswer.objects.exists()
    report = client.call("post", "/room/answers/", body).json()
    assert report["answered"] == 2
    assert [row["code"] for row in report["items"]] == ["", "letter.not_found", "", "letter.not_found"]
    assert (state_of(one.debt), state_of(other.debt)) == ("OFFER", "SENT")
    wrong = client.call("post", "/room/answers/", {**body, "answer": {"kind": "refuse"}})
    assert wrong.status_code == 400


def test_the_borrower_compares_counters_and_accepts(
    case: Case, borrower: User, sides: tuple[Side, Side], api_for: ApiFor
) -> None:
    one, _other = sides
    bank, own = api_for(one.officer), api_for(borrower)
    bank.call("post", f"/room/letters/{one.letter.pk}/answer/", offer())
    row = own.call("get", f"/cases/{case.pk}/answers/").json()["items"][0]["answers"][0]
    assert row["allowed_actions"] == ["accept", "counter", "decline"]
    assert row["before"]["payment_tiyn"] == 9208600
    assert row["after"]["months"] == len(row["schedule"]) == 36
    path = f"/cases/{case.pk}/answers/{row['id']}/"
    terms = {"term_months": 48, "first_payment_on": "2026-12-25", "rate_percent": 12}
    assert own.call("post", f"{path}preview/", terms).json()["after"]["months"] == 48
    missing = own.call("post", f"{path}reply/", {"kind": "counter"})
    assert missing.json()["errors"][0]["pointer"] == "/terms"
    replied = own.call("post", f"{path}reply/", {"kind": "counter", "terms": terms, "words": "Так смогу"})
    assert replied.status_code == 200, replied.content
    page = bank.call("get", f"/room/letters/{one.letter.pk}/").json()
    assert (page["state"], page["tab"]) == ("COUNTER_OFFER", "in_work")
    assert page["answers"][0]["reply"]["terms"]["term_months"] == 48
    agreed = bank.call("post", f"/room/letters/{one.letter.pk}/answer/", {"kind": "agree"}).json()
    assert agreed["state"] == "AGREED"
    assert agreed["answers"][0]["terms"]["term_months"] == 48
    assert agreed["answers"][1]["current"] is False
    late = own.call("post", f"{path}reply/", {"kind": "accept"})
    assert (late.status_code, late.json()["code"]) == (409, "answer.changed_meanwhile")


def test_counter_offers_are_counted(
    case: Case, borrower: User, sides: tuple[Side, Side], api_for: ApiFor, settings: Any
) -> None:
    settings.COUNTER_OFFER_ROUNDS = 1
    one, _other = sides
    bank, own = api_for(one.officer), api_for(borrower)
    terms = {"term_months": 48, "first_payment_on": "2026-12-25"}
    for allowed in (True, False):
        bank.call("post", f"/room/letters/{one.letter.pk}/answer/", offer())
        answer = CreditorAnswer.objects.get(superseded_at__isnull=True)
        reply = own.call(
            "post", f"/cases/{case.pk}/answers/{answer.pk}/reply/", {"kind": "counter", "terms": terms}
        )
        assert (reply.status_code == 200) is allowed
    assert reply.json()["code"] == "answer.rounds_used_up"


def test_a_lapsed_offer_is_not_accepted(
    case: Case, borrower: User, sides: tuple[Side, Side], api_for: ApiFor
) -> None:
    one, _other = sides
    api_for(one.officer).call("post", f"/room/letters/{one.letter.pk}/answer/", offer())
    assert offer_replies.lapse_offers() == 0
    with clock.demo_today(date(2026, 12, 11)):
        assert offer_replies.lapse_offers() == 1
        assert offer_replies.lapse_offers() == 0
        with pytest.raises(offer_replies.OfferExpired):
            from kenes.cases.tests.people_of_cases import actor_of

            offer_replies.reply_to_offer(
                actor=actor_of(borrower), case_id=case.pk, answer_id=CreditorAnswer.objects.get().pk, kind="accept"
            )  # fmt: skip
    assert EventRow.objects.filter(type="case.offer_lapsed").count() == 1


def test_papers_are_given_and_seen_only_when_handed_over(
    case: Case, borrower: User, sides: tuple[Side, Side], api_for: ApiFor
) -> None:
    one, other = sides
    bank, own = api_for(one.officer), api_for(borrower)
    asked = [{"code": "INCOME_CERTIFICATE"}, {"code": "OTHER", "text": "Договор аренды"}]
    bank.call("post", f"/room/letters/{one.letter.pk}/answer/", {"kind": "papers", "papers": asked})
    answer = CreditorAnswer.objects.get()
    first, second = RequestedPaper.objects.order_by("position")
    hand_over = f"/cases/{case.pk}/answers/{answer.pk}/papers/"
    assert own.call("post", hand_over).json()["code"] == "answer.papers_missing"
    assert upload(own, f"/cases/{case.pk}/answer-papers/{first.pk}/file/").status_code == 200
    words = {"words": "Договора нет, живу у родителей"}
    assert own.call("post", f"/cases/{case.pk}/answer-papers/{second.pk}/excuse/", words).status_code == 200
    hidden = bank.call("get", f"/room/letters/{one.letter.pk}/").json()["answers"][0]["papers"]
    assert [(row["file_name"], row["excuse"]) for row in hidden] == [(None, ""), (None, "")]
    paper = f"/room/letters/{one.letter.pk}/papers/{first.pk}/file/"
    assert bank.call("get", paper).status_code == 404
    assert own.call("post", hand_over).status_code == 200
    assert state_of(one.debt) == "UNDER_REVIEW"
    shown = bank.call("get", f"/room/letters/{one.letter.pk}/").json()["answers"][0]["papers"]
    assert shown[0]["file_name"] == "справка.pdf" and shown[1]["excuse"] == words["words"]
    assert bank.call("get", paper).status_code == 409  # not checked for viruses yet
    StoredFile.objects.update(scan="clean")
    assert bank.call("get", paper).status_code == 200
    stranger = api_for(other.officer)
    assert stranger.call("get", paper).status_code == 404
    assert stranger.call("get", f"/room/letters/{other.letter.pk}/papers/{first.pk}/file/").status_code == 404
    assert stranger.call("get", f"/cases/{case.pk}/answer-papers/{first.pk}/file/").status_code == 404
