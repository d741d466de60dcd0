"""Nobody finds by words that he may not read; what is erased, removed or taken back is found by nobody."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from kenes.accounts import services as account_services
from kenes.accounts.models import Role, User
from kenes.cases import personal_data, services, testing
from kenes.cases.collaboration import comments
from kenes.cases.models import Case, CaseShare, CaseWords, Party, SearchEntry, SearchWord
from kenes.cases.parties import parties
from kenes.cases.search import index, upkeep
from kenes.cases.tests.people_of_cases import (
    NURBANK,
    SYSTEM,
    actor_of,
    debts_of,
    join,
    letter_arrived,
    officer,
    organisation,
    specialist,
)

Api = Callable[[User], Any]


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    """Two debts, a story in own words."""
    return testing.make_case(borrower, obligations=[testing.FORM["obligations"][0], NURBANK])


def say(user: User, case: Case, text: str, audience: str) -> Any:
    return comments.add_comment(actor=actor_of(user), case_id=case.pk, text=text, audience=audience)


def finds(api: Any, query: str) -> bool:
    answer = api.call("post", "/cases/search/", {"query": query})
    assert answer.status_code == 200, answer.content
    return bool(answer.json()["items"])


def test_internal_words_are_found_by_staff_of_the_case_alone(
    case: Case, borrower: User, manager: User, other_manager: User, supervisor: User, api_for: Api
) -> None:
    say(supervisor, case, "сомнительный паспорт", "internal")
    version = Case.objects.get(pk=case.pk).version
    pool = finds(api_for(manager), "сомнительный")
    services.assign_case(actor=actor_of(supervisor), case_id=case.pk, assignee_id=manager.pk, version=version)
    assert not pool
    assert finds(api_for(manager), "сомнительный")
    assert finds(api_for(supervisor), "сомнительный")
    assert not finds(api_for(other_manager), "сомнительный")
    assert not finds(api_for(borrower), "сомнительный")


def test_in_the_pool_private_words_find_nothing_names_and_contracts_do(
    case: Case, supervisor: User, manager: User, api_for: Api
) -> None:
    say(supervisor, case, "лечится от диабета", "public")
    api = api_for(manager)
    assert not finds(api, "склад")
    assert not finds(api, "диабет")
    assert not finds(api, "досымов диабет")
    assert finds(api, "Досымов")
    assert finds(api, "4417/КР-2024")
    (row,) = api.call("post", "/cases/search/", {"query": "Досымов"}).json()["items"]
    (found,) = row["found_in"]
    assert "".join(piece["text"] for piece in found["quote"]) == "Досымов К. А."
    (row,) = api.call("post", "/cases/search/", {"query": "Кайрат"}).json()["items"]
    assert row["found_in"][0]["quote"] == []


def test_the_borrower_finds_his_own_words_and_no_other_case(case: Case, borrower: User, api_for: Api) -> None:
    other = testing.make_borrower("+77015550001", "920803397822", "Досымова Сауле Ержановна")
    testing.make_case(other)
    api = api_for(borrower)
    assert finds(api, "склад")
    items = api.call("post", "/cases/search/", {"query": "Досымов"}).json()["items"]
    assert [row["id"] for row in items] == [str(case.pk)]
    assert not finds(api, "Сауле")


def test_two_lenders_of_one_borrower_find_their_own_debt_alone(case: Case, api_for: Api) -> None:
    first, second = debts_of(case)
    bodies = [organisation("ЦентрКредит"), organisation("Нурбанк")]
    officers = [officer(bodies[0], "+77015550601"), officer(bodies[1], "+77015550602")]
    for debt, body in zip((first, second), bodies, strict=True):
        join(debt.creditor, body)
    letter_arrived(first)
    one, two = api_for(officers[0]), api_for(officers[1])
    assert finds(one, "Досымов")
    assert finds(one, "Dosymov 4417")
    assert finds(one, "дсымов")
    assert not finds(one, "Нурбанк")
    assert not finds(one, "NB-777/2023")
    assert not finds(one, "склад")
    assert not finds(two, "Досымов")
    letter_arrived(second)
    assert finds(two, "NB-777")
    assert not finds(two, "4417")


def test_notes_of_an_organisation_are_found_by_its_people_alone(
    case: Case, supervisor: User, borrower: User, api_for: Api
) -> None:
    first, second = debts_of(case)
    bodies = [organisation("ЦентрКредит"), organisation("Нурбанк")]
    officers = [officer(bodies[0], "+77015550601"), officer(bodies[1], "+77015550602")]
    for debt, body in zip((first, second), bodies, strict=True):
        join(debt.creditor, body)
        letter_arrived(debt)
    say(officers[0], case, "Предложить каникулы заёмщику", "organisation")
    assert finds(api_for(officers[0]), "каникул")
    assert finds(api_for(officers[0]), "Досымов каникулы")
    for user in (officers[1], supervisor, borrower):
        assert not finds(api_for(user), "каникул")


def test_two_lawyers_find_each_their_cases_and_their_notes(
    case: Case, borrower: User, supervisor: User, api_for: Api
) -> None:
    lawyers = [
        specialist("lawyer", "+77015550401", "a@law.kz"),
        specialist("lawyer", "+77015550402", "b@law.kz"),
    ]
    for lawyer in lawyers:
        assert not finds(api_for(lawyer), "склад")
    parties.add_party(actor=actor_of(supervisor), case_id=case.pk, role="lawyer", email="a@law.kz")
    say(lawyers[0], case, "Спор о подсудности", "organisation")
    assert finds(api_for(lawyers[0]), "склад")
    assert finds(api_for(lawyers[0]), "подсудность")
    assert not finds(api_for(lawyers[1]), "склад")
    parties.add_party(actor=actor_of(supervisor), case_id=case.pk, role="lawyer", email="b@law.kz")
    assert finds(api_for(lawyers[1]), "склад")
    assert not finds(api_for(lawyers[1]), "подсудность")
    assert not finds(api_for(supervisor), "подсудность")
    live = Party.objects.get(case=case, user=lawyers[0], removed_at=None)
    parties.remove_party(actor=actor_of(supervisor), case_id=case.pk, party_id=live.pk)
    assert not finds(api_for(lawyers[0]), "склад")
    assert not finds(api_for(lawyers[0]), "подсудность")


def test_an_administrator_finds_by_the_number_alone(case: Case, admin: User, api_for: Api) -> None:
    api = api_for(admin)
    assert not finds(api, "Досымов")
    assert not finds(api, "дсымов")
    assert not finds(api, testing.IIN)
    assert finds(api, str(case.number))


def test_names_of_parties_come_and_go(case: Case, supervisor: User, api_for: Api) -> None:
    lawyer = specialist("lawyer", "+77015550401", "a@law.kz")
    lawyer.full_name = "Тлеубергенов Санжар"
    lawyer.save(update_fields=["full_name"])
    assert not finds(api_for(supervisor), "Тлеубергенов")
    party = parties.add_party(actor=actor_of(supervisor), case_id=case.pk, role="lawyer", email="a@law.kz")
    page = api_for(supervisor).call("post", "/cases/search/", {"query": "Tleubergenov"}).json()
    assert [found["place"] for found in page["items"][0]["found_in"]] == ["party"]
    parties.remove_party(actor=actor_of(supervisor), case_id=case.pk, party_id=party.pk)
    assert not finds(api_for(supervisor), "Тлеубергенов")


def test_edited_and_removed_comments_are_found_by_what_they_say_now(
    case: Case, supervisor: User, api_for: Api
) -> None:
    comment = say(supervisor, case, "Ждём выписку", "public")
    comments.edit_comment(
        actor=actor_of(supervisor), case_id=case.pk, comment_id=comment.pk, text="Ждём доверенность"
    )
    assert not finds(api_for(supervisor), "выписка")
    assert finds(api_for(supervisor), "доверенности")
    comments.remove_comment(actor=actor_of(supervisor), case_id=case.pk, comment_id=comment.pk)
    assert not finds(api_for(supervisor), "доверенности")
    assert not SearchEntry.objects.filter(ref_id=comment.pk).exists()


def test_a_share_taken_back_is_found_no_more(case: Case, api_for: Api) -> None:
    first, _second = debts_of(case)
    body = organisation("ЦентрКредит")
    worker = officer(body, "+77015550601")
    join(first.creditor, body)
    letter_arrived(first)
    assert finds(api_for(worker), "Досымов")
    CaseShare.objects.filter(case=case).delete()
    assert not finds(api_for(worker), "Досымов")


def test_nothing_is_left_after_erasure(case: Case, supervisor: User, api_for: Api) -> None:
    debt = debts_of(case)[0]
    letter_arrived(debt)
    say(supervisor, case, "Болеет, лечится в Караганде", "internal")
    assert finds(api_for(supervisor), "Караганда")
    with transaction.atomic():
        personal_data.mask_case(Case.objects.select_for_update().get(pk=case.pk))
    api = api_for(supervisor)
    for query in ("Досымов", "дсымов", "Кайрат", "4417", "склад", "Караганда", "болеет"):
        assert not finds(api, query), query
    assert finds(api, str(case.number))
    assert not SearchEntry.objects.filter(case=case).exists()
    known = set(SearchWord.objects.values_list("word", flat=True))
    assert known.isdisjoint({"dosimov", "kairat", "karagand", "sklad"})
    assert "kredit" in known or any(word.startswith("tsentr") for word in known)


def test_a_rebuild_gives_the_same_index_and_goes_on_where_it_stopped(
    case: Case, supervisor: User, borrower: User, api_for: Api
) -> None:
    say(supervisor, case, "Ждём выписку", "public")
    say(supervisor, case, "Есть сомнения", "internal")
    letter_arrived(debts_of(case)[0])
    testing.make_case(borrower)

    def kept() -> list[Any]:
        rows = CaseWords.objects.order_by("case_id").values_list("case_id", "open", "content", "whole")
        entries = SearchEntry.objects.order_by("place", "ref_id").values_list("ref_id", "audience", "words")
        return [*rows, *entries, *CaseShare.objects.order_by("pk").values_list("pk", "words")]

    before = kept()
    CaseWords.objects.all().delete()
    SearchEntry.objects.all().delete()
    CaseShare.objects.update(words="")
    assert not finds(api_for(supervisor), "выписка")
    assert next(upkeep.rebuild_stale(batch=1)) == 1
    assert sum(upkeep.rebuild_stale(batch=1)) == 1
    assert kept() == before
    assert [count for _last, count in upkeep.rebuild_all(batch=1)] == [1, 1]
    assert kept() == before


def test_whose_eyes_are_borrowed_lends_no_notes(case: Case, supervisor: User, api_for: Api) -> None:
    """A manager who also is a party elsewhere never gets at notes of a side."""
    account_services.grant_role(actor=SYSTEM, user_id=supervisor.pk, role=Role.LAWYER)
    index.index_text(
        case_id=case.pk, place="comment", ref_id=case.pk, audience="writer", text="тайна медиатора",
        writer_id=supervisor.pk,
    )  # fmt: skip
    assert not finds(api_for(supervisor), "тайна")
