"""The day of a lender's officer: letters to the own organisation are taken in and answered, one by one and together."""

import re
from typing import Any

import pytest

from e2e.browser import PHONE, Screen
from e2e.kenes_client import Kenes, Refused, wait_for
from e2e.people import contract_number
from e2e.roles import OFFICER, OTHER_OFFICER, SUPERVISOR, NewScreen, colleague, window
from e2e.stories import LENDER, Story, delivered_letter, delivered_letters

REFUSAL = "Справка о доходах только за один месяц. Пришлите за полгода, и мы рассмотрим заявление снова."
NOTE = "Проверить поручителя у юристов до пятницы"


@pytest.fixture
def officer(base_url: str) -> Kenes:
    return colleague(base_url, OFFICER)


def _number(story: Story) -> str:
    return str(story.kenes.get(f"/cases/{story.case_id}/")["number"])


def _letter(officer: Kenes, story: Story) -> dict[str, Any]:
    """The letter of a story as it lies in the officer's room."""

    def look() -> dict[str, Any] | None:
        rows = officer.get("/room/letters/", limit=50)["items"]
        return next((row for row in rows if row["case_id"] == story.case_id), None)

    return dict(wait_for("the letter in the room", look))


def _answers(story: Story) -> list[dict[str, Any]]:
    debts = story.kenes.get(f"/cases/{story.case_id}/answers/")["items"]
    return [answer for debt in debts for answer in debt["answers"]]


def test_officer_takes_letters_in_and_answers_each_in_its_own_way(
    new_screen: NewScreen, base_url: str, officer: Kenes
) -> None:
    offered, asked, refused = delivered_letters(base_url, 3)
    screen = window(new_screen, officer, "/creditor")
    screen.heading("room.list.title")
    _find(screen, _number(offered))
    _register(screen)
    _offer(screen)
    _ask_papers(screen, _letter(officer, asked)["id"])
    _refuse(screen, _letter(officer, refused)["id"])
    assert [answer["kind"] for story in (offered, asked, refused) for answer in _answers(story)] == [
        "offer", "papers", "refuse",
    ]  # fmt: skip
    screen.go("/creditor?tab=answered")
    for story in (offered, asked, refused):
        screen.sees(re.compile(_number(story)))
    screen.judge()


def _find(screen: Screen, number: str) -> None:
    page, words = screen.page, screen.words
    page.get_by_role("list", name=words("room.list.title")).wait_for()
    screen.judge()
    page.get_by_label(words("room.list.search")).fill(number)
    rows = page.get_by_role("list", name=words("room.list.title")).get_by_role("listitem")
    rows.filter(has_text=number).get_by_role("link").click()
    page.wait_for_url(re.compile("/creditor/letters/"))
    page.get_by_role("heading", name=words("room.letter.debt")).wait_for()
    screen.judge()


def _register(screen: Screen) -> None:
    page, words = screen.page, screen.words
    screen.press("room.letter.register")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=words("room.register.submit")).click()
    dialog.locator("[aria-invalid=true]").first.wait_for()
    screen.judge()
    number = f"ВХ-{contract_number()}"
    dialog.get_by_label(words("room.register.number")).fill(number)
    dialog.get_by_role("button", name=words("room.register.submit")).click()
    dialog.wait_for(state="detached")
    screen.sees(number)


def _answer(screen: Screen, kind: str) -> None:
    screen.press("room.letter.answer")
    name = re.compile("^" + re.escape(screen.words(f"room.answer.kinds.{kind}")))
    screen.page.get_by_role("dialog").get_by_role("radio", name=name).check()


def _send(screen: Screen, kind: str) -> None:
    """Send the answer; it stands on the page of the letter then."""
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_role("button", name=screen.words(f"room.answer.submit.{kind}")).click()
    dialog.wait_for(state="detached")
    screen.page.get_by_text(screen.words("room.history.none")).wait_for(state="detached")


def _offer(screen: Screen) -> None:
    """Other terms: what they mean for this debt is seen, payment by payment, before they are sent."""
    words = screen.words
    _answer(screen, "offer")
    dialog = screen.page.get_by_role("dialog")
    for field, value in (("months", "36"), ("rate", "18"), ("defer", "3")):
        dialog.get_by_label(words(f"offers.terms.{field}.label")).fill(value)
    dialog.get_by_role("table", name=words("offers.comparison.caption")).wait_for()
    dialog.get_by_text(re.compile("^График: 36")).wait_for()
    screen.judge()
    _send(screen, "offer")
    screen.page.get_by_role("table", name=words("offers.comparison.caption")).wait_for()
    screen.judge()


def _ask_papers(screen: Screen, letter_id: str) -> None:
    page, words = screen.page, screen.words
    screen.go(f"/creditor/letters/{letter_id}")
    _answer(screen, "papers")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=words("room.answer.submit.papers")).click()
    dialog.locator("[id$=-papers-error]").wait_for()
    dialog.get_by_role("checkbox").first.check()
    screen.judge()
    _send(screen, "papers")


def _refuse(screen: Screen, letter_id: str) -> None:
    """Without a reason and its explanation nothing is refused."""
    page, words = screen.page, screen.words
    screen.go(f"/creditor/letters/{letter_id}")
    _answer(screen, "refuse")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=words("room.answer.submit.refuse")).click()
    dialog.locator("[aria-invalid=true]").first.wait_for()
    screen.judge()
    dialog.get_by_label(words("room.answer.reason")).select_option(index=1)
    dialog.get_by_label(words("room.answer.refusalWords")).fill(REFUSAL)
    _send(screen, "refuse")
    screen.sees(REFUSAL)
    screen.judge()


def test_one_answer_goes_to_many_letters(new_screen: NewScreen, base_url: str, officer: Kenes) -> None:
    stories = delivered_letters(base_url, 2)
    numbers = [_number(story) for story in stories]
    for story in stories:
        _letter(officer, story)
    screen = window(new_screen, officer, "/creditor")
    page, words = screen.page, screen.words
    for number in numbers:
        page.get_by_role("checkbox", name=words.with_("room.list.choose", number=number)).check()
    screen.press("room.list.answerChosen")
    dialog = page.get_by_role("dialog")
    screen.press("room.bulk.look")
    dialog.get_by_text(words.with_("room.bulk.possible", count="2", all="2")).wait_for()
    assert all(not _answers(story) for story in stories), "answered before it was sent"
    screen.judge()
    dialog.locator("button[type=submit]").click()
    screen.sees(words.with_("room.bulk.report", count="2", all="2"))
    screen.judge()
    assert [answer["kind"] for story in stories for answer in _answers(story)] == ["agree", "agree"]


def test_officer_sees_only_what_was_sent_to_the_own_organisation(
    new_screen: NewScreen, base_url: str, officer: Kenes
) -> None:
    story = delivered_letter(base_url, lenders=[LENDER, "Жедел"])
    letter = _letter(officer, story)
    chief = colleague(base_url, SUPERVISOR)
    chief.post(f"/cases/{story.case_id}/comments/", {"text": NOTE, "audience": "internal"})
    other_lender = story.kenes.get(f"/cases/{story.case_id}/")["obligations"][1]["creditor"]["name"]
    screen = window(new_screen, officer, f"/creditor/letters/{letter['id']}", size=PHONE)
    screen.heading("room.letter.debt")
    screen.page.get_by_role("heading", name=screen.words("common.notes.title")).wait_for()
    screen.judge()
    seen = officer.get(f"/cases/{story.case_id}/")
    known = [screen.page.content(), str(seen), str(officer.get(f"/cases/{story.case_id}/timeline/"))]
    known += [str(officer.get(f"/cases/{story.case_id}/{part}/")) for part in ("comments", "documents")]
    for text in known:
        assert NOTE not in text
        assert other_lender not in text
        assert story.person.iin not in text
        assert story.person.phone not in text
    assert len(seen["obligations"]) == 1
    screen.refused("/staff/cases")
    # The other lender has got no letter yet: for its people there is no such case.
    stranger = colleague(base_url, OTHER_OFFICER)
    screen = window(new_screen, stranger, "/creditor")
    screen.absent(f"/creditor/letters/{letter['id']}")
    screen.absent(f"/cases/{story.case_id}")
    for path in (
        f"/room/letters/{letter['id']}/",
        f"/cases/{story.case_id}/",
        f"/cases/{story.case_id}/comments/",
    ):
        with pytest.raises(Refused) as refused:
            stranger.get(path)
        assert refused.value.status == 404, path
    with pytest.raises(Refused) as refused:
        stranger.post(f"/room/letters/{letter['id']}/answer/", {"kind": "agree"})
    assert refused.value.status in {404, 422}, refused.value
