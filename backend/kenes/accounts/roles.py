"""Roles that administrators put together, and the catalogue they choose from."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.accounts import abilities, people_rules, session_ends
from kenes.accounts.errors_people import BeyondOwnRights, ChangedMeanwhile, CustomRoleNotFound, OwnRights
from kenes.accounts.events_people import RoleArchived, RoleDefined
from kenes.accounts.models import CustomRole, Role, RoleGrant
from kenes.accounts.people_search import language
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import STAFF_ROLES, Actor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden

_NAMES: Final = ("name_ru", "name_kk", "name_en")


@dataclass(frozen=True, slots=True)
class CustomRoleShown:
    """A custom role with the number of people who hold it."""

    role: CustomRole
    people_count: int

    @property
    def name(self) -> str:
        return self.role.name(language())

    @property
    def archived(self) -> bool:
        return self.role.archived_at is not None


def catalogue() -> dict[str, Any]:
    """Built-in roles, custom roles (archived ones last) and all abilities, in the active language; two queries."""
    own = list(CustomRole.objects.order_by("created_at", "id"))
    held = RoleGrant.objects.filter(custom_role__isnull=False, revoked_at__isnull=True, user__is_active=True)
    counts = Counter(held.values_list("custom_role_id", flat=True))
    shown = [CustomRoleShown(role, counts[role.pk]) for role in own]
    return {
        "built_in": [_built_in(role) for role in Role],
        "custom": sorted(shown, key=lambda item: item.archived),
        "catalogue": [_ability(ability) for ability in abilities.CATALOGUE],
    }


def _built_in(role: Role) -> dict[str, Any]:
    return {
        "code": role.value,
        "label": role.label,
        "abilities": sorted(abilities.OF_ROLE[role]),
        "is_staff": role.value in STAFF_ROLES,
        "by_hand": role.value in people_rules.BY_HAND,
    }


def _ability(ability: abilities.Ability) -> dict[str, Any]:
    return {
        "code": ability.code,
        "group": ability.group,
        "group_label": abilities.GROUPS[ability.group],
        "label": ability.label,
        "grantable": ability.grantable,
        "sensitive": ability.sensitive,
    }


def shown(role: CustomRole) -> CustomRoleShown:
    """One custom role with its number of people."""
    held = RoleGrant.objects.filter(custom_role=role, revoked_at__isnull=True, user__is_active=True)
    return CustomRoleShown(role, held.count())


@transaction.atomic
def create_role(
    *, actor: Actor, name_ru: str, name_kk: str, name_en: str, wanted: Iterable[str]
) -> CustomRole:
    """A new role. FieldErrors (/abilities) for unknown ones and those that come only with built-in roles; BeyondOwnRights."""
    _require(actor)
    codes = _checked(actor, wanted)
    role = CustomRole.objects.create(
        name_ru=name_ru, name_kk=name_kk, name_en=name_en, abilities=codes, created_by_id=actor.user_id
    )
    event_log.record(
        RoleDefined(custom_role_id=role.pk, version=role.version, abilities=tuple(codes)), actor=actor
    )
    return role


@transaction.atomic
def change_role(
    *, actor: Actor, role_id: UUID, version: int, wanted: Iterable[str] | None = None, **names: str
) -> CustomRole:
    """Change names or abilities. Whoever holds the role himself cannot; people who lose rights are signed out.

    Raises ChangedMeanwhile when `version` is not the current one, OwnRights, BeyondOwnRights, FieldErrors.
    """
    role = _locked(actor, role_id, version)
    before = set(role.abilities)
    if wanted is not None:
        role.abilities = _checked(actor, wanted)
    for name in _NAMES:
        if names.get(name):
            setattr(role, name, names[name])
    role.version += 1
    role.save(update_fields=[*_NAMES, "abilities", "version"])
    taken = tuple(sorted(before - set(role.abilities)))
    if taken:
        session_ends.end_all_of(_holders(role))
    defined = RoleDefined(
        custom_role_id=role.pk, version=role.version, abilities=tuple(role.abilities), taken=taken
    )
    event_log.record(defined, actor=actor)
    return role


@transaction.atomic
def archive_role(*, actor: Actor, role_id: UUID) -> CustomRole:
    """The role stops counting for everybody who holds it, and they are signed out. Archiving again changes nothing."""
    role = _locked(actor, role_id, None)
    if role.archived_at is not None:
        return role
    holders = _holders(role)
    role.archived_at, role.version = clock.now(), role.version + 1
    role.save(update_fields=["archived_at", "version"])
    session_ends.end_all_of(holders)
    event_log.record(RoleArchived(custom_role_id=role.pk), actor=actor)
    return role


def get_active(role_ids: Iterable[UUID]) -> list[CustomRole]:
    """Custom roles by id; CustomRoleNotFound when one is unknown or archived."""
    ids = set(role_ids)
    found = list(CustomRole.objects.filter(pk__in=ids, archived_at__isnull=True).order_by("created_at", "id"))
    if len(found) != len(ids):
        raise CustomRoleNotFound
    return found


def _require(actor: Actor) -> None:
    if not actor.can("role.edit") and not actor.is_system:
        raise Forbidden


def _locked(actor: Actor, role_id: UUID, version: int | None) -> CustomRole:
    role = CustomRole.objects.select_for_update().filter(pk=role_id).first()
    if role is None or (version is not None and role.archived_at is not None):
        raise CustomRoleNotFound
    _require(actor)
    if actor.user_id in _holders(role):
        raise OwnRights
    if version is not None and role.version != version:
        raise ChangedMeanwhile
    return role


def _holders(role: CustomRole) -> list[UUID]:
    held = RoleGrant.objects.filter(custom_role=role, revoked_at__isnull=True)
    return list(held.values_list("user_id", flat=True))


def _checked(actor: Actor, wanted: Iterable[str]) -> list[str]:
    codes = sorted(set(wanted))
    known = {ability.code for ability in abilities.CATALOGUE if ability.grantable}
    if not codes or not known.issuperset(codes):
        text = _("Choose abilities from the list.")
        raise FieldErrors([FieldError("/abilities", "not_grantable" if codes else "required", text)])
    if not people_rules.may_give(actor, frozenset(codes)):
        raise BeyondOwnRights
    return codes
