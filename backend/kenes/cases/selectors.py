"""The door to cases: who sees which, one case, and everything a letter needs. Lists are in `listing`."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from kenes.cases import permissions
from kenes.cases.answers import sharing
from kenes.cases.errors.cases import CaseNotFound
from kenes.cases.errors.links import CaseIsMerged
from kenes.cases.models import (
    TIED_ROLES,
    Case,
    CaseDeadline,
    CaseDraft,
    CaseEvent,
    CaseSource,
    MissingPaper,
    Obligation,
    Party,
    PartyRole,
    Track,
)
from kenes.cases.states.case import CaseStatus
from kenes.creditors.models import Creditor
from kenes.foundation.actor import Actor
from kenes.foundation.errors import Forbidden

# Conditions that no case and every case meets. An empty Q would vanish in `|` instead.
NOTHING: Final = Q(pk__in=[])
EVERYTHING: Final = Q(pk__isnull=False)


def cases_visible_to(actor: Actor) -> QuerySet[Case]:
    """Cases an actor may know of. A draft is its borrower's alone (and of who may act for him): consent to read it comes
    with submission. A merged case is seen in the one that was kept. How much the actor sees of a case is decided by
    `permissions` after `load_reader`.
    """
    present = Case.objects.filter(merged_into__isnull=True)
    if actor.is_system:
        return present
    return present.filter(seen_beyond_letters(actor) | seen_by_letters(actor))


def seen_beyond_letters(actor: Actor) -> Q:
    """Cases of which the actor sees more than what was sent to the own organisation."""
    if actor.is_system:
        return EVERYTHING
    own = _own(permissions.person_of(actor)) | _of_principals(actor) | _prepared(actor)
    sent_in = ~Q(status=CaseStatus.DRAFT)
    if actor.can("case.see_all") or permissions.sees_metadata_only(actor):
        return own | sent_in
    return own | (sent_in & (_assigned_or_pool(actor) | as_specialist(actor)))


def seen_by_letters(actor: Actor) -> Q:
    """Cases of which the actor sees a part: a letter has reached his organisation, or he answers for one of the debts."""
    seen = NOTHING
    if _works_for_creditors(actor):
        seen |= Q(pk__in=sharing.shares_for(actor).values("case_id"))
    if _may_be_tied(actor):
        seen |= Q(pk__in=ties_of(actor).values("case_id")) & ~Q(status=CaseStatus.DRAFT)
    return seen


def sees_letters(actor: Actor) -> bool:
    """Whether there may be cases of which the actor sees only a part, so that lists must not let him look into the rest."""
    return _works_for_creditors(actor) or (_may_be_tied(actor) and ties_of(actor).exists())


def _works_for_creditors(actor: Actor) -> bool:
    return actor.can("case.see_sent") and bool(actor.organisation_ids)


def _may_be_tied(actor: Actor) -> bool:
    """Staff take no part in cases as guarantors: asked only of everybody else."""
    return permissions.person_of(actor) is not None and not actor.can("staff.area")


def ties_of(actor: Actor) -> QuerySet[Party]:
    """Debts for which the actor answers beside the borrower: as co-borrower, guarantor or pledgor."""
    live = Party.objects.filter(role__in=TIED_ROLES, removed_at__isnull=True)
    person_id = permissions.person_of(actor)
    return live.none() if person_id is None else live.filter(user_id=person_id)


def _own(person_id: UUID | None) -> Q:
    """Cases that a person has given in; the borrower is a party of his own case."""
    if person_id is None:
        return NOTHING
    borrowers = Party.objects.filter(user_id=person_id, role=PartyRole.BORROWER, removed_at__isnull=True)
    return Q(pk__in=borrowers.values("case_id"))


def _prepared(actor: Actor) -> Q:
    """Drafts that the actor prepares for borrowers whose consent he has recorded."""
    if not actor.can("case.file_for_others") or actor.user_id is None:
        return NOTHING
    return Q(status=CaseStatus.DRAFT, assignee_id=actor.user_id) & ~Q(source=CaseSource.WEB)


def _of_principals(actor: Actor) -> Q:
    """Cases of people who have given the actor a power of attorney; their drafts only with the right to act."""
    acts = actor.principals("act")
    sees = acts | actor.principals("view")
    if not sees:
        return NOTHING
    return Q(borrower_id__in=acts) | (Q(borrower_id__in=sees) & ~Q(status=CaseStatus.DRAFT))


def as_specialist(actor: Actor) -> Q:
    """Cases in which the actor takes part as what he still is: a lost role ends the access at once."""
    roles = _specialist_roles(actor)
    if not roles:
        return NOTHING
    return Q(pk__in=_parties(actor, roles).values("case_id"))


def _specialist_roles(actor: Actor) -> frozenset[str]:
    if not actor.can("case.see_as_party"):
        return frozenset()
    roles = {PartyRole.LAWYER.value, PartyRole.MEDIATOR.value, PartyRole.NOTARY.value}
    # An ombudsman's officer counts while his office has an agreement here: it is a checked organisation.
    if actor.organisation_ids:
        roles.add(PartyRole.OMBUDSMAN_OFFICER.value)
    return actor.roles & roles


def _parties(actor: Actor, roles: frozenset[str]) -> QuerySet[Party]:
    """Where the actor takes part as a specialist. Who has meanwhile joined a creditor of the case stands on its side now."""
    live = Party.objects.filter(role__in=roles, removed_at__isnull=True)
    person_id = permissions.person_of(actor)
    if person_id is None:
        return live.none()
    own = live.filter(user_id=person_id)
    if not actor.organisation_ids:
        return own
    theirs = Obligation.objects.filter(creditor__organisation_id__in=actor.organisation_ids)
    return own.exclude(case_id__in=theirs.values("case_id"))


def _assigned_or_pool(actor: Actor) -> Q:
    seen = NOTHING
    if actor.can("case.see_assigned"):
        seen |= Q(assignee_id=actor.user_id)
    if actor.can("case.see_pool"):
        seen |= Q(assignee__isnull=True, status__in=permissions.POOL_STATUSES)
    return seen


def load_reader(actor: Actor, cases: Iterable[Case]) -> None:
    """Note on each case what the actor is in it, for the rules of `permissions`; a query only for who may be something."""
    shown = {case.pk: case for case in cases}
    roles = _specialist_roles(actor)
    if roles and shown:
        found = _parties(actor, roles).filter(case_id__in=shown).values_list("case_id", "role")
        for case_id, role in found:
            shown[case_id].reader_roles |= {role}
    if shown and _may_be_tied(actor):
        for tie in ties_of(actor).filter(case_id__in=shown).order_by("added_at", "pk"):
            case = shown[tie.case_id]
            if tie.obligation_id is not None:
                case.reader_debts = {tie.obligation_id: tie.added_at, **case.reader_debts}
                case.reader_ties |= {tie.obligation_id}
    if _works_for_creditors(actor) and shown:
        for share in sharing.shares_for(actor).filter(case_id__in=shown).order_by("since", "pk"):
            case = shown[share.case_id]
            case.reader_debts = {share.obligation_id: share.since, **case.reader_debts}


def get_case(*, actor: Actor, case_id: UUID) -> Case:
    """One visible case; the id of a merged case leads to the kept one.

    CaseNotFound when hidden or absent; Forbidden for those who see only that it exists.
    """
    case = cases_visible_to(actor).filter(pk=case_id).first()
    if case is None and (kept_id := kept_of(case_id)):
        return get_case(actor=actor, case_id=kept_id)
    return _opened(actor, case)


def kept_of(case_id: UUID) -> UUID | None:
    """The case into which this one was merged; None for every other id."""
    merged = Case.objects.filter(pk=case_id, merged_into__isnull=False)
    return merged.values_list("merged_into_id", flat=True).first()


def _opened(actor: Actor, case: Case | None) -> Case:
    if case is None:
        raise CaseNotFound
    load_reader(actor, [case])
    if permissions.sees_metadata_only(actor) and not permissions.allowed(actor, "case.view_content", case):
        raise Forbidden
    return case


def get_case_for_update(
    *, actor: Actor, case_id: UUID, follow: bool = False, letters_too: bool = False
) -> Case:
    """One visible case, locked until the transaction ends; its children are locked after it.

    The id of a merged case leads the system, and with `follow` everybody, on to the kept one; others get CaseIsMerged: what
    they were about to change is no more. Forbidden, without `letters_too`, for who sees only letters of it: nothing in it is
    his to change, and no refusal shall tell its version.
    """
    case = cases_visible_to(actor).select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None and (kept_id := kept_of(case_id)):
        if actor.is_system or follow:
            return get_case_for_update(actor=actor, case_id=kept_id, letters_too=letters_too)
        kept = get_case(actor=actor, case_id=kept_id)
        raise CaseIsMerged(kept_id=str(kept_id), kept_number=kept.number)
    opened = _opened(actor, case)
    if not letters_too and permissions.sees_sent_only(actor, opened):
        raise Forbidden
    return opened


def get_case_with_everything(*, actor: Actor, case_id: UUID) -> Case:
    """One case with all that its page shows; a constant number of queries. A merged id leads to the kept case."""
    creditors = Creditor.objects.only("id", "name_ru", "name_kk", "name_en", "type", "status")
    obligations = Obligation.objects.order_by("position").prefetch_related(
        Prefetch("creditor", queryset=creditors)
    )
    case = (
        cases_visible_to(actor)
        .select_related("borrower", "assignee", "story", "draft")
        .prefetch_related(
            Prefetch("obligations", queryset=obligations),
            Prefetch("tracks", queryset=Track.objects.order_by("created_at", "id")),
            Prefetch("missing_papers", queryset=MissingPaper.objects.order_by("asked_at", "pk")),
            Prefetch(
                "deadlines",
                queryset=CaseDeadline.objects.select_related("rule", "offer").order_by(
                    "due", "rule_key", "id"
                ),
            ),
            Prefetch(
                "facts",
                queryset=CaseEvent.objects.filter(superseded_at__isnull=True).order_by(
                    "on", "created_at", "id"
                ),
            ),
        )
        .filter(pk=case_id)
        .first()
    )
    if case is None and (kept_id := kept_of(case_id)):
        return get_case_with_everything(actor=actor, case_id=kept_id)
    return _opened(actor, case)


def borrower_of(case_id: UUID) -> UUID | None:
    """Whose case it is, for parts of the system that act on cases by their id; None when there is no such case."""
    return Case.objects.filter(pk=case_id).values_list("borrower_id", flat=True).first()


def numbers_of(case_ids: set[UUID]) -> dict[UUID, str]:
    """Numbers of cases by id, one query; drafts have none."""
    rows = Case.objects.filter(pk__in=case_ids, number__isnull=False).values_list("pk", "number")
    return {case_id: str(number) for case_id, number in rows}


def get_draft(*, actor: Actor, case_id: UUID) -> CaseDraft | None:
    """The kept form of one's own draft; None before the first saving. CaseNotFound for everybody else."""
    case = cases_visible_to(actor).filter(pk=case_id).select_related("draft").first()
    if case is None or not permissions.allowed(actor, "case.edit_draft", case):
        raise CaseNotFound
    return getattr(case, "draft", None)


def is_visible(actor: Actor, case_id: UUID) -> bool:
    """Whether an actor may follow a case on the socket.

    Not by letters alone: a hint says that something happened, also with another creditor.
    """
    followed = Case.objects.filter(seen_beyond_letters(actor), pk=case_id)
    return followed.exists() and not permissions.sees_metadata_only(actor)
