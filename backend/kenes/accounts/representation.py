"""Powers of attorney: what a representative may do, for whom, until when."""

from uuid import UUID

from kenes.accounts.models import PowerOfAttorney
from kenes.foundation import clock
from kenes.foundation.actor import Power


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
