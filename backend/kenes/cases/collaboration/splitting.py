"""Some debts of a case go over into a case of their own, with everything that hangs on them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from kenes.cases import permissions, selectors
from kenes.cases.collaboration import case_parts
from kenes.cases.errors.cases import CaseChangedMeanwhile
from kenes.cases.errors.links import SplitRefused
from kenes.cases.events.links import CaseSplit, CaseSplitOff
from kenes.cases.models import (
    Case,
    CaseLink,
    CaseStory,
    CaseTag,
    FieldChange,
    LinkKind,
    Obligation,
    Party,
    Track,
)
from kenes.cases.search import index
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.cases.story import submission
from kenes.cases.tracks import progress, proposing
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.identifiers import new_id


@dataclass(frozen=True, slots=True)
class Preview:
    """What a split would move; `refusal` is the reason why it cannot be, or empty."""

    refusal: str = ""
    sections: list[dict[str, Any]] = field(default_factory=list)


def preview(*, actor: Actor, case_id: UUID, obligation_ids: Sequence[UUID]) -> Preview:
    """How much hangs on the chosen debts, by table. Forbidden without the right."""
    case = selectors.get_case(actor=actor, case_id=case_id)
    permissions.require(actor, "case.merge", case)
    chosen = set(obligation_ids)
    refusal = _refusal(case, chosen)
    if refusal:
        return Preview(refusal)
    by_code = {column: section for section in case_parts.in_order() for column in section.columns}
    rows = [
        {"code": by_code[column].code, "label": by_code[column].label, "count": count}
        for column, model, where in _hanging(chosen, _tracks(chosen))
        if column in by_code and (count := model._default_manager.filter(**where).count())
    ]
    return Preview(
        "", [{"code": "debts", "label": by_code["cases.Obligation.case"].label, "count": len(chosen)}, *rows]
    )


def _refusal(case: Case, chosen: set[UUID]) -> str:
    if case.status in FINAL or case.status in {CaseStatus.DRAFT, CaseStatus.SUBMITTED}:
        return "ended"
    known = set(Obligation.objects.filter(case=case).values_list("pk", flat=True))
    if not chosen or not chosen <= known:
        return "nothing_chosen"
    return "nothing_left" if chosen == known else ""


@transaction.atomic
def split_case(
    *, actor: Actor, case_id: UUID, obligation_ids: Sequence[UUID], reason: str, version: int
) -> Case:
    """A new case with its own number, linked as a child, gets the chosen debts with procedures, facts, terms and letters.

    Comments, and facts about the whole case, stay where they are. Raises Forbidden, CaseChangedMeanwhile, SplitRefused with a
    reason. Returns the new case.
    """
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require(actor, "case.merge", case)
    if case.version != version:
        raise CaseChangedMeanwhile(version=case.version)
    chosen = set(obligation_ids)
    if refusal := _refusal(case, chosen):
        raise SplitRefused(reason=refusal)
    child = _new_case(case)
    _copy_what_both_need(actor, case, child)
    tracks = _tracks(chosen)
    for _column, model, where in _hanging(chosen, tracks):
        model._default_manager.filter(**where).update(case_id=child.pk)
    _move_debts(chosen, case, child)
    CaseLink.objects.create(
        first=case, second=child, kind=LinkKind.PARENT, created_by_id=actor.user_id, created_at=clock.now()
    )
    words = FieldChange.objects.create(
        case=case, field="move:split", new=reason, changed_by_id=actor.user_id, created_at=clock.now()
    )
    for one in (case, child):
        _renew(one)
    count = len(chosen)
    events: list[Any] = [
        CaseSplit(
            case_id=case.pk, child_case_id=child.pk, child_number=child.number or "", debts=count,
            change_id=words.pk,
        ),
        CaseSplitOff(
            case_id=child.pk, parent_case_id=case.pk, parent_number=case.number or "", debts=count
        ),
    ]  # fmt: skip
    for event in sorted(events, key=lambda one: one.case_id):
        event_log.record(event, actor=actor)
    return child


def _new_case(case: Case) -> Case:
    """The same borrower, manager, state and language under a number of its own."""
    now = clock.now()
    child = Case.objects.get(pk=case.pk)
    child.pk = child.id = new_id()
    child._state.adding = True
    child.number = submission.next_number(clock.today().year)
    child.created_at = child.submitted_at = child.updated_at = now
    child.version, child.total_tiyn = 1, 0
    child.save(force_insert=True)
    return child


def _copy_what_both_need(actor: Actor, case: Case, child: Case) -> None:
    """Story and people stand in both; tags too, because they say something of the borrower."""
    told = CaseStory.objects.filter(case=case).first()
    if told is not None:
        told.pk = child.pk
        told._state.adding = True
        told.case = child
        told.save(force_insert=True)
    live = Party.objects.filter(case=case, removed_at__isnull=True, obligation__isnull=True)
    for party in live:
        party.pk = new_id()
        party._state.adding = True
        party.case = child
        party.save(force_insert=True)
    CaseTag.objects.bulk_create(
        [
            CaseTag(case=child, tag_id=row.tag_id, added_by_id=actor.user_id, added_at=clock.now())
            for row in CaseTag.objects.filter(case=case)
        ]
    )


def _tracks(chosen: set[UUID]) -> list[UUID]:
    return list(Track.objects.filter(obligation_id__in=chosen).values_list("pk", flat=True))


def _hanging(chosen: set[UUID], tracks: list[UUID]) -> list[tuple[str, type[Model], dict[str, Any]]]:
    """Tables with rows of these debts or procedures that also name the case: (column of the case, table, condition).

    Found by the foreign keys themselves, so that a new table goes along by itself.
    """
    found = []
    for column in sorted(case_parts.columns_to(Case)):
        label, _dot, name = column.rpartition(".")
        model = apps.get_model(label)
        if name != "case" or model is Obligation:
            continue
        targets = {
            field.related_model: field.name
            for field in model._meta.get_fields()
            if getattr(field, "concrete", False) and field.is_relation
        }
        if Obligation in targets:
            found.append((column, model, {f"{targets[Obligation]}__in": sorted(chosen)}))
        elif Track in targets and model is not Track:
            found.append((column, model, {f"{targets[Track]}__in": tracks}))
    return found


def _move_debts(chosen: set[UUID], case: Case, child: Case) -> None:
    """Places of debts run from 0 without gaps in both cases."""
    moving = list(Obligation.objects.filter(pk__in=chosen).order_by("position"))
    for place, debt in enumerate(moving):
        Obligation.objects.filter(pk=debt.pk).update(case=child, position=place)
    staying = list(Obligation.objects.filter(case=case).order_by("position"))
    for place, debt in enumerate(staying):
        # Upwards: the place below is free by now.
        Obligation.objects.filter(pk=debt.pk).update(position=place)


def _renew(case: Case) -> None:
    case.total_tiyn = sum(debt.total_tiyn for debt in case.obligations.all())
    case.save(update_fields=["total_tiyn"])
    index.rebuild([case.pk])
    proposing.reroute(case)
    progress.save_progress(case)
