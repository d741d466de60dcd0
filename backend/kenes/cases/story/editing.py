"""Safe saving: a change made to an old version of a case is refused, with what is needed to put both side by side.

No locks are held while people type. Whoever edits names the version he has seen (`If-Match`); when somebody else has saved
meanwhile the answer is 412 with the present values and the fields that have changed since.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from kenes.accounts import duplicates
from kenes.accounts import selectors as account_selectors
from kenes.cases import permissions, selectors
from kenes.cases.errors.cases import CaseTransitionNotAllowed
from kenes.cases.errors.editing import CaseChangedSince, StoryLocked
from kenes.cases.events.editing import CaseStoryEdited
from kenes.cases.history.field_labels import LABELS
from kenes.cases.models import Case, CaseStory, FieldChange
from kenes.cases.states.case import FINAL, CaseStatus
from kenes.cases.states.track import TrackKind, TrackState
from kenes.cases.story import story
from kenes.cases.tracks import progress, proposing
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldErrors

SECTIONS: Final = ("income", "hardship", "relief")
_NOT_SENT: Final = (
    TrackState.PROPOSED, TrackState.PREPARING, TrackState.READY_TO_SIGN, TrackState.SIGNED,
)  # fmt: skip
HISTORY_SHOWN: Final = 30


@dataclass(frozen=True, slots=True)
class StoryView:
    """The story as it is edited: values by section, whether this reader may change it, and what changed before."""

    version: int
    values: dict[str, Any]
    editable: bool
    locked: bool
    changes: list[dict[str, Any]]


def require_version(
    *, actor: Actor, case: Case, version: int, current: Callable[[], Mapping[str, Any]], prefix: str = ""
) -> None:
    """Refuse a change made to an older version of the locked case. CaseChangedSince.

    `current` gives the present values of the part that is edited, by field; it is asked only for a refusal. `prefix`
    keeps of the fields that have changed since only those below it ("obligations/0/").
    """
    if case.version == version:
        return
    rows = FieldChange.objects.filter(case=case, version__gt=version).order_by("created_at", "pk")
    changed = [row for row in rows if row.field.startswith(prefix)]
    raise CaseChangedSince(
        version=case.version, current=dict(current()), changed=changes_told(actor, case, changed)
    )


def changes_told(actor: Actor, case: Case, rows: Sequence[FieldChange]) -> list[dict[str, Any]]:
    """Changes of fields with who made them, one query; the borrower reads that it was staff, not who of them."""
    names = account_selectors.person_names({row.changed_by_id for row in rows if row.changed_by_id})
    own = duplicates.accounts_of(case.borrower_id)
    shows_names = permissions.allowed(actor, "case.view_internal", case)
    return [
        {
            "field": row.field,
            "old": row.old,
            "new": row.new,
            "at": row.created_at.isoformat(),
            "by": _by(row, own, names, shows_names),
            "by_borrower": row.changed_by_id in own,
        }
        for row in rows
    ]


def _by(row: FieldChange, own: frozenset[UUID], names: Mapping[UUID, str], shows_names: bool) -> str:
    if row.changed_by_id is None or row.changed_by_id in own or not shows_names:
        return ""
    return names.get(row.changed_by_id, "")


def keep_changes(*, actor: Actor, case: Case, changes: Iterable[tuple[str, Any, Any]]) -> list[FieldChange]:
    """Store old and new value of each changed field for the version that the caller is about to save."""
    now = clock.now()
    rows = [
        FieldChange(
            case=case, field=name, old=_text(old), new=_text(new), changed_by_id=actor.user_id,
            version=case.version + 1, created_at=now,
        )
        for name, old, new in changes
    ]  # fmt: skip
    return FieldChange.objects.bulk_create(rows)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def story_of(*, actor: Actor, case_id: UUID) -> StoryView:
    """The story for editing. CaseNotFound; Forbidden for who sees the case masked or by letters only."""
    case = selectors.get_case(actor=actor, case_id=case_id)
    if permissions.sees_sent_only(actor, case):
        permissions.require(actor, "case.edit_story", case)
    permissions.require(actor, "case.view_content", case)
    told = _story(case)
    locked = _has_left(case)
    rows = list(case.changes.filter(field__in=LABELS).order_by("-created_at", "-pk")[:HISTORY_SHOWN])
    may = permissions.allowed(actor, "case.edit_story", case) and _is_open(case)
    return StoryView(
        version=case.version,
        values=values_of(told),
        editable=may and (not locked or permissions.works_on(actor, case)),
        locked=locked,
        changes=changes_told(actor, case, rows),
    )


def require_editor(*, actor: Actor, case_id: UUID) -> None:
    """Refuse who may not correct the story, whatever else is wrong with what he sends. CaseNotFound, Forbidden."""
    permissions.require(actor, "case.edit_story", selectors.get_case(actor=actor, case_id=case_id))


def values_of(told: CaseStory) -> dict[str, Any]:
    """Stored values by section, as JSON."""
    return {
        "email": told.email, "address": told.address, "income": told.income, "assets": told.assets,
        "hardship": told.hardship, "relief": told.relief,
    }  # fmt: skip


Check = Callable[[dict[str, Any]], "WholeStory"]


@dataclass(frozen=True, slots=True)
class WholeStory:
    """A whole story whose single fields have been checked."""

    email: str
    address: str
    income: story.Income
    hardship: story.Hardship
    relief: story.Relief
    assets: tuple[story.Asset, ...]


@transaction.atomic
def edit_story(*, actor: Actor, case_id: UUID, version: int, patch: dict[str, Any], check: Check) -> Case:
    """Correct the story: `patch` holds only what changes, `check` reads the merged whole or raises FieldErrors.

    The borrower may until a letter has left, staff of the case while it is open. Each changed field keeps its old and new
    value; the route is proposed anew. Raises CaseChangedSince, StoryLocked, CaseTransitionNotAllowed, Forbidden.
    """
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require(actor, "case.edit_story", case)
    actor = permissions.acting(actor, case)
    if not _is_open(case):
        raise CaseTransitionNotAllowed(action="edit_story", current_status=case.status)
    told = _story(case)
    require_version(actor=actor, case=case, version=version, current=lambda: values_of(told))
    if not permissions.works_on(actor, case) and _has_left(case):
        raise StoryLocked
    before = values_of(told)
    whole = check(_merged(before, patch))
    after = _plain_story(whole)
    changed = _differences(before, after)
    if not changed:
        return case
    _require_sense(case, whole)
    for name, value in after.items():
        setattr(told, name, value)
    told.save(update_fields=list(after))
    rows = keep_changes(actor=actor, case=case, changes=changed)
    proposing.reroute(case)
    progress.save_progress(case)
    event_log.record(
        CaseStoryEdited(
            case_id=case.pk, change_ids=tuple(row.pk for row in rows), fields=tuple(row.field for row in rows)
        ),
        actor=actor,
    )
    return case


def _story(case: Case) -> CaseStory:
    told = CaseStory.objects.filter(case=case).first()
    if told is None:
        raise CaseTransitionNotAllowed(action="edit_story", current_status=case.status)
    return told


def _is_open(case: Case) -> bool:
    return case.status not in FINAL and case.status != CaseStatus.DRAFT


def _has_left(case: Case) -> bool:
    """A letter with this story is with a creditor already."""
    letters = case.tracks.filter(kind=TrackKind.RESTRUCTURING)
    return bool(letters.exclude(state__in=_NOT_SENT).exists())


def _merged(before: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    merged = dict(before)
    for name, value in patch.items():
        merged[name] = {**before[name], **value} if name in SECTIONS else value
    return merged


def _plain_story(whole: WholeStory) -> dict[str, Any]:
    return {
        "email": whole.email,
        "address": whole.address,
        "income": story.plain(asdict(whole.income)),
        "hardship": story.plain(asdict(whole.hardship)),
        "relief": story.plain(asdict(whole.relief)),
        "assets": [story.plain(asdict(asset)) for asset in whole.assets],
    }


def _differences(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    old, new = _flat(before), _flat(after)
    return [(name, old.get(name), value) for name, value in new.items() if old.get(name) != value]


def _flat(values: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in values.items():
        if name in SECTIONS:
            flat.update({f"{name}/{key}": inner for key, inner in value.items()})
        else:
            flat[name] = value
    return flat


def _require_sense(case: Case, whole: WholeStory) -> None:
    debts = list(case.obligations.all())
    errors = story.told_problems(whole.income, whole.hardship, whole.relief, debts, clock.today())
    if errors:
        raise FieldErrors(errors)
