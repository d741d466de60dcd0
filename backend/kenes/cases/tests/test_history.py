"""The history tells everything, to each reader what is his: every event has words, filters, changes, files of comments."""

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from kenes.accounts.models import User
from kenes.cases import services, testing
from kenes.cases.collaboration import comment_files, comments
from kenes.cases.errors.comments import CommentFileNotFound
from kenes.cases.history import timeline
from kenes.cases.history.field_names import label_of, value_of
from kenes.cases.models import Case, CommentFile, FieldChange
from kenes.cases.obligations import debt_services
from kenes.cases.tests.people_of_cases import actor_of, power, specialist
from kenes.event_log import events as event_types
from kenes.files.models import StoredFile
from kenes.files.testing import a_pdf
from kenes.foundation.errors import FieldErrors, Forbidden
from kenes.foundation.identifiers import new_id

Api = Callable[[User], Any]
NOT_OF_CASES = {
    # Who of a creditor's people works on a letter is told to nobody outside the creditor; its room shows it.
    "case.letter_given",
    # The signature itself: the letter's own line says that it was signed.
    "signature.signed",
    # Who was asked stands in the line of the round; that he was reminded, and that his screen showed the text to its end,
    # is kept as evidence.
    "signature.asked",
    "signature.reminded",
    "signature.text_shown",
}


@pytest.fixture
def case(borrower: User, manager: User, today: date) -> Case:
    made = testing.make_case(borrower)
    Case.objects.filter(pk=made.pk).update(assignee=manager)
    return Case.objects.get(pk=made.pk)


def test_every_event_of_a_case_has_words() -> None:
    of_cases = {
        name
        for name, kind in event_types._types.items()
        if kind.__module__.startswith("kenes.")
        and ".tests." not in kind.__module__
        and kind.stream_field == "case_id"
        and any(field.name == "case_id" for field in dataclasses.fields(kind))
    }
    silent = {name for name in of_cases if not timeline.is_told(name)} - NOT_OF_CASES
    assert silent == set(), "say how these read in the history"


def test_every_edited_field_of_a_debt_has_a_name() -> None:
    with translation.override("en"):
        nameless = label_of("obligations/0/nothing_like_it")
        fields = [*debt_services.CONTRACT_FIELDS, *debt_services.SUMS, "overdue_since"]
        assert [name for name in fields if label_of(f"obligations/0/{name}") == nameless] == []


def lines(client: Any, case: Case, query: str = "") -> list[dict[str, Any]]:
    answer = client.call("get", f"/cases/{case.pk}/timeline/?limit=100{query}")
    assert answer.status_code == 200, answer.json()
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def test_the_history_is_narrowed_by_group_side_day_and_behalf(
    case: Case, borrower: User, manager: User, api_for: Api
) -> None:
    helper = specialist("lawyer")
    power(borrower, helper, "view", "act")
    comments.add_comment(actor=actor_of(manager), case_id=case.pk, text="своим", audience="internal")
    comments.add_comment(actor=actor_of(helper), case_id=case.pk, text="за заёмщика", audience="public")
    staff = api_for(manager)
    whole = lines(staff, case)
    assert {line["kind"] for line in lines(staff, case, "&kind=comments")} == {"comment"}
    assert {line["actor_kind"] for line in lines(staff, case, "&who=staff&who=borrower")} == {
        "staff", "borrower"
    }  # fmt: skip
    (behalf,) = lines(staff, case, "&on_behalf=true")
    assert (behalf["text"], behalf["actor_kind"]) == ("за заёмщика", "representative")
    assert behalf["on_behalf_label"] == "от имени заёмщика"
    assert [line["text"] for line in lines(staff, case, f"&person={manager.pk}")] == ["своим"]
    assert lines(staff, case, "&before=2020-01-01") == []
    assert len(lines(staff, case, "&after=2020-01-01")) == len(whole)
    assert staff.call("get", f"/cases/{case.pk}/timeline/?kind=nonsense").status_code == 400


def test_narrowed_pages_together_are_the_whole(case: Case, manager: User, api_for: Api) -> None:
    for number in range(7):
        comments.add_comment(
            actor=actor_of(manager), case_id=case.pk, text=f"слово {number}", audience="internal"
        )
    staff, cursor, seen = api_for(manager), "", []
    for _page in range(10):
        page = staff.call("get", f"/cases/{case.pk}/timeline/?limit=3&kind=comments&cursor={cursor}").json()
        seen += [line["text"] for line in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [f"слово {number}" for number in reversed(range(7))]


def test_changes_are_shown_in_words_and_hidden_in_the_pool(
    case: Case, borrower: User, manager: User, api_for: Api
) -> None:
    assert label_of("obligations/0/principal_tiyn") == "Долг 1: основной долг"
    assert value_of("obligations/0/principal_tiyn", "139136000", "ru") == "1 391 360 ₸".replace(" ", "\u00a0")
    assert value_of("since", "2026-11-18", "ru").startswith("18")
    assert label_of("relief/new_rate_percent") == "Новая ставка"
    assert value_of("relief/new_rate_percent", "18.500", "ru") == "18,5 %"
    assert value_of("relief/kinds", '["RATE_CUT", "DEFERRAL"]', "ru") == "Снизить ставку; Отсрочка платежей"
    assert (value_of("hardship/code", "ILLNESS", "ru"), value_of("relief/kinds", "", "ru")) == ("Болезнь", "")
    assert value_of("income/targeted_social_aid", "true", "ru") == "Да"
    assets = '[{"kind": "CAR", "pledged": false, "value_tiyn": 120000000}]'
    assert value_of("assets", assets, "ru") == "1 200 000 ₸".replace(" ", "\u00a0")
    change = FieldChange.objects.create(
        case=case, field="move:suspend", new="слова", created_at=case.created_at
    )
    assert change.field.startswith("move:")


def test_files_of_comments_are_opened_by_who_reads_the_comment(
    case: Case, borrower: User, manager: User, supervisor: User
) -> None:
    def attached(user: User, audience: str) -> CommentFile:
        row = comment_files.upload(actor=actor_of(user), case_id=case.pk, data=a_pdf(), name="../справка.pdf")
        comments.add_comment(
            actor=actor_of(user), case_id=case.pk, text="", audience=audience, file_ids=[row.pk]
        )
        return row

    inside, outside = attached(manager, "internal"), attached(borrower, "public")

    def opens(user: User, row: CommentFile) -> bool:
        try:
            comment_files.get_file(actor=actor_of(user), case_id=case.pk, file_id=row.pk)
        except CommentFileNotFound:
            return False
        return True

    assert opens(supervisor, inside) and opens(manager, outside) and opens(borrower, outside)
    assert not opens(borrower, inside)
    stored = StoredFile.objects.get(pk=inside.file_id)
    assert (stored.name, stored.scan, stored.owner_kind) == ("справка.pdf", "pending", "case_comments")


def test_only_own_waiting_files_are_sent_along(case: Case, manager: User, supervisor: User) -> None:
    row = comment_files.upload(actor=actor_of(manager), case_id=case.pk, data=a_pdf(), name="a.pdf")
    for file_id in (row.pk, new_id()):
        with pytest.raises(FieldErrors):
            comments.add_comment(
                actor=actor_of(supervisor), case_id=case.pk, text="чужой файл", audience="internal",
                file_ids=[file_id],
            )  # fmt: skip
    with pytest.raises(CommentFileNotFound):
        comment_files.get_file(actor=actor_of(supervisor), case_id=case.pk, file_id=row.pk)
    comment_files.remove_waiting(actor=actor_of(manager), case_id=case.pk, file_id=row.pk)
    assert not CommentFile.objects.exists()
    assert StoredFile.objects.get(pk=row.file_id).content_removed_at is not None


def test_a_reader_of_the_pool_uploads_nothing(borrower: User, manager: User, today: date) -> None:
    pooled = testing.make_case(borrower)
    with pytest.raises(Forbidden):
        comment_files.upload(actor=actor_of(manager), case_id=pooled.pk, data=a_pdf(), name="a.pdf")


def test_a_page_of_the_history_costs_the_same_whatever_its_length(
    case: Case, manager: User, api_for: Api, django_assert_max_num_queries: Any
) -> None:
    staff = api_for(manager)
    for number in range(20):
        comments.add_comment(
            actor=actor_of(manager), case_id=case.pk, text=f"слово {number}", audience="internal"
        )
    services.record_fact(actor=actor_of(manager), case_id=case.pk, kind="COURT_DATE", on=date(2026, 11, 10))
    with django_assert_max_num_queries(26):
        lines(staff, case)


def test_an_ended_case_waits_for_no_term_and_a_word_against_the_closing_stands_once(
    case: Case, borrower: User, manager: User, api_for: Api
) -> None:
    own, staff = api_for(borrower), api_for(manager)
    page = staff.call("get", f"/cases/{case.pk}/").json()
    assert page["next_deadline"] is not None
    closing = {"action": "close", "outcome": "DEFERRAL", "reason": "", "version": page["version"]}
    assert staff.call("post", f"/cases/{case.pk}/move/", closing).status_code == 200
    for reader in (own, staff):
        page = reader.call("get", f"/cases/{case.pk}/").json()
        assert (page["status"], page["next_deadline"], page["missed_deadline"]) == ("closed", None, None)
    against = {"agreed": False, "reason": "Пеню не списали"}
    assert own.call("post", f"/cases/{case.pk}/closing/", against).status_code == 200
    for reader, title in (
        (own, "Вы сообщили, что дело не закрыто"),
        (staff, "Заёмщик не согласен, что дело завершено"),
    ):
        first = reader.call("get", f"/cases/{case.pk}/timeline/").json()["items"][0]
        assert (first["title"], first["text"], first["changes"]) == (title, "Пеню не списали", [])
