"""Demonstration lenders that have joined: their officers see the letters that reached them."""

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import Organisation, Role
from kenes.creditors import services
from kenes.creditors.models import Creditor


def join_organisations() -> int:
    """Name to each lender the demonstration organisation with the same БИН; how many were joined. Safe to repeat."""
    admin = account_selectors.people_with_role(Role.ADMIN).order_by("email").first()
    if admin is None:
        return 0
    bodies = Organisation.objects.filter(
        kind=Organisation.Kind.CREDITOR, checked_at__isnull=False, closed_at__isnull=True
    )
    body_of = {body.bin: body.pk for body in bodies if body.bin}
    waiting = list(Creditor.objects.filter(bin__in=body_of, organisation__isnull=True).order_by("pk"))
    for creditor in waiting:
        services.set_organisation(
            actor=account_selectors.actor_for(admin), creditor_id=creditor.pk,
            organisation_id=body_of[creditor.bin or ""],
        )  # fmt: skip
    return len(waiting)
