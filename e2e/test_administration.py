"""Administrators' work through to its end: a role of one's own, two accounts made one, a person's data erased."""

import contextlib
import re
from collections.abc import Callable

from e2e.browser import DESKTOP, Screen
from e2e.conftest import STAFF
from e2e.drafts import enter
from e2e.kenes_client import Kenes, Refused, Sandbox, wait_for
from e2e.people import Person, contract_number, obligation, submission
from e2e.stories import LENDER, ready_letter, signed_up

NewScreen = Callable[..., Screen]
ADMIN = ("admin@kenes.sandbox", STAFF[1])
SUPERVISOR = ("supervisor@kenes.sandbox", STAFF[1])


def _fresh(base_url: str, who: tuple[str, str]) -> Kenes:
    """A member of staff who has just proved who he is."""
    kenes = Kenes(base_url)
    kenes.sign_in_staff(*who)
    kenes.post("/auth/proof/", {"method": "password", "value": who[1]})
    return kenes


def _desk(new_screen: NewScreen, kenes: Kenes, path: str) -> Screen:
    screen = new_screen(size=DESKTOP)
    enter(screen, kenes)
    screen.go(path)
    return screen


def test_a_role_is_made_of_abilities_and_given(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str
) -> None:
    kenes, _person = signed_up(base_url, sandbox)
    person_id = kenes.get("/session/")["user"]["id"]
    name = f"Смена {contract_number()[3:-3]}"
    screen = _desk(new_screen, _fresh(base_url, ADMIN), "/staff/roles")
    screen.heading("staffRoles.title")
    screen.judge()
    screen.press("staffRoles.editor.button")
    dialog = screen.page.get_by_role("dialog")
    screen.press("staffRoles.editor.create")
    dialog.get_by_role("alert").or_(dialog.locator("[aria-invalid=true]")).first.wait_for()
    for field in ("name_ru", "name_kk", "name_en"):
        dialog.get_by_label(screen.words(f"staffRoles.editor.{field}")).fill(name)
    dialog.get_by_role("checkbox").first.check()
    screen.judge()
    screen.press("staffRoles.editor.create")
    screen.sees_word("staffRoles.editor.created")
    screen.sees(name)
    screen.go(f"/staff/people/{person_id}")
    screen.press("staffPeople.grant.button")
    dialog.get_by_role("radio", name=re.compile(re.escape(name))).check()
    dialog.get_by_role("button", name=screen.words("staffPeople.grant.submit")).click()
    screen.sees_word("staffPeople.grant.done")
    # Work of staff waits for a second factor, whoever gave the role.
    assert kenes.get("/session/")["user"]["held_back"] == "second_factor"


def _taken_iin(base_url: str, sandbox: Sandbox, first: Person) -> Kenes:
    """A second account in which the ИИН of the first was typed."""
    kenes, second = signed_up(base_url, sandbox)
    case = kenes.post("/cases/", {"language": "ru"})
    same = Person(first.full_name, first.iin, second.phone, second.email)
    body = submission(same, [obligation(kenes.creditors(LENDER, language="ru")[0])])
    with contextlib.suppress(Refused):
        kenes.post(f"/cases/{case['id']}/submit/", body)
    return kenes


def test_two_accounts_of_one_person_become_one(
    new_screen: NewScreen, sandbox: Sandbox, base_url: str
) -> None:
    story = ready_letter(base_url, sandbox)
    _taken_iin(base_url, sandbox, story.person)
    admin = _fresh(base_url, ADMIN)
    holder = story.kenes.get("/session/")["user"]["id"]
    claims = admin.get("/people/duplicates/")["items"]
    claim = next(row for row in claims if row["holder"]["id"] == holder)
    screen = _desk(new_screen, admin, f"/staff/people/duplicates?claim={claim['id']}")
    screen.heading("staffDuplicates.compare")
    screen.heading("staffDuplicates.preview.title")
    screen.judge()
    screen.press("staffDuplicates.merge.button")
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Позвонили: это один человек, номер сменился")
    screen.judge()
    dialog.get_by_role("button", name=screen.words("staffDuplicates.merge.submit")).click()
    screen.sees_word("staffDuplicates.merge.done")
    left = [row["id"] for row in admin.get("/people/duplicates/")["items"]]
    assert claim["id"] not in left
    closed = admin.get(f"/people/{claim['claimant']['id']}/")
    assert closed["merged_into"] == holder
    # The case of the account that stays is as it was.
    assert story.document()["status"] == "ready_to_sign"


def test_data_are_erased_only_by_three_people(new_screen: NewScreen, sandbox: Sandbox, base_url: str) -> None:
    kenes, person = signed_up(base_url, sandbox)
    person_id = kenes.get("/session/")["user"]["id"]
    starter = _fresh(base_url, STAFF)
    request = starter.post(
        "/data-requests/", {"person_id": person_id, "kind": "erasure", "reason": "Заявление на бумаге"}
    )
    screen = _desk(new_screen, _fresh(base_url, SUPERVISOR), "/staff/data-requests")
    screen.heading("staffDataRequests.title")
    screen.judge()
    screen.page.get_by_role("button", name=screen.words("staffDataRequests.approve.button")).first.click()
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_role("button", name=screen.words("staffDataRequests.approve.submit")).click()
    screen.sees_word("staffDataRequests.approve.done")
    screen = _desk(new_screen, _fresh(base_url, ADMIN), "/staff/data-requests")
    screen.page.get_by_role("button", name=screen.words("staffDataRequests.execute.button")).first.click()
    screen.judge()
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_role("button", name=screen.words("staffDataRequests.execute.submit")).click()
    screen.sees_word("staffDataRequests.execute.done")
    admin = _fresh(base_url, ADMIN)
    wait_for(
        "the erasure",
        lambda: (
            next(r for r in admin.get("/data-requests/")["items"] if r["id"] == request["id"])["status"]
            == "done"
        ),
    )
    assert admin.get(f"/people/{person_id}/")["status"] == "erased"
    answer = kenes.http.get("/api/v1/me/profile/")
    assert answer.status_code == 401, person.phone
