"""Reads of the registry of lenders."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, TypedDict
from uuid import UUID

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case as SqlCase
from django.db.models import FloatField, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Greatest

from kenes.creditors import names, permissions
from kenes.creditors.errors import CreditorNotFound
from kenes.creditors.models import AddressKind, AddressStatus, Creditor, CreditorAddress, CreditorStatus
from kenes.foundation.actor import Actor

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

# Share of the query's trigrams that must be found; tuned on misspelt brands ("каспий", "хоум кридит").
SIMILAR_ENOUGH: Final = 0.4
VERY_SIMILAR: Final = 0.75


class _Ranked(TypedDict):
    similarity: float
    bonus: float


def creditors_visible_to(actor: Actor) -> QuerySet[Creditor]:
    """Staff see every lender; others only those of the registry, never names that another person typed in."""
    if permissions.allowed(actor, "creditor.view_addresses"):
        return Creditor.objects.all()
    return Creditor.objects.filter(status=CreditorStatus.VERIFIED, offered=True)


def search(*, actor: Actor, query: str, limit: int = 10) -> Sequence[Creditor]:
    """Lenders whose name is like the query, best first; an empty query gives the registry by name.

    Tolerates quotes, legal forms, misspellings and the other script («Каспи» finds Kaspi Bank). A БИН finds its owner.
    """
    visible = creditors_visible_to(actor).filter(Q(offered=True) | Q(status=CreditorStatus.UNVERIFIED))
    digits = query.replace(" ", "")
    if digits.isdigit() and len(digits) == 12:
        return list(visible.filter(bin=digits)[:limit])
    wanted = " ".join(names.name_words(query))
    if not wanted:
        return list(visible.order_by("name_ru", "id")[:limit])
    found = list(_ranked(visible, wanted)[:limit])
    if found and found[0].bonus:
        # The name itself was found: what merely looks like it would only be in the way.
        return [creditor for creditor in found if creditor.bonus or creditor.similarity >= VERY_SIMILAR]
    return found


def _ranked(visible: QuerySet[Creditor], wanted: str) -> "QuerySet[WithAnnotations[Creditor, _Ranked]]":
    latin = names.to_latin(wanted)
    contains, exact = Q(), Q(name_keys__contains=[latin])
    for word in latin.split():
        contains &= Q(search_text__contains=word)
    similarity = Greatest(
        TrigramWordSimilarity(wanted, "search_text"), TrigramWordSimilarity(latin, "search_text")
    )
    bonus = SqlCase(
        When(exact, then=Value(2.0)),
        When(contains, then=Value(1.0)),
        default=Value(0.0),
        output_field=FloatField(),
    )
    return (
        visible.annotate(similarity=similarity, bonus=bonus)
        .filter(contains | exact | Q(similarity__gte=SIMILAR_ENOUGH))
        .order_by("-bonus", "-similarity", "name_ru", "id")
    )


def get_creditor(*, actor: Actor, creditor_id: UUID) -> Creditor:
    """One lender with its addresses, for staff."""
    permissions.require(actor, "creditor.view_addresses")
    addresses = CreditorAddress.objects.order_by("created_at", "id")
    creditor = (
        creditors_visible_to(actor)
        .prefetch_related(Prefetch("addresses", queryset=addresses))
        .filter(pk=creditor_id)
        .first()
    )
    if creditor is None:
        raise CreditorNotFound
    return creditor


def creditors_by_id(creditor_ids: set[UUID]) -> list[Creditor]:
    """Those of the lenders that a borrower may name by id: the ones offered from the registry."""
    return list(Creditor.objects.filter(pk__in=creditor_ids, status=CreditorStatus.VERIFIED, offered=True))


def dispatch_address(creditor_id: UUID) -> CreditorAddress | None:
    """The e-mail address letters leave to: the confirmed one, the newest confirmation of several; None while there is none."""
    return (
        CreditorAddress.objects.filter(
            creditor_id=creditor_id, kind=AddressKind.EMAIL, status=AddressStatus.CONFIRMED
        )
        .order_by("-confirmed_at", "id")
        .first()
    )


def with_confirmed_address(creditor_ids: set[UUID]) -> set[UUID]:
    """Those of the lenders to whom a letter can leave now."""
    rows = CreditorAddress.objects.filter(creditor_id__in=creditor_ids, status=AddressStatus.CONFIRMED)
    return set(rows.values_list("creditor_id", flat=True))
