"""Registry data, lenders typed in by borrowers, addresses."""

import threading

import pytest
from django.db import connections

from kenes.accounts.testing import an_actor
from kenes.creditors import selectors, services, testing
from kenes.creditors.errors import AddressAlreadyConfirmed, AddressNotFound, CreditorNotFound
from kenes.creditors.models import Creditor, CreditorAddress
from kenes.event_log.models import EventRow
from kenes.foundation import actor as actors
from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden
from kenes.foundation.identifiers import new_id

BORROWER = an_actor(actors.BORROWER)
MANAGER = an_actor(actors.MANAGER)
EDITOR = an_actor(actors.CONTENT_EDITOR)


@pytest.fixture
def registry(db: None) -> None:
    testing.load_reference_data()


def found(query: str, actor: Actor = BORROWER) -> list[str]:
    return [creditor.code or creditor.name_ru for creditor in selectors.search(actor=actor, query=query)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("каспи", "kaspi"), ("Kaspi", "kaspi"), ("KASPI BANK", "kaspi"), ("каспий банк", "kaspi"), ("Kаspi", "kaspi"),
        ("халык", "halyk"), ("Halyk", "halyk"), ("Халық", "halyk"), ("народный", "halyk"), ("народный банк", "halyk"),
        ("форте", "forte"), ("ForteBank", "forte"), ("хоум кредит", "homecredit"), ("хоум кридит", "homecredit"),
        ("home credit", "homecredit"), ("бцк", "bcc"), ("центр кредит", "bcc"), ("жусан", "alatau"), ("отбасы", "otbasy"),
        ("фридом", "freedom"), ("freedom bank", "freedom"), ("еуразиялық", "eurasian"), ("сбербанк", "bereke"),
        ("АО «Bank RBK»", "rbk"), ("нурбанк", "nurbank"),
    ],
)  # fmt: skip
def test_banks_are_found_by_what_people_call_them(registry: None, query: str, first: str) -> None:
    assert found(query)[:1] == [first]


@pytest.mark.parametrize("query", ["%", "_", "'", "\\", "zzzzzz", "\u0000", "😀"])
def test_odd_queries_find_nothing_of_harm(registry: None, query: str) -> None:
    assert "kaspi" not in found(query) or query.strip("%_'\\\u0000😀") == ""


def test_institutions_that_do_not_lend_are_not_offered(registry: None) -> None:
    assert {"nbrk", "kazpost", "treasury", "kase"} <= set(Creditor.objects.values_list("code", flat=True))
    offered = found("")
    assert offered and not {"nbrk", "kazpost", "treasury", "kase", "dbk"} & set(offered)
    assert found("национальный банк республики") != ["nbrk"]
    assert found("казпочта") == []


def test_registry_has_no_addresses_outside_a_demonstration(registry: None) -> None:
    assert not CreditorAddress.objects.exists()
    services.load_demo_data()
    kaspi = Creditor.objects.get(code="kaspi")
    address = selectors.dispatch_address(kaspi.id)
    assert address is not None and address.value == "kaspi@creditors.sandbox"
    assert selectors.dispatch_address(Creditor.objects.get(code="nbrk").id) is None


def test_loading_again_changes_nothing(registry: None) -> None:
    services.load_demo_data()
    before = (Creditor.objects.count(), CreditorAddress.objects.count())
    services.load_reference_data()
    services.load_demo_data()
    assert (Creditor.objects.count(), CreditorAddress.objects.count()) == before


def test_lender_typed_in_earlier_becomes_the_registrys_row(db: None) -> None:
    typed = services.find_or_add_unverified(
        actor=BORROWER, name="Айкын Каржы", type="MFO", bin="220140918424"
    )
    services.load_demo_data()
    typed.refresh_from_db()
    assert (typed.code, typed.status, typed.name_ru) == ("aiqyn", "verified", "ТОО «МФО «Айқын Қаржы»")


def test_known_names_lead_to_the_registry(registry: None) -> None:
    kaspi = Creditor.objects.get(code="kaspi")
    for name in ("каспи", "Kaspi Bank", "АО «Каспи банк»"):
        assert services.find_or_add_unverified(actor=BORROWER, name=name, type="BANK") == kaspi


def test_bin_comes_before_the_name(db: None) -> None:
    services.load_demo_data()
    other_name = services.find_or_add_unverified(
        actor=BORROWER, name="Совсем другое", type="MFO", bin="220140918424"
    )
    assert other_name.code == "aiqyn"
    same_name = services.find_or_add_unverified(
        actor=BORROWER, name="Айқын Қаржы", type="MFO", bin="240540000006"
    )
    assert (same_name.code, same_name.status, same_name.bin) == (None, "unverified", "240540000006")


def test_typed_in_lender_is_shown_to_staff_only(registry: None) -> None:
    services.find_or_add_unverified(actor=BORROWER, name="Ломбард «Сұңқар»", type="PAWNSHOP")
    assert found("сункар") == []
    assert found("сункар", MANAGER) == ["Ломбард «Сұңқар»"]
    event = EventRow.objects.get(type="creditor.added")
    assert "Сұңқар" not in str(event.data)


@pytest.mark.parametrize("name", ["«»", "...", "😀", "ТОО"])
def test_any_typed_name_is_taken(db: None, name: str) -> None:
    first = services.find_or_add_unverified(actor=BORROWER, name=name, type="MFO")
    assert services.find_or_add_unverified(actor=BORROWER, name=name, type="MFO") == first


@pytest.mark.django_db(transaction=True)
def test_same_name_typed_in_twice_at_once_is_one_lender() -> None:
    made = []

    def add() -> None:
        try:
            made.append(services.find_or_add_unverified(actor=BORROWER, name="МФО «Жаңа»", type="MFO").pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(made) == 4 and len(set(made)) == 1


def test_letters_leave_only_to_a_confirmed_address(registry: None) -> None:
    kaspi = Creditor.objects.get(code="kaspi")
    services.add_address(actor=MANAGER, creditor_id=kaspi.id, kind="email", value="Letters@Kaspi.example")
    assert selectors.dispatch_address(kaspi.id) is None
    address = CreditorAddress.objects.get()
    services.confirm_address(actor=MANAGER, creditor_id=kaspi.id, address_id=address.id)
    chosen = selectors.dispatch_address(kaspi.id)
    assert chosen is not None and chosen.value == "letters@kaspi.example"
    assert selectors.with_confirmed_address({kaspi.id}) == {kaspi.id}
    types = list(EventRow.objects.order_by("seq").values_list("type", flat=True))
    assert types == ["creditor.address_added", "creditor.address_confirmed"]
    with pytest.raises(AddressAlreadyConfirmed):
        services.confirm_address(actor=MANAGER, creditor_id=kaspi.id, address_id=address.id)


def test_newest_confirmation_counts(registry: None) -> None:
    kaspi = Creditor.objects.get(code="kaspi")
    for value in ("old@kaspi.example", "new@kaspi.example"):
        services.add_address(actor=MANAGER, creditor_id=kaspi.id, kind="email", value=value)
        address = CreditorAddress.objects.get(value=value)
        services.confirm_address(actor=MANAGER, creditor_id=kaspi.id, address_id=address.id)
    chosen = selectors.dispatch_address(kaspi.id)
    assert chosen is not None and chosen.value == "new@kaspi.example"


@pytest.mark.parametrize("actor", [BORROWER, EDITOR])
def test_others_may_not_touch_addresses(registry: None, actor: Actor) -> None:
    kaspi = Creditor.objects.get(code="kaspi")
    with pytest.raises(Forbidden):
        services.add_address(actor=actor, creditor_id=kaspi.id, kind="email", value="a@b.kz")
    with pytest.raises(Forbidden):
        services.confirm_address(actor=actor, creditor_id=kaspi.id, address_id=new_id())


def test_unknown_ids_are_not_found(registry: None) -> None:
    with pytest.raises(CreditorNotFound):
        services.add_address(actor=MANAGER, creditor_id=new_id(), kind="email", value="a@b.kz")
    with pytest.raises(AddressNotFound):
        services.confirm_address(
            actor=MANAGER, creditor_id=Creditor.objects.get(code="kaspi").id, address_id=new_id()
        )
