"""What happens to people by administration: roles, state of accounts, invitations, organisations, merging, view-as."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kenes.event_log.events import Event


@dataclass(frozen=True, slots=True)
class _OfPerson(Event):
    stream_field: ClassVar[str] = "person_id"
    person_id: UUID


@dataclass(frozen=True, slots=True)
class _OfOrganisation(Event):
    stream_field: ClassVar[str] = "organisation_id"
    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class PersonCorrected(_OfPerson):
    """An administrator corrected names or language; `fields` names which."""

    type: ClassVar[str] = "person.corrected"
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CustomRoleGranted(_OfPerson):
    type: ClassVar[str] = "person.custom_role_granted"
    custom_role_id: UUID


@dataclass(frozen=True, slots=True)
class CustomRoleRevoked(_OfPerson):
    type: ClassVar[str] = "person.custom_role_revoked"
    custom_role_id: UUID


@dataclass(frozen=True, slots=True)
class PersonClosed(_OfPerson):
    """Deactivated for a reason (`remark_id`)."""

    type: ClassVar[str] = "person.closed"
    remark_id: UUID


@dataclass(frozen=True, slots=True)
class PersonReactivated(_OfPerson):
    type: ClassVar[str] = "person.reactivated"
    remark_id: UUID


@dataclass(frozen=True, slots=True)
class PersonSessionsEnded(_OfPerson):
    """Somebody of ours ended every session of the person."""

    type: ClassVar[str] = "person.sessions_ended_by_staff"


@dataclass(frozen=True, slots=True)
class SecondFactorReset(_OfPerson):
    """All second factors were removed, because the person had lost them."""

    type: ClassVar[str] = "person.second_factor_reset"
    remark_id: UUID
    removed: int


@dataclass(frozen=True, slots=True)
class PersonRevealed(_OfPerson):
    """Masked data of the person was shown to staff; `read_id` is the row of the reading with its reason."""

    type: ClassVar[str] = "person.revealed"
    read_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonViewedAs(_OfPerson):
    type: ClassVar[str] = "person.viewed_as"
    impersonation_id: UUID


@dataclass(frozen=True, slots=True)
class PersonViewingEnded(_OfPerson):
    type: ClassVar[str] = "person.viewing_ended"
    impersonation_id: UUID


@dataclass(frozen=True, slots=True)
class DuplicateClaimed(_OfPerson):
    """The person gave an ИИН that another account holds."""

    type: ClassVar[str] = "person.duplicate_claimed"
    claim_id: UUID


@dataclass(frozen=True, slots=True)
class DuplicateDismissed(_OfPerson):
    type: ClassVar[str] = "person.duplicate_dismissed"
    claim_id: UUID
    remark_id: UUID


@dataclass(frozen=True, slots=True)
class PersonMerged(_OfPerson):
    """Another account of the same person was merged into this one; `before` and `after` are counts by section.

    `before` counts both accounts together, `after` this one and what had to stay with the closed one.
    """

    type: ClassVar[str] = "person.merged"
    gone_id: UUID
    remark_id: UUID
    sections: tuple[str, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]
    stayed: tuple[int, ...]
    identity: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonMergedAway(_OfPerson):
    """This account was closed, because it belonged to the person of `kept_id`."""

    type: ClassVar[str] = "person.merged_away"
    kept_id: UUID
    remark_id: UUID


@dataclass(frozen=True, slots=True)
class JoinedOrganisation(_OfPerson):
    type: ClassVar[str] = "person.joined_organisation"
    organisation_id: UUID
    membership_id: UUID
    is_administrator: bool


@dataclass(frozen=True, slots=True)
class MembershipChanged(_OfPerson):
    type: ClassVar[str] = "person.membership_changed"
    organisation_id: UUID
    membership_id: UUID
    is_administrator: bool


@dataclass(frozen=True, slots=True)
class LeftOrganisation(_OfPerson):
    type: ClassVar[str] = "person.left_organisation"
    organisation_id: UUID
    membership_id: UUID


@dataclass(frozen=True, slots=True)
class InvitationAccepted(_OfPerson):
    type: ClassVar[str] = "person.invitation_accepted"
    invitation_id: UUID


@dataclass(frozen=True, slots=True)
class InvitationSent(Event):
    """Somebody was invited by e-mail, or the letter was sent again (`again`)."""

    type: ClassVar[str] = "invitation.sent"
    stream_field: ClassVar[str] = "invitation_id"
    invitation_id: UUID
    roles: tuple[str, ...]
    custom_role_ids: tuple[UUID, ...]
    organisation_id: UUID | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class InvitationTakenBack(Event):
    type: ClassVar[str] = "invitation.taken_back"
    stream_field: ClassVar[str] = "invitation_id"
    invitation_id: UUID


@dataclass(frozen=True, slots=True)
class RoleDefined(Event):
    """A custom role was made or changed; `abilities` is the whole list as it stands now."""

    type: ClassVar[str] = "custom_role.defined"
    stream_field: ClassVar[str] = "custom_role_id"
    custom_role_id: UUID
    version: int
    abilities: tuple[str, ...]
    taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleArchived(Event):
    type: ClassVar[str] = "custom_role.archived"
    stream_field: ClassVar[str] = "custom_role_id"
    custom_role_id: UUID


@dataclass(frozen=True, slots=True)
class OrganisationAdded(_OfOrganisation):
    type: ClassVar[str] = "organisation.added"
    kind: str


@dataclass(frozen=True, slots=True)
class OrganisationChanged(_OfOrganisation):
    """`fields` names what changed. A changed БИН or name takes the check away (`unchecked`)."""

    type: ClassVar[str] = "organisation.changed"
    fields: tuple[str, ...]
    unchecked: bool = False


@dataclass(frozen=True, slots=True)
class OrganisationChecked(_OfOrganisation):
    type: ClassVar[str] = "organisation.checked"
    remark_id: UUID


@dataclass(frozen=True, slots=True)
class OrganisationClosed(_OfOrganisation):
    type: ClassVar[str] = "organisation.closed"
    remark_id: UUID
    people: int
