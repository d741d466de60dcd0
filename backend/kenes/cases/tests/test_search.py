"""What the search finds, where, by which words, and what it says it assumed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kenes.accounts.models import User
from kenes.cases import services, testing
from kenes.cases.collaboration import comments
from kenes.cases.models import Case, SearchEntry, SearchWord
from kenes.cases.search import lexicon
from kenes.cases.tests.people_of_cases import actor_of

Api = Callable[[User], Any]
STORY = {
    "code": "JOB_LOSS", "since": "2026-09-30",
    "text": "Завод закрылся, выплату задерживают. Банкке қарызымды төлей алмай отырмын, отбасыма қиын.",
}  # fmt: skip


@pytest.fixture
def cases(borrower: User, supervisor: User, today: date) -> dict[str, Case]:
    """A case with a story in two languages and two comments, and one of somebody else."""
    other = testing.make_borrower("+77015550001", "920803397822", "Есенұлы Бақытжан")
    mfo = {
        **testing.FORM["obligations"][0], "creditor_name": "МФО «Айқын Қаржы»", "creditor_type": "MFO",
        "contract_number": "МК-20881", "overdue_since": "2026-11-10",
    }  # fmt: skip
    made = {
        "bank": testing.make_case(borrower, hardship=STORY),
        "mfo": testing.make_case(other, obligations=[mfo]),
    }
    say(supervisor, made["bank"], "Просит отсрочку, принёс справку о сокращении", "public")
    say(
        supervisor, made["mfo"], "Звонил коллекторам, они молчат. Нотариуска барды, өтінішін берді.", "public"
    )
    say(supervisor, made["mfo"], "Похоже на мошенничество: паспорт сомнительный", "internal")
    return made


def say(user: User, case: Case, text: str, audience: str) -> Any:
    return comments.add_comment(actor=actor_of(user), case_id=case.pk, text=text, audience=audience)


def search(api: Any, query: str, **more: Any) -> dict[str, Any]:
    answer = api.call("post", "/cases/search/", {"query": query, **more})
    assert answer.status_code == 200, answer.content
    return answer.json()


def names(page: dict[str, Any], cases: dict[str, Case]) -> set[str]:
    known = {str(case.pk): name for name, case in cases.items()}
    return {known[row["id"]] for row in page["items"]}


def places(page: dict[str, Any]) -> set[str]:
    return {found["place"] for row in page["items"] for found in row["found_in"]}


FOUND = [
    # Russian forms, in a comment and in the story
    ("отсрочки", {"bank"}, "comment"),
    ("справками", {"bank"}, "comment"),
    ("сокращение", {"bank"}, "comment"),
    ("заводом", {"bank"}, "story"),
    ("коллекторы", {"mfo"}, "comment"),
    ("мошенники мошенничества", set(), ""),
    ("мошенничества", {"mfo"}, "comment"),
    # Kazakh forms
    ("қарыз", {"bank"}, "story"),
    ("қарыздарымыздан", {"bank"}, "story"),
    ("банктің", {"bank"}, ""),
    ("отбасымен", {"bank"}, "story"),
    ("нотариустан", {"mfo"}, "comment"),
    ("өтініштер", {"mfo"}, "comment"),
    # Kazakh without Kazakh letters, and in Latin ones
    ("карыздар", {"bank"}, "story"),
    ("отинишке", {"mfo"}, "comment"),
    ("qaryzdar", {"bank"}, "story"),
    ("ötinish", {"mfo"}, "comment"),
    ("notariusqa", {"mfo"}, "comment"),
    ("Yessenuly", {"mfo"}, "name"),
    ("Baqytjan", {"mfo"}, "name"),
    ("Bakhytzhan Esenuly", {"mfo"}, "name"),
    ("aiqyn", {"mfo"}, "creditor"),
    # Russian in Latin letters
    ("otsrochka", {"bank"}, "comment"),
    ("Dosymovu", {"bank"}, "name"),
    # beginnings
    ("досы", {"bank"}, "name"),
    ("Есен", {"mfo"}, "name"),
    ("коллек", {"mfo"}, "comment"),
    ("мк-208", {"mfo"}, "contract"),
    ("20881", {"mfo"}, "contract"),
    ("2", {"mfo"}, "number"),
    # words from several places
    ("досымов отсрочка", {"bank"}, "comment"),
    ("есенұлы айқын нотариус", {"mfo"}, "creditor"),
    ("досымов нотариус", set(), ""),
]


def test_words_are_found_and_told_where(
    cases: dict[str, Case], supervisor: User, api_for: Api, subtests: pytest.Subtests
) -> None:
    for query, expected, place in FOUND:
        with subtests.test(query=query, expected=expected, place=place):
            page = search(api_for(supervisor), query)
            assert names(page, cases) == expected
            assert page["assumed"] == []
            if place:
                assert place in places(page)


ASSUMED = [
    ("ljcsvjd", "bank", "layout", "Досымов"),
    ("Ljcsvjd Rfqhfn", "bank", "layout", "Досымов"),
    ("jnchjxrf", "bank", "layout", "отсрочку"),
    ("0fhsp", "bank", "layout", "қарызымды"),
    ("ещенұлы", "mfo", "spelling", "Есенұлы"),
    ("досимав", "bank", "spelling", "Досымов"),
    ("дсымов", "bank", "spelling", "Досымов"),
    ("доысмов", "bank", "spelling", "Досымов"),
    ("досыымовв", "bank", "typed", ""),
    ("отсрчока", "bank", "spelling", "отсрочку"),
    ("моженничество", "mfo", "spelling", "мошенничество"),
    ("нотриус", "mfo", "spelling", "Нотариуска"),
    ("Bakytjann", "mfo", "typed", ""),
    ("Dosimof", "bank", "spelling", "Досымов"),
]


def test_mistakes_are_mended_and_admitted(
    cases: dict[str, Case], supervisor: User, api_for: Api, subtests: pytest.Subtests
) -> None:
    for query, expected, how, taken in ASSUMED:
        with subtests.test(query=query, expected=expected, how=how, taken=taken):
            page = search(api_for(supervisor), query)
            assert names(page, cases) == {expected}
            told = {(one["how"], one["taken"]) for one in page["assumed"]}
            assert (how, taken) in told if how != "typed" else told == set(), (
                told,
                page["items"][0]["found_in"],
            )


def test_what_is_not_there_is_not_made_up(
    cases: dict[str, Case], supervisor: User, api_for: Api, subtests: pytest.Subtests
) -> None:
    for query in ["никого", "йцукен", "zzzzzz", "берик", "ңғүұ"]:
        with subtests.test(query=query):
            page = search(api_for(supervisor), query)
            assert page["items"] == []
            assert page["assumed"] == []


def test_tried_layouts_are_told_when_nothing_was_found(
    cases: dict[str, Case], supervisor: User, api_for: Api
) -> None:
    assert "привет" in search(api_for(supervisor), "ghbdtn")["tried"]


def test_odd_characters_find_nothing_and_break_nothing(
    cases: dict[str, Case],
    supervisor: User,
    manager: User,
    borrower: User,
    api_for: Api,
    subtests: pytest.Subtests,
) -> None:
    for query in [
        "'", "''", "\\", "' OR 1=1 --", "a & b | !c", "(((", ":*", "<->", "'a':*", "%", "_", "\u202b", "🙂🙂", "ı",
        "İstanbul", "ß", "ﬁ", "１２３", "٣٤٥", "a'b'c", "–—", "...", "досымов'", "x" * 200, "қ" * 200, "- " * 90,
        "ы ы ы ы ы ы ы ы ы ы ы ы ы ы", "1" * 200, "а-б-в-г-д-е-ё-ж", "$1", "{}", "\\u0000", "~~~~", "A:B",
    ]:  # fmt: skip
        with subtests.test(query=query):
            for user in (supervisor, manager, borrower):
                answer = api_for(user).call("post", "/cases/search/", {"query": query})
                assert answer.status_code in {200, 400}, answer.content


def test_a_quotation_marks_what_was_found_and_hides_numbers(
    cases: dict[str, Case], supervisor: User, api_for: Api
) -> None:
    text = "Клиент <b>Досымов</b> просит рассрочку, ИИН 870419390122, тел. +7 707 555 18 41, карта 4400 4301 2345 6789"
    say(supervisor, cases["bank"], text, "public")
    (row,) = search(api_for(supervisor), "рассрочка")["items"]
    (found,) = [one for one in row["found_in"] if one["place"] == "comment"]
    quoted = "".join(piece["text"] for piece in found["quote"])
    assert [piece["text"] for piece in found["quote"] if piece["hit"]] == ["рассрочку"]
    assert "<b>Досымов</b>" in quoted
    assert not [number for number in ("870419390122", "555 18 41", "4400") if number in quoted]


@pytest.mark.parametrize("query", ["870419390122", "+77075551841", "8 707 555 18 41"])
def test_whole_numbers_find_the_person_and_are_not_quoted(
    cases: dict[str, Case], supervisor: User, api_for: Api, query: str
) -> None:
    page = search(api_for(supervisor), query)
    assert names(page, cases) == {"bank"}
    assert [one["place"] for row in page["items"] for one in row["found_in"]] == ["person"]
    assert all(one["quote"] == [] for row in page["items"] for one in row["found_in"])


def test_parts_of_numbers_find_nobody(
    cases: dict[str, Case], supervisor: User, api_for: Api, subtests: pytest.Subtests
) -> None:
    for part in ["870419", "390122", "5551841", "7075551841x"]:
        with subtests.test(part=part):
            say(
                supervisor,
                cases["bank"],
                "ИИН 870419390122, +77075551841, KZ86125KZT5004100100, a@b.kz",
                "public",
            )
            assert search(api_for(supervisor), part)["items"] == []


def test_numbers_of_people_and_their_words_stand_nowhere_in_the_clear(
    cases: dict[str, Case], supervisor: User
) -> None:
    say(
        supervisor,
        cases["bank"],
        "Номер 870419390122 и счёт KZ86125KZT5004100100, Досымов болеет",
        "internal",
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT whole::text FROM cases_casewords UNION SELECT words::text FROM cases_searchentry"
        )
        kept = " ".join(row[0] for row in cursor.fetchall())
    for word in ("8704", "kz86", "dosimov", "досым", "bole", "zavod"):
        assert word not in kept
    assert "2026" in kept
    known = set(SearchWord.objects.values_list("word", flat=True))
    assert "dosimov" in known
    assert not [word for word in known if "8704" in word or "kz86" in word]


def test_searching_costs_the_same_whatever_is_found(
    cases: dict[str, Case], supervisor: User, borrower: User, today: date, api_for: Api
) -> None:
    api = api_for(supervisor)

    def cost(query: str) -> int:
        api.call("get", "/session/")
        with CaptureQueriesContext(connection) as captured:
            search(api, query)
        return len(captured)

    few = cost("отсрочка")
    for _ in range(4):
        case = testing.make_case(borrower, hardship=STORY)
        say(supervisor, case, "Ещё одна отсрочка", "public")
        say(supervisor, case, "Отсрочка снова", "internal")
    assert cost("отсрочка") == few
    assert cost("отсрчока") <= few + 3


def test_the_list_of_words_is_swept(cases: dict[str, Case], supervisor: User) -> None:
    SearchWord.objects.create(word="nikogda", near=lexicon.without_one("nikogda"))
    SearchWord.objects.create(word="dosimov", near=lexicon.without_one("dosimov"))
    lexicon.sweep(batch=7)
    assert not SearchWord.objects.filter(word="nikogda").exists()
    assert SearchWord.objects.filter(word="dosimov").count() == 1


@pytest.mark.parametrize(
    ("one", "other", "mistakes"),
    [("abcd", "abcd", 0), ("abcd", "abdc", 1), ("abcd", "abd", 1), ("abcd", "abcde", 1), ("abcd", "xbcd", 1),
     ("abcdefg", "acbdegf", 2), ("abcd", "dcba", 3), ("", "abc", 3)],
)  # fmt: skip
def test_mistakes_are_counted(one: str, other: str, mistakes: int) -> None:
    assert lexicon.distance(one, other, 2) == mistakes


def test_texts_of_facts_are_found(cases: dict[str, Case], supervisor: User, api_for: Api) -> None:
    services.record_fact(
        actor=actor_of(supervisor), case_id=cases["bank"].pk, kind="COLLECTOR_CONTACT",
        on=date(2026, 11, 16), text="Угрожали соседке по телефону",
    )  # fmt: skip
    page = search(api_for(supervisor), "соседкой угрозы")
    assert names(page, cases) == set()
    page = search(api_for(supervisor), "соседкой")
    assert names(page, cases) == {"bank"}
    assert places(page) == {"fact"}
    assert SearchEntry.objects.filter(place="fact").count() == 1
