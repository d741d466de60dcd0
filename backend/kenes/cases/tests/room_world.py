"""Two creditors with officers whose letters about one case have arrived, and answers that they may give."""

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from kenes.accounts.models import Organisation, User
from kenes.cases.models import (
    Case,
    CaseShare,
    Obligation,
    Track,
)
from kenes.cases.states.machine import TrackAction
from kenes.cases.tests.people_of_cases import SYSTEM, debts_of, join, officer, organisation
from kenes.cases.tracks import progress
from kenes.files.testing import a_pdf
from kenes.foundation import clock
from kenes.foundation.identifiers import new_id


@dataclass(frozen=True)
class Side:
    """One creditor with its officer, its debt and the letter that reached it."""

    body: Organisation
    officer: User
    debt: Obligation
    letter: CaseShare


def arrive(debt: Obligation) -> CaseShare:
    """The letter has left and reached the creditor's mail server, as `documents` does it."""
    from kenes.cases.answers import sharing

    case = Case.objects.get(pk=debt.case_id)
    track = Track.objects.get(obligation=debt, kind="RESTRUCTURING")
    for action in (TrackAction.LETTER_READY, TrackAction.SIGN, TrackAction.SEND):
        progress.apply_track_action(SYSTEM, case, track, action)
    document_id = new_id()
    sharing.share_debt(
        case_id=debt.case_id, obligation_id=debt.pk, creditor_id=debt.creditor_id, document_id=document_id
    )
    progress.add_fact(
        actor=SYSTEM, case=case, kind="APPLICATION_RECEIVED", on=clock.today(), text="", obligation=debt,
        source="mail_server", track=track,
    )  # fmt: skip
    return CaseShare.objects.get(document_id=document_id)


def make_sides(case: Case) -> tuple[Side, Side]:
    made = []
    for number, debt in enumerate(debts_of(case)):
        body = organisation(f"Организация {number}")
        join(debt.creditor, body)
        made.append(Side(body, officer(body, f"+7701555070{number}"), debt, arrive(debt)))
    return made[0], made[1]


def state_of(debt: Obligation) -> str:
    return Track.objects.get(obligation=debt, kind="RESTRUCTURING").state


def offer(**more: Any) -> dict[str, Any]:
    terms = {"term_months": 36, "rate_percent": 18, "defer_months": 3, "first_payment_on": "2026-12-25"}
    return {"kind": "offer", "valid_until": "2026-12-10", "terms": {**terms, **more.pop("terms", {})}, **more}


REFUSAL = {
    "kind": "refuse",
    "reason_code": "INCOME_NOT_PROVED",
    "words": "Справка о доходах за шесть месяцев не приложена.",
}


def upload(client: Any, path: str, data: bytes = a_pdf()) -> Any:
    body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("справка.pdf", data, "application/pdf")})
    client.cookies["csrftoken"] = "a" * 32
    return client.put(f"/api/v1{path}", body, content_type=MULTIPART_CONTENT, HTTP_X_CSRFTOKEN="a" * 32)
