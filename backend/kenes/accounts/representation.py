"""What stands behind roles and must be looked at with every request: powers of attorney, licences of specialists."""

from typing import Final
from uuid import UUID

from django.db.models import Q

from kenes.accounts.models import PowerOfAttorney, SpecialistProfile
from kenes.foundation import clock
from kenes.foundation.actor import LAWYER, MEDIATOR, NOTARY, Power

SPECIALISTS: Final = frozenset({LAWYER, MEDIATOR, NOTARY})


def powers_of(representative_id: UUID) -> tuple[Power, ...]:
    """Powers in force today. Revoked and expired ones are gone with the next request."""
    today = clock.today()
    held = PowerOfAttorney.objects.filter(
        representative_id=representative_id,
        status=PowerOfAttorney.Status.ACTIVE,
        valid_from__lte=today,
        valid_until__gte=today,
    ).order_by("principal_id", "id")
    return tuple(
        Power(principal_id, frozenset(scope))
        for principal_id, scope in held.values_list("principal_id", "scope")
    )


def specialist_in_force() -> Q:
    """Condition of `SpecialistProfile`: checked, and its last day, if there is one, has not passed."""
    approved = Q(status=SpecialistProfile.Status.APPROVED)
    return approved & (Q(valid_until__isnull=True) | Q(valid_until__gte=clock.today()))


def specialist_roles(user_id: UUID) -> frozenset[str]:
    """Which of lawyer, mediator and notary the person may be today by a checked entry that has not expired."""
    rows = SpecialistProfile.objects.filter(specialist_in_force(), user_id=user_id)
    return frozenset(rows.values_list("kind", flat=True))


def without_lapsed(roles: frozenset[str], user_id: UUID) -> frozenset[str]:
    """The granted roles that count: those of specialists only with an entry in force. No query where there are none."""
    if roles.isdisjoint(SPECIALISTS):
        return roles
    return (roles - SPECIALISTS) | (roles & specialist_roles(user_id))
