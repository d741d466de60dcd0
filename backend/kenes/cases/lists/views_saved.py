"""Saved views of the list of cases, and how a person likes to have it."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from kenes.cases.errors.lists import ViewNameTaken, ViewNotFound, ViewsFull
from kenes.cases.models import Layout, ListPreference, SavedView, ViewScope
from kenes.foundation import clock
from kenes.foundation.actor import STAFF_ROLES, Actor
from kenes.foundation.errors import Forbidden

MOST_VIEWS: Final = 50
# Views that everybody has; their filters are known to the screen.
BUILT_IN: Final = ("mine", "unread", "unassigned", "due", "fresh", "all")
COLUMNS: Final = (
    "creditors", "amount", "status", "urgency", "term", "assignee", "updated", "created", "submitted",
    "language", "source", "tracks", "queue", "tags",
)  # fmt: skip
DEFAULT_COLUMNS: Final = ("creditors", "amount", "status", "urgency", "term", "assignee", "updated")


@dataclass(frozen=True, slots=True)
class ViewData:
    """What a person says of a view. `filters` are checked by the API: codes, ids, days and sums only."""

    name: str
    scope: str
    filters: dict[str, Any]
    columns: tuple[str, ...]
    layout: str


def views_of(actor: Actor) -> list[SavedView]:
    """Own views, those of the person's roles and the shared ones, in the order of their making; with owners."""
    return list(_seen_by(actor).select_related("owner").order_by("created_at", "id"))


def _seen_by(actor: Actor) -> QuerySet[SavedView]:
    if actor.user_id is None:
        return SavedView.objects.none()
    seen = Q(owner_id=actor.user_id)
    roles = actor.roles & STAFF_ROLES
    if roles:
        seen |= Q(scope=ViewScope.TEAM, role__in=roles) | Q(scope=ViewScope.SHARED)
    return SavedView.objects.filter(seen)


def may_edit(actor: Actor, view: SavedView) -> bool:
    """The owner; views of everybody also whoever may share."""
    return view.owner_id == actor.user_id or (view.scope != ViewScope.OWN and actor.can("case.share_view"))


def team_of(actor: Actor) -> str:
    """The role whose people make up the actor's team; empty for who has none."""
    order = ("manager", "supervisor", "accountant", "content_editor", "admin")
    return next((role for role in order if role in actor.roles), "")


@transaction.atomic
def save_view(*, actor: Actor, data: ViewData, view_id: UUID | None = None) -> SavedView:
    """Make a view, or change one. Raises ViewNotFound, Forbidden, ViewNameTaken, ViewsFull."""
    if actor.user_id is None:
        raise Forbidden
    role = _role_of(actor, data.scope)
    now = clock.now()
    if view_id is None:
        if SavedView.objects.filter(owner_id=actor.user_id).count() >= MOST_VIEWS:
            raise ViewsFull(most=MOST_VIEWS)
        view = SavedView(owner_id=actor.user_id, created_at=now)
    else:
        view = _editable(actor, view_id)
    view.name, view.scope, view.role = data.name, data.scope, role
    view.filters, view.columns, view.layout = data.filters, list(data.columns), data.layout
    view.updated_at = now
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as problem:
        raise ViewNameTaken from problem
    return view


def _role_of(actor: Actor, scope: str) -> str:
    if scope == ViewScope.SHARED and not actor.can("case.share_view"):
        raise Forbidden
    if scope != ViewScope.TEAM:
        return ""
    role = team_of(actor)
    if not role:
        raise Forbidden
    return role


def _editable(actor: Actor, view_id: UUID) -> SavedView:
    view = _seen_by(actor).select_for_update(of=("self",)).filter(pk=view_id).first()
    if view is None:
        raise ViewNotFound
    if not may_edit(actor, view):
        raise Forbidden
    return view


@transaction.atomic
def remove_view(*, actor: Actor, view_id: UUID) -> None:
    """Take a view away for all who have it. Raises ViewNotFound, Forbidden."""
    _editable(actor, view_id).delete()


@dataclass(frozen=True, slots=True)
class Preference:
    """How a person has the list. `order` names saved views by id and built-in ones by code."""

    columns: tuple[str, ...] = DEFAULT_COLUMNS
    order: tuple[str, ...] = ()
    default_view: str = ""
    layout: str = Layout.LIST


def preference_of(actor: Actor) -> Preference:
    """What the person has set; columns that no longer exist are left out."""
    row = ListPreference.objects.filter(user_id=actor.user_id).first() if actor.user_id else None
    if row is None:
        return Preference()
    columns = tuple(name for name in row.columns if name in COLUMNS)
    return Preference(columns or DEFAULT_COLUMNS, tuple(row.order), row.default_view, row.layout)


@transaction.atomic
def set_preference(*, actor: Actor, **changes: Any) -> Preference:
    """Change some of the settings; the others stay."""
    if actor.user_id is None:
        raise Forbidden
    ListPreference.objects.bulk_create(
        [ListPreference(user_id=actor.user_id, updated_at=clock.now())], ignore_conflicts=True
    )
    row = ListPreference.objects.select_for_update().get(user_id=actor.user_id)
    for name, value in changes.items():
        setattr(row, name, list(value) if isinstance(value, tuple) else value)
    row.updated_at = clock.now()
    row.save()
    return preference_of(actor)
