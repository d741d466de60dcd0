"""Accounts, identity, roles."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from kenes.accounts import selectors, services
from kenes.accounts.errors import IinTaken, PersonNotFound, PhoneNotConfirmed
from kenes.accounts.models import Membership, Organisation, Role, RoleGrant, User
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.foundation.actor import Actor, GuestActor
from kenes.foundation.errors import FieldErrors, Forbidden, Throttled
from kenes.foundation.identifiers import new_id
from kenes.foundation.values import Iin, PhoneNumber

from .conftest import IIN, OTHER_IIN, PASSWORD, PHONE, SYSTEM, make_borrower
from .test_sign_in_races import at_once

pytestmark = pytest.mark.django_db


def identify(person: User, iin: str = IIN, name: str = "Досымов Кайрат", actor: Actor | None = None) -> User:
    actor = actor or selectors.actor_for(person)
    return services.set_identity(actor=actor, user_id=person.pk, full_name=name, iin=iin)


def test_identity_is_kept_encrypted_and_found_by_hash(borrower: User) -> None:
    identify(borrower, "870419-390122")
    with connection.cursor() as cursor:
        cursor.execute("SELECT full_name, iin, phone FROM accounts_user WHERE id = %s", [borrower.pk])
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    assert IIN.encode() not in stored
    assert PHONE.encode() not in stored
    assert "Досымов".encode() not in stored
    assert selectors.find_ids(iin=Iin.parse(IIN)) == [borrower.pk]
    assert selectors.find_ids(phone=PhoneNumber.parse("87015551234")) == [borrower.pk]
    assert selectors.get_person(borrower.pk).full_name == "Досымов Кайрат"
    event = EventRow.objects.get(type="person.identity_set")
    assert event.data == {"person_id": str(borrower.pk), "fields": ["full_name", "iin"]}


def test_setting_the_same_identity_again_changes_nothing(borrower: User) -> None:
    identify(borrower)
    identify(borrower)
    assert EventRow.objects.filter(type="person.identity_set").count() == 1
    identify(borrower, name="Досымов Кайрат Ануарович")
    events = EventRow.objects.filter(type="person.identity_set").order_by("seq")
    assert [event.data["fields"] for event in events] == [["full_name", "iin"], ["full_name"]]


def test_an_iin_belongs_to_one_account(borrower: User) -> None:
    identify(borrower)
    other = make_borrower("+77015550002")
    with pytest.raises(IinTaken) as problem:
        identify(other)
    assert problem.value.extra == {}
    assert identify(other, OTHER_IIN).iin == OTHER_IIN


def test_identity_inside_a_larger_transaction_survives_a_taken_iin(borrower: User) -> None:
    identify(borrower)
    other = make_borrower("+77015550002")
    with transaction.atomic():
        with pytest.raises(IinTaken):
            identify(other)
        assert User.objects.filter(pk=other.pk).exists()  # the outer transaction still works


def test_identity_needs_a_confirmed_number_and_the_person_itself(borrower: User, manager: User) -> None:
    unconfirmed = services.ensure_account(phone=PhoneNumber.parse("+77015550003"), language="ru")
    assert unconfirmed is not None
    with pytest.raises(PhoneNotConfirmed):
        identify(unconfirmed)
    with pytest.raises(Forbidden):
        identify(borrower, actor=selectors.actor_for(manager))
    with pytest.raises(PersonNotFound):
        services.set_identity(actor=SYSTEM, user_id=new_id(), full_name="x", iin=IIN)
    with pytest.raises(FieldErrors) as problem:
        identify(borrower, "870419390123")
    assert (problem.value.errors[0].pointer, problem.value.errors[0].code) == ("/iin", "check_digit")


def test_trying_many_iin_is_throttled(borrower: User, settings: Any) -> None:
    settings.ALLOWANCES = {**settings.ALLOWANCES, "person_identity": (2, 86400)}
    identify(borrower, IIN)
    identify(borrower, OTHER_IIN)
    with pytest.raises(Throttled):
        identify(borrower, IIN)


def test_the_database_refuses_an_iin_without_a_confirmed_number(db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="a@example.com", iin=IIN, iin_hash="0" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="Upper@example.com")
    user = User.objects.create(email="b@example.com")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(user=user, role="guest")


def test_unconfirmed_accounts_go_after_a_day_without_a_code(borrower: User, manager: User) -> None:
    start = clock.now()
    with clock.frozen(start - timedelta(hours=30)):
        services.ensure_account(phone=PhoneNumber.parse("+77015550003"), language="ru")
        services.ensure_account(phone=PhoneNumber.parse("+77015550004"), language="ru")
    with clock.frozen(start - timedelta(hours=1)):
        services.ensure_account(phone=PhoneNumber.parse("+77015550004"), language="ru")
    assert services.remove_unconfirmed_accounts() == 1
    assert selectors.find_by_phone(PhoneNumber.parse("+77015550003")) is None
    assert User.objects.count() == 3
    assert services.remove_unconfirmed_accounts() == 0


def test_roles_are_given_by_another_administrator_and_end_at_once(borrower: User, manager: User) -> None:
    admin = services.create_staff_account(
        actor=SYSTEM,
        email="admin@example.com",
        full_name="Админ",
        language="ru",
        password=PASSWORD,
        roles=["admin"],
    )
    actor = selectors.actor_for(admin)
    services.grant_role(actor=actor, user_id=manager.pk, role="supervisor")
    services.grant_role(actor=actor, user_id=manager.pk, role="supervisor")
    assert selectors.actor_for(manager).roles == {"manager", "supervisor"}
    grant = RoleGrant.objects.get(user=manager, role="supervisor")
    assert grant.granted_by_id == admin.pk
    services.revoke_role(actor=actor, user_id=manager.pk, role="supervisor")
    assert selectors.actor_for(manager).roles == {"manager"}
    with pytest.raises(Forbidden):
        services.grant_role(actor=actor, user_id=admin.pk, role="supervisor")
    for refused in (selectors.actor_for(manager), selectors.actor_for(borrower), GuestActor()):
        with pytest.raises(Forbidden):
            services.grant_role(actor=refused, user_id=borrower.pk, role="manager")
        with pytest.raises(Forbidden):
            services.deactivate(actor=refused, user_id=borrower.pk)


def test_the_actor_has_roles_and_organisations(borrower: User, django_assert_num_queries: Any) -> None:
    organisation = Organisation.objects.create(kind="creditor", name="АО «Банк»", checked_at=clock.now())
    Membership.objects.create(user=borrower, organisation=organisation)
    with django_assert_num_queries(1):
        actor = selectors.actor_for(borrower)
    assert (actor.user_id, actor.roles, actor.organisation_ids) == (borrower.pk, {"borrower"}, frozenset())
    RoleGrant.objects.create(user=borrower, role=Role.CREDITOR_OFFICER)
    assert selectors.actor_for(borrower).organisation_ids == {organisation.pk}
    Membership.objects.update(ended_at=clock.now())
    assert selectors.actor_for(borrower).organisation_ids == frozenset()
    borrower.is_active = False
    assert selectors.actor_for(borrower) == GuestActor()


def test_managers_are_listed_by_name_without_former_ones(
    manager: User, django_assert_num_queries: Any
) -> None:
    second = services.create_staff_account(
        actor=SYSTEM,
        email="m2@example.com",
        full_name="Абаев Арман",
        language="kk",
        password=PASSWORD,
        roles=["manager"],
    )
    with django_assert_num_queries(1):
        assert [person.pk for person in selectors.active_managers()] == [second.pk, manager.pk]
    with django_assert_num_queries(1):
        names = selectors.person_names([manager.pk, second.pk, new_id()])
    assert names == {manager.pk: "Ахметова Динара", second.pk: "Абаев Арман"}
    services.deactivate(actor=SYSTEM, user_id=second.pk)
    assert [person.pk for person in selectors.active_managers()] == [manager.pk]
    with pytest.raises(PersonNotFound):
        selectors.get_active_manager(second.pk)
    assert selectors.get_active_manager(manager.pk) == manager


@pytest.mark.django_db(transaction=True)
def test_parallel_claims_of_one_iin_give_it_to_one() -> None:
    people = [make_borrower(f"+7701555003{n}") for n in range(4)]

    def claim(number: int) -> str:
        try:
            identify(people[number])
        except IinTaken:
            return "taken"
        return "set"

    assert Counter(at_once(4, claim)) == {"set": 1, "taken": 3}


@pytest.mark.django_db(transaction=True)
def test_an_account_being_confirmed_is_not_removed() -> None:
    with clock.frozen(clock.now() - timedelta(hours=30)):
        user = services.ensure_account(phone=PhoneNumber.parse(PHONE), language="ru")
    assert user is not None
    with transaction.atomic():
        services.confirm_phone(user_id=user.pk)
        assert at_once(1, lambda _n: services.remove_unconfirmed_accounts()) == [0]
    assert User.objects.filter(pk=user.pk).exists()
