"""From rows of lists to JSON values, in the reader's language, masked where he sees a case from outside."""

from collections.abc import Iterable, Sequence
from typing import Any

from kenes.cases import permissions, selectors
from kenes.cases.api import present
from kenes.cases.lists import bulk_runs, listing, views_saved
from kenes.cases.lists.list_totals import Share, Totals
from kenes.cases.lists.listing import Row
from kenes.cases.models import (
    Case,
    CaseSource,
    DeclineReason,
    JobRow,
    ListJob,
    Outcome,
    Queue,
    SavedView,
    Tag,
)
from kenes.cases.states.track import TrackKind, TrackState
from kenes.foundation.actor import Actor
from kenes.foundation.language.names import initials

Json = dict[str, Any]


def rows(actor: Actor, page: Iterable[Case]) -> list[Json]:
    """A page of the list."""
    lang = present.language()
    return [row(actor, shown, lang) for shown in listing.rows(actor, page)]


def row(actor: Actor, shown: Row, lang: str) -> Json:
    """One line of the list."""
    case = shown.case
    staff = actor.can("staff.area") and not shown.sent_only
    return {
        **present.row(shown, lang),
        "unread": shown.unread,
        "masked": shown.masked,
        "language": case.language,
        "source": case.source,
        "source_label": CaseSource(case.source).label,
        "queue": case.queue.name(lang) if staff and case.queue is not None else None,
        "tags": [{"id": tag.pk, "name": tag.name_in(lang), "colour": tag.colour} for tag in shown.tags],
        "tracks": [
            {
                "kind": track.kind,
                "kind_label": TrackKind(track.kind).label,
                "state_label": TrackState(track.state).label,
            }
            for track in ([] if shown.metadata_only else shown.tracks)
            if not track.proposed
        ],
        "version": 0 if shown.sent_only else case.version,
        "allowed_actions": [] if shown.metadata_only else permissions.allowed_actions(actor, case),
    }


def totals(made: Totals) -> Json:
    """Totals of a list."""

    def parts(shares: dict[str, Share]) -> Json:
        return {name: _share(share) for name, share in shares.items()}

    return {
        "whole": _share(made.whole),
        "by_status": parts(made.by_status),
        "by_term": parts(made.by_term),
    }


def _share(share: Share) -> Json:
    return {"count": share.count, "total_tiyn": share.total_tiyn}


def view(actor: Actor, saved: SavedView) -> Json:
    """One saved view."""
    return {
        "id": saved.pk,
        "name": saved.name,
        "scope": saved.scope,
        "role": saved.role,
        "owner": {"id": saved.owner_id, "full_name": saved.owner.full_name},
        "filters": saved.filters,
        "columns": saved.columns,
        "layout": saved.layout,
        "may_edit": views_saved.may_edit(actor, saved),
    }


def head(actor: Actor) -> Json:
    """Views and settings of the list."""
    return {
        "items": [view(actor, saved) for saved in views_saved.views_of(actor)],
        "preference": views_saved.preference_of(actor),
        "may_share": actor.can("case.share_view"),
        "team": views_saved.team_of(actor),
    }


def preview(made: bulk_runs.Preview) -> Json:
    """What a change of many cases would do."""
    return {
        "total": made.total,
        "will_change": made.will_change,
        "reasons": [{"code": code, "text": text, "count": count} for code, text, count in made.reasons],
        "rows": [
            {
                "case_id": seen.case.pk,
                "number": seen.case.number,
                "borrower_name": _name(seen.case, seen.masked),
                "will_change": seen.problem is None,
                "reason": seen.problem.text() if seen.problem else "",
            }
            for seen in made.rows
        ],
    }


def _name(case: Case, masked: bool) -> str:
    return initials(case.borrower_name) if masked and case.borrower_name else case.borrower_name


def job(work: ListJob) -> Json:
    """Long work and how far it is."""
    names = (
        "id", "kind", "action", "state", "total", "done", "changed", "skipped", "failed", "problem", "created_at",
        "finished_at",
    )  # fmt: skip
    return {**{name: getattr(work, name) for name in names}, "has_file": work.file_id is not None}


def job_rows(actor: Actor, page: Sequence[JobRow]) -> list[Json]:
    """A page of a report; who no longer sees a case is told its result without its number and name."""
    ids = [line.case_id for line in page if line.case_id]
    cases = list(selectors.cases_visible_to(actor).filter(pk__in=ids))
    masked = listing.masked_among(actor, cases)
    known = {case.pk: case for case in cases}
    made = []
    for line in page:
        case = known.get(line.case_id) if line.case_id else None
        name = "" if case is None or permissions.sees_metadata_only(actor) else _name(case, case.pk in masked)
        made.append(
            {
                "position": line.position,
                "case_id": case.pk if case else None,
                "number": case.number if case else None,
                "borrower_name": name,
                "state": line.state,
                "code": line.code,
                "detail": line.detail,
            }
        )
    return made


def choices() -> Json:
    """Codes and names that filters and changes of many cases choose from; two queries."""
    lang = present.language()

    def named(kind: Any) -> list[Json]:
        return [{"value": value, "label": label} for value, label in kind.choices]

    queues = Queue.objects.filter(archived_at__isnull=True).order_by("position", "id")
    tags = Tag.objects.filter(archived_at__isnull=True).order_by("name", "id")
    return {
        "track_kinds": named(TrackKind),
        "track_states": named(TrackState),
        "queues": [{"value": str(row.pk), "label": row.name(lang)} for row in queues],
        "tags": [{"value": str(row.pk), "label": row.name_in(lang)} for row in tags],
        "sources": named(CaseSource),
        "outcomes": named(Outcome),
        "decline_reasons": named(DeclineReason),
    }
