"""Specialists, representatives and people of creditors for tests of who sees what."""

from datetime import date, timedelta
from typing import Any

from kenes.accounts import selectors as account_selectors
from kenes.accounts import services as account_services
from kenes.accounts.models import (
    Membership,
    Organisation,
    PowerOfAttorney,
    Role,
    SpecialistProfile,
    User,
)
from kenes.cases.answers import sharing
from kenes.cases.models import Case, Obligation
from kenes.creditors.models import Creditor
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.identifiers import new_id
from kenes.foundation.values import PhoneNumber

SYSTEM = SystemActor("test")
NURBANK = {
    "creditor_name": "Нурбанк", "creditor_type": "BANK", "contract_number": "NB-777/2023",
    "contract_date": "2023-02-01", "original_amount_tiyn": 90000000, "principal_tiyn": 60000000,
    "interest_tiyn": 5000000, "penalty_tiyn": 100000, "monthly_payment_tiyn": 3000000, "rate_percent": 28,
    "term_months": 36, "overdue_since": "2026-09-15",
}  # fmt: skip


def person(phone: str, name: str = "Сагынбаев Арман Ерланович", email: str | None = None) -> User:
    """Somebody with a confirmed number."""
    made = account_services.ensure_account(phone=PhoneNumber.parse(phone), language="ru")
    assert made is not None
    account_services.confirm_phone(user_id=made.pk)
    user = User.objects.get(pk=made.pk)
    user.full_name, user.email = name, email
    user.save(update_fields=["full_name", "email"])
    return user


def specialist(role: str, phone: str = "+77015550401", email: str | None = None) -> User:
    """A checked lawyer, mediator or notary."""
    user = person(phone, email=email)
    SpecialistProfile.objects.create(
        user=user, kind=role, status="approved", checked_by=user, checked_at=clock.now(),
        register_number="1", issued_on=date(2020, 1, 1), valid_until=clock.today() + timedelta(days=365),
    )  # fmt: skip
    account_services.grant_role(actor=SYSTEM, user_id=user.pk, role=role)
    return user


def power(principal: User, representative: User, *scope: str) -> PowerOfAttorney:
    """A power of attorney in force since last year."""
    today = clock.today()
    made = PowerOfAttorney.objects.create(
        principal=principal, representative=representative, scope=list(scope), status="active",
        valid_from=today - timedelta(days=365), valid_until=today + timedelta(days=30), created_by=principal,
    )  # fmt: skip
    account_services.grant_role(actor=SYSTEM, user_id=representative.pk, role=Role.REPRESENTATIVE)
    return made


def organisation(name: str, kind: str = "creditor") -> Organisation:
    """A checked organisation."""
    return Organisation.objects.create(kind=kind, name=name, checked_at=clock.now())


def officer(body: Organisation, phone: str, role: str = Role.CREDITOR_OFFICER) -> User:
    """Somebody who acts for a creditor's organisation."""
    user = person(phone, name="Офицеров Олжас Маратович")
    Membership.objects.create(user=user, organisation=body)
    account_services.grant_role(actor=SYSTEM, user_id=user.pk, role=role)
    return user


def join(creditor: Creditor, body: Organisation) -> None:
    Creditor.objects.filter(pk=creditor.pk).update(organisation=body)


def letter_arrived(debt: Obligation, **more: Any) -> None:
    """As `documents` marks it when the creditor's mail server has taken the letter about this debt."""
    sharing.share_debt(
        case_id=debt.case_id, obligation_id=debt.pk, creditor_id=debt.creditor_id,
        document_id=more.get("document_id") or new_id(),
    )  # fmt: skip


def actor_of(user: User) -> Actor:
    return account_selectors.actor_for(User.objects.get(pk=user.pk))


def debts_of(case: Case) -> list[Obligation]:
    return list(case.obligations.select_related("creditor").order_by("position"))
