"""Who does something: a plain value that services take and events keep."""

from dataclasses import dataclass, field
from uuid import UUID

GUEST, BORROWER, REPRESENTATIVE = "guest", "borrower", "representative"
CREDITOR_OFFICER, CREDITOR_ADMIN = "creditor_officer", "creditor_admin"
LAWYER, MEDIATOR, NOTARY, OMBUDSMAN_OFFICER = "lawyer", "mediator", "notary", "ombudsman_officer"
MANAGER, SUPERVISOR, ACCOUNTANT = "manager", "supervisor", "accountant"
CONTENT_EDITOR, ADMIN, SYSTEM = "content_editor", "admin", "system"

ROLES = (
    GUEST, BORROWER, REPRESENTATIVE, CREDITOR_OFFICER, CREDITOR_ADMIN, LAWYER, MEDIATOR, NOTARY,
    OMBUDSMAN_OFFICER, MANAGER, SUPERVISOR, ACCOUNTANT, CONTENT_EDITOR, ADMIN, SYSTEM,
)  # fmt: skip
STAFF_ROLES = frozenset({MANAGER, SUPERVISOR, ACCOUNTANT, CONTENT_EDITOR, ADMIN})


@dataclass(frozen=True, slots=True)
class Power:
    """A power of attorney in force today: whose, and in what ("view", "act", "sign")."""

    principal_id: UUID
    scope: frozenset[str]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, the system or nobody (guest), with everything that decides rights.

    `abilities` are named rights ("case.see_all") of the roles that count now; rules ask for them, never for roles.
    `on_behalf_of` is the person for whom an assistant acts; rights are then those of that person.
    `powers` are those of a representative. `channel` says how the actor came: "web", "token", "webhook", "timer",
    "admin", "assistant". `scopes` limits a token to parts of the API, None limits nothing.
    `held_back` is why roles do not count yet ("second_factor"), `viewed_by` the member of staff who looks at the
    application through this person's eyes, `is_fresh` whether the person has just proved to be himself.
    `label` names the system part for the log ("deadline-timer") and is empty for people.
    """

    user_id: UUID | None
    roles: frozenset[str] = frozenset()
    abilities: frozenset[str] = frozenset()
    organisation_ids: frozenset[UUID] = field(default_factory=frozenset)
    powers: tuple[Power, ...] = ()
    on_behalf_of: UUID | None = None
    channel: str = "web"
    client_id: str = ""
    scopes: frozenset[str] | None = None
    held_back: str = ""
    viewed_by: UUID | None = None
    is_fresh: bool = False
    label: str = ""

    def can(self, ability: str) -> bool:
        return ability in self.abilities

    def has_role(self, *codes: str) -> bool:
        return not self.roles.isdisjoint(codes)

    def represents(self, person_id: UUID | None, scope: str) -> bool:
        """Whether a power of attorney in force lets the actor do this part for the person."""
        return any(power.principal_id == person_id and scope in power.scope for power in self.powers)

    def principals(self, scope: str) -> frozenset[UUID]:
        """People for whom the actor may do this part."""
        return frozenset(power.principal_id for power in self.powers if scope in power.scope)

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None

    @property
    def is_system(self) -> bool:
        return SYSTEM in self.roles

    def log_fields(self) -> dict[str, str | list[str]]:
        """What an event keeps of the actor: ids and codes only."""
        fields: dict[str, str | list[str]] = {"roles": sorted(self.roles)}
        if self.user_id:
            fields["user_id"] = str(self.user_id)
        if self.on_behalf_of:
            fields["on_behalf_of"] = str(self.on_behalf_of)
        if self.viewed_by:
            fields["viewed_by"] = str(self.viewed_by)
        if self.channel != "web":
            fields["channel"] = self.channel
        if self.client_id:
            fields["client_id"] = self.client_id
        if self.label:
            fields["label"] = self.label
        return fields

    @classmethod
    def from_log(cls, fields: dict[str, str | list[str]]) -> "Actor":
        """The actor as far as an event kept it: enough to say who it was, not to decide rights."""
        user_id, behalf = fields.get("user_id"), fields.get("on_behalf_of")
        return cls(
            user_id=UUID(str(user_id)) if user_id else None,
            roles=frozenset(fields.get("roles", ())),
            on_behalf_of=UUID(str(behalf)) if behalf else None,
            channel=str(fields.get("channel", "web")),
            client_id=str(fields.get("client_id", "")),
            label=str(fields.get("label", "")),
        )


def SystemActor(label: str) -> Actor:  # noqa: N802  (reads as a kind of actor)
    """The system itself, named by the part that acts."""
    return Actor(user_id=None, roles=frozenset({SYSTEM}), label=label)


def GuestActor() -> Actor:  # noqa: N802
    """Somebody who has not signed in."""
    return Actor(user_id=None, roles=frozenset({GUEST}))
