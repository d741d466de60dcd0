"""A demonstration lender that has joined: its officers see the letters that reached it."""

from typing import Final

from kenes.accounts import selectors as account_selectors
from kenes.accounts.models import Membership, Organisation, Role
from kenes.creditors import services
from kenes.creditors.models import Creditor
from kenes.foundation import logs

log = logs.get(__name__)
CODE: Final = "bcc"


def join_demo_organisation() -> None:
    """Join Банк ЦентрКредит to the organisation of the demonstration officers; without one nothing happens."""
    creditor = Creditor.objects.filter(code=CODE).first()
    body = _demo_organisation()
    admin = account_selectors.people_with_role(Role.ADMIN).order_by("email").first()
    if creditor is None or body is None or admin is None:
        log.info("demo_lender_not_joined")
        return
    services.set_organisation(
        actor=account_selectors.actor_for(admin), creditor_id=creditor.pk, organisation_id=body.pk
    )


def _demo_organisation() -> Organisation | None:
    """The lender's organisation in which a demonstration officer (officer@…) works."""
    officers = Membership.objects.filter(
        user__email__startswith="officer",
        ended_at__isnull=True,
        organisation__kind=Organisation.Kind.CREDITOR,
    )
    member = officers.select_related("organisation").order_by("since", "pk").first()
    return member.organisation if member is not None else None
