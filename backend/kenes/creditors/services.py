"""Changes to the registry of lenders."""

import csv
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from kenes.accounts.models import Organisation
from kenes.creditors import names, permissions
from kenes.creditors.errors import AddressAlreadyConfirmed, AddressNotFound, CreditorNotFound
from kenes.creditors.events import (
    CreditorAdded,
    CreditorAddressAdded,
    CreditorAddressConfirmed,
    CreditorOrganisationSet,
)
from kenes.creditors.models import (
    AddressKind,
    AddressStatus,
    Creditor,
    CreditorAddress,
    CreditorStatus,
    CreditorType,
)
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors

# Number of the lock; any constant that nothing else uses.
_ADDING: Final = 7320
DATA: Final = Path(__file__).parent / "data"
DEMO_MAIL_DOMAIN: Final = "creditors.sandbox"


def _keys(*spellings: str) -> list[str]:
    keys = (names.latin_key(spelling)[:300] for spelling in spellings if spelling.strip())
    return sorted({key for key in keys if key})


def _search_text(*spellings: str) -> str:
    folded = dict.fromkeys(names.fold(spelling) for spelling in spellings if spelling.strip())
    latin = dict.fromkeys(names.to_latin(text) for text in folded)
    return " ".join(dict.fromkeys([*folded, *latin]))


@transaction.atomic
def find_or_add_unverified(*, actor: Actor, name: str, type: str, bin: str | None = None) -> Creditor:
    """The lender a borrower means: by БИН, then by name whatever its spelling, else a new unverified one.

    A name that the registry knows under another БИН is a different organisation. `bin` is twelve digits, already checked.
    """
    keys = _keys(name) or [names.fold(name)[:300] or name.strip().casefold()[:300]]
    found = _by_bin(bin) or _by_name(keys[0], type, bin)
    if found is None:
        _one_adds_at_a_time()
        found = _by_bin(bin) or _by_name(keys[0], type, bin)
    if found is not None:
        return found
    try:
        with transaction.atomic():
            creditor = Creditor.objects.create(
                type=CreditorType(type), name_ru=name.strip(), bin=bin or None, name_keys=keys,
                search_text=_search_text(name), created_by_id=actor.user_id,
            )  # fmt: skip
    except IntegrityError:
        # Another request added the same lender between the look-up and the insert.
        again = _by_bin(bin) or _by_name(keys[0], type, bin)
        if again is None:
            raise
        return again
    event_log.record(CreditorAdded(creditor_id=creditor.id), actor=actor)
    return creditor


def _one_adds_at_a_time() -> None:
    """Until the transaction ends. Two forms that name the same new lenders in another order would else wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADDING])


def _by_bin(bin_value: str | None) -> Creditor | None:
    return Creditor.objects.filter(bin=bin_value).first() if bin_value else None


def _by_name(key: str, type_code: str, bin_value: str | None) -> Creditor | None:
    same = Creditor.objects.filter(name_keys__contains=[key])
    if bin_value:
        same = same.filter(bin__isnull=True)
    verified = same.filter(status=CreditorStatus.VERIFIED, offered=True).order_by("code").first()
    if verified is not None or bin_value:
        return verified
    return same.filter(status=CreditorStatus.UNVERIFIED, type=type_code).order_by("created_at").first()


@transaction.atomic
def add_address(*, actor: Actor, creditor_id: UUID, kind: str, value: str) -> Creditor:
    """Enter an address, unconfirmed. The same address again changes nothing."""
    permissions.require(actor, "creditor.add_address")
    creditor = _locked(creditor_id)
    address, created = CreditorAddress.objects.get_or_create(
        creditor=creditor,
        kind=AddressKind(kind),
        value=value.strip().lower(),
        defaults={"added_by_id": actor.user_id},
    )
    if created:
        event_log.record(CreditorAddressAdded(creditor_id=creditor.id, address_id=address.id), actor=actor)
    return creditor


@transaction.atomic
def confirm_address(*, actor: Actor, creditor_id: UUID, address_id: UUID) -> Creditor:
    """Let letters leave to the address; whoever holds waiting letters hears of it by the event."""
    permissions.require(actor, "creditor.confirm_address")
    creditor = _locked(creditor_id)
    address = CreditorAddress.objects.select_for_update().filter(pk=address_id, creditor=creditor).first()
    if address is None:
        raise AddressNotFound
    if address.status == AddressStatus.CONFIRMED:
        raise AddressAlreadyConfirmed
    address.status = AddressStatus.CONFIRMED
    address.confirmed_by_id, address.confirmed_at = actor.user_id, clock.now()
    address.save(update_fields=["status", "confirmed_by_id", "confirmed_at"])
    event_log.record(CreditorAddressConfirmed(creditor_id=creditor.id, address_id=address.id), actor=actor)
    return creditor


@transaction.atomic
def set_organisation(*, actor: Actor, creditor_id: UUID, organisation_id: UUID | None) -> Creditor:
    """Name the lender's own organisation here, or none. Its officers then see what was sent to the lender.

    Raises Forbidden, CreditorNotFound, FieldErrors (/organisation_id) for an unknown or closed organisation and one
    that is no lender.
    """
    permissions.require(actor, "organisation.edit")
    creditor = _locked(creditor_id)
    if creditor.organisation_id == organisation_id:
        return creditor
    if organisation_id is not None and not _may_be_lender(organisation_id):
        text = _("Choose an open organisation of a creditor.")
        raise FieldErrors([FieldError("/organisation_id", "invalid", text)])
    creditor.organisation_id = organisation_id
    creditor.save(update_fields=["organisation", "updated_at"])
    event_log.record(
        CreditorOrganisationSet(creditor_id=creditor.id, organisation_id=organisation_id), actor=actor
    )
    return creditor


def _may_be_lender(organisation_id: UUID) -> bool:
    known = Organisation.objects.filter(pk=organisation_id, kind=Organisation.Kind.CREDITOR)
    return known.filter(closed_at__isnull=True).exists()


def _locked(creditor_id: UUID) -> Creditor:
    creditor = Creditor.objects.select_for_update().filter(pk=creditor_id).first()
    if creditor is None:
        raise CreditorNotFound
    return creditor


@transaction.atomic
def load_reference_data() -> int:
    """Load the banks of the payment directory; may run again after the file changed. Returns the number of rows.

    Source: the National Bank's BIC directory as transcribed in `data/banks.csv`. Institutions that do not lend to
    people are kept, so that a БИК is known, but are not offered.
    """
    rows = _read("banks.csv")
    for row in rows:
        _upsert(row, type_code=CreditorType.BANK, offered=row["offered"] == "yes")
    return len(rows)


@transaction.atomic
def load_demo_data() -> int:
    """Load the invented lenders and give every offered lender a confirmed demonstration mailbox."""
    for row in _read("demo_lenders.csv"):
        _upsert(row, type_code=row["type"], offered=True)
    offered = Creditor.objects.filter(offered=True, code__isnull=False).order_by("code")
    now = clock.now()
    for creditor in offered:
        CreditorAddress.objects.get_or_create(
            creditor=creditor,
            kind=AddressKind.EMAIL,
            value=f"{creditor.code}@{DEMO_MAIL_DOMAIN}",
            defaults={"status": AddressStatus.CONFIRMED, "confirmed_at": now},
        )
    return len(offered)


def _read(file: str) -> list[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _upsert(row: dict[str, str], *, type_code: str, offered: bool) -> None:
    spellings = [row["name_ru"], row["name_kk"], row["name_en"], *row["aliases"].split(";")]
    values: dict[str, Any] = {
        "code": row["code"], "type": type_code, "status": CreditorStatus.VERIFIED, "offered": offered,
        "name_ru": row["name_ru"], "name_kk": row["name_kk"], "name_en": row["name_en"],
        "bin": row.get("bin") or None, "bic": row.get("bic", ""), "bank_code": row.get("bank_code", ""),
        "name_keys": _keys(*spellings), "search_text": _search_text(*spellings),
    }  # fmt: skip
    known = Creditor.objects.filter(code=row["code"]).first() or _by_bin(values["bin"])
    if known is None:
        Creditor.objects.create(**values)
    else:
        # A lender typed in earlier by its БИН becomes the registry's row; cases keep pointing to it.
        Creditor.objects.filter(pk=known.pk).update(**values, updated_at=clock.now())
