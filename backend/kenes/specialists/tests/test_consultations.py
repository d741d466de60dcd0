"""Consultations: one time for one person, moving and cancelling by the rules, reminders, what others do not see."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from kenes.accounts.models import User
from kenes.cases import testing
from kenes.cases.models import Case, Track
from kenes.cases.tests.people_of_cases import actor_of, person, specialist
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.foundation.errors import KenesError
from kenes.messaging.models import Message
from kenes.specialists import consultations, pages
from kenes.specialists.models import Booking, Host
from kenes.specialists.tests.conftest import NOON, TODAY, open_page

ApiFor = Callable[[User], Any]


@pytest.fixture
def host(lawyer: User) -> Host:
    return open_page(lawyer)


def first_slot(host: Host) -> datetime:
    return pages.free_slots(host, first=TODAY, days=7)[0].starts_at


def body(host: Host, **more: Any) -> dict[str, Any]:
    return {"host_id": str(host.pk), "starts_at": first_slot(host).isoformat(), "way": "online", **more}


@pytest.mark.django_db
def test_booking_leads_the_procedure_of_the_case(
    case: Case, borrower: User, lawyer: User, host: Host, api_for: ApiFor
) -> None:
    own, gives = api_for(borrower), api_for(lawyer)
    slots = own.call("get", f"/specialist-pages/{host.pk}/slots/").json()["items"]
    assert slots[0]["starts_at"] == "2026-11-19T05:00:00Z"
    made = own.call("post", "/consultations/", body(host, case_id=str(case.pk), topic="Что делать"))
    assert made.status_code == 201, made.content
    booking_id = made.json()["id"]
    track = Track.objects.get(case=case, kind="CONSULTATION")
    assert track.state == "BOOKED"
    free = own.call("get", f"/specialist-pages/{host.pk}/slots/").json()["items"]
    assert slots[0] not in free
    early = gives.call("post", f"/consultations/{booking_id}/finish/", {"action": "hold"})
    assert (early.status_code, early.json()["code"]) == (409, "consultation.not_begun")
    with clock.frozen(NOON + timedelta(days=2)):
        assert own.call("post", f"/consultations/{booking_id}/finish/", {"action": "hold"}).status_code == 403
        held = gives.call("post", f"/consultations/{booking_id}/finish/", {"action": "hold"})
        assert held.json()["status"] == "held"
        summary = {"summary": "Разобрали договор. Дальше ждём ответа банка до срока."}
        done = gives.call("post", f"/consultations/{booking_id}/summary/", summary)
        assert done.json()["status"] == "summary_sent"
    track.refresh_from_db()
    assert track.state == "SUMMARY_SENT"
    assert own.call("get", f"/consultations/{booking_id}/").json()["summary"] == summary["summary"]


@pytest.mark.django_db
def test_what_cannot_be_booked(
    borrower: User, host: Host, api_for: ApiFor, subtests: pytest.Subtests
) -> None:
    for change, status, code in [
        ({"starts_at": "2026-11-19T05:10:00Z"}, 409, "consultation.slot_not_offered"),
        ({"starts_at": "2026-11-01T05:00:00Z"}, 409, "consultation.slot_not_offered"),
        ({"starts_at": "9999-12-31T23:59:59Z"}, 400, "validation"),
        ({"starts_at": "0001-01-01T00:00:00Z"}, 400, "validation"),
        ({"starts_at": "nonsense"}, 400, "validation"),
        ({"starts_at": 5}, 400, "validation"),
        ({"way": "office"}, 400, "validation"),
        ({"host_id": "x"}, 400, "validation"),
        ({"topic": "a\u0000"}, 400, "validation"),
    ]:
        with subtests.test(change=change, status=status, code=code):
            answer = api_for(borrower).call("post", "/consultations/", body(host, **change))
            assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.django_db
def test_moving_and_cancelling_by_the_rules(
    borrower: User, lawyer: User, host: Host, api_for: ApiFor
) -> None:
    own, gives = api_for(borrower), api_for(lawyer)
    booking_id = own.call("post", "/consultations/", body(host)).json()["id"]
    assert gives.call("post", f"/consultations/{booking_id}/move/", {"starts_at": body(host)["starts_at"]}).status_code == 403  # fmt: skip
    for allowed in (True, True, False):
        moved = own.call("post", f"/consultations/{booking_id}/move/", {"starts_at": body(host)["starts_at"]})
        assert (moved.status_code == 200) is allowed
    assert moved.json()["code"] == "consultation.moved_too_often"
    begins = Booking.objects.get(pk=booking_id).starts_at
    with clock.frozen(begins - timedelta(hours=2)):
        late = own.call("post", f"/consultations/{booking_id}/cancel/", {"reason": "Заболел"})
        assert late.json()["code"] == "consultation.too_late"
        assert own.call("get", f"/consultations/{booking_id}/").json()["allowed_actions"] == []
        ended = gives.call("post", f"/consultations/{booking_id}/cancel/", {"reason": "Срочное заседание"})
        assert ended.json()["status"] == "cancelled"
    page = own.call("get", f"/consultations/{booking_id}/").json()
    assert page["cancelled_by_host"] and page["reason"] == "Срочное заседание"
    assert page["place"] == ""


@pytest.mark.django_db
def test_consultations_of_others_do_not_exist(
    borrower: User, lawyer: User, host: Host, api_for: ApiFor
) -> None:
    booking_id = api_for(borrower).call("post", "/consultations/", body(host)).json()["id"]
    second = specialist("lawyer", "+77015550412")
    for user in (person("+77015550990"), second):
        client = api_for(user)
        assert client.call("get", "/consultations/").json()["items"] == []
        assert client.call("get", "/consultations/?as_host=true").json()["items"] == []
        for method, path, data in (
            ("get", "", None),
            ("get", "calendar/", None),
            ("post", "move/", {"starts_at": "2026-11-20T05:00:00Z"}),
            ("post", "cancel/", {"reason": "нет"}),
            ("post", "finish/", {"action": "hold"}),
            ("post", "summary/", {"summary": "Чужая консультация, чужие итоги"}),
        ):
            answer = client.call(method, f"/consultations/{booking_id}/{path}", data)
            assert (answer.status_code, answer.json()["code"]) == (404, "consultation.not_found"), path
    assert api_for(lawyer).call("get", "/consultations/?as_host=true").json()["items"][0]["id"] == booking_id


@pytest.mark.django_db
def test_the_calendar_file_follows(borrower: User, host: Host, api_for: ApiFor) -> None:
    own = api_for(borrower)
    booking_id = own.call("post", "/consultations/", body(host)).json()["id"]
    text = own.call("get", f"/consultations/{booking_id}/calendar/").content.decode()
    assert "DTSTART:20261119T050000Z\r\n" in text and "STATUS:CONFIRMED" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    own.call("post", f"/consultations/{booking_id}/cancel/", {"reason": "Не смогу"})
    ended = own.call("get", f"/consultations/{booking_id}/calendar/").content.decode()
    assert "METHOD:CANCEL" in ended and "SEQUENCE:1" in ended


@pytest.mark.django_db
def test_both_are_reminded_once(
    borrower: User, lawyer: User, host: Host, api_for: ApiFor, run_outbox: Callable[[], int]
) -> None:
    User.objects.filter(pk=borrower.pk).update(email="borrower@example.com")
    booking_id = api_for(borrower).call("post", "/consultations/", body(host)).json()["id"]
    begins = Booking.objects.get(pk=booking_id).starts_at
    for before, told in ((25, 0), (23, 1), (23, 0), (0.9, 1), (0.5, 0)):
        with clock.frozen(begins - timedelta(hours=before)):
            assert consultations.remind() == told, before
            run_outbox()
    hours = [row.data["hours"] for row in EventRow.objects.filter(type="consultation.near").order_by("at")]
    assert hours == [24, 1]
    texts = Message.objects.filter(kind="specialists", channel="sms")
    assert texts.count() == 1
    letters = Message.objects.filter(kind="specialists", channel="email", key__startswith="near:")
    assert letters.count() == 4


@pytest.mark.django_db
def test_an_absence_takes_the_time_away(borrower: User, lawyer: User, host: Host, api_for: ApiFor) -> None:
    gives = api_for(lawyer)
    away = {"starts_at": "2026-11-19T00:00:00Z", "ends_at": "2026-11-20T00:00:00Z"}
    made = gives.call("post", "/desk/pages/lawyer/absences/", away)
    assert made.status_code == 201
    slots = api_for(borrower).call("get", f"/specialist-pages/{host.pk}/slots/").json()["items"]
    assert slots[0]["starts_at"] == "2026-11-20T05:00:00Z"
    own = gives.call("get", "/desk/pages/lawyer/").json()
    assert own["free_slots"][0]["starts_at"] == "2026-11-20T05:00:00Z"
    assert [row["booked"] for row in own["absences"]] == [0]
    past = {"starts_at": "2026-11-10T00:00:00Z", "ends_at": "2026-11-11T00:00:00Z"}
    refused = gives.call("post", "/desk/pages/lawyer/absences/", past)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/ends_at")
    assert gives.call("delete", f"/desk/pages/lawyer/absences/{made.json()['id']}/").status_code == 204
    assert gives.call("get", "/desk/pages/notary/").status_code == 404
    assert api_for(borrower).call("get", "/desk/pages/lawyer/").status_code == 403


@pytest.mark.django_db
def test_an_absence_tells_how_many_are_booked_in_it(
    borrower: User, lawyer: User, host: Host, api_for: ApiFor
) -> None:
    assert api_for(borrower).call("post", "/consultations/", body(host)).status_code == 201
    gives = api_for(lawyer)
    away = {"starts_at": "2026-11-18T00:00:00Z", "ends_at": "2026-11-25T00:00:00Z"}
    assert gives.call("post", "/desk/pages/lawyer/absences/", away).json()["booked"] == 1


@pytest.mark.django_db
def test_who_lost_the_entry_leaves_the_directory(
    borrower: User, lawyer: User, host: Host, api_for: ApiFor
) -> None:
    own = api_for(borrower)
    row = own.call("get", "/specialist-pages/").json()["items"][0]
    assert (row["id"], row["full_name"]) == (str(host.pk), lawyer.full_name)
    lawyer.specialist_profiles.update(status="suspended")
    assert own.call("get", "/specialist-pages/").json()["items"] == []
    assert own.call("get", f"/specialist-pages/{host.pk}/slots/").status_code == 404
    assert own.call("post", "/consultations/", body(host)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_one_time_one_gets_it() -> None:
    testing.load_reference_data()
    with clock.frozen(NOON):
        host = open_page(specialist("lawyer", "+77015550411"))
        start = first_slot(host)
        people = [person(f"+7701555060{number}") for number in range(4)]
    gate = threading.Barrier(len(people))
    results: list[str] = []

    def try_to_book(user: User) -> None:
        with clock.frozen(NOON):
            actor = actor_of(user)
            gate.wait()
            try:
                consultations.book(actor=actor, host_id=host.pk, starts_at=start, way="online", topic="")
                results.append("booked")
            except KenesError as problem:
                results.append(problem.code)
            finally:
                connection.close()

    threads = [threading.Thread(target=try_to_book, args=(user,)) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["booked", *["consultation.slot_taken"] * 3]
    assert Booking.objects.filter(status="booked").count() == 1
