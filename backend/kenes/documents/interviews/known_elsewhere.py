"""What documents of the platform say and nobody needs to be asked: what was sent and how, what goes along, where a case stands.

Places of the catalogue: `along:…` for what accompanies letters, `report:…` for the report on a case.
"""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.utils import translation

from kenes.cases.models import Case, CaseDeadline, CaseEvent
from kenes.cases.tracks import now
from kenes.cases.tracks.facts import KINDS
from kenes.documents.catalogue import Asked, Kind
from kenes.documents.letters import answers
from kenes.documents.letters.answers import AnswerProblem
from kenes.documents.models import Dispatch
from kenes.documents.packages import texts as package_texts
from kenes.documents.states import DispatchStatus
from kenes.foundation import clock

MOST_EVENTS: Final = 40
_PREFIXES: Final = ("along:", "report:")
_SENT_STATES: Final = {
    DispatchStatus.ACCEPTED: "SENT",
    DispatchStatus.DELIVERED: "DELIVERED",
    DispatchStatus.FAILED: "FAILED",
}


def asks_elsewhere(kind: Kind) -> bool:
    """Whether this kind is filled from what happened in the product."""
    return any(place.startswith(_PREFIXES) for field in kind.fields for place in field.known)


def answers_for(kind: Kind, case_id: UUID, obligation_id: UUID | None) -> dict[str, Any]:
    """Known answers by field, in the language of the case; what does not fit the field is left out."""
    case = Case.objects.get(pk=case_id)
    language = "kk" if case.language == "kk" else "ru"
    with translation.override(language):
        told = _READERS[
            next(p for f in kind.fields for p in f.known if p.startswith(_PREFIXES)).split(":")[0]
        ](case, obligation_id, language)
    return {field.code: value for field in kind.fields if (value := _value(field, told)) is not None}


def _value(field: Asked, told: dict[str, Any]) -> Any:
    for place in field.known:
        try:
            value = answers.read(field, told.get(place))
        except AnswerProblem:
            continue
        if value not in (None, []):
            return value
    return None


def _along(case: Case, obligation_id: UUID | None, language: str) -> dict[str, Any]:
    dispatches = package_texts.dispatches_of(case.pk, obligation_id)
    told = package_texts.proof_answers(dispatches, language)
    found = {"along:dispatches": told.get("dispatches")}
    letter = package_texts.newest_letter(case.pk, obligation_id)
    if letter is not None:
        cover = package_texts.cover_answers(letter, package_texts.enclosed_of(letter, language), language)
        found |= {
            "along:enclosures": cover.get("enclosures"),
            "along:signed": cover.get("signed.words"),
            "along:reply": cover.get("reply.to"),
            "along:reply_email": cover.get("reply.email"),
        }
    return found


def _report(case: Case, obligation_id: UUID | None, language: str) -> dict[str, Any]:
    tracks = list(case.tracks.order_by("created_at"))
    deadlines = list(CaseDeadline.objects.filter(case=case))
    first = now.cards(case, tracks, deadlines, clock.today(), language)[0]
    ahead = [row.due for row in deadlines if row.met_on is None and row.due and row.due >= clock.today()]
    return {
        "report:headline": first.title,
        "report:what": first.text or first.title,
        "report:who": _mover(first, case),
        "report:by": min(ahead).isoformat() if ahead else None,
        "report:sent": _sent(case, language),
        "report:events": _events(case),
    }


def _mover(card: now.NowCard, case: Case) -> str:
    if card.is_yours:
        return "BORROWER"
    sent = Dispatch.objects.filter(
        document__case=case, status__in=[DispatchStatus.ACCEPTED, DispatchStatus.DELIVERED]
    )
    return "LENDER" if sent.exists() else "PLATFORM"


def _sent(case: Case, language: str) -> list[dict[str, Any]]:
    rows = Dispatch.objects.filter(document__case=case, status__in=list(_SENT_STATES)).select_related(
        "document", "creditor"
    )
    return [
        {
            "name": f"{package_texts.title_of(row.document, language)}, № {row.document.number}"[:300],
            "recipient": row.creditor.name("ru"),
            "on": clock.almaty(row.accepted_at or row.updated_at).date().isoformat(),
            "state": _SENT_STATES[DispatchStatus(row.status)],
        }
        for row in rows.defer("document__content", "document__text").order_by("created_at")
    ]


def _events(case: Case) -> list[dict[str, Any]]:
    """Dated facts of the case that stand, the newest forty, in the order of days; told by their kinds, not by people's words."""
    rows = CaseEvent.objects.filter(case=case, superseded_at__isnull=True).order_by("-on", "-created_at")
    found = [
        {"on": row.on.isoformat(), "text": str(KINDS.get(row.kind, row.kind))} for row in rows[:MOST_EVENTS]
    ]
    return list(reversed(found))


_READERS: Final[dict[str, Callable[[Case, UUID | None, str], dict[str, Any]]]] = {
    "along": _along,
    "report": _report,
}
