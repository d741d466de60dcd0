"""Everybody who has work in Kenes Hub: accounts of the demonstration, signed in at the API, and windows with their sessions."""

from collections.abc import Callable
from typing import Any

from e2e.browser import DESKTOP, Screen
from e2e.drafts import enter
from e2e.kenes_client import Kenes, Sandbox

NewScreen = Callable[..., Screen]
PASSWORD = "kenes-demo-2026"
MANAGER, OTHER_MANAGER = "manager1@kenes.sandbox", "manager2@kenes.sandbox"
SUPERVISOR, EDITOR, ADMIN = "supervisor@kenes.sandbox", "editor@kenes.sandbox", "admin@kenes.sandbox"
OFFICER, OTHER_OFFICER = "officer@aiqyn.kenes.sandbox", "officer@zhedel.kenes.sandbox"
OMBUDSMAN = "officer@ombudsman.kenes.sandbox"
LAWYER, MEDIATOR, NOTARY = "+77075551861", "+77075551864", "+77075551865"
_by_phone: dict[tuple[str, str], Kenes] = {}


def colleague(base_url: str, email: str) -> Kenes:
    """Somebody of the staff or of a creditor, who signs in by password."""
    kenes = Kenes(base_url)
    kenes.sign_in_staff(email, PASSWORD)
    return kenes


def specialist(base_url: str, sandbox: Sandbox, phone: str) -> Kenes:
    """A lawyer, mediator or notary, who signs in by phone; once in a run, because codes are counted."""
    known = _by_phone.get((base_url, phone))
    if known is not None and known.get("/session/")["authenticated"]:
        return known
    kenes = Kenes(base_url)
    kenes.sign_in(sandbox, phone)
    _by_phone[base_url, phone] = kenes
    return kenes


def window(new_screen: NewScreen, kenes: Kenes, path: str, language: str = "ru", **options: Any) -> Screen:
    """A window of a desk with somebody's session, at an address."""
    options.setdefault("size", DESKTOP)
    screen = new_screen(language, **options)
    enter(screen, kenes)
    screen.go(path)
    return screen
