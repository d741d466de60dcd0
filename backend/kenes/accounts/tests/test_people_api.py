"""Finding people, their page, corrections, unmasking, history."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import ApiClient
from kenes.accounts import name_words, services
from kenes.accounts.models import DataRead, Language, RoleGrant, User
from kenes.event_log.models import EventRow
from kenes.foundation.identifiers import new_id

from .conftest import IIN, PHONE, SYSTEM, make_borrower
from .people import REASON, client_of, code, events, join, make_organisation, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return make_staff("admin", "admin")


@pytest.fixture
def office(admin: User) -> ApiClient:
    return client_of(admin)


@pytest.fixture
def debtor() -> User:
    person = make_borrower(PHONE)
    services.set_identity(actor=SYSTEM, user_id=person.pk, full_name="Досымов Кайрат", iin=IIN)
    return User.objects.get(pk=person.pk)


def found(office: ApiClient, query: str, **filters: Any) -> list[str]:
    answer = office.call("post", "/people/search/", {"query": query, **filters})
    assert answer.status_code == 200, answer.content
    return [row["full_name"] for row in answer.json()["items"]]


@pytest.mark.parametrize(
    "query",
    [
        "досымов",
        "КАЙРАТ досымов",
        "8 701 555 12 34",
        PHONE,
        IIN,
        "870419-390122",
        "debtor@ex",
        "DEBTOR@example.com",
    ],
)
def test_a_person_is_found_by_whole_words_of_the_name_numbers_and_the_beginning_of_the_mail(
    office: ApiClient, debtor: User, query: str
) -> None:
    User.objects.filter(pk=debtor.pk).update(email="debtor@example.com")
    assert found(office, query) == ["Досымов Кайрат"]


@pytest.mark.parametrize(
    "query", ["досым", "д", "8 701 555 12 35", "870419390123", "@example.com", "---", "\u0663"]
)
def test_parts_of_names_and_other_numbers_find_nobody(office: ApiClient, debtor: User, query: str) -> None:
    assert found(office, query) == []


def test_a_person_is_found_by_id_and_by_the_new_name_only_after_a_change(
    office: ApiClient, debtor: User
) -> None:
    assert found(office, str(debtor.pk)) == ["Досымов Кайрат"]
    office.call("patch", f"/people/{debtor.pk}/", {"full_name": "Ёлкин Пётр"})
    assert found(office, "досымов") == []
    assert found(office, "Елкин петр") == ["Ёлкин Пётр"]


def test_the_database_holds_no_readable_word_of_a_name(debtor: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name_words::text FROM accounts_user WHERE id = %s", [debtor.pk])
        stored = cursor.fetchone()[0]
    assert "досымов" not in stored.lower()
    assert User.objects.get(pk=debtor.pk).name_words == name_words.hashed("Кайрат  ДОСЫМОВ")


def test_filters_narrow_the_list_by_role_state_and_organisation(office: ApiClient, debtor: User) -> None:
    bank = make_organisation("Банк")
    officer = User.objects.create_user("officer@example.com", "x" * 12, full_name="Офицеров")
    join(officer, bank)
    assert found(office, "", roles=["creditor_officer"]) == ["Офицеров"]
    assert found(office, "", organisation_id=str(bank.pk)) == ["Офицеров"]
    User.objects.filter(pk=debtor.pk).update(is_active=False)
    assert found(office, "", status="deactivated") == ["Досымов Кайрат"]
    assert "Досымов Кайрат" not in found(office, "", status="active")
    assert found(office, "", organisation_id=str(new_id())) == []


def test_unconfirmed_numbers_and_programs_are_in_no_list(office: ApiClient, admin: User) -> None:
    from kenes.foundation.values import PhoneNumber

    services.ensure_account(phone=PhoneNumber.parse("+77015550009"), language="ru")
    robot = User.objects.create_user("robot@example.com", None, is_service=True, full_name="Robot")
    assert found(office, "") == [admin.full_name]
    assert code(office.call("get", f"/people/{robot.pk}/")) == (404, "accounts.person_not_found")


@pytest.mark.parametrize(
    "body",
    [
        {"query": "a\x00b"},
        {"query": "x" * 300},
        {"roles": ["root"]},
        {"status": "alive"},
        {"organisation_id": "1"},
        {"limit": 10**30},
        {"cursor": "x" * 40},
        {"is_active": True},
        {"query": ["a"]},
    ],
)
def test_bad_searches_are_named_and_never_break(office: ApiClient, body: dict[str, Any]) -> None:
    answer = office.call("post", "/people/search/", body)
    assert answer.status_code == 400, answer.content
    assert answer.json()["errors"]


def test_pages_go_through_everybody_once(office: ApiClient) -> None:
    for number in range(5):
        User.objects.create_user(f"p{number}@example.com", None, full_name=f"Человек{number}")
    seen, cursor = [], ""
    while True:
        page = office.call("post", "/people/search/", {"limit": 2, "cursor": cursor}).json()
        seen += [row["email"] for row in page["items"]]
        if not (cursor := page["next_cursor"]):
            break
    assert len(seen) == len(set(seen)) == 6


def test_a_list_costs_the_same_number_of_queries_for_two_and_for_twenty(office: ApiClient) -> None:
    bank = make_organisation("Банк")

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert office.call("post", "/people/search/", {"limit": 100}).status_code == 200
        return len(seen)

    join(User.objects.create_user("p@example.com", None), bank)
    queries()
    few = queries()
    for number in range(20):
        person = User.objects.create_user(f"p{number}@example.com", None)
        join(person, bank)
        RoleGrant.objects.create(user=person, role="borrower")
    assert queries() == few
    assert few <= 12


def test_the_page_shows_masked_numbers_roles_and_what_may_be_done(office: ApiClient, debtor: User) -> None:
    page = office.call("get", f"/people/{debtor.pk}/").json()
    assert page["masked_phone"] == "+7 ••• ••• 12 34"
    assert page["masked_iin"] == "••••••••0122"
    assert IIN not in str(page) and PHONE not in str(page)
    assert [(grant["role"], grant["label"]) for grant in page["grants"]] == [("borrower", "Заёмщик")]
    assert page["status"] == "active" and page["merged_into"] is None and page["duplicates"] == []
    assert set(page["allowed_actions"]) == {
        "edit", "grant_role", "revoke_role", "deactivate", "end_sessions", "reset_second_factor", "reveal", "view_as",
        "merge",
    }  # fmt: skip


def test_nobody_is_offered_actions_on_himself(office: ApiClient, admin: User) -> None:
    page = office.call("get", f"/people/{admin.pk}/").json()
    assert set(page["allowed_actions"]) == {"edit", "reveal", "merge"}
    assert page["has_second_factor"] is True


def test_a_supervisor_sees_people_and_corrects_nobody(debtor: User) -> None:
    room = client_of(make_staff("supervisor", "supervisor"))
    assert set(room.call("get", f"/people/{debtor.pk}/").json()["allowed_actions"]) == {"reveal", "view_as"}
    refused = room.call("patch", f"/people/{debtor.pk}/", {"full_name": "Иванов"})
    assert code(refused) == (403, "forbidden")
    debtor.refresh_from_db()
    assert debtor.full_name == "Досымов Кайрат"


def test_correcting_names_the_fields_and_never_the_values(office: ApiClient, debtor: User) -> None:
    answer = office.call("patch", f"/people/{debtor.pk}/", {"full_name": "Досымов Қайрат", "language": "kk"})
    assert answer.status_code == 200
    assert answer.json()["full_name"] == "Досымов Қайрат"
    (event,) = events("person.corrected")
    assert event.data["fields"] == ["full_name", "language"]
    office.call("patch", f"/people/{debtor.pk}/", {"language": "kk"})
    assert len(events("person.corrected")) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"roles": ["admin"]},
        {"is_active": False},
        {"iin": "920803397822"},
        {"email": "x@example.com"},
        {"merged_into": str(new_id())},
        {"session_epoch": 5},
        {"full_name": ""},
        {"full_name": "a\u202eb"},
        {"language": "de"},
    ],
)
def test_a_correction_takes_names_and_language_and_nothing_else(
    office: ApiClient, debtor: User, body: dict[str, Any]
) -> None:
    before = User.objects.filter(pk=debtor.pk).values("iin_hash", "email", "is_active", "session_epoch").get()
    assert office.call("patch", f"/people/{debtor.pk}/", body).status_code == 400
    after = User.objects.filter(pk=debtor.pk).values("iin_hash", "email", "is_active", "session_epoch").get()
    assert before == after
    assert RoleGrant.objects.filter(user=debtor).count() == 1


def test_unmasking_needs_a_reason_and_is_written_down_for_the_person(
    office: ApiClient, admin: User, debtor: User
) -> None:
    answer = office.call("post", f"/people/{debtor.pk}/reveal/", {"fields": ["iin"], "reason": "звонок"})
    assert answer.json() == {"iin": IIN}
    assert answer["Cache-Control"] == "no-store"
    read = DataRead.objects.get()
    assert (read.person_id, read.reader_id, read.fields, read.reason) == (
        debtor.pk,
        admin.pk,
        ["iin"],
        "звонок",
    )
    (event,) = events("person.revealed")
    assert event.data == {"person_id": str(debtor.pk), "read_id": str(read.pk), "fields": ["iin"]}


@pytest.mark.parametrize(
    "body",
    [{"fields": ["iin"]}, {"fields": [], "reason": "звонок"}, {"fields": ["password"], "reason": "звонок"}],
)
def test_unmasking_without_reason_or_field_shows_nothing(
    office: ApiClient, debtor: User, body: dict[str, Any]
) -> None:
    assert office.call("post", f"/people/{debtor.pk}/reveal/", body).status_code == 400
    assert not DataRead.objects.exists()


@pytest.mark.parametrize(
    ("language", "title"),
    [("ru", "Данные исправлены"), ("kk", "Деректер түзетілді"), ("en", "Data corrected")],
)
def test_history_reads_in_three_languages_newest_first(
    office: ApiClient, debtor: User, language: str, title: str
) -> None:
    office.call("patch", f"/people/{debtor.pk}/", {"full_name": "Досымов Қайрат"})
    answer = office.call("get", f"/people/{debtor.pk}/history/", **{"Accept-Language": language})
    items = answer.json()["items"]
    assert items[0]["title"] == title
    assert items[0]["actor_label"] == "Admin Тестова"
    assert len(items) == EventRow.objects.filter(stream__subject_id=debtor.pk).count()
    assert all(item["title"] and "." not in item["title"] for item in items)


def test_history_tells_the_reason_and_pages_go_on(office: ApiClient, debtor: User) -> None:
    office.call("post", f"/people/{debtor.pk}/deactivate/", REASON)
    first = office.call("get", f"/people/{debtor.pk}/history/?limit=1").json()
    assert first["items"][0]["details"] == [REASON["reason"]]
    (event,) = events("person.closed")
    assert REASON["reason"] not in str(event.data)
    second = office.call(
        "get", f"/people/{debtor.pk}/history/?limit=100&cursor={first['next_cursor']}"
    ).json()
    assert first["items"][0]["id"] not in {item["id"] for item in second["items"]}


def test_history_of_many_events_costs_no_more_queries(office: ApiClient, debtor: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            office.call("get", f"/people/{debtor.pk}/history/?limit=100")
        return len(seen)

    office.call("patch", f"/people/{debtor.pk}/", {"language": "kk"})
    queries()
    few = queries()
    for language in [*Language.values, "ru"] * 3:
        office.call("patch", f"/people/{debtor.pk}/", {"language": language})
    assert queries() == few


def test_people_and_links_are_found_while_look_up_keys_are_rotated(
    office: ApiClient, debtor: User, settings: Any
) -> None:
    settings.LOOKUP_HASH_KEYS = [b"n" * 32, *settings.LOOKUP_HASH_KEYS]
    for query in ("Досымов Кайрат", PHONE, IIN):
        assert found(office, query) == ["Досымов Кайрат"]
    office.call("patch", f"/people/{debtor.pk}/", {"full_name": "Новый Кайрат"})
    assert found(office, "Новый") == ["Новый Кайрат"]
    assert found(office, "досымов") == []
