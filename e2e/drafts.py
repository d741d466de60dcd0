"""Applications that are filled in already, for tests of the last page."""

from typing import Any

from e2e.browser import Screen
from e2e.kenes_client import Kenes, Sandbox
from e2e.people import Person, contract_number
from e2e.stories import signed_up


def enter(screen: Screen, kenes: Kenes) -> None:
    """Give the window the session of the API client."""
    cookies = [
        {"name": str(cookie.name), "value": str(cookie.value), "url": screen.base_url}
        for cookie in kenes.http.cookies.jar
    ]
    screen.context.add_cookies(cookies)  # type: ignore[arg-type]


def draft_on_review(screen: Screen, sandbox: Sandbox, filled: dict[str, Any]) -> tuple[Kenes, Person, str]:
    """A new person before the last page; `filled` is a draft as the wizard itself kept it."""
    kenes, person = signed_up(screen.base_url, sandbox)
    case_id = str(kenes.post("/cases/", {"language": "ru"})["id"])
    data = {**filled, "person": {"full_name": person.full_name, "iin": person.iin}}
    data["debts"] = [{**debt, "contract_number": contract_number()} for debt in filled["debts"]]
    kenes.put(f"/cases/{case_id}/draft/", {"step": "review", "data": data})
    enter(screen, kenes)
    screen.go("/apply?step=review")
    screen.heading("apply.review.title")
    return kenes, person, case_id
