"""Who may sign a document: people of its case, as its kind allows, and whether they still are who they were asked as."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from kenes.accounts import selectors as accounts
from kenes.accounts.models import ConsentKind, Membership, PowerOfAttorney, PowerScope, User
from kenes.cases.models import TIED_ROLES, Case, Party, PartyRole
from kenes.documents import catalogue
from kenes.documents.models import Document
from kenes.foundation import clock
from kenes.signing.errors import NotASigner, PowerEnded
from kenes.signing.models import SignatureRequest, SignerRole

Requests = QuerySet[SignatureRequest]
CREDITOR: Final = "creditor"
MANAGER: Final = "manager"
BORROWER: Final = PartyRole.BORROWER.value
REPRESENTATIVE: Final = PartyRole.REPRESENTATIVE.value
_SPECIALISTS: Final = (PartyRole.LAWYER.value, PartyRole.MEDIATOR.value, PartyRole.NOTARY.value)
# As what somebody can be named.
PARTY_ROLES: Final = [*PartyRole.values, CREDITOR, MANAGER]
# Who signs a kind of document, by whom it comes from; everybody else may approve it or get a copy.
_OWN: Final = frozenset({BORROWER, REPRESENTATIVE, *TIED_ROLES})
_SIGNS: Final[dict[str, frozenset[str]]] = {
    "borrower": _OWN,
    "lender": frozenset({CREDITOR}),
    "mediator": frozenset({PartyRole.MEDIATOR.value}),
    "notary": frozenset({PartyRole.NOTARY.value}),
    "platform": frozenset({MANAGER}),
    "parties": _OWN | {CREDITOR, MANAGER, *_SPECIALISTS},
}
_ALL_ROLES: Final = tuple(SignerRole.values)
_LOOKS_ON: Final = (SignerRole.APPROVER.value, SignerRole.COPY.value)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be named in a round: as what, for whom, and in which roles."""

    person_id: UUID
    name: str
    party_role: str
    roles: tuple[str, ...]
    organisation_id: UUID | None = None
    principal_id: UUID | None = None
    power_id: UUID | None = None


def candidates(document: Document, case: Case, *, with_officers: bool) -> list[Candidate]:
    """Everybody who can be named for this document, the borrower first; six queries at most.

    Officers of the lender stand there for documents of both sides alone, only for who works on the case (`with_officers`: their
    names are nobody else's to read through), and only while the borrower lets his data go there.
    """
    kind = catalogue.get(document.code)
    signing = _SIGNS[kind.from_ if kind is not None else "borrower"]
    found = [_of_person(User.objects.get(pk=case.borrower_id), BORROWER)]
    found += _parties(document, case)
    found += _representatives(case)
    if case.assignee_id is not None:
        found.append(_of_person(User.objects.get(pk=case.assignee_id), MANAGER))
    if with_officers and CREDITOR in signing:
        found += _officers(document, case)
    # The one who is something twice is named as what stands first.
    by_person: dict[UUID, Candidate] = {}
    for one in found:
        by_person.setdefault(one.person_id, one)
    return [_with_roles(one, signing) for one in by_person.values()]


def is_borrowers(code: str) -> bool:
    """Whether the borrower signs this kind of document."""
    kind = catalogue.get(code)
    return BORROWER in _SIGNS[kind.from_ if kind is not None else "borrower"]


def _with_roles(one: Candidate, signing: frozenset[str]) -> Candidate:
    roles = _ALL_ROLES if one.party_role in signing else _LOOKS_ON
    return Candidate(
        one.person_id, one.name, one.party_role, roles, one.organisation_id, one.principal_id, one.power_id
    )


def _of_person(person: User, party_role: str, organisation_id: UUID | None = None) -> Candidate:
    return Candidate(person.pk, person.full_name, party_role, (), organisation_id)


def _parties(document: Document, case: Case) -> list[Candidate]:
    rows = Party.objects.filter(case=case, removed_at__isnull=True, user__is_active=True)
    tied = Q(role__in=TIED_ROLES)
    if document.obligation_id is not None:
        tied &= Q(obligation_id=document.obligation_id)
    rows = rows.filter(tied | Q(role__in=_SPECIALISTS)).select_related("user")
    return [_of_person(row.user, row.role) for row in rows.order_by("added_at", "pk")]


def powers_to_sign(principal_id: UUID) -> QuerySet[PowerOfAttorney]:
    """Powers in force today by which somebody signs for this person."""
    today = clock.today()
    return PowerOfAttorney.objects.filter(
        principal_id=principal_id, status=PowerOfAttorney.Status.ACTIVE, valid_from__lte=today,
        valid_until__gte=today, scope__contains=[PowerScope.SIGN.value], representative__is_active=True,
    )  # fmt: skip


def _representatives(case: Case) -> list[Candidate]:
    rows = powers_to_sign(case.borrower_id).select_related("representative").order_by("valid_until", "pk")
    return [
        Candidate(
            row.representative_id, row.representative.full_name, REPRESENTATIVE, (),
            principal_id=row.principal_id, power_id=row.pk,
        )
        for row in rows
    ]  # fmt: skip


def _memberships() -> QuerySet[Membership]:
    return Membership.objects.filter(
        ended_at__isnull=True, user__is_active=True, organisation__checked_at__isnull=False,
        organisation__closed_at__isnull=True,
    )  # fmt: skip


def _officers(document: Document, case: Case) -> list[Candidate]:
    debt = document.obligation
    organisation_id = debt.creditor.organisation_id if debt is not None else None
    if organisation_id is None or not _may_reach_lender(case):
        return []
    rows = _memberships().filter(organisation_id=organisation_id).select_related("user")
    return [_of_person(row.user, CREDITOR, organisation_id) for row in rows.order_by("since", "pk")[:50]]


def _may_reach_lender(case: Case) -> bool:
    return accounts.has_consent(case.borrower_id, ConsentKind.CREDITOR_TRANSFER)


def is_still(request: SignatureRequest, case: Case) -> bool:
    """Whether the signer still is in the case as what he was asked; one query."""
    match request.party_role:
        case "borrower":
            return case.borrower_id == (request.principal_id or request.signer_id)
        case "representative":
            return case.borrower_id == request.principal_id
        case "manager":
            return case.assignee_id == (request.principal_id or request.signer_id)
        case "creditor":
            if request.organisation_id is None:
                return False
            held = _memberships().filter(organisation_id=request.organisation_id)
            return held.filter(user_id=request.principal_id or request.signer_id).exists()
    rows = Party.objects.filter(case=case, role=request.party_role, removed_at__isnull=True)
    return rows.filter(user_id=request.principal_id or request.signer_id).exists()


def has_power(request: SignatureRequest) -> bool:
    """Whether the power of a representative holds now; true for who signs for himself. One query at most."""
    if request.principal_id is None or request.power_id is None:
        return request.principal_id is None
    held = powers_to_sign(request.principal_id).filter(representative_id=request.signer_id)
    return held.filter(pk=request.power_id).exists()


def require_still(request: SignatureRequest, case: Case) -> None:
    """Raise NotASigner for who has left, PowerEnded for a representative whose power does not hold now.

    The power is locked: it cannot be taken back before the caller's transaction ends.
    """
    if not is_still(request, case):
        raise NotASigner
    if request.principal_id is None:
        return
    held = powers_to_sign(request.principal_id).filter(representative_id=request.signer_id)
    if request.power_id is None or not held.select_for_update(of=("self",)).filter(pk=request.power_id):
        raise PowerEnded
