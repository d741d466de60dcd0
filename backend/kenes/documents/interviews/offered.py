"""Which documents can be made of a case now, and about which of its debts."""

from dataclasses import dataclass
from uuid import UUID

from kenes.cases import selectors as cases
from kenes.cases.states.case import FINAL
from kenes.cases.states.track import ENDED
from kenes.documents import catalogue, permissions
from kenes.documents.catalogue import Kind
from kenes.foundation.actor import Actor


@dataclass(frozen=True, slots=True)
class Offered:
    """A kind with the debts that it can be about. `is_suggested`: a running procedure is about it; `is_usual`: begins with it."""

    kind: Kind
    subjects: tuple[UUID, ...]
    is_suggested: bool
    is_usual: bool


def for_case(*, actor: Actor, case_id: UUID) -> list[Offered]:
    """Kinds that the actor may have prepared, usual and suggested ones first, by title; empty for who may not, and in an ended case.

    Raises CaseNotFound. Documents of other people (a mediator's act, the platform's invoice) are not offered here.
    """
    case = cases.get_case(actor=actor, case_id=case_id)
    cases.load_reader(actor, [case])
    if (
        not permissions.allowed(actor, "document.prepare", case)
        or case.status in FINAL
        or case.number is None
    ):
        return []
    running = set(case.tracks.exclude(state__in=ENDED).values_list("kind", flat=True))
    debts = list(case.obligations.order_by("position").values_list("pk", "creditor__type"))
    found = []
    for kind in catalogue.kinds().values():
        if kind.from_ not in ("borrower", "parties"):
            continue
        subjects = tuple(pk for pk, lender in debts if not kind.lenders or lender in kind.lenders)
        if kind.per == "debt" and not subjects:
            continue
        found.append(
            Offered(
                kind,
                subjects if kind.per == "debt" else (),
                is_suggested=bool(running & set(kind.procedures)),
                is_usual=bool(running & set(kind.opens_with)),
            )
        )
    return sorted(found, key=lambda one: (not one.is_usual, not one.is_suggested, str(one.kind.title)))
