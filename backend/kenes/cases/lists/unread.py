"""What is new to whom: a case has news for a person when something happened in it since he last had it open."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from kenes.cases import selectors
from kenes.cases.errors.cases import CaseNotFound
from kenes.cases.models import Case, CaseSeen
from kenes.event_log import selectors as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor

# One change of a case records a few events; more are not looked through for the person behind it.
_LOOKED_THROUGH: Final = 20


def note_activity(case: Case) -> None:
    """Note on a locked case that something has just happened in it; called by what changes cases, inside its transaction.

    Who did it stands in the events recorded since the last time. Whoever knew everything until now knows this too: one's own
    step is no news to oneself, and words of a borrower that one has not read stay news.
    """
    actors = _actors_since(case)
    if actors:
        person = next((actor["user_id"] for actor in actors if actor.get("user_id")), None)
        _bump(case, UUID(str(person)) if person else None, clock.now())


def _actors_since(case: Case) -> list[dict[str, Any]]:
    """Who stands behind the events recorded since the last activity, the latest first."""
    events = event_log.events_of("case", case.pk).order_by("-seq").values_list("at", "actor")
    since = case.activity_at
    return [actor for at, actor in events[:_LOOKED_THROUGH] if since is None or at > since]


def _bump(case: Case, by_id: UUID | None, now: datetime) -> None:
    before = case.activity_at
    if before is not None and before >= now:
        return
    case.activity_at, case.activity_by_id = now, by_id
    Case.objects.filter(pk=case.pk).update(activity_at=now, activity_by_id=by_id)
    if by_id is None:
        return
    if before is None:
        CaseSeen.objects.bulk_create(
            [CaseSeen(user_id=by_id, case=case, seen_at=now)],
            update_conflicts=True, update_fields=["seen_at"], unique_fields=["user", "case"],
        )  # fmt: skip
    else:
        CaseSeen.objects.filter(user_id=by_id, case=case, seen_at__gte=before).update(seen_at=now)


@transaction.atomic
def set_unread(*, case_id: UUID, by_id: UUID | None = None) -> None:
    """For apps above: something happened in the case that its people should look at (a letter arrived, a message came).

    `by_id` is the person who did it, to whom it is no news. Raises CaseNotFound.
    """
    case = Case.objects.select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None:
        raise CaseNotFound
    _bump(case, by_id, clock.now())


def mark_seen(*, actor: Actor, case_id: UUID) -> None:
    """The actor has the case open now. Raises CaseNotFound; looking through another person's eyes marks nothing."""
    case = selectors.get_case(actor=actor, case_id=case_id)
    if actor.user_id is None or actor.viewed_by is not None:
        return
    CaseSeen.objects.bulk_create(
        [CaseSeen(user_id=actor.user_id, case=case, seen_at=clock.now())],
        update_conflicts=True, update_fields=["seen_at"], unique_fields=["user", "case"],
    )  # fmt: skip


def mark_unseen(*, actor: Actor, case_id: UUID) -> None:
    """Put the case back among the news of the actor. Raises CaseNotFound."""
    case = selectors.get_case(actor=actor, case_id=case_id)
    if actor.user_id is not None and actor.viewed_by is None:
        CaseSeen.objects.filter(user_id=actor.user_id, case=case).delete()


def news_among(actor: Actor, cases: Iterable[Case]) -> frozenset[UUID]:
    """Which of these cases have news for the actor; one query. Nothing is told of cases seen by letters alone."""
    active = {case.pk: case.activity_at for case in cases if case.activity_at is not None}
    if actor.user_id is None or not active:
        return frozenset()
    seen = CaseSeen.objects.filter(Q(user_id=actor.user_id), case_id__in=active)
    known = dict(seen.values_list("case_id", "seen_at"))
    return frozenset(pk for pk, at in active.items() if pk not in known or known[pk] < at)
