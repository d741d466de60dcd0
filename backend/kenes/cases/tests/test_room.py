"""The creditor's room: own letters only, taken in, answered one by one and in bulk; the borrower's replies."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from kenes.accounts import services as account_services
from kenes.accounts.models import Membership, Organisation, Role, User
from kenes.cases import testing
from kenes.cases.answers import answers, offer_replies
from kenes.cases.models import (
    Case,
    CaseDeadline,
    CaseShare,
    CreditorAnswer,
    IncomingLetter,
    Obligation,
    RequestedPaper,
    Track,
)
from kenes.cases.states.machine import TrackAction
from kenes.cases.tests.people_of_cases import NURBANK, SYSTEM, debts_of, join, officer, organisation, person
from kenes.cases.tracks import progress
from kenes.event_log.models import EventRow
from kenes.files.models import StoredFile
from kenes.foundation import clock
from kenes.foundation.identifiers import new_id

pytestmark = pytest.mark.django_db
ApiFor = Callable[[User], Any]


@dataclass(frozen=True)
class Side:
    """One creditor with its officer, its debt and the letter that reached it."""

    body: Organisation
    officer: User
    debt: Obligation
    letter: CaseShare


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    return testing.make_case(borrower, obligations=[*testing.FORM["obligations"], NURBANK])


def arrive(debt: Obligation) -> CaseShare:
    """The letter has left and reached the creditor's mail server, as `documents` does it."""
    from kenes.cases.answers import sharing

    case = Case.objects.get(pk=debt.case_id)
    track = Track.objects.get(obligation=debt, kind="RESTRUCTURING")
    for action in (TrackAction.LETTER_READY, TrackAction.SIGN, TrackAction.SEND):
        progress.apply_track_action(SYSTEM, case, track, action)
    document_id = new_id()
    sharing.share_debt(
        case_id=debt.case_id, obligation_id=debt.pk, creditor_id=debt.creditor_id, document_id=document_id
    )
    progress.add_fact(
        actor=SYSTEM, case=case, kind="APPLICATION_RECEIVED", on=clock.today(), text="", obligation=debt,
        source="mail_server", track=track,
    )  # fmt: skip
    return CaseShare.objects.get(document_id=document_id)


@pytest.fixture
def sides(case: Case) -> tuple[Side, Side]:
    made = []
    for number, debt in enumerate(debts_of(case)):
        body = organisation(f"Организация {number}")
        join(debt.creditor, body)
        made.append(Side(body, officer(body, f"+7701555070{number}"), debt, arrive(debt)))
    return made[0], made[1]


def state_of(debt: Obligation) -> str:
    return Track.objects.get(obligation=debt, kind="RESTRUCTURING").state


def offer(**more: Any) -> dict[str, Any]:
    terms = {"term_months": 36, "rate_percent": 18, "defer_months": 3, "first_payment_on": "2026-12-25"}
    return {"kind": "offer", "valid_until": "2026-12-10", "terms": {**terms, **more.pop("terms", {})}, **more}


REFUSAL = {
    "kind": "refuse",
    "reason_code": "INCOME_NOT_PROVED",
    "words": "Справка о доходах за шесть месяцев не приложена.",
}


def test_each_sees_only_its_own_letters(sides: tuple[Side, Side], api_for: ApiFor) -> None:
    for one, other in (sides, sides[::-1]):
        client = api_for(one.officer)
        listed = client.call("get", "/room/letters/")
        assert [row["id"] for row in listed.json()["items"]] == [str(one.letter.pk)]
        assert client.call("get", "/room/letters/counts/").json() == {
            "new": 1,
            "in_work": 0,
            "answered": 0,
            "overdue": 0,
        }
        page = client.call("get", f"/room/letters/{one.letter.pk}/").content.decode()
        for text in (listed.content.decode(), page):
            for secret in (
                other.debt.creditor.name_ru,
                other.debt.contract_number,
                str(other.debt.pk),
                str(other.letter.pk),
                str(other.letter.document_id),
                other.body.name,
            ):
                assert secret not in text

        def found(query: str, client: Any = client) -> int:
            return len(client.call("post", "/room/letters/search/", {"query": query}).json()["items"])

        assert found(one.debt.contract_number) == found("Досымов") == 1
        assert found(other.debt.contract_number) == found(other.debt.creditor.name_ru) == 0


# Fixed, so that parallel workers collect the same tests.
NOBODYS = UUID(int=7)
PATHS = (
    ("get", "", None),
    ("post", "register/", {"number": "7", "received_on": "2026-11-18"}),
    ("post", "review/", None),
    ("post", "give/", {"assignee_id": None}),
    ("post", "answer/", REFUSAL),
    ("get", f"answers/{NOBODYS}/file/", None),
    ("get", f"papers/{NOBODYS}/file/", None),
)


@pytest.mark.parametrize(("method", "path", "body"), PATHS)
def test_a_letter_of_another_does_not_exist(
    sides: tuple[Side, Side], api_for: ApiFor, method: str, path: str, body: Any
) -> None:
    one, other = sides
    client = api_for(one.officer)
    theirs = client.call(method, f"/room/letters/{other.letter.pk}/{path}", body)
    nobodys = client.call(method, f"/room/letters/{uuid4()}/{path}", body)
    assert theirs.status_code == nobodys.status_code == 404
    plain = [{**answer.json(), "instance": ""} for answer in (theirs, nobodys)]
    assert plain[0] == plain[1]
    assert plain[0]["code"] == "letter.not_found"
    assert state_of(other.debt) == "SENT"


def test_registering_takes_the_letter_in_and_keeps_the_term(
    sides: tuple[Side, Side], api_for: ApiFor
) -> None:
    one, other = sides
    client = api_for(one.officer)
    due = CaseDeadline.objects.get(obligation=one.debt, starts_on="APPLICATION_RECEIVED", bound="lender").due
    body = {"number": "ВХ-118/26", "received_on": "2026-11-18", "start_review": False}
    page = client.call("post", f"/room/letters/{one.letter.pk}/register/", body).json()
    assert (page["state"], page["tab"], page["incoming_number"]) == ("RECEIVED", "in_work", "ВХ-118/26")
    assert page["assignee"]["id"] == str(one.officer.pk)
    again = client.call("post", f"/room/letters/{one.letter.pk}/register/", body)
    assert (again.status_code, again.json()["code"]) == (409, "letter.already_registered")
    assert page["due"] == due.isoformat()
    assert client.call("post", f"/room/letters/{one.letter.pk}/review/").json()["state"] == "UNDER_REVIEW"
    assert state_of(other.debt) == "SENT"
    assert client.call("post", "/room/letters/search/", {"query": "вх-118/26"}).json()["items"]


def test_a_late_registration_does_not_move_the_term(sides: tuple[Side, Side], api_for: ApiFor) -> None:
    one, _other = sides
    terms = CaseDeadline.objects.filter(obligation=one.debt, starts_on="APPLICATION_RECEIVED", bound="lender")
    before = list(terms.values_list("due", flat=True))
    with clock.demo_today(date(2026, 11, 27)):
        page = api_for(one.officer).call(
            "post", f"/room/letters/{one.letter.pk}/register/", {"number": "8", "received_on": "2026-11-27"}
        )
        assert page.status_code == 200, page.content
    assert list(terms.values_list("due", flat=True)) == before


@pytest.mark.parametrize("day", ["2026-11-01", "2027-01-01"])
def test_the_day_of_receipt_is_between_delivery_and_today(
    sides: tuple[Side, Side], api_for: ApiFor, day: str
) -> None:
    one, _other = sides
    answer = api_for(one.officer).call(
        "post", f"/room/letters/{one.letter.pk}/register/", {"number": "8", "received_on": day}
    )
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/received_on"


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


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
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
    ],
)
def test_what_is_wrong_with_an_answer_is_named(
    sides: tuple[Side, Side], api_for: ApiFor, body: Any, pointer: str
) -> None:
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


def upload(client: Any, path: str, data: bytes = b"%PDF-1.4\n%%EOF\n") -> Any:
    body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("справка.pdf", data, "application/pdf")})
    client.cookies["csrftoken"] = "a" * 32
    return client.put(f"/api/v1{path}", body, content_type=MULTIPART_CONTENT, HTTP_X_CSRFTOKEN="a" * 32)


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


def test_who_may_not_answer(
    case: Case, borrower: User, manager: User, sides: tuple[Side, Side], api_for: ApiFor
) -> None:
    one, _other = sides
    answer = api_for(one.officer).call("post", f"/room/letters/{one.letter.pk}/answer/", offer())
    answer_id = answer.json()["answers"][0]["id"]
    for user in (borrower, manager, person("+77015550999")):
        client = api_for(user)
        assert client.call("get", "/room/letters/").status_code == 403
        assert client.call("post", f"/room/letters/{one.letter.pk}/answer/", REFUSAL).status_code == 403
    reply = f"/cases/{case.pk}/answers/{answer_id}/reply/"
    assert api_for(one.officer).call("post", reply, {"kind": "accept"}).status_code == 403
    assert api_for(person("+77015550998")).call("post", reply, {"kind": "accept"}).status_code == 404
    Case.objects.filter(pk=case.pk).update(assignee=manager)
    assert api_for(manager).call("post", reply, {"kind": "accept"}).status_code == 403
    assert api_for(one.officer).call("get", f"/cases/{case.pk}/answers/").status_code == 404


def test_letters_are_given_inside_the_organisation(sides: tuple[Side, Side], api_for: ApiFor) -> None:
    one, other = sides
    colleague = officer(one.body, "+77015550720")
    chief = person("+77015550721", name="Начальников Нурлан")
    Membership.objects.create(user=chief, organisation=one.body, is_administrator=True)
    account_services.grant_role(actor=SYSTEM, user_id=chief.pk, role=Role.CREDITOR_ADMIN)
    path = f"/room/letters/{one.letter.pk}/give/"
    own, boss = api_for(one.officer), api_for(chief)
    assert own.call("post", path, {"assignee_id": str(colleague.pk)}).status_code == 403
    assert own.call("post", path, {"assignee_id": str(one.officer.pk)}).status_code == 200
    given = boss.call("post", path, {"assignee_id": str(colleague.pk)}).json()
    assert given["assignee"]["id"] == str(colleague.pk)
    assert own.call("post", path, {"assignee_id": None}).status_code == 403
    wrong = boss.call("post", path, {"assignee_id": str(other.officer.pk)})
    assert wrong.json()["errors"][0]["pointer"] == "/assignee_id"
    people = boss.call("get", "/room/lists/").json()["people"]
    assert {row["id"] for row in people} == {str(p.pk) for p in (one.officer, colleague, chief)}
    boss.call("post", f"/room/letters/{one.letter.pk}/answer/", REFUSAL)
    figures = boss.call("get", "/room/figures/").json()
    assert (figures["received"], figures["answered"], figures["answered_in_time"]) == (1, 1, 1)
    assert own.call("get", "/room/figures/").status_code == 403


def test_a_list_costs_the_same_however_long(
    sides: tuple[Side, Side], api_for: ApiFor, django_assert_max_num_queries: Any
) -> None:
    one, _other = sides
    client = api_for(one.officer)
    client.call("get", "/room/letters/")
    with django_assert_max_num_queries(12):
        assert client.call("get", "/room/letters/").status_code == 200
    client.call("post", f"/room/letters/{one.letter.pk}/answer/", offer())
    with django_assert_max_num_queries(20):
        assert client.call("get", f"/room/letters/{one.letter.pk}/").status_code == 200


def test_an_overdue_letter_is_told_as_such(sides: tuple[Side, Side], api_for: ApiFor) -> None:
    one, _other = sides
    CaseDeadline.objects.filter(obligation=one.debt, starts_on="APPLICATION_RECEIVED", bound="lender").update(
        start=clock.today() - timedelta(days=30), due=clock.today() - timedelta(days=2)
    )
    row = api_for(one.officer).call("get", "/room/letters/?tab=overdue").json()["items"][0]
    assert row["days_left"] is not None and row["days_left"] < 0


def test_ids_stay_what_they_are() -> None:
    assert isinstance(new_id(), UUID)
    assert answers.FILE_OWNER == "creditor_answer"
