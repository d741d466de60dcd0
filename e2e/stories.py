"""Stories told through the API, for tests whose subject begins later: a person with a letter that waits to be signed."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from e2e.kenes_client import Kenes, Sandbox, wait_for
from e2e.people import Person, obligation, somebody, submission

LENDER = "Айқын"


@dataclass
class Story:
    """A borrower at the API with an open case."""

    kenes: Kenes
    sandbox: Sandbox
    person: Person
    case_id: str
    document_id: str

    def document(self) -> dict[str, Any]:
        return dict(self.kenes.get(f"/documents/{self.document_id}/"))

    def dispatch(self) -> dict[str, Any]:
        return dict(self.document()["dispatch"] or {})

    def sign(self) -> dict[str, Any]:
        return self.kenes.sign(self.sandbox, self.person.phone, self.document_id)

    def require_status(self, *statuses: str, seconds: float = 60) -> dict[str, Any]:
        """Wait until the dispatch stands in one of the statuses."""
        what = f"the dispatch to be {' or '.join(statuses)}"
        return dict(
            wait_for(
                what, lambda: (self.dispatch().get("status") in statuses) and self.dispatch(), seconds=seconds
            )
        )

    def mails(self) -> list[dict[str, Any]]:
        """Letters in the sandbox with the Message-ID of the dispatch."""
        return self.sandbox.mails(message_id=self.dispatch()["message_id_header"])


def signed_up(base_url: str, sandbox: Sandbox, *, language: str = "ru") -> tuple[Kenes, Person]:
    """A new person who is signed in and has accepted every consent."""
    person = somebody(language)
    kenes = Kenes(base_url, language=language)
    kenes.sign_in(sandbox, person.phone)
    kenes.accept_consents(sandbox, person.phone)
    return kenes, person


def applied(
    base_url: str,
    sandbox: Sandbox,
    *,
    language: str = "ru",
    lenders: Sequence[str] = (LENDER,),
    typed_lender: str = "",
    **changes: Any,
) -> tuple[Kenes, Person, str]:
    """A borrower with a case that was given in, with one debt to each lender; `changes` are of the application.

    `lenders` are parts of names in the registry, `typed_lender` is the whole name of one that is not there.
    """
    kenes, person = signed_up(base_url, sandbox, language=language)
    if typed_lender:
        debts = [obligation(None, name=typed_lender)]
    else:
        debts = [obligation(kenes.creditors(part, language="ru")[0]) for part in lenders]
    case = kenes.post("/cases/", {"language": language})
    kenes.post(f"/cases/{case['id']}/submit/", submission(person, debts, **changes))
    return kenes, person, str(case["id"])


def letter_to_sign(kenes: Kenes, case_id: str) -> str:
    """Wait until the letter about the first debt of a case waits for the signature; gives its id."""
    debt = kenes.get(f"/cases/{case_id}/")["obligations"][0]["id"]

    def ready() -> str | None:
        rows = (row for row in kenes.documents(case_id) if row["needs_signature"])
        mine = (row for row in rows if row["obligation_id"] == debt and row["status"] == "ready_to_sign")
        return next((str(row["id"]) for row in mine), None)

    return str(wait_for("the letter to be ready", ready, seconds=90))


def ready_letter(
    base_url: str,
    sandbox: Sandbox,
    *,
    typed_lender: str = "",
    lenders: Sequence[str] = (LENDER,),
    language: str = "ru",
) -> Story:
    """An application with the letter about its first debt ready to sign. `typed_lender` is unknown to the registry."""
    kenes, person, case_id = applied(
        base_url, sandbox, language=language, typed_lender=typed_lender, lenders=lenders
    )
    return Story(kenes, sandbox, person, case_id, letter_to_sign(kenes, case_id))


def delivered_letter(base_url: str, *, lenders: Sequence[str] = (LENDER,)) -> Story:
    """A letter that was signed and has reached the mail server of the first lender."""
    story = ready_letter(base_url, Sandbox(base_url), lenders=lenders)
    story.sign()
    story.require_status("accepted")
    return story


def delivered_letters(base_url: str, count: int) -> list[Story]:
    """Letters of several borrowers to the same lender, told side by side."""
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(lambda _number: delivered_letter(base_url), range(count)))
