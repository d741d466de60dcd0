"""Screens of people who work with cases: who they are, and which screens each of them has."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from e2e.browser import Screen
from e2e.kenes_client import Kenes, Sandbox
from e2e.roles import EDITOR, LAWYER, MEDIATOR, NOTARY, OFFICER, OMBUDSMAN, SUPERVISOR, colleague, specialist

BORROWER = "+77075551841"
PHONES = {"demo-borrower": BORROWER, "lawyer": LAWYER, "mediator": MEDIATOR, "notary": NOTARY}
MAILS = {"demo-supervisor": SUPERVISOR, "editor": EDITOR, "officer": OFFICER, "ombudsman": OMBUDSMAN}
BORROWERS_PAGES = (
    "",
    "debts",
    "offers",
    "terms",
    "documents",
    "help",
    "people",
    "check",
    "story",
    "history",
    "more",
)
STAFF_PAGES = ("", "debts", "procedures", "terms", "people", "connections", "eligibility", "story")


@dataclass(frozen=True)
class Shot:
    """One screen: its name, its address below the language, who looks at it, and what is done before the picture."""

    name: str
    path: str
    who: str = "guest"
    prepare: Callable[[Screen], None] | None = None


def somebody_of_work(base_url: str, who: str) -> Kenes | None:
    """The signed in person of the demonstration behind a name of this module; None for other names."""
    if who in PHONES:
        return specialist(base_url, Sandbox(base_url), PHONES[who])
    return colleague(base_url, MAILS[who]) if who in MAILS else None


def work_shots(base_url: str) -> Iterator[Shot]:
    """Every screen of cases, rooms and desks, on cases of the demonstration."""
    yield Shot("calculator", "/calculator")
    yield Shot("check", "/check")
    # The oldest case has an offer to answer.
    case = _of(somebody_of_work(base_url, "demo-borrower"), "/cases/", -1)
    for name in BORROWERS_PAGES:
        yield Shot(f"my-case-{name or 'now'}", f"/cases/{case}/{name}".rstrip("/"), "demo-borrower")
    for name in STAFF_PAGES:
        yield Shot(
            f"work-case-{name or 'overview'}", f"/staff/cases/{case}/{name}".rstrip("/"), "demo-supervisor"
        )
    for layout in ("board_status", "board_term"):
        yield Shot(f"work-{layout.replace('_', '-')}", f"/staff/cases?layout={layout}", "demo-supervisor")
    for name in ("queues", "terms", "law", "mentions", "cases/import", "cases/jobs", "cases/new", "tags"):
        yield Shot(f"work-{name.replace('/', '-')}", f"/staff/{name}", "demo-supervisor")
    yield Shot("editor-law", "/staff/law", "editor")
    letter = _of(somebody_of_work(base_url, "officer"), "/room/letters/", 0)
    yield Shot("room-letters", "/creditor?tab=all", "officer")
    yield Shot("room-board", "/creditor?layout=board", "officer")
    yield Shot("room-letter", f"/creditor/letters/{letter}", "officer")
    yield Shot("room-figures", "/creditor/figures", "officer")
    for who in ("lawyer", "mediator", "notary", "ombudsman"):
        yield Shot(f"desk-{who}", "/desk", who)
    for name in ("consultations", "page", "proposals", "requests", "sums"):
        yield Shot(f"desk-lawyer-{name}", f"/desk/{name}", "lawyer")


def _of(kenes: Kenes | None, path: str, place: int) -> str:
    assert kenes is not None
    return str(kenes.get(path)["items"][place]["id"])
