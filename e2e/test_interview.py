"""The questions that a document needs: answered one by one on a phone, looked over, and made into the document."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from e2e.browser import PHONE, Screen
from e2e.kenes_client import Kenes, Refused, Sandbox, wait_for
from e2e.procedures import today
from e2e.roles import SUPERVISOR, NewScreen, colleague, window
from e2e.stories import applied, signed_up

CODE = "INSCRIPTION_OBJECTION"
NOTARY, NUMBER = "Байжанова Гүлнар Маратқызы", "2026-1184"


@pytest.fixture
def borrower(base_url: str, sandbox: Sandbox) -> tuple[Kenes, str]:
    """A borrower who has received a notary's inscription two days ago."""
    now = date.fromisoformat(today(Kenes(base_url)))
    event = {"kind": "INSCRIPTION_RECEIVED", "date": (now - timedelta(days=2)).isoformat(), "text": "", "obligation": 0}  # fmt: skip
    kenes, _person, case_id = applied(base_url, sandbox, events=[event])
    return kenes, case_id


def _title(kenes: Kenes, case_id: str) -> str:
    rows = kenes.get(f"/cases/{case_id}/document-kinds/")["items"]
    return str(next(row["title"] for row in rows if row["code"] == CODE))


def _begin(screen: Screen, title: str) -> None:
    """From the list of what can be prepared, folded or not."""
    screen.heading("documentInterview.kinds.title")
    begin = screen.page.get_by_role(
        "button", name=screen.words.with_("documentInterview.kinds.beginOf", title=title)
    )
    begin.or_(screen.page.locator("summary")).first.wait_for()
    if not begin.count():
        screen.page.locator("summary").first.click()
    begin.click()
    screen.page.wait_for_url("**/interview/*")


def _next(screen: Screen, asks: str) -> None:
    """Save and wait for the next question; `asks` is a part of it, or of the look over."""
    before = screen.page.url
    screen.press("documentInterview.next")
    screen.page.wait_for_function("before => location.href !== before", arg=before)
    screen.sees(re.compile(asks))


def _answer(screen: Screen, typed: str) -> None:
    screen.page.locator("#answer").fill(typed)


def test_borrower_answers_looks_over_and_reads_the_objection(
    new_screen: NewScreen, borrower: tuple[Kenes, str]
) -> None:
    kenes, case_id = borrower
    screen = window(new_screen, kenes, f"/cases/{case_id}/documents", size=PHONE)
    page = screen.page
    _begin(screen, _title(kenes, case_id))
    screen.sees_word("documentInterview.why")
    screen.judge()
    screen.press("documentInterview.next")
    page.locator("#answer[aria-invalid=true]").wait_for()
    screen.judge()
    _answer(screen, NOTARY)
    _next(screen, "лицензии")
    # A reload stays at the question, and «back» shows what was answered.
    page.reload()
    screen.sees(re.compile("лицензии"))
    screen.press("documentInterview.back")
    expect(page.locator("#answer")).to_have_value(NOTARY)
    _next(screen, "лицензии")
    _next(screen, "Адрес")
    _next(screen, "реестре")
    _answer(screen, NUMBER)
    _next(screen, "Дата исполнительной надписи")
    _answer(screen, _typed(today(kenes, ago=6)))
    _next(screen, "Когда вы получили копию")
    # The case knows the day; nothing is asked twice.
    screen.sees_word("documentInterview.known")
    expect(page.locator("#answer")).to_have_value(_typed(today(kenes, ago=2)))
    screen.judge()
    _next(screen, "подтверждается")
    _next(screen, "Сумма")
    _answer(screen, "1 200 000,50")
    _next(screen, "Почему вы не согласны")
    page.get_by_label("Не согласен с суммой").check()
    screen.judge()
    _next(screen, "подробнее")
    _answer(screen, "Неустойка начислена дважды.")
    screen.press("documentInterview.next")
    screen.sees_word("documentInterview.review.lead")
    screen.sees(re.compile("1.200.000,50"))
    screen.judge()
    screen.press("documentInterview.review.make")
    page.wait_for_url(re.compile("/documents/[0-9a-f-]{36}$"))
    page.get_by_role("img", name=re.compile("страница 1 из")).first.wait_for(timeout=90_000)
    screen.sees(re.compile("Вы возражаете нотариусу"))
    screen.judge()
    _read(kenes, page.url.rsplit("/", 1)[1])


def _typed(iso: str) -> str:
    return date.fromisoformat(iso).strftime("%d.%m.%Y")


def _read(kenes: Kenes, document_id: str) -> None:
    """What was answered stands in the document, in the sums and words of a letter."""
    document: dict[str, Any] = kenes.get(f"/documents/{document_id}/")
    text = str(document["text"]).replace("\u00a0", " ")
    for part in (NUMBER, "1 200 000,50", "Неустойка начислена дважды."):
        assert part in text, part
    assert document["code"] == CODE
    assert "кредитор" not in document["summary"]


def test_a_document_is_not_made_while_an_answer_is_missing(
    new_screen: NewScreen, borrower: tuple[Kenes, str]
) -> None:
    kenes, case_id = borrower
    debt = kenes.get(f"/cases/{case_id}/")["obligations"][0]["id"]
    draft = kenes.post(f"/cases/{case_id}/document-drafts/", {"code": CODE, "obligation_id": debt})
    place = f"/cases/{case_id}/documents/interview/{draft['id']}"
    screen = window(new_screen, kenes, f"{place}?question=review", size=PHONE)
    screen.press("documentInterview.review.make")
    summary = screen.page.get_by_role("alert").filter(has_text=re.compile("Не хватает"))
    summary.wait_for()
    screen.judge()
    summary.get_by_role("link").first.click()
    screen.page.locator("#answer").wait_for()
    with pytest.raises(Refused) as refused:
        kenes.post(f"/document-drafts/{draft['id']}/generate/", {})
    assert refused.value.status == 400
    assert kenes.get(f"/document-drafts/{draft['id']}/")["document_id"] is None


def test_staff_go_on_where_the_borrower_stopped_and_put_the_document_aside(
    new_screen: NewScreen, base_url: str, sandbox: Sandbox, borrower: tuple[Kenes, str]
) -> None:
    kenes, case_id = borrower
    debt = kenes.get(f"/cases/{case_id}/")["obligations"][0]["id"]
    draft = kenes.post(f"/cases/{case_id}/document-drafts/", {"code": CODE, "obligation_id": debt})
    chief = colleague(base_url, SUPERVISOR)
    screen = window(new_screen, chief, f"/staff/cases/{case_id}/documents")
    screen.heading("documentInterview.kinds.title")
    screen.judge()
    go_on = screen.words.with_("documentInterview.open.goOnWith", title=_title(kenes, case_id))
    screen.page.get_by_role("link", name=go_on).click()
    screen.page.locator("#answer").wait_for()
    screen.judge()
    screen.press("documentInterview.discard.button")
    screen.page.get_by_role("dialog").get_by_role(
        "button", name=screen.words("documentInterview.discard.submit")
    ).click()
    screen.heading("documentInterview.kinds.title")
    wait_for("the draft to be gone", lambda: not _is_open(kenes, case_id, draft["id"]))
    stranger, _person = signed_up(base_url, sandbox)
    with pytest.raises(Refused) as refused:
        stranger.get(f"/cases/{case_id}/document-kinds/")
    assert refused.value.status == 404


def _is_open(kenes: Kenes, case_id: str, draft_id: str) -> bool:
    rows = kenes.get(f"/cases/{case_id}/document-drafts/")["items"]
    return any(row["id"] == draft_id for row in rows)
