"""Demonstration of what lies on desks: procedures that have reached a mediator, a notary and an officer of the ombudsman."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import Role, SpecialistProfile, User
from kenes.cases import services
from kenes.cases.events.cases import PartyAdded
from kenes.cases.models import Case, Party, PartyRole, Track
from kenes.cases.states.case import CaseStatus
from kenes.cases.states.machine import TrackAction as A
from kenes.cases.states.track import TrackKind, TrackState
from kenes.cases.tracks import procedures, progress
from kenes.cases.tracks.progress import Said
from kenes.event_log import services as event_log
from kenes.foundation import clock, logs
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import KenesError

log = logs.get(__name__)
SYSTEM: Final = SystemActor("demo-data")
OF_EACH: Final = 2


@dataclass(frozen=True, slots=True)
class Way:
    """How a procedure comes to somebody's desk, and the first step that is made there."""

    kind: TrackKind
    before: tuple[A, ...]
    after: tuple[A, ...]
    there: A


WAYS: Final = {
    PartyRole.MEDIATOR: Way(
        TrackKind.MEDIATION, (A.CONSENT_BORROWER, A.CONSENT_CREDITOR), (A.CHOOSE_MEDIATOR,), A.SIGN_CONTRACT
    ),
    PartyRole.NOTARY: Way(
        TrackKind.NOTARY_OBJECTION, (A.PREPARE, A.LETTER_READY, A.SIGN, A.SEND), (), A.RECEIVE
    ),
    PartyRole.OMBUDSMAN_OFFICER: Way(
        TrackKind.OMBUDSMAN, (A.CONFIRM, A.LETTER_READY, A.SIGN, A.SEND), (), A.ACCEPT
    ),
}


def fill() -> int:
    """Bring some procedures to each desk that is empty; how many. Safe to repeat."""
    head = account_selectors.people_with_role(Role.SUPERVISOR).order_by("email").first()
    if head is None:
        return 0
    boss, used = account_selectors.actor_for(head), set[UUID]()
    for role, way in WAYS.items():
        person = _keeper(role)
        if person is None or Party.objects.filter(user=person, role=role).exists():
            continue
        for place, case in enumerate(_cases(way.kind, used)[:OF_EACH]):
            with _told(way.kind), transaction.atomic():
                _bring(boss, case, role, way, person, goes_on=place > 0)
                used.add(case.pk)
    return len(used)


@contextmanager
def _told(what: str) -> Iterator[None]:
    """What the rules refuse for one of the made stories is left out, and said."""
    try:
        yield
    except KenesError as problem:
        log.info("demo_left_out", what=what, problem=problem.code)


def _cases(kind: TrackKind, used: set[UUID]) -> list[Case]:
    """Cases in work without such a procedure, the newest first: the oldest ones tell other things."""
    led = Track.objects.filter(kind=kind).exclude(state=TrackState.PROPOSED).values("case_id")
    work = [CaseStatus.TRIAGE, CaseStatus.ACTIVE]
    rows = Case.objects.filter(status__in=work, merged_into__isnull=True).exclude(pk__in=led)
    return list(rows.exclude(pk__in=used).order_by("-number")[: OF_EACH * 2])


def _keeper(role: str) -> User | None:
    """Whose desk it is: the first who holds the role now."""
    if role == PartyRole.OMBUDSMAN_OFFICER:
        return account_selectors.people_with_role(Role.OMBUDSMAN_OFFICER).order_by("email").first()
    checked = SpecialistProfile.objects.filter(kind=role, status=SpecialistProfile.Status.APPROVED)
    entry = checked.select_related("user").order_by("checked_at", "pk").first()
    return entry.user if entry is not None else None


def _bring(boss: Actor, case: Case, role: str, way: Way, person: User, *, goes_on: bool) -> None:
    debt = case.obligations.order_by("position").first()
    if debt is None:
        return
    if way.kind is TrackKind.OMBUDSMAN:
        asked_on = clock.today() - timedelta(days=20)
        services.record_fact(
            actor=boss, case_id=case.pk, kind="APPLICATION_RECEIVED", on=asked_on, obligation_id=debt.pk
        )
    reason = "По просьбе заёмщика"
    track = procedures.open_track(
        actor=boss, case_id=case.pk, kind=way.kind, obligation_id=debt.pk, reason=reason
    )
    for step in way.before:
        _step(boss, track, step)
    _take_part(case, role, person)
    for step in way.after:
        _step(boss, track, step)
    if goes_on:
        _step(account_selectors.actor_for(person), track, way.there)


def _step(actor: Actor, track: Track, step: A) -> None:
    said = Said(on=clock.today(), reason="Заёмщик подтвердил по телефону", number="")
    procedures.move_track(actor=actor, track_id=track.pk, action=step, said=said)


def _take_part(case: Case, role: str, person: User) -> None:
    """As if an invitation had been accepted."""
    party = Party.objects.create(case=case, user=person, role=role, added_at=clock.now())
    event_log.record(PartyAdded(case_id=case.pk, party_id=party.pk, role=role), actor=SYSTEM)
    progress.hint_changed(Case.objects.get(pk=case.pk))
