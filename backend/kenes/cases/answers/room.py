"""What a creditor's people see of the letters that reached them: tabs, search, one letter, figures of their own.

Every query begins at `sharing.letters_for`: what concerns another creditor of the same borrower is never joined, counted
or compared with.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Case as When
from django.db.models import CharField, Count, DateField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models import When as If
from django.db.models.functions import Coalesce

from kenes.accounts.models import Membership, User
from kenes.cases.answers import sharing
from kenes.cases.errors.answers import LetterNotFound
from kenes.cases.models import NO_DEADLINE, CaseDeadline, CaseShare, CreditorAnswer, IncomingLetter, Track
from kenes.cases.search import query as search_query
from kenes.cases.states.case import FINAL
from kenes.cases.states.track import TrackKind, TrackState
from kenes.foundation import clock
from kenes.foundation.actor import Actor

T = TrackState
TABS: Final = ("new", "in_work", "answered", "overdue")
# The creditor is to move; a letter that nobody answered in time can still be answered late by the manager's hand.
_HIS_MOVE: Final = (T.SENT, T.RECEIVED, T.UNDER_REVIEW, T.COUNTER_OFFER)


@dataclass(frozen=True, slots=True)
class LetterFilters:
    """What the list is narrowed to; empty means everything. `assignee` is me, none or an id."""

    tab: str = ""
    state: Sequence[str] = ()
    assignee: str | None = None
    due_before: date | None = None
    since: date | None = None
    query: str = field(default="", repr=False)


def letters(*, actor: Actor, filters: LetterFilters) -> QuerySet[CaseShare]:
    """Letters of the actor's organisations with `track_state`, `due` and `tab`, unordered."""
    found = _with_state(sharing.letters_for(actor))
    if filters.tab:
        found = found.filter(tab=filters.tab)  # type: ignore[misc]
    if filters.state:
        found = found.filter(track_state__in=filters.state)  # type: ignore[misc]
    if filters.assignee:
        found = found.filter(_worked_on_by(actor, filters.assignee))
    if filters.due_before:
        found = found.filter(due__lte=filters.due_before)  # type: ignore[misc]
    if filters.since:
        found = found.filter(since__date__gte=filters.since)
    if filters.query:
        said = search_query.letters_say(found, filters.query)
        found = found.filter(said | Q(incoming__number__iexact=filters.query.strip()))
    return found


def _with_state(shares: QuerySet[CaseShare]) -> QuerySet[CaseShare]:
    track = Track.objects.filter(obligation=OuterRef("obligation"), kind=TrackKind.RESTRUCTURING)
    term = CaseDeadline.objects.filter(
        obligation=OuterRef("obligation"),
        starts_on="APPLICATION_RECEIVED",
        bound="lender",
        met_on__isnull=True,
    )
    due = Subquery(term.order_by("-due").values("due")[:1], output_field=DateField())
    return shares.annotate(
        track_state=Coalesce(
            Subquery(track.values("state")[:1], output_field=CharField()), Value(T.SENT.value)
        ),
        due=Coalesce(due, Value(NO_DEADLINE), output_field=DateField()),
    ).annotate(tab=_tab())


def _tab() -> When:
    """Which pile a letter lies on; an ended case waits for nobody."""
    ended = Q(case__status__in=FINAL)
    late = Q(track_state=T.NO_REPLY) | Q(
        track_state__in=[T.SENT, T.RECEIVED, T.UNDER_REVIEW], due__lt=clock.today()
    )
    return When(
        If(ended, then=Value("answered")),
        If(late, then=Value("overdue")),
        If(Q(track_state=T.SENT), then=Value("new")),
        If(Q(track_state__in=_HIS_MOVE), then=Value("in_work")),
        default=Value("answered"),
        output_field=CharField(),
    )


def _worked_on_by(actor: Actor, assignee: str) -> Q:
    match assignee:
        case "me":
            return Q(incoming__assignee_id=actor.user_id)
        case "none":
            return Q(incoming__assignee__isnull=True)
    return Q(incoming__assignee_id=UUID(assignee))


def shown(rows: QuerySet[CaseShare]) -> QuerySet[CaseShare]:
    """The same rows with everything that a line of the list shows."""
    return rows.select_related("case__borrower", "obligation", "creditor", "incoming__assignee")


def counts(*, actor: Actor) -> dict[str, int]:
    """How many letters lie on each pile; one query."""
    rows = _with_state(sharing.letters_for(actor)).values_list("tab").annotate(letters=Count("pk")).order_by()  # type: ignore[misc]
    return {**dict.fromkeys(TABS, 0), **dict(rows)}


def get_letter(*, actor: Actor, letter_id: UUID) -> CaseShare:
    """One letter of the actor's organisations; LetterNotFound for any other, whether it exists or not."""
    letter = shown(_with_state(sharing.letters_for(actor))).filter(pk=letter_id).first()
    if letter is None:
        raise LetterNotFound
    return letter


def get_letters(*, actor: Actor, letter_ids: Iterable[UUID]) -> dict[UUID, CaseShare]:
    """Those of the letters that are the actor's, by id; one query."""
    rows = shown(_with_state(sharing.letters_for(actor))).filter(pk__in=set(letter_ids))
    return {row.pk: row for row in rows}


def earlier_letters(letter: CaseShare) -> list[CaseShare]:
    """Letters about the same debt that reached the same creditor before, newest first."""
    same = CaseShare.objects.filter(obligation=letter.obligation_id, creditor=letter.creditor_id)
    return list(same.exclude(pk=letter.pk).order_by("-since", "-pk"))


def answers_to(letter: CaseShare) -> list[CreditorAnswer]:
    """Answers of this creditor about this debt, newest first, with papers and the borrower's replies."""
    rows = CreditorAnswer.objects.filter(obligation=letter.obligation_id, creditor=letter.creditor_id)
    return list(rows.select_related("given_by").prefetch_related("papers", "replies").order_by("-version"))


def track_of(letter: CaseShare) -> Track | None:
    """The procedure that the letter belongs to."""
    return Track.objects.filter(obligation=letter.obligation_id, kind=TrackKind.RESTRUCTURING).first()


def incoming_of(letter: CaseShare) -> IncomingLetter | None:
    """The entry in the creditor's books; None before the first one."""
    entry: IncomingLetter | None = getattr(letter, "incoming", None)
    return entry


def colleagues(actor: Actor) -> list[Membership]:
    """People of the actor's organisations to whom letters can be given, by name."""
    members = Membership.objects.filter(
        organisation_id__in=actor.organisation_ids, ended_at__isnull=True, user__is_active=True
    )
    return sorted(members.select_related("user"), key=lambda row: row.user.full_name)


def colleague(actor: Actor, person_id: UUID, organisation_id: UUID | None) -> User | None:
    """Somebody who works for the organisation now; None when he does not."""
    row = Membership.objects.filter(  # type: ignore[misc]
        organisation_id=organisation_id, user_id=person_id, ended_at__isnull=True, user__is_active=True
    )
    found = row.filter(organisation_id__in=actor.organisation_ids).select_related("user").first()
    return found.user if found is not None else None


def figures(*, actor: Actor, days: int) -> dict[str, Any]:
    """The organisation's own statistics over the letters of the last days: answered, in time, late, how fast, by whom."""
    since = clock.now() - timedelta(days=days)
    rows = _with_state(sharing.letters_for(actor)).filter(since__gte=since)
    answered = Q(incoming__answered_on__isnull=False)
    in_time = answered & (
        Q(incoming__answer_due__isnull=True) | Q(incoming__answered_on__lte=F("incoming__answer_due"))
    )
    columns = {
        "received": Count("pk"),
        "answered": Count("pk", filter=answered),
        "answered_in_time": Count("pk", filter=in_time),
        "overdue": Count("pk", filter=Q(tab="overdue")),
    }
    total = rows.aggregate(**columns)
    by_person: Any = (
        rows.filter(incoming__assignee__isnull=False)
        .values("incoming__assignee_id", "incoming__assignee__full_name")
        .annotate(**columns)
        .order_by("incoming__assignee__full_name", "incoming__assignee_id")
    )
    spans = [
        (answered_on - clock.almaty(since_).date()).days
        for answered_on, since_ in rows.filter(answered).values_list("incoming__answered_on", "since")
        if answered_on is not None
    ]
    kinds = CreditorAnswer.objects.filter(
        creditor__organisation_id__in=actor.organisation_ids, given_at__gte=since
    )
    by_kind = dict(kinds.values_list("kind").annotate(number=Count("pk")).order_by())
    return {
        "days": days,
        **total,
        "average_days": round(sum(spans) / len(spans), 1) if spans else None,
        "by_kind": by_kind,
        "people": [
            {
                "person_id": row["incoming__assignee_id"],
                "full_name": row["incoming__assignee__full_name"],
                **{name: row[name] for name in columns},
            }
            for row in by_person
        ],
    }
