"""Which comments of a case a reader sees. One rule, asked by lists, the history, mentions, files and exports.

Notes for an organisation are read by its people alone, and those without one (a mediator's, a notary's) by their author
alone: no member of staff reads them, not even while looking through the author's eyes.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from kenes.accounts.models import Membership, Organisation
from kenes.cases import permissions
from kenes.cases.models import Audience, Case, Comment, PartyRole
from kenes.foundation.actor import Actor

# Bodies of these kinds share notes on a case; the notes of mediators, notaries and ombudsmen are their author's alone.
_SHARING = frozenset({Organisation.Kind.CREDITOR, Organisation.Kind.LAW_OFFICE})
_SECRET_ROLES = frozenset({PartyRole.MEDIATOR.value, PartyRole.NOTARY.value})


@dataclass(frozen=True, slots=True)
class Reading:
    """What decides for one reader of one case, loaded once: pass it around instead of asking again."""

    public: bool
    internal: bool
    person_id: UUID | None
    organisation_ids: frozenset[UUID]

    def sees(self, comment: Comment) -> bool:
        """Whether this reader sees the comment."""
        match comment.audience:
            case Audience.PUBLIC:
                return self.public
            case Audience.INTERNAL:
                return self.internal
        if self.person_id is None:
            return False
        if comment.organisation_id is None:
            return comment.author_id == self.person_id
        return comment.organisation_id in self.organisation_ids

    def condition(self) -> Q:
        """The same for the database."""
        seen = Q(pk__in=[])
        if self.public:
            seen |= Q(audience=Audience.PUBLIC)
        if self.internal:
            seen |= Q(audience=Audience.INTERNAL)
        if self.person_id is not None:
            own = Q(organisation__isnull=True, author_id=self.person_id)
            seen |= Q(audience=Audience.ORGANISATION) & (own | Q(organisation_id__in=self.organisation_ids))
        return seen


def reading(actor: Actor, case: Case) -> Reading:
    """How the actor reads comments of this case, which was loaded for him. One query for people of organisations."""
    staff = permissions.allowed(actor, "case.view_internal", case)
    public = permissions.allowed(actor, "case.view_content", case) or staff
    side = (
        not staff
        and actor.viewed_by is None
        and permissions.allowed(actor, "case.comment_organisation", case)
    )
    person_id = permissions.person_of(actor) if side else None
    return Reading(
        public=public,
        internal=staff,
        person_id=person_id,
        organisation_ids=_bodies(actor, case, person_id) if person_id is not None else frozenset(),
    )


def _bodies(actor: Actor, case: Case, person_id: UUID) -> frozenset[UUID]:
    if permissions.sees_sent_only(actor, case):
        return actor.organisation_ids
    if case.reader_roles & _SECRET_ROLES:
        return frozenset()
    return frozenset(offices_of(person_id))


def offices_of(person_id: UUID) -> list[UUID]:
    """Organisations that share notes in which the person works now."""
    working = Membership.objects.filter(
        user_id=person_id, ended_at__isnull=True, organisation__checked_at__isnull=False,
        organisation__closed_at__isnull=True, organisation__kind__in=_SHARING,
    )  # fmt: skip
    return list(working.order_by("pk").values_list("organisation_id", flat=True))


def body_for_notes(actor: Actor, case: Case, reader: Reading) -> UUID | None:
    """For which organisation a note of this actor is; None when it is for himself alone."""
    if permissions.sees_sent_only(actor, case):
        lenders = case.obligations.filter(pk__in=case.reader_debts).values_list(
            "creditor__organisation_id", flat=True
        )
        return next(iter(sorted(set(lenders) & reader.organisation_ids, key=str)), None) or next(
            iter(sorted(reader.organisation_ids, key=str)), None
        )
    return next(iter(sorted(reader.organisation_ids, key=str)), None)


def comments_for(actor: Actor, case: Case) -> QuerySet[Comment]:
    """Comments of a case that this reader sees, removed ones too: they are shown as a trace."""
    return Comment.objects.filter(reading(actor, case).condition(), case=case)
