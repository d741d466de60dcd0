"""What makes the demonstration's list look worked in: saved views of staff, and cases that were looked at."""

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import Role, User
from kenes.cases.models import Case, CaseSeen, Layout, SavedView, ViewScope
from kenes.foundation import clock

COLUMNS = ["creditors", "amount", "status", "urgency", "term", "assignee", "tags", "updated"]


def load() -> None:
    """Make views and marks of reading that are not there yet. Safe to repeat."""
    managers = account_selectors.active_managers()
    chief = account_selectors.people_with_role(Role.SUPERVISOR).order_by("email").first()
    if chief is not None:
        _view(chief, "Крупные долги", ViewScope.SHARED, {"status": ["triage", "active"], "amount_from": 100_000_000, "sort": "-amount"})  # fmt: skip
        _view(chief, "Доска команды", ViewScope.SHARED, {"sort": "urgency"}, Layout.BOARD_STATUS)
        _read(chief)
    for manager in managers:
        _view(manager, "Мои сроки на неделе", ViewScope.OWN, {"assignee": "me", "term": ["today", "in3", "in7"], "sort": "next_deadline"})  # fmt: skip
        _read(manager)


def _view(owner: User, name: str, scope: str, filters: dict[str, object], layout: str = Layout.LIST) -> None:
    now = clock.now()
    SavedView.objects.get_or_create(
        owner=owner, name=name,
        defaults={
            "scope": scope, "filters": filters, "columns": COLUMNS, "layout": layout, "created_at": now,
            "updated_at": now,
        },
    )  # fmt: skip


def _read(reader: User) -> None:
    """Two of three cases were opened after what last happened in them."""
    if CaseSeen.objects.filter(user=reader).count() > 5:
        return
    cases = Case.objects.filter(activity_at__isnull=False).order_by("-created_at", "id")
    opened = [case for place, case in enumerate(cases) if place % 3]
    CaseSeen.objects.bulk_create(
        [CaseSeen(user=reader, case=case, seen_at=clock.now()) for case in opened],
        update_conflicts=True, update_fields=["seen_at"], unique_fields=["user", "case"],
    )  # fmt: skip
