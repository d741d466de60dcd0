"""Letters and two organisations: each reads the letters that reached it and nothing of the other's."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from kenes.accounts.models import User
from kenes.cases import testing as cases
from kenes.cases.models import Case, CaseShare, Track
from kenes.cases.states.track import TrackState
from kenes.cases.tests.people_of_cases import (
    NURBANK,
    actor_of,
    join,
    officer,
    organisation,
    power,
    specialist,
)
from kenes.documents import services
from kenes.documents.models import Dispatch, Document
from kenes.documents.sending import arrivals, dispatching
from kenes.documents.tests.conftest import TODAY, confirm_address, sign_and_seal
from kenes.files import services as files
from kenes.foundation import clock
from kenes.outbox import services as outbox

pytestmark = pytest.mark.django_db
ApiFor = Callable[[User], Any]


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@dataclass(frozen=True)
class Side:
    """One creditor: its officer, the letter to it, and the translation that goes along."""

    officer: User
    letter: Document
    translation: Document

    def documents(self) -> set[str]:
        return {str(self.letter.pk), str(self.translation.pk)}


def pdf(words: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 720, words)
    canvas.save()
    return out.getvalue()


def prepare(document: Document) -> Document:
    """What the converter makes of a letter, without LibreOffice."""
    data = pdf(document.number)
    stored = {
        kind: files.store(
            data=data, name=f"{document.number}.{kind}", mime="application/pdf", origin="generated",
            owner_kind="document", owner_id=document.pk,
        )
        for kind in ("docx", "pdf")
    }  # fmt: skip
    document.status, document.sha256 = "ready_to_sign", hashlib.sha256(data).hexdigest()
    document.docx_file, document.pdf_file = stored["docx"], stored["pdf"]
    document.sizes, document.text = [[1000, 1414]], f"Письмо {document.number}"
    document.save()
    return document


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    made = cases.make_case(borrower, obligations=[*cases.FORM["obligations"], NURBANK])
    while outbox.run_batch("default"):
        pass
    for document in Document.objects.filter(case=made):
        prepare(document)
    return made


@pytest.fixture
def sides(case: Case) -> tuple[Side, Side]:
    made = []
    for number, letter in enumerate(
        Document.objects.filter(case=case, translation_of__isnull=True).order_by("obligation__position")
    ):
        body = organisation(f"Организация {number}")
        join(letter.obligation.creditor, body)
        made.append(Side(officer(body, f"+7701555080{number}"), letter, letter.translations.get()))
    return made[0], made[1]


def arrive(side: Side) -> None:
    """The letter is signed, sealed, sent, and the creditor's mail server has taken it."""
    sealed = sign_and_seal(side.letter)
    confirm_address(sealed.obligation.creditor, f"a{sealed.pk.hex[:8]}@bank.example")
    dispatching.send(dispatch_id=sealed.dispatch.pk)
    message_id = Dispatch.objects.get(pk=sealed.dispatch.pk).message_id
    assert message_id is not None
    dispatching.accepted(message_id=message_id, on=TODAY)


def ids(answer: Any) -> set[str]:
    assert answer.status_code == 200
    return {row["id"] for row in answer.json()["items"]}


def test_nothing_is_read_before_the_letter_arrives(
    case: Case, sides: tuple[Side, Side], api_for: ApiFor
) -> None:
    one, other = sides
    arrive(other)
    client = api_for(one.officer)
    assert client.call("get", f"/cases/{case.pk}/documents/").status_code == 404
    for document in one.documents() | other.documents():
        assert client.call("get", f"/documents/{document}/").status_code == 404
        assert client.call("get", f"/documents/{document}/file/").status_code == 404
        assert client.call("get", f"/documents/{document}/pages/1/").status_code == 404


def test_each_reads_only_what_reached_it(case: Case, sides: tuple[Side, Side], api_for: ApiFor) -> None:
    for side in sides:
        arrive(side)
    for side, other in (sides, sides[::-1]):
        client = api_for(side.officer)
        listed = client.call("get", f"/cases/{case.pk}/documents/")
        assert ids(listed) == side.documents()
        assert other.letter.number not in listed.content.decode()
        dispatch = listed.json()["items"][0]["dispatch"]
        assert (dispatch["status"], dispatch["allowed_actions"]) == ("accepted", [])
        for document in side.documents():
            detail = client.call("get", f"/documents/{document}/").json()
            assert set(detail["allowed_actions"]) <= {"download_pdf", "download_sealed"}
            assert client.call("get", f"/documents/{document}/file/?format=pdf").status_code == 200
            assert client.call("get", f"/documents/{document}/file/?format=docx").status_code == 404
        assert client.call("get", f"/documents/{side.letter.pk}/file/?format=sealed").status_code == 200
        assert client.call("get", f"/documents/{side.letter.pk}/pages/1/").status_code == 200
        for document in other.documents():
            for path in ("", "file/", "file/?format=sealed", "pages/1/"):
                assert client.call("get", f"/documents/{document}/{path}").status_code == 404
        other_dispatch = Dispatch.objects.get(document=other.letter)
        assert client.call("post", f"/dispatches/{other_dispatch.pk}/retry/").status_code == 403


def test_the_history_tells_only_of_the_own_letter(
    case: Case, sides: tuple[Side, Side], api_for: ApiFor
) -> None:
    for side in sides:
        arrive(side)
    for side, other in (sides, sides[::-1]):
        history = api_for(side.officer).call("get", f"/cases/{case.pk}/timeline/")
        items = history.json()["items"]
        assert [(row["status"], row["document_id"]) for row in items] == [("accepted", str(side.letter.pk))]
        assert other.letter.number not in history.content.decode()


def test_officers_sign_and_renew_nothing(case: Case, sides: tuple[Side, Side], api_for: ApiFor) -> None:
    arrive(sides[0])
    client = api_for(sides[0].officer)
    letter = sides[0].letter.pk
    assert client.call("post", f"/documents/{letter}/regenerate/", {}).status_code == 403
    assert client.call("post", f"/documents/{letter}/signature-requests/").status_code in {403, 404}


def test_a_newer_letter_about_the_same_debt_is_not_shown_until_it_arrives(
    case: Case, sides: tuple[Side, Side], api_for: ApiFor
) -> None:
    side = sides[0]
    arrive(side)
    second = Document.objects.get(pk=side.letter.pk)
    second.pk, second.number, second.status = None, f"{second.number}-2", "superseded"
    second._state.adding = True
    second.id = Document._meta.pk.get_default()
    second.save(force_insert=True)
    client = api_for(side.officer)
    assert ids(client.call("get", f"/cases/{case.pk}/documents/")) == side.documents()
    assert client.call("get", f"/documents/{second.pk}/").status_code == 404


def test_letters_of_before_are_marked_once(case: Case, sides: tuple[Side, Side]) -> None:
    for side in sides:
        arrive(side)
    before = set(CaseShare.objects.values_list("document_id", "creditor_id", "obligation_id"))
    assert len(before) == 2
    CaseShare.objects.all().delete()
    assert [arrivals.share_what_arrived(), arrivals.share_what_arrived()] == [2, 0]
    assert set(CaseShare.objects.values_list("document_id", "creditor_id", "obligation_id")) == before


def test_a_representative_reads_letters_and_signs_none(
    case: Case, borrower: User, sides: tuple[Side, Side], api_for: ApiFor
) -> None:
    who = specialist("lawyer")  # somebody with a confirmed number
    power(borrower, who, "view", "act", "sign")
    client = api_for(who)
    assert len(ids(client.call("get", f"/cases/{case.pk}/documents/"))) == 4
    letter = client.call("get", f"/documents/{sides[0].letter.pk}/").json()
    assert "sign" not in letter["allowed_actions"] and "regenerate" in letter["allowed_actions"]
    asked = client.call("post", f"/documents/{sides[0].letter.pk}/signature-requests/")
    assert asked.status_code in {403, 404}


def test_only_the_borrower_is_asked_to_sign(
    case: Case, borrower: User, sides: tuple[Side, Side], api_for: ApiFor
) -> None:
    Track.objects.filter(case=case, obligation__isnull=False).update(state=TrackState.READY_TO_SIGN)
    lawyer = specialist("lawyer")
    case.parties.create(user=lawyer, role="lawyer", added_at=clock.now())
    own, theirs = (
        api_for(who).call("get", f"/cases/{case.pk}/").json()["now"][0] for who in (borrower, lawyer)
    )
    assert (own["action"]["kind"], theirs["action"]["kind"]) == ("sign", "wait")
    assert own["action"]["document_id"] == theirs["action"]["document_id"] is not None
    # He chooses the way when he signs.
    assert not any("SMS" in card["title"] + card["text"] for card in (own, theirs))


def test_specialists_of_the_case_read_its_letters(
    case: Case, sides: tuple[Side, Side], api_for: ApiFor
) -> None:
    mediator = specialist("mediator", "+77015550402")
    client = api_for(mediator)
    assert client.call("get", f"/documents/{sides[0].letter.pk}/").status_code == 404
    case.parties.create(user=mediator, role="mediator", added_at=clock.now())
    assert len(ids(client.call("get", f"/cases/{case.pk}/documents/"))) == 4
    letter = client.call("get", f"/documents/{sides[0].letter.pk}/").json()
    assert not {"sign", "regenerate"} & set(letter["allowed_actions"])
    case.parties.filter(role="mediator").update(removed_at=clock.now())
    assert client.call("get", f"/documents/{sides[0].letter.pk}/").status_code == 404
    assert services.LETTERS.is_system and actor_of(mediator).can("case.see_as_party")
