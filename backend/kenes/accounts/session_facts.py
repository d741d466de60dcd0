"""What the browser is told about who is signed in and how one can sign in."""

from typing import Any

from django.conf import settings

from kenes.accounts import factors, photos, sign_in_by_key
from kenes.accounts.models import ORGANISATION_ROLES, Impersonation, Membership, PowerOfAttorney, User
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.values import PhoneNumber


def user_facts(user: User, actor: Actor) -> dict[str, Any]:
    """The person as `SessionUser` shows it. One query, one more for people of organisations and for representatives."""
    return {
        "id": user.pk,
        "full_name": user.full_name,
        "full_name_kk": user.full_name_kk,
        "masked_phone": PhoneNumber.parse(user.phone).masked() if user.phone else "",
        "phone_changed_at": user.phone_changed_at,
        "email": user.email,
        "email_verified": user.email_verified_at is not None,
        "language": user.language,
        "roles": sorted(actor.roles),
        "abilities": sorted(actor.abilities),
        "held_back": actor.held_back,
        "has_iin": user.iin_hash is not None,
        "iin_confirmed": user.iin_confirmed_at is not None,
        "has_password": user.has_usable_password(),
        "has_second_factor": factors.has_second_factor(user.pk),
        "is_fresh": actor.is_fresh,
        "organisations": _organisations(user, actor),
        "represents": _represents(actor),
        "photo_url": photos.photo_url(user),
    }


def _organisations(user: User, actor: Actor) -> list[dict[str, Any]]:
    """Checked organisations for which the person acts now."""
    if not actor.roles & ORGANISATION_ROLES:
        return []
    held = Membership.objects.filter(
        user=user, ended_at__isnull=True, organisation_id__in=actor.organisation_ids
    )
    return [
        {
            "id": membership.organisation_id,
            "name": membership.organisation.name,
            "kind": membership.organisation.kind,
            "is_administrator": membership.is_administrator,
        }
        for membership in held.select_related("organisation").order_by("organisation__name", "pk")
    ]


def _represents(actor: Actor) -> list[dict[str, Any]]:
    """Powers of attorney in force today, with the names of those who gave them."""
    if not actor.powers:
        return []
    today = clock.today()
    held = PowerOfAttorney.objects.filter(
        representative_id=actor.user_id,
        status=PowerOfAttorney.Status.ACTIVE,
        valid_from__lte=today,
        valid_until__gte=today,
    ).select_related("principal")
    return [
        {
            "power_id": power.pk,
            "principal_id": power.principal_id,
            "principal_name": power.principal.full_name,
            "scope": list(power.scope),
            "valid_until": power.valid_until,
        }
        for power in held.order_by("valid_until", "pk")
    ]


def viewing(actor: Actor | None) -> dict[str, Any] | None:
    """Through whose eyes the member of staff looks now; None for everybody else, without a query."""
    if actor is None or actor.viewed_by is None:
        return None
    look = (
        Impersonation.objects.filter(staff_id=actor.viewed_by, ended_at__isnull=True)
        .select_related("staff", "person")
        .first()
    )
    if look is None:
        return None
    return {
        "id": look.pk,
        "person_name": look.person.full_name,
        "staff_name": look.staff.full_name,
        "reason": look.reason,
        "expires_at": look.expires_at,
    }


def ways_to_sign_in() -> dict[str, Any]:
    """Outside providers of the settings, passkeys, and whether a signature key (ЭЦП) can be used."""
    return {
        "providers": outside_providers(),
        "passkeys": settings.MFA_PASSKEY_LOGIN_ENABLED,
        "eds": sign_in_by_key.is_available(),
    }


def outside_providers() -> list[dict[str, str]]:
    """Login providers that are set up: id and name of each application of SOCIALACCOUNT_PROVIDERS."""
    shown: list[dict[str, str]] = []
    for kind, entry in getattr(settings, "SOCIALACCOUNT_PROVIDERS", {}).items():
        for app in entry.get("APPS") or ([entry["APP"]] if "APP" in entry else []):
            provider_id = app.get("provider_id") or kind
            shown.append({"id": provider_id, "name": app.get("name") or provider_id.title()})
    return shown
